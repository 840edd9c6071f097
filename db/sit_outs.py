"""Queries for people who have no lunch: who sits out, whose lunch won't happen, and the notices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.tables import CalledOff, Delivery, Introduction, Program, SitOut
from domain.rounds import CancelReason, DeliveryKind, DeliveryState, ToldReason


@dataclass(frozen=True, slots=True)
class NewSitOut:
    """Somebody who is not introduced, and the notice that we owe them."""

    person_id: int
    reason: ToldReason
    delivery_id: str | None
    """None where they are told in another way."""


def add_sit_outs(
    session: Session, *, program: Program, round_id: int, sit_outs: Iterable[NewSitOut], due_at: datetime
) -> None:
    """Store who is not introduced, and the one notice that each is owed who isn't told in another way."""
    owed = {
        notice.person_id: notice
        for notice in session.scalars(
            select(Delivery).where(
                Delivery.round_id == round_id,
                Delivery.kind == DeliveryKind.NOTICE,
                Delivery.id.not_in(select(CalledOff.delivery_id)),
            )
        )
    }
    for sit_out in sit_outs:
        session.add(SitOut(round_id=round_id, person_id=sit_out.person_id, reason=sit_out.reason))
        notice = owed.get(sit_out.person_id)
        if notice is not None:
            # Introduced after all, and that came to nothing, too. Whoever read a notice needs no second.
            if notice.state == DeliveryState.CANCELLED:
                notice.state, notice.reason, notice.due_at = DeliveryState.PENDING, None, due_at
            continue
        if sit_out.delivery_id is None:
            continue
        session.add(
            _notice(
                program,
                round_id,
                sit_out.person_id,
                public_id=sit_out.delivery_id,
                key=f"person {sit_out.person_id}",
                due_at=due_at,
            )
        )
    session.flush()


def owe_called_off(
    session: Session,
    *,
    program: Program,
    introduction: Introduction,
    person_id: int,
    delivery_id: str,
    due_at: datetime,
) -> None:
    """Owe somebody the notice that the lunch of an introduction won't happen."""
    notice = _notice(
        program,
        introduction.round_id,
        person_id,
        public_id=delivery_id,
        key=f"introduction {introduction.id} {person_id}",
        due_at=due_at,
    )
    session.add(notice)
    session.flush()
    session.add(CalledOff(introduction_id=introduction.id, person_id=person_id, delivery_id=notice.id))
    session.flush()


def _notice(
    program: Program, round_id: int, person_id: int, *, public_id: str, key: str, due_at: datetime
) -> Delivery:
    return Delivery(
        public_id=public_id,
        workspace_id=program.workspace_id,
        program_id=program.id,
        round_id=round_id,
        person_id=person_id,
        kind=DeliveryKind.NOTICE,
        recipient_key=key,
        state=DeliveryState.PENDING,
        due_at=due_at,
    )


def sit_outs_of(session: Session, round_id: int) -> Sequence[SitOut]:
    """Everybody who is not introduced in a round."""
    return session.scalars(select(SitOut).where(SitOut.round_id == round_id)).all()


def forget_sit_out(session: Session, round_id: int, person_id: int) -> None:
    """Somebody who had been left over is introduced after all; an unsent notice is not sent."""
    sit_out = session.get(SitOut, (round_id, person_id))
    if sit_out is not None:
        session.delete(sit_out)
    session.execute(
        update(Delivery)
        .where(
            Delivery.round_id == round_id,
            Delivery.person_id == person_id,
            Delivery.kind == DeliveryKind.NOTICE,
            Delivery.id.not_in(select(CalledOff.delivery_id)),
            Delivery.state.in_([DeliveryState.PENDING, DeliveryState.OPENED]),
        )
        .values(
            state=DeliveryState.CANCELLED,
            reason=CancelReason.INTRODUCED,
            lease_token=None,
            lease_expires_at=None,
        )
    )


def told_of_the_end(session: Session, round_id: int) -> frozenset[int]:
    """Everybody who is told, or has been, that a lunch of a round won't happen."""
    return frozenset(
        session.scalars(
            select(CalledOff.person_id)
            .join(Introduction, Introduction.id == CalledOff.introduction_id)
            .where(Introduction.round_id == round_id)
        )
    )
