"""Deletes what is older than it is kept."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, not_, or_, select, update
from sqlalchemy.orm import Session

from db.rounds import touched
from db.tables import (
    Answer,
    AuditEvent,
    Base,
    CalledOff,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    Program,
    Proposal,
    ProposalAcceptance,
    Round,
    SitOut,
    SkippedRound,
    Withdrawal,
)
from domain.rounds import AnswerWord, Thumb


def forget_answers_before(
    session: Session, workspace_id: int, before: datetime, still_counted: Iterable[tuple[datetime, datetime]]
) -> int:
    """Delete answers, but none of rounds in the spans that HR's open periods still count.

    That everybody who answered said no, and that somebody gave a thumb down, decides whether and when these
    people are introduced again, and is kept, without who it was.
    """
    rounds = _rounds(workspace_id)
    for begins_at, ends_at in still_counted:
        rounds = rounds.where(not_(and_(Round.slot_at >= begins_at, Round.slot_at < ends_at)))
    introductions = select(Introduction.id).where(Introduction.round_id.in_(rounds))
    # All answers of an introduction go together: what is left of them would be half the truth.
    old = (
        select(Answer.introduction_id)
        .where(Answer.introduction_id.in_(introductions))
        .group_by(Answer.introduction_id)
        .having(func.max(Answer.answered_at) < before)
    )
    noes = func.sum(case((Answer.answer == AnswerWord.NOT_THIS_TIME, 1), else_=0))
    _change(session, Introduction.id.in_(old.having(noes == func.count())), denied=True)
    _change(session, Introduction.id.in_(old.having(func.min(Answer.thumb) == Thumb.DOWN)), disliked=True)
    return _delete(session, Answer, Answer.introduction_id.in_(old))


def forget_skips_before(session: Session, workspace_id: int, before: date) -> int:
    """Delete which rounds people skipped."""
    participants = (
        select(Participant.id)
        .join(Program, Program.id == Participant.program_id)
        .where(Program.workspace_id == workspace_id)
    )
    return _delete(
        session,
        SkippedRound,
        and_(SkippedRound.participant_id.in_(participants), SkippedRound.period_on < before),
    )


def forget_introductions_before(session: Session, workspace_id: int, before: datetime) -> int:
    """Delete the introductions of old rounds with all that hangs on them; a round itself names nobody."""
    rounds = _rounds(workspace_id).where(Round.slot_at < before)
    introductions = select(Introduction.id).where(Introduction.round_id.in_(rounds))
    for table in (Answer, ProposalAcceptance, Proposal, Meeting, Withdrawal, CalledOff):
        _delete(session, table, table.introduction_id.in_(introductions))
    _delete(session, Delivery, or_(Delivery.round_id.in_(rounds), _old_word(workspace_id, before)))
    _delete(session, SitOut, SitOut.round_id.in_(rounds))
    _delete(session, IntroductionMember, IntroductionMember.round_id.in_(rounds))
    return _delete(session, Introduction, Introduction.round_id.in_(rounds))


def forget_audit_before(session: Session, workspace_id: int, before: datetime) -> int:
    """Delete old notes of what admins and HR did."""
    return _delete(
        session,
        AuditEvent,
        and_(AuditEvent.workspace_id == workspace_id, AuditEvent.happened_at < before),
    )


def _rounds(workspace_id: int) -> Select[int]:
    return (
        select(Round.id)
        .join(Program, Program.id == Round.program_id)
        .where(Program.workspace_id == workspace_id)
    )


def _old_word(workspace_id: int, before: datetime) -> ColumnElement[bool]:
    """A message that belongs to no round."""
    return and_(Delivery.workspace_id == workspace_id, Delivery.round_id.is_(None), Delivery.due_at < before)


def _change(session: Session, condition: ColumnElement[bool], **values: bool) -> None:
    session.execute(
        update(Introduction).where(condition).values(**values).execution_options(synchronize_session=False)
    )


def _delete(session: Session, table: type[Base], condition: ColumnElement[bool]) -> int:
    result: Any = session.execute(delete(table).where(condition).execution_options(synchronize_session=False))
    return touched(result)
