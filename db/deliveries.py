"""Queries for deliveries. Each change of state is one UPDATE that names the state it expects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from db.introductions import answers_of, members_of
from db.open_introductions import is_given_up
from db.people import exclusions, opted_in_ids, participant_of, participating_ids
from db.proposals import accepted_by, proposal_in
from db.rounds import touched
from db.sessions import real_now
from db.tables import CalledOff, Delivery, Introduction, Participant, Person, Program, Round, SitOut
from db.upsert import insert_new
from domain.proposals import ProposalState
from domain.rounds import CancelReason, DeliveryKind, DeliveryState, RoundState

AHEAD = timedelta(days=7)
"""So long before its end a pause may be said to be nearly over: somebody may work one day a week."""
DUE = (DeliveryState.PENDING, DeliveryState.OPENED)


@dataclass(frozen=True, slots=True)
class Recipients:
    """A delivery with everything that its message needs."""

    delivery: Delivery
    program: Program
    round: Round | None
    people: tuple[Person, ...]
    """Who can read the message."""
    members: tuple[Person, ...]
    """The people of the introduction that the message is about."""
    introduction: Introduction | None
    sit_out: SitOut | None
    called_off: CalledOff | None
    """The lunch that a notice is about, where it is about one that won't happen."""
    participant: Participant | None
    """The place in the program of the one who reads it; a group has none."""


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
    introduction = sit_out = called_off = None
    members: Sequence[Person] = ()
    if delivery.introduction_id is not None:
        introduction = session.get_one(Introduction, delivery.introduction_id)
        members = members_of(session, introduction.id)
    if delivery.kind == DeliveryKind.NOTICE:
        sit_out = session.get(SitOut, (delivery.round_id, delivery.person_id))
        called_off = session.scalars(select(CalledOff).filter_by(delivery_id=delivery.id)).one_or_none()
    one = (session.get_one(Person, delivery.person_id),) if delivery.person_id is not None else None
    return Recipients(
        delivery=delivery,
        program=session.get_one(Program, delivery.program_id),
        round=session.get_one(Round, delivery.round_id) if delivery.round_id is not None else None,
        people=one or tuple(members),
        members=tuple(members),
        introduction=introduction,
        sit_out=sit_out,
        called_off=called_off,
        participant=participant_of(session, delivery.program_id, one[0].id) if one else None,
    )


def why_not(session: Session, to: Recipients, now: datetime, today: date) -> CancelReason | None:
    """What speaks against sending right now, read again at the last moment."""
    about_the_round = to.delivery.kind in (
        DeliveryKind.INTRODUCTION,
        DeliveryKind.NOTICE,
        DeliveryKind.NUDGE,
    )
    if (
        about_the_round
        and to.called_off is None
        and (to.round is None or to.round.state != RoundState.MATCHED or to.round.ends_at <= now)
    ):
        return CancelReason.ROUND_OVER
    ids = {person.id for person in to.people}
    if _still_in(session, to, ids, today) != ids:
        return CancelReason.MEMBERSHIP
    return _why_not_any_more(session, to, ids, now)


def _why_not_any_more(session: Session, to: Recipients, ids: set[int], now: datetime) -> CancelReason | None:
    """What speaks against the message itself, of each kind its own."""
    reason: CancelReason | None = None
    match to.delivery.kind:
        case DeliveryKind.INTRODUCTION:
            excluded = exclusions(session, to.program.workspace_id)
            apart = any(frozenset(pair) in excluded for pair in combinations(ids, 2))
            reason = CancelReason.RULES if apart else None
        case DeliveryKind.NOTICE if to.called_off is None:
            reason = CancelReason.INTRODUCED if to.sit_out is None else None
        case DeliveryKind.CHECK_IN if to.introduction is not None:
            reason = _why_not_ask(session, to.introduction, to.people[0], now)
        case DeliveryKind.NUDGE if to.introduction is not None:
            reason = _why_no_nudge(session, to.introduction, to.people[0], now)
        case DeliveryKind.RESTING:
            is_resting = to.participant is not None and to.participant.resting_at is not None
            reason = None if is_resting else CancelReason.TOO_LATE
    return reason


def _why_no_nudge(
    session: Session, introduction: Introduction, person: Person, now: datetime
) -> CancelReason | None:
    """What has happened since the nudge was owed that leaves nothing to do for this person."""
    if not introduction.active or is_given_up(session, introduction.id, person.id, now):
        return CancelReason.CALLED_OFF
    if proposal_in(session, introduction.id, ProposalState.ACCEPTED) is not None:
        return CancelReason.ARRANGED
    if answers_of(session, introduction.id):
        return CancelReason.ANSWERED
    waiting = proposal_in(session, introduction.id, ProposalState.OPEN)
    has_said = waiting is not None and (
        waiting.starts_at > now and person.id in {waiting.proposer_id, *accepted_by(session, waiting.id)}
    )
    return CancelReason.ARRANGED if has_said else None


def _why_not_ask(
    session: Session, introduction: Introduction, person: Person, now: datetime
) -> CancelReason | None:
    if not introduction.active or is_given_up(session, introduction.id, person.id, now):
        return CancelReason.CALLED_OFF
    answered = {answer.person_id for answer in answers_of(session, introduction.id)}
    return CancelReason.ANSWERED if person.id in answered else None


def _still_in(session: Session, to: Recipients, ids: set[int], today: date) -> frozenset[int]:
    about_the_past = to.delivery.kind in (DeliveryKind.CHECK_IN, DeliveryKind.RESTING)
    if about_the_past or to.called_off is not None:
        # A pause is from being introduced; who was introduced before it is asked and told like everybody.
        return opted_in_ids(session, to.program.id, ids)
    match to.delivery.kind:
        case DeliveryKind.WELCOME_BACK:
            # The end of a pause is said on the working day before, where it has to be.
            return participating_ids(session, to.program.id, ids, today + AHEAD)
        case DeliveryKind.NUDGE | DeliveryKind.HEADS_UP:
            return participating_ids(session, to.program.id, ids, today)
        case _:
            # Whoever presses "skip" while the round is being matched is not introduced, either.
            period_on = to.round.period_on if to.round else None
            return participating_ids(session, to.program.id, ids, today, period_on=period_on)


def unfinished(session: Session, workspace_id: int) -> Sequence[tuple[Delivery, Round | None]]:
    """Deliveries that an admin may want to look at: failed, uncertain, and those still on their way."""
    wanted: ColumnElement[bool] = and_(
        Delivery.workspace_id == workspace_id,
        Delivery.state.not_in([DeliveryState.SENT, DeliveryState.CANCELLED]),
    )
    rows = session.execute(
        select(Delivery, Round)
        .outerjoin(Round, Round.id == Delivery.round_id)
        .where(wanted)
        .order_by(Delivery.id)
    )
    return [(delivery, round_) for delivery, round_ in rows]


def is_anything_due(session: Session, workspace_id: int, now: datetime) -> bool:
    """Whether anything that is due by now is still on its way."""
    moving = select(Delivery.id).where(
        Delivery.workspace_id == workspace_id,
        Delivery.state.in_([*DUE, DeliveryState.SENDING]),
        Delivery.due_at <= now,
    )
    return session.scalars(moving.limit(1)).first() is not None


def count_by_state(session: Session, round_id: int) -> dict[DeliveryState, int]:
    """How many deliveries of a round are in each state."""
    counts: dict[DeliveryState, int] = {}
    for state in session.scalars(select(Delivery.state).where(Delivery.round_id == round_id)):
        counts[state] = counts.get(state, 0) + 1
    return counts


def count_kind(session: Session, round_id: int, kind: DeliveryKind) -> int:
    """How many deliveries of one kind a round has."""
    counted = select(func.count()).where(Delivery.round_id == round_id, Delivery.kind == kind)
    return session.execute(counted).scalar_one()


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


def is_owed(session: Session, program: Program, kind: DeliveryKind, key: str) -> bool:
    """Whether somebody is owed, or has had, a message of a program that belongs to no round."""
    owed = select(Delivery.id).where(
        Delivery.program_id == program.id,
        Delivery.round_id.is_(None),
        Delivery.kind == kind,
        Delivery.recipient_key == key,
    )
    return session.scalars(owed).first() is not None


def owe(
    session: Session,
    program: Program,
    *,
    kind: DeliveryKind,
    person_id: int,
    due_at: datetime,
    key: str,
    **about: int,
) -> None:
    """Owe one person a message, unless they are owed it already."""
    insert_new(
        session,
        Delivery,
        {
            "public_id": uuid4().hex,
            "workspace_id": program.workspace_id,
            "program_id": program.id,
            "person_id": person_id,
            "kind": kind,
            "recipient_key": key,
            "state": DeliveryState.PENDING,
            "due_at": due_at,
            **about,
        },
    )
