"""Queries for introductions that are still open: who holds them, and who gives one up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from db.tables import (
    Answer,
    Delivery,
    Exclusion,
    Introduction,
    IntroductionMember,
    Meeting,
    Person,
    Program,
    Proposal,
    Round,
    Withdrawal,
)
from db.upsert import insert_new
from domain.introductions import MOST_OPEN, closes_at, still_open_since
from domain.proposals import ProposalState
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource

ARRIVED = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
SETTLED = (AnswerWord.MET, AnswerWord.NOT_THIS_TIME)


def closing_of(session: Session, introduction: Introduction) -> datetime:
    """When an introduction closes."""
    introduced_at, ends_at = session.execute(
        select(Delivery.due_at, Round.ends_at)
        .join(Round, Round.id == Delivery.round_id)
        .where(Delivery.introduction_id == introduction.id, Delivery.kind == DeliveryKind.INTRODUCTION)
    ).one()
    return closes_at(introduced_at, ends_at)


def full_hands(session: Session, program: Program, now: datetime) -> frozenset[int]:
    """Everybody who holds as many open introductions as anybody may.

    What counts is what the person knows: their own answer and withdrawal, and a time agreed by all. Another
    one's answer would be told by whether a person is introduced.
    """
    held = _held(now).with_only_columns(IntroductionMember.person_id)
    return frozenset(
        session.scalars(
            held.where(Round.program_id == program.id)
            .group_by(IntroductionMember.person_id)
            .having(func.count() >= MOST_OPEN)
        )
    )


def has_full_hands(session: Session, program: Program, person_id: int, now: datetime) -> bool:
    """Whether somebody does, or will at a later moment if nothing happens until then."""
    held = _held(now).where(Round.program_id == program.id, IntroductionMember.person_id == person_id)
    return len(session.scalars(held).all()) >= MOST_OPEN


def _held(now: datetime) -> Select[int]:
    """The introductions that people hold, one row for each of their people."""
    introduced_since, ended_since = still_open_since(now)
    return (
        select(IntroductionMember.introduction_id)
        .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
        .join(Round, Round.id == Introduction.round_id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Introduction.active,
            or_(Delivery.due_at >= introduced_since, Round.ends_at >= ended_since),
            ~_of_member(Withdrawal),
            ~_of_member(Answer, Answer.answer.in_(SETTLED)),
            ~exists().where(
                Proposal.introduction_id == Introduction.id,
                Proposal.state == ProposalState.ACCEPTED,
                Proposal.starts_at <= now,
            ),
        )
    )


def _of_member(table: type[Withdrawal | Answer], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        and_(
            table.introduction_id == IntroductionMember.introduction_id,
            table.person_id == IntroductionMember.person_id,
            *conditions,
        )
    )


def withdraw(
    session: Session, introduction_id: int, person_id: int, *, wants_another: bool, takes_effect_at: datetime
) -> bool:
    """Note that somebody gives up a lunch; False where they have done so before."""
    row = {"introduction_id": introduction_id, "person_id": person_id, "wants_another": wants_another}
    return insert_new(session, Withdrawal, {**row, "takes_effect_at": takes_effect_at}) is not None


def has_withdrawn(session: Session, introduction_id: int, person_id: int) -> bool:
    """Whether somebody has given up a lunch."""
    return session.get(Withdrawal, (introduction_id, person_id)) is not None


def is_given_up(session: Session, introduction_id: int, person_id: int, now: datetime) -> bool:
    """Whether a lunch is given up as far as a person may know: by others not before its hour has come."""
    given_up = select(Withdrawal.person_id).where(
        Withdrawal.introduction_id == introduction_id, _is_known_to(person_id, now)
    )
    return session.scalars(given_up.limit(1)).first() is not None


def not_given_up(now: datetime) -> ColumnElement[bool]:
    """The same as a condition, for a row of an introduction's member."""
    return ~exists().where(
        Withdrawal.introduction_id == IntroductionMember.introduction_id,
        _is_known_to(IntroductionMember.person_id, now),
    )


def _is_known_to(person_id: Any, now: datetime) -> ColumnElement[bool]:
    # A message that stays away would tell, too: until the hour comes the others get what they would get.
    return or_(Withdrawal.takes_effect_at <= now, Withdrawal.person_id == person_id)


def withdrawals_of(session: Session, round_id: int) -> Sequence[Withdrawal]:
    """Who has given up which lunch of a round."""
    return session.scalars(
        select(Withdrawal)
        .join(Introduction, Introduction.id == Withdrawal.introduction_id)
        .where(Introduction.round_id == round_id)
    ).all()


def introductions_to_end(session: Session, workspace_id: int, now: datetime) -> Sequence[Introduction]:
    """Active introductions that somebody has given up, and whose hour has come."""
    given_up = select(Withdrawal.introduction_id).where(Withdrawal.takes_effect_at <= now)
    return session.scalars(
        select(Introduction)
        .join(Round, Round.id == Introduction.round_id)
        .join(Program, Program.id == Round.program_id)
        .where(Program.workspace_id == workspace_id, Introduction.active, Introduction.id.in_(given_up))
        .order_by(Introduction.id)
    ).all()


def exclude(session: Session, owner_id: int, other_id: int, now: datetime) -> None:
    """Note that one person would rather not be introduced to another; once is enough."""
    insert_new(session, Exclusion, {"owner_id": owner_id, "other_id": other_id, "created_at": now})


def add_acquaintance(session: Session, one: Person, other: Person, now: datetime) -> None:
    """Note that two people know each other already; once is enough."""
    low, high = sorted((one.id, other.id))
    known = select(Meeting.id).where(
        Meeting.low_id == low, Meeting.high_id == high, Meeting.source == MeetingSource.ALREADY_KNOW
    )
    if session.scalars(known).first() is None:
        insert_new(
            session,
            Meeting,
            {
                "workspace_id": one.workspace_id,
                "low_id": low,
                "high_id": high,
                # Not without a date: those count as the oldest, and would be introduced again first.
                "met_on": now.date(),
                "source": MeetingSource.ALREADY_KNOW,
            },
        )
