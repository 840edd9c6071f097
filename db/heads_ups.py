"""Queries for who is told before a round, and who skips it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.people import skips, takes_part
from db.tables import Participant, Person, Preference, SkippedRound
from db.upsert import insert_new


def warned_people(session: Session, program_id: int, today: date, period_on: date) -> Sequence[Participant]:
    """Who takes part on a day, has switched the heads-up on, and does not skip the round of a period."""
    return session.scalars(
        select(Participant)
        .join(Person, Person.id == Participant.person_id)
        .join(Preference, Preference.person_id == Person.id)
        .where(
            Participant.program_id == program_id, Preference.heads_up, takes_part(today), ~skips(period_on)
        )
    ).all()


def skip_period(session: Session, participant: Participant, period_on: date) -> None:
    """Leave somebody out of the round of one period."""
    insert_new(session, SkippedRound, {"participant_id": participant.id, "period_on": period_on})


def take_period(session: Session, participant: Participant, period_on: date) -> None:
    """Somebody takes part in the round of a period after all."""
    session.execute(
        delete(SkippedRound).where(
            SkippedRound.participant_id == participant.id, SkippedRound.period_on == period_on
        )
    )


def skipped_periods(session: Session, participant: Participant) -> frozenset[date]:
    """The periods whose rounds somebody skips."""
    skipped = select(SkippedRound.period_on).where(SkippedRound.participant_id == participant.id)
    return frozenset(session.scalars(skipped))
