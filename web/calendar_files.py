"""The agreed time of an introduction as a file that every calendar opens."""

from collections.abc import Callable
from datetime import UTC

from flask import Blueprint, Response
from icalendar import Calendar, Event
from werkzeug.exceptions import NotFound

from domain.calendar_files import CalendarEntry, CalendarFiles, CalendarTexts
from domain.lunch_times import LENGTH


def calendar_files(
    files: CalendarFiles,
    read: Callable[[str], CalendarEntry | None],
    say: Callable[[CalendarEntry], CalendarTexts],
) -> Blueprint:
    """The addresses that `files` makes; every wrong one is answered alike."""
    pages = Blueprint("calendar_files", __name__)

    @pages.get("/lunch/<introduction_id>/<token>.ics")
    def lunch(introduction_id: str, token: str) -> Response:
        # The token first: how long an answer takes tells nothing about what is stored.
        entry = read(introduction_id) if files.is_right(introduction_id, token) else None
        if entry is None:
            raise NotFound()
        return Response(
            calendar_file(entry, say(entry)),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": "attachment; filename=lunch.ics"},
        )

    @pages.after_app_request
    def keep_nothing(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return pages


def calendar_file(entry: CalendarEntry, texts: CalendarTexts) -> bytes:
    """One event in UTC; when the time moves, the same event says so with a higher number."""
    calendar = Calendar()
    calendar.add("prodid", "-//Lunchmates//Lunchmates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    starts_at = entry.starts_at.astimezone(UTC)
    event.add("uid", f"{entry.introduction_id}@lunchmates")
    event.add("sequence", entry.times_moved)
    event.add("dtstamp", entry.agreed_at.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + LENGTH)
    event.add("summary", texts.summary)
    event.add("description", texts.description)
    event.add("status", "CONFIRMED")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
