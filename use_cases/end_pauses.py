"""Pauses end by themselves, and say so in the morning of the day."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.deliveries import owe
from db.people import pauses_over
from db.sessions import Sessions
from db.tables import Participant, Person, Program
from db.workspaces import programs
from domain.programs import ParticipantState
from domain.rounds import DeliveryKind

MORNING = time(8)


def end_pauses(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """End every pause whose day has come; how many that were."""
    with sessions.read() as session:
        if not any(_over(session, program, now) for program in programs(session, workspace_id)):
            return 0
    ended = 0
    with sessions.write() as session:
        for program in programs(session, workspace_id):
            for participant in _over(session, program, now):
                _end(session, program, participant, now)
                ended += 1
    return ended


def _over(session: Session, program: Program, now: datetime) -> list[Participant]:
    today = now.astimezone(ZoneInfo(program.timezone)).date()
    return list(pauses_over(session, program.id, today))


def _end(session: Session, program: Program, participant: Participant, now: datetime) -> None:
    until = participant.paused_until
    assert until is not None  # the schema holds it
    person = session.get_one(Person, participant.person_id)
    participant.state, participant.paused_until = ParticipantState.ACTIVE, None
    participant.changed_at = now
    morning = datetime.combine(until, MORNING, ZoneInfo(person.timezone or program.timezone))
    owe(
        session,
        program,
        kind=DeliveryKind.WELCOME_BACK,
        person_id=person.id,
        due_at=max(morning, now),
        key=f"person {person.id} {until}",
    )
