"""Queries for introductions about which nobody said anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from db.tables import (
    Answer,
    Delivery,
    Introduction,
    IntroductionMember,
    Participant,
    Proposal,
    Round,
    Withdrawal,
)
from domain.programs import ParticipantState
from domain.rounds import DeliveryKind, DeliveryState

LOOKED_AT = 8
"""Rounds; the newest ones are still too young to be called silent."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One of a person's introductions since they last did something about taking part."""

    was_asked: bool
    """Whether the person was asked long enough ago to have answered."""
    is_spoken_of: bool
    """Whether anybody of it has answered, or suggested a time."""


def heard_of(
    session: Session, program_id: int, *, asked_by: datetime
) -> Iterator[tuple[Participant, list[Heard]]]:
    """Everybody who takes part, with their last introductions, the newest first."""
    rounds = session.scalars(
        select(Round.id)
        .where(Round.program_id == program_id, Round.matched_at.is_not(None))
        .order_by(Round.slot_at.desc())
        .limit(LOOKED_AT)
    ).all()
    was_asked = exists().where(
        Delivery.introduction_id == Introduction.id,
        Delivery.person_id == IntroductionMember.person_id,
        Delivery.kind == DeliveryKind.CHECK_IN,
        Delivery.state == DeliveryState.SENT,
        Delivery.due_at <= asked_by,
    )
    rows = session.execute(
        select(Participant, was_asked, is_spoken_of())
        .join(IntroductionMember, IntroductionMember.person_id == Participant.person_id)
        .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
        .join(Round, Round.id == Introduction.round_id)
        .where(
            Participant.program_id == program_id,
            Participant.state == ParticipantState.ACTIVE,
            Participant.resting_at.is_(None),
            Round.id.in_(rounds),
            Round.slot_at >= Participant.changed_at,
            Introduction.active,
        )
        .order_by(Participant.id, Round.slot_at.desc())
    )
    for participant, theirs in groupby(rows, key=lambda row: row[0]):
        yield participant, [Heard(was_asked, spoken) for _, was_asked, spoken in theirs]


def is_spoken_of() -> ColumnElement[bool]:
    """The condition for an introduction about which anybody of it has said anything."""
    return or_(
        exists().where(Answer.introduction_id == Introduction.id),
        exists().where(Proposal.introduction_id == Introduction.id),
        exists().where(Withdrawal.introduction_id == Introduction.id),
    )
