"""`schedule`: when the introductions go out, and how many people each has."""

from datetime import datetime, time
from typing import Annotated

import typer
from babel.dates import get_day_names

from cli.parts import Parts
from domain.errors import BadSchedule
from use_cases.change_schedule import change_schedule

WEEKDAYS = {name.lower(): number for number, name in get_day_names("wide", locale="en_GB").items()}


def schedule(
    context: typer.Context,
    weekday: Annotated[str | None, typer.Option(help="monday to sunday")] = None,
    at: Annotated[str | None, typer.Option("--time", help="local time, 06:00 to 22:00")] = None,
    timezone: Annotated[str | None, typer.Option(help="like Europe/Berlin")] = None,
    weeks: Annotated[int | None, typer.Option(help="a round every so many weeks, 1 to 12")] = None,
    group_size: Annotated[int | None, typer.Option(help="people in an introduction, 2 to 8")] = None,
) -> None:
    """Change when introductions go out and for how many people, or show it; a period keeps to one round."""
    parts: Parts = context.obj
    if weekday is not None and weekday.lower() not in WEEKDAYS:
        raise BadSchedule(problem="the weekday must be one of monday to sunday.")
    storage = parts.storage()
    current, next_at = change_schedule(
        storage.sessions,
        workspace_id=storage.workspace_id,
        now=storage.clock.now(),
        actor="command line",
        weekday=None if weekday is None else WEEKDAYS[weekday.lower()],
        local_time=None if at is None else _time(at),
        timezone=timezone,
        cadence_weeks=weeks,
        group_size=group_size,
    )
    every = "every week" if current.cadence_weeks == 1 else f"every {current.cadence_weeks} weeks"
    size = "" if current.group_size == 2 else f" in groups of {current.group_size}"
    print(f"Introductions go out {every}{size}; next {next_at:%A %d %B %Y, %H:%M} ({current.timezone}).")


def _time(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError:
        raise BadSchedule(problem=f"{text!r} is no time; write it like 10:00.") from None
