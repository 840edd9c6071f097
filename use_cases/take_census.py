"""Who works here when a period ends: written down then, so that no later change reaches its numbers."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.reports import count_period, known_periods, withhold_period
from db.sessions import Sessions
from db.tables import Program
from db.workspaces import first_program
from domain.reports import CLOSED_AFTER, PERIOD_WEEKS


def take_census(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Count the people of every period that has just ended; how many periods that were.

    Where nothing ran from a period's end until it closed, nobody knows any more who worked here, and the
    period is withheld.
    """
    with sessions.read() as session:
        if not any(True for _ in _ended(session, workspace_id, now)):
            return 0
    with sessions.write() as session:
        ended = list(_ended(session, workspace_id, now))
        for period in ended:
            if now < period["ends_at"] + CLOSED_AFTER:
                count_period(session, period)
            else:
                withhold_period(session, period, now)
    return len(ended)


def _ended(session: Session, workspace_id: int, now: datetime) -> Iterator[dict[str, Any]]:
    """The periods that are over and were not counted yet, from the program's first week on."""
    program = first_program(session, workspace_id)
    known = known_periods(session, workspace_id)
    for weeks in PERIOD_WEEKS:
        length = timedelta(weeks=weeks)
        ends = {period.period_on: period.ends_at for period in known if period.weeks == weeks}
        start = program.reports_from or program.anchor_on
        while (ends_at := midnight(program, start + length)) <= now:
            # Periods are disjoint, also from those that were once counted from another week.
            if all(abs(start - period_on) >= length for period_on in ends):
                yield {
                    "workspace_id": workspace_id,
                    "period_on": start,
                    "weeks": weeks,
                    # A program that moves to another time zone leaves no gap.
                    "begins_at": ends.get(start - length, midnight(program, start)),
                    "ends_at": ends_at,
                }
            start += length


def midnight(program: Program, day: date) -> datetime:
    """When a day begins where the program is."""
    return datetime.combine(day, time(), ZoneInfo(program.timezone))
