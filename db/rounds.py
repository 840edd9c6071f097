"""Queries for rounds: who claims one, what it came to, and who was introduced in it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from db.sessions import real_now
from db.tables import Program, Round
from db.upsert import insert_new
from domain.rounds import Claim, RoundState


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


def lease_is_over(session: Session, round_: Round) -> bool:
    """Whether a round's process has died or is too slow."""
    expires_at = round_.lease_expires_at
    return round_.state == RoundState.CLAIMED and expires_at is not None and expires_at < real_now(session)


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
