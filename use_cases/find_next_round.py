"""When a program's next introductions go out."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.rounds import taken_periods
from db.tables import Program
from db.workspaces import schedule_of
from use_cases.walk_slots import period_of, walk_slots


def find_next_round(session: Session, program: Program, now: datetime) -> datetime:
    """The next slot whose period has had no round yet."""
    schedule = schedule_of(program)
    taken = taken_periods(session, program.id, period_of(schedule, now))
    after = max(now, program.schedule_changed_at)
    return next(slot.at for slot in walk_slots(schedule, after) if slot.period_on not in taken)
