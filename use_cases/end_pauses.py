"""Pauses end by themselves, and say so before the next introductions go out."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.deliveries import AHEAD, is_owed, owe
from db.people import pauses_over
from db.sessions import Sessions
from db.tables import Participant, Program
from db.working_hours import working_hours_of
from db.workspaces import programs
from domain.programs import ParticipantState
from domain.rounds import DeliveryKind
from use_cases.find_next_round import back_at, find_next_round

# Enough to read it and to ask for more time, before somebody is told to expect a lunch.
NOTICE = timedelta(hours=1)


def end_pauses(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Say of every pause in time that it ends, and end those whose day has come; how many ended."""
    with sessions.read() as session:
        if not any(_due(session, program, now) for program in programs(session, workspace_id)):
            return 0
    ended = 0
    with sessions.write() as session:
        for program in programs(session, workspace_id):
            for participant in _due(session, program, now):
                _say(session, program, participant)
                if back_at(program, participant, now) <= now:
                    participant.state, participant.paused_until = ParticipantState.ACTIVE, None
                    participant.changed_at = now
                    ended += 1
    return ended


def _due(session: Session, program: Program, now: datetime) -> list[Participant]:
    """Whose pause is over, and who is to hear now that it soon will be."""
    today = now.astimezone(ZoneInfo(program.timezone)).date()
    return [
        participant
        for participant in pauses_over(session, program.id, today + AHEAD)
        if back_at(program, participant, now) <= now or _is_unsaid(session, program, participant, now)
    ]


def _is_unsaid(session: Session, program: Program, participant: Participant, now: datetime) -> bool:
    said_at = _said_at(session, program, participant)
    if said_at is None or said_at > now:
        return False
    return not is_owed(session, program, DeliveryKind.WELCOME_BACK, _key(participant))


def _say(session: Session, program: Program, participant: Participant) -> None:
    said_at = _said_at(session, program, participant)
    if said_at is None:
        return
    owe(
        session,
        program,
        kind=DeliveryKind.WELCOME_BACK,
        person_id=participant.person_id,
        due_at=said_at,
        key=_key(participant),
    )


def _key(participant: Participant) -> str:
    return f"person {participant.person_id} {participant.paused_until}"


def _said_at(session: Session, program: Program, participant: Participant) -> datetime | None:
    """In the person's working hours: on the day, or in the last ones before if that were too late."""
    until = participant.paused_until
    assert until is not None  # the schema holds it
    hours = working_hours_of(session, program, [participant.person_id])[participant.person_id]
    ends_at = datetime.combine(until, time(), ZoneInfo(program.timezone))
    latest = find_next_round(session, program, ends_at) - NOTICE
    morning = hours.next_in(max(datetime.combine(until, time(), hours.zone), ends_at))
    if morning > latest:
        morning = hours.last_morning(latest)
    # Whoever has paused since knows.
    return morning if morning > participant.changed_at else None
