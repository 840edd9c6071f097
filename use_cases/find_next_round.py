"""When a program's next introductions go out."""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.frequency import rounds_to_wait
from db.heads_ups import skipped_periods
from db.rounds import taken_periods
from db.tables import Participant, Program
from db.workspaces import schedule_of
from domain.programs import Slot
from use_cases.walk_slots import period_of, walk_slots


def find_next_round(session: Session, program: Program, now: datetime) -> datetime:
    """The next slot whose period has had no round yet."""
    return next(_next_rounds(session, program, now)).at


def find_next_for(
    session: Session, program: Program, participant: Participant | None, now: datetime
) -> datetime:
    """The next one that somebody takes part in: after a pause, as often as they asked for, none skipped."""
    if participant is None:
        return find_next_round(session, program, now)
    wait = rounds_to_wait(session, program.id, participant.person_id)
    skipped = skipped_periods(session, participant)
    back = back_at(program, participant, now)
    return next(
        slot.at
        for slot in islice(_next_rounds(session, program, now), wait, None)
        if slot.at > back and slot.period_on not in skipped
    )


def back_at(program: Program, participant: Participant | None, now: datetime) -> datetime:
    """The moment from which on a person can be introduced."""
    if participant is None or participant.paused_until is None:
        return now
    return max(now, datetime.combine(participant.paused_until, time(), ZoneInfo(program.timezone)))


def _next_rounds(session: Session, program: Program, now: datetime) -> Iterator[Slot]:
    schedule = schedule_of(program)
    taken = taken_periods(session, program.id, period_of(schedule, now))
    after = max(now, program.schedule_changed_at)
    return (slot for slot in walk_slots(schedule, after) if slot.period_on not in taken)
