"""When HR's next numbers are due."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.reports import known_periods
from db.sessions import Sessions
from db.tables import Program, ReportPeriod
from db.workspaces import first_program
from domain.reports import CLOSED_AFTER, PERIOD_WEEKS
from use_cases.take_census import midnight


def find_next_release(session: Session, program: Program, now: datetime) -> datetime:
    """The moment at which the next period closes, of whichever length."""
    known = known_periods(session, program.workspace_id)
    return min(_next_closing(program, weeks, known, now) for weeks in PERIOD_WEEKS)


def find_next_release_day(sessions: Sessions, *, workspace_id: int, now: datetime) -> date:
    """The same as a day where the program is."""
    with sessions.read() as session:
        program = first_program(session, workspace_id)
        return find_next_release(session, program, now).astimezone(ZoneInfo(program.timezone)).date()


def _next_closing(program: Program, weeks: int, known: Sequence[ReportPeriod], now: datetime) -> datetime:
    length = timedelta(weeks=weeks)
    ends = {period.period_on: period.ends_at for period in known if period.weeks == weeks}
    counted = [ends_at + CLOSED_AFTER for ends_at in ends.values() if ends_at + CLOSED_AFTER > now]
    if counted:
        return min(counted)
    start = program.reports_from or program.anchor_on
    while True:
        closes_at = midnight(program, start + length) + CLOSED_AFTER
        # Periods are disjoint, also from those that were once counted from another week.
        if closes_at > now and all(abs(start - period_on) >= length for period_on in ends):
            return closes_at
        start += length
