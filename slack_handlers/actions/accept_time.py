"""The button "Works for me"."""

from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.calendar_files import CalendarFiles
from domain.ports import Clock
from slack_handlers.readers import WordsOf
from slack_handlers.show_introduction import show_pressed
from use_cases.accept_time import accept_time as accept
from use_cases.read_introduction import read_introduction


def accept_time(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    calendar: CalendarFiles,
    words_of: WordsOf,
) -> None:
    """Say yes to the time that is suggested."""
    ack()
    introduction_id, proposal_id = action["value"].split()
    user, now = body["user"]["id"], clock.now()
    arranged = accept(sessions, introduction_id, proposal_id, user, now=now, calendar=calendar)
    show_pressed(
        body,
        respond,
        words_of(user),
        arranged,
        lambda: read_introduction(sessions, introduction_id, now=now, calendar=calendar),
    )
