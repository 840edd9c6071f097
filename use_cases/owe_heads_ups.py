"""A word on the working day before a round, to those who have asked for it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.deliveries import is_owed, owe
from db.frequency import not_due_ids
from db.heads_ups import warned_people
from db.open_introductions import full_hands
from db.sessions import Sessions
from db.tables import Participant, Program
from db.working_hours import working_hours_of
from db.workspaces import programs, schedule_of
from domain.rounds import DeliveryKind
from domain.working_hours import WorkingHours
from use_cases.find_next_round import find_next_round
from use_cases.walk_slots import period_of

LONGEST_BREAK = timedelta(days=7)


def owe_heads_ups(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Owe it to everybody who has switched it on and takes part; how many people that are."""
    with sessions.read() as session:
        if not any(_due(session, program, now) for program in programs(session, workspace_id)):
            return 0
    owed = 0
    with sessions.write() as session:
        for program in programs(session, workspace_id):
            for participant, key, at in _due(session, program, now):
                owe(
                    session,
                    program,
                    kind=DeliveryKind.HEADS_UP,
                    person_id=participant.person_id,
                    due_at=at,
                    key=key,
                )
                owed += 1
    return owed


def heads_up_at(hours: WorkingHours, slot_at: datetime) -> datetime:
    """The morning of the last working day before the round's own."""
    day = slot_at.astimezone(hours.zone).date()
    return hours.last_morning(datetime.combine(day, time(), hours.zone))


def _due(session: Session, program: Program, now: datetime) -> list[tuple[Participant, str, datetime]]:
    slot_at = find_next_round(session, program, now)
    if slot_at - now > LONGEST_BREAK:
        return []
    period_on = period_of(schedule_of(program), slot_at)
    on = slot_at.astimezone(ZoneInfo(program.timezone)).date()
    left_out = full_hands(session, program, slot_at) | not_due_ids(session, program.id, slot_at)
    there = [
        one for one in warned_people(session, program.id, on, period_on) if one.person_id not in left_out
    ]
    hours = working_hours_of(session, program, [one.person_id for one in there])
    due: list[tuple[Participant, str, datetime]] = []
    for participant in there:
        at, key = heads_up_at(hours[participant.person_id], slot_at), _key(participant, period_on)
        # Whoever has joined or come back since knows already when the introductions go out.
        if not participant.changed_at < at <= now or hours[participant.person_id].next_in(now) != now:
            continue
        if not is_owed(session, program, DeliveryKind.HEADS_UP, key):
            due.append((participant, key, at))
    return due


def _key(participant: Participant, period_on: date) -> str:
    return f"person {participant.person_id} {period_on}"
