"""Queries for rounds: who claims one, what it came to, and who was introduced in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from db.sessions import real_now
from db.tables import Delivery, Introduction, IntroductionMember, Person, Program, Round, SitOut
from db.upsert import insert_new
from domain.rounds import CancelReason, Claim, DeliveryKind, DeliveryState, RoundState, ToldReason


@dataclass(frozen=True, slots=True)
class NewIntroduction:
    """An introduction as it is about to be stored, with its group DM owed."""

    public_id: str
    delivery_id: str
    people: tuple[Person, ...]
    why: tuple[str, ...]
    starter: int
    proposer_id: int


@dataclass(frozen=True, slots=True)
class NewSitOut:
    """Somebody who is not introduced, and the notice that we owe them."""

    person_id: int
    reason: ToldReason
    delivery_id: str


@dataclass(frozen=True, slots=True)
class EndedIntroduction:
    """An introduction that did not come to be, and whether Slack refused it."""

    failed: bool
    people: tuple[int, ...]


def touched(result: Any) -> int:
    """How many rows an UPDATE touched."""
    assert isinstance(result, CursorResult)
    return result.rowcount


def last_slot_at(session: Session, program_id: int) -> datetime | None:
    """The newest slot that has a round, missed ones included."""
    return session.scalar(
        select(func.max(Round.slot_at)).where(Round.program_id == program_id, Round.period_on.is_not(None))
    )


def taken_periods(session: Session, program_id: int, since: date) -> frozenset[date]:
    """The periods that have their round already, from one on."""
    periods = session.scalars(
        select(Round.period_on).where(Round.program_id == program_id, Round.period_on >= since)
    )
    return frozenset(period for period in periods if period is not None)


def round_of_period(session: Session, program_id: int, period_on: date) -> Round | None:
    """The round of a period, whatever its state."""
    return session.scalars(
        select(Round).where(Round.program_id == program_id, Round.period_on == period_on)
    ).one_or_none()


def insert_claim(
    session: Session,
    *,
    program_id: int,
    period_on: date | None,
    slot_at: datetime,
    ends_at: datetime,
    seed: int,
    lease_token: str,
    lease: timedelta,
) -> Claim | None:
    """Claim a period's round; None where another replica was first."""
    round_id = insert_new(
        session,
        Round,
        {
            "program_id": program_id,
            "period_on": period_on,
            "slot_at": slot_at,
            "ends_at": ends_at,
            "state": RoundState.CLAIMED,
            "seed": seed,
            "lease_token": lease_token,
            "lease_expires_at": real_now(session) + lease,
        },
    )
    return None if round_id is None else Claim(round_id, seed, lease_token)


def insert_missed(
    session: Session, *, program_id: int, period_on: date, slot_at: datetime, ends_at: datetime, seed: int
) -> bool:
    """Record that a period's round was missed."""
    values = {"period_on": period_on, "slot_at": slot_at, "ends_at": ends_at, "seed": seed}
    return (
        insert_new(session, Round, {"program_id": program_id, "state": RoundState.MISSED, **values})
        is not None
    )


def expired_claims(session: Session, program_id: int) -> Sequence[Round]:
    """Rounds whose process has died or is too slow: somebody else may take them over."""
    return session.scalars(
        select(Round).where(
            Round.program_id == program_id,
            Round.state == RoundState.CLAIMED,
            Round.lease_expires_at < real_now(session),
        )
    ).all()


def take_over(session: Session, round_: Round, *, lease_token: str, lease: timedelta) -> Claim | None:
    """Take a missed round, or one whose lease has expired; None where another replica was quicker."""
    result = session.execute(
        update(Round)
        .where(
            Round.id == round_.id,
            Round.state == round_.state,
            Round.lease_token == round_.lease_token if round_.lease_token else Round.lease_token.is_(None),
        )
        .values(state=RoundState.CLAIMED, lease_token=lease_token, lease_expires_at=real_now(session) + lease)
        .execution_options(synchronize_session=False)
    )
    return Claim(round_.id, round_.seed, lease_token) if touched(result) == 1 else None


def give_up(session: Session, round_: Round) -> None:
    """Mark an expired claim as missed, unless somebody has just taken it over."""
    session.execute(
        update(Round)
        .where(
            Round.id == round_.id,
            Round.state == RoundState.CLAIMED,
            Round.lease_token == round_.lease_token,
        )
        .values(state=RoundState.MISSED, lease_token=None, lease_expires_at=None)
        .execution_options(synchronize_session=False)
    )


def finish_matching(
    session: Session,
    claim: Claim,
    *,
    state: RoundState,
    now: datetime,
    input_digest: str,
    outcome: dict[str, Any],
) -> bool:
    """Turn a claim into a round; False where the lease was lost, and then nothing may be written."""
    result = session.execute(
        update(Round)
        .where(
            Round.id == claim.round_id,
            Round.state == RoundState.CLAIMED,
            Round.lease_token == claim.lease_token,
        )
        .values(
            state=state,
            lease_token=None,
            lease_expires_at=None,
            matched_at=now,
            input_digest=input_digest,
            outcome=outcome,
        )
    )
    return touched(result) == 1


def add_introductions(
    session: Session,
    *,
    workspace_id: int,
    round_id: int,
    introductions: Iterable[NewIntroduction],
    now: datetime,
) -> None:
    """Store introductions and the group DMs that they are owed."""
    for new in introductions:
        introduction = Introduction(
            public_id=new.public_id,
            round_id=round_id,
            why=list(new.why),
            starter=new.starter,
            proposer_id=new.proposer_id,
        )
        session.add(introduction)
        session.flush()
        for person in new.people:
            session.add(
                IntroductionMember(
                    introduction_id=introduction.id,
                    round_id=round_id,
                    person_id=person.id,
                    department=person.department,
                    office=person.office,
                    level=person.level,
                )
            )
        session.add(
            Delivery(
                public_id=new.delivery_id,
                workspace_id=workspace_id,
                round_id=round_id,
                introduction_id=introduction.id,
                kind=DeliveryKind.INTRODUCTION,
                recipient_key="group",
                state=DeliveryState.PENDING,
                due_at=now,
            )
        )
    session.flush()


def add_sit_outs(
    session: Session, *, workspace_id: int, round_id: int, sit_outs: Iterable[NewSitOut], due_at: datetime
) -> None:
    """Store who is not introduced, and the notices that they are owed."""
    for sit_out in sit_outs:
        session.add(SitOut(round_id=round_id, person_id=sit_out.person_id, reason=sit_out.reason))
        session.add(
            Delivery(
                public_id=sit_out.delivery_id,
                workspace_id=workspace_id,
                round_id=round_id,
                person_id=sit_out.person_id,
                kind=DeliveryKind.NOTICE,
                recipient_key=f"person {sit_out.person_id}",
                state=DeliveryState.PENDING,
                due_at=due_at,
            )
        )
    session.flush()


def end_introduction(session: Session, introduction_id: int) -> None:
    """End an introduction: its people are free for another one in the same round."""
    session.execute(update(Introduction).where(Introduction.id == introduction_id).values(active=False))
    session.execute(
        update(IntroductionMember)
        .where(IntroductionMember.introduction_id == introduction_id)
        .values(active=False)
    )


def open_rounds(session: Session, workspace_id: int, now: datetime) -> Sequence[tuple[Round, Program]]:
    """Rounds that have been matched and are not over."""
    rows = session.execute(
        select(Round, Program)
        .join(Program, Program.id == Round.program_id)
        .where(Program.workspace_id == workspace_id, Round.state == RoundState.MATCHED, Round.ends_at > now)
        .order_by(Round.id)
    )
    return [(round_, program) for round_, program in rows]


def close_ended(session: Session, workspace_id: int, now: datetime) -> int:
    """Close every round whose end has come."""
    result = session.execute(
        update(Round)
        .where(
            Round.program_id.in_(select(Program.id).where(Program.workspace_id == workspace_id)),
            Round.state == RoundState.MATCHED,
            Round.ends_at <= now,
        )
        .values(state=RoundState.CLOSED)
        .execution_options(synchronize_session=False)
    )
    return touched(result)


def ended_introductions(session: Session, round_id: int) -> list[EndedIntroduction]:
    """The introductions of a round that did not come to be, each with its people."""
    rows = session.execute(
        select(Introduction.id, Delivery.state, IntroductionMember.person_id)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(Introduction.round_id == round_id, Introduction.active.is_(False))
        .order_by(Introduction.id, IntroductionMember.person_id)
    ).all()
    return [
        EndedIntroduction(
            failed=any(row.state == DeliveryState.FAILED for row in members),
            people=tuple(row.person_id for row in members),
        )
        for members in (list(group) for _, group in groupby(rows, key=lambda row: row.id))
    ]


def introduced_ids(session: Session, round_id: int) -> frozenset[int]:
    """Everybody who is in an active introduction of a round."""
    return frozenset(
        session.scalars(
            select(IntroductionMember.person_id).where(
                IntroductionMember.round_id == round_id, IntroductionMember.active
            )
        )
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
            Delivery.state.in_([DeliveryState.PENDING, DeliveryState.OPENED]),
        )
        .values(
            state=DeliveryState.CANCELLED,
            reason=CancelReason.INTRODUCED,
            lease_token=None,
            lease_expires_at=None,
        )
    )


def current_partners(session: Session, program_id: int, person_id: int, now: datetime) -> tuple[str, ...]:
    """Slack ids of the people to whom somebody has been introduced in the running round."""
    mine = (
        select(IntroductionMember.introduction_id)
        .join(Round, Round.id == IntroductionMember.round_id)
        .join(Delivery, Delivery.introduction_id == IntroductionMember.introduction_id)
        .where(
            Round.program_id == program_id,
            Round.state == RoundState.MATCHED,
            Round.ends_at > now,
            IntroductionMember.person_id == person_id,
            IntroductionMember.active,
            Delivery.state == DeliveryState.SENT,
        )
    )
    rows = session.scalars(
        select(Person.slack_user_id)
        .join(IntroductionMember, IntroductionMember.person_id == Person.id)
        .where(IntroductionMember.introduction_id.in_(mine), Person.id != person_id)
        .order_by(Person.id)
    )
    return tuple(slack_id for slack_id in rows if slack_id)
