"""Queries for deliveries. Each change of state is one UPDATE that names the state it expects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from db.people import exclusions, participating_ids
from db.rounds import touched
from db.sessions import real_now
from db.tables import Delivery, Introduction, IntroductionMember, Person, Program, Round, SitOut
from domain.rounds import CancelReason, DeliveryState, RoundState

DUE = (DeliveryState.PENDING, DeliveryState.OPENED)


@dataclass(frozen=True, slots=True)
class Recipients:
    """A delivery with everything that its message needs."""

    delivery: Delivery
    round: Round
    program: Program
    people: tuple[Person, ...]
    introduction: Introduction | None
    sit_out: SitOut | None


def claim_next(
    session: Session, workspace_id: int, *, now: datetime, lease: timedelta, lease_token: str
) -> Delivery | None:
    """Claim one delivery that is due, or none. Others skip what one of them holds."""
    real = real_now(session)
    free = or_(Delivery.lease_expires_at.is_(None), Delivery.lease_expires_at < real)
    candidate = (
        select(Delivery.id)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.state.in_(DUE),
            Delivery.due_at <= now,
            or_(Delivery.retry_at.is_(None), Delivery.retry_at <= real),
            free,
        )
        .order_by(Delivery.due_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return session.scalars(
        update(Delivery)
        .where(Delivery.id == candidate, Delivery.state.in_(DUE), free)
        .values(lease_token=lease_token, lease_expires_at=real + lease, attempts=Delivery.attempts + 1)
        .returning(Delivery)
        .execution_options(synchronize_session=False)
    ).one_or_none()


def advance(session: Session, delivery: Delivery, expected: DeliveryState, **values: Any) -> bool:
    """Change a delivery that this process still holds in the expected state; False where it does not."""
    result = session.execute(
        update(Delivery)
        .where(
            Delivery.id == delivery.id,
            Delivery.state == expected,
            Delivery.lease_token == delivery.lease_token,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return touched(result) == 1


RELEASED: dict[str, Any] = {"lease_token": None, "lease_expires_at": None}


def postpone(session: Session, workspace_id: int, state: DeliveryState, wait: timedelta) -> None:
    """Slack asked to wait with a method: everything in this workspace that needs it next waits."""
    until = real_now(session) + wait
    session.execute(
        update(Delivery)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.state == state,
            or_(Delivery.retry_at.is_(None), Delivery.retry_at < until),
        )
        .values(retry_at=until)
        .execution_options(synchronize_session=False)
    )


def wait_with_posting(session: Session, workspace_id: int) -> datetime | None:
    """Until when posts of this workspace wait; what has only just been opened was not postponed with them."""
    return session.scalar(
        select(func.max(Delivery.retry_at)).where(
            Delivery.workspace_id == workspace_id,
            Delivery.state == DeliveryState.OPENED,
            Delivery.retry_at > real_now(session),
        )
    )


def interrupted(session: Session, workspace_id: int, wait: timedelta) -> Sequence[Delivery]:
    """Posts whose process died or whose answer was unclear, long enough ago to be looked up."""
    return session.scalars(
        select(Delivery)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.state == DeliveryState.SENDING,
            Delivery.lease_expires_at < real_now(session) - wait,
        )
        .order_by(Delivery.id)
    ).all()


def hold(session: Session, delivery: Delivery, *, lease: timedelta, lease_token: str) -> bool:
    """Take an interrupted post over, unless another replica has it already."""
    return advance(
        session,
        delivery,
        DeliveryState.SENDING,
        lease_token=lease_token,
        lease_expires_at=real_now(session) + lease,
    )


def recipients_of(session: Session, delivery: Delivery) -> Recipients:
    """The people of a delivery, and what their message is about."""
    round_ = session.get_one(Round, delivery.round_id)
    ids: Iterable[int] = [delivery.person_id] if delivery.person_id else ()
    if delivery.introduction_id:
        ids = session.scalars(
            select(IntroductionMember.person_id).where(
                IntroductionMember.introduction_id == delivery.introduction_id
            )
        ).all()
    return Recipients(
        delivery=delivery,
        round=round_,
        program=session.get_one(Program, round_.program_id),
        people=tuple(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))),
        introduction=session.get(Introduction, delivery.introduction_id)
        if delivery.introduction_id
        else None,
        sit_out=session.get(SitOut, (delivery.round_id, delivery.person_id)) if delivery.person_id else None,
    )


def why_not(session: Session, to: Recipients, now: datetime, today: Any) -> CancelReason | None:
    """What speaks against sending right now, read again at the last moment."""
    if to.round.state != RoundState.MATCHED or to.round.ends_at <= now:
        return CancelReason.ROUND_OVER
    ids = {person.id for person in to.people}
    if participating_ids(session, to.program.id, ids, today) != ids:
        return CancelReason.MEMBERSHIP
    if to.introduction is None:
        return CancelReason.INTRODUCED if to.sit_out is None else None
    excluded = exclusions(session, to.program.workspace_id)
    if any(frozenset(pair) in excluded for pair in combinations(ids, 2)):
        return CancelReason.RULES
    return None


def unfinished(session: Session, workspace_id: int) -> Sequence[tuple[Delivery, Round]]:
    """Deliveries that an admin may want to look at: failed, uncertain, and those still on their way."""
    wanted: ColumnElement[bool] = and_(
        Delivery.workspace_id == workspace_id,
        Delivery.state.not_in([DeliveryState.SENT, DeliveryState.CANCELLED]),
    )
    rows = session.execute(
        select(Delivery, Round).join(Round, Round.id == Delivery.round_id).where(wanted).order_by(Delivery.id)
    )
    return [(delivery, round_) for delivery, round_ in rows]


def count_by_state(session: Session, round_id: int) -> dict[DeliveryState, int]:
    """How many deliveries of a round are in each state."""
    counts: dict[DeliveryState, int] = {}
    for state in session.scalars(select(Delivery.state).where(Delivery.round_id == round_id)):
        counts[state] = counts.get(state, 0) + 1
    return counts


def reopen_uncertain(session: Session, workspace_id: int, public_id: str) -> bool:
    """Let an uncertain delivery be sent again: an admin has looked, and it is not there."""
    result = session.execute(
        update(Delivery)
        .where(
            Delivery.workspace_id == workspace_id,
            Delivery.public_id == public_id,
            Delivery.state == DeliveryState.UNCERTAIN,
        )
        .values(state=DeliveryState.OPENED, retry_at=None, **RELEASED)
    )
    return touched(result) == 1
