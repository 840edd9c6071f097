"""When a program's next introductions go out."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from db.rests import rounds_to_rest
from db.rounds import taken_periods
from db.tables import Program
from db.workspaces import schedule_of
from use_cases.walk_slots import period_of, walk_slots


def find_next_round(session: Session, program: Program, now: datetime) -> datetime:
    """The next slot whose period has had no round yet."""
    return next(_next_rounds(session, program, now))


def find_next_for(
    session: Session, program: Program, person_id: int | None, now: datetime, *, back_at: datetime
) -> datetime:
    """The next one that somebody takes part in: after a pause, and as often as they have asked for."""
    rest = 0 if person_id is None else rounds_to_rest(session, program.id, person_id)
    return next(at for at in islice(_next_rounds(session, program, now), rest, None) if at > back_at)


def _next_rounds(session: Session, program: Program, now: datetime) -> Iterator[datetime]:
    schedule = schedule_of(program)
    taken = taken_periods(session, program.id, period_of(schedule, now))
    after = max(now, program.schedule_changed_at)
    return (slot.at for slot in walk_slots(schedule, after) if slot.period_on not in taken)
