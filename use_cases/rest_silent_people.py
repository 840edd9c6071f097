"""Whoever is introduced round after round into silence is paused, gently: one message, one button back."""

from datetime import datetime, timedelta
from itertools import takewhile

import structlog

from db.deliveries import owe
from db.sessions import Sessions
from db.silence import Heard, heard_of
from db.tables import Participant, Program
from db.working_hours import working_hours_of
from domain.rounds import DeliveryKind
from use_cases.compose_introductions import next_full_hour

log = structlog.get_logger()

ROUNDS = 3
TIME_TO_ANSWER = timedelta(days=2)


def rest_silent_people(sessions: Sessions, *, program_id: int, now: datetime) -> int:
    """Pause everybody whose last three introductions nobody answered, neither they nor who they were
    introduced to; how many people that are.

    It is done before a round is matched, so that nobody is introduced to them meanwhile. Whoever was
    introduced to them is not told, and can't tell: what it takes is the silence of both.
    """
    with sessions.write() as session:
        program = session.get_one(Program, program_id)
        silent: list[Participant] = [
            participant
            for participant, heard in heard_of(session, program_id, asked_by=now - TIME_TO_ANSWER)
            if is_silent(heard)
        ]
        hours = working_hours_of(session, program, [one.person_id for one in silent])
        for participant in silent:
            participant.resting_at = now
            owe(
                session,
                program,
                kind=DeliveryKind.RESTING,
                person_id=participant.person_id,
                due_at=hours[participant.person_id].next_in(next_full_hour(now)),
                key=f"person {participant.person_id} {now.date()}",
            )
    log.info("silent people paused", program_id=program_id, people=len(silent))
    return len(silent)


def is_silent(heard: list[Heard]) -> bool:
    """Whether somebody was asked three times, and nobody of any introduction since has said anything."""
    since_a_word = takewhile(lambda one: not one.is_spoken_of, heard)
    return sum(one.was_asked for one in since_a_word) >= ROUNDS
