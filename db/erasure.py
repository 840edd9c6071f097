"""What is cleared of somebody who is forgotten, table by table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from db.deliveries import DUE, RELEASED
from db.tables import (
    Answer,
    Census,
    Delivery,
    Exclusion,
    Introduction,
    IntroductionMember,
    Participant,
    Person,
    Preference,
    Proposal,
    ProposalAcceptance,
    ReportPeriod,
    SkippedRound,
    Withdrawal,
)
from domain.reports import PeriodState
from domain.rounds import CancelReason, DeliveryKind, DeliveryState

ERASED = "erased"
"""Stands where the schema wants a channel or a message."""
CANCELLED: dict[str, Any] = {
    "state": DeliveryState.CANCELLED,
    "reason": CancelReason.MEMBERSHIP,
    **RELEASED,
}


def unsent_introductions_with(session: Session, person_id: int) -> Sequence[int]:
    """Introductions of somebody whose group message is not on its way yet."""
    return session.scalars(
        select(Introduction.id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(
            Introduction.id.in_(_introductions_of(person_id)),
            Introduction.active,
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Delivery.state.in_(DUE),
        )
    ).all()


def cancel_what_is_owed(session: Session, person_id: int) -> None:
    """Nothing more is sent to somebody, nor to others about them alone."""
    alone = _with_nobody_else(person_id)
    unsent_group = and_(
        Delivery.kind == DeliveryKind.INTRODUCTION, Delivery.introduction_id.in_(_introductions_of(person_id))
    )
    about_them = and_(Delivery.kind == DeliveryKind.CHECK_IN, Delivery.introduction_id.in_(alone))
    _change(
        session,
        and_(Delivery.state.in_(DUE), or_(Delivery.person_id == person_id, unsent_group, about_them)),
        **CANCELLED,
    )


def forget_answers(session: Session, person_id: int) -> None:
    """What somebody answered or gave up, and the times that nobody has agreed on."""
    session.execute(delete(Withdrawal).where(Withdrawal.person_id == person_id))
    session.execute(delete(Answer).where(Answer.person_id == person_id))
    session.execute(delete(ProposalAcceptance).where(ProposalAcceptance.person_id == person_id))
    never_agreed = select(Proposal.id).where(
        Proposal.proposer_id == person_id, Proposal.accepted_at.is_(None)
    )
    session.execute(delete(ProposalAcceptance).where(ProposalAcceptance.proposal_id.in_(never_agreed)))
    session.execute(delete(Proposal).where(Proposal.proposer_id == person_id, Proposal.accepted_at.is_(None)))


def forget_wishes(session: Session, person_id: int) -> None:
    """Preferences, skips, and lists of people to leave out: the own one, and the name in those of others.

    These can't have an effect any more, since nobody is ever introduced to this row again.
    """
    session.execute(delete(Preference).where(Preference.person_id == person_id))
    theirs = select(Participant.id).where(Participant.person_id == person_id)
    session.execute(delete(SkippedRound).where(SkippedRound.participant_id.in_(theirs)))
    session.execute(
        delete(Exclusion).where(or_(Exclusion.owner_id == person_id, Exclusion.other_id == person_id))
    )


def forget_channels(session: Session, person_id: int) -> None:
    """Where somebody was written to: Slack knows who is in a conversation."""
    known = Delivery.channel_id.is_not(None)
    theirs = or_(Delivery.person_id == person_id, _is_group_of(_with_nobody_else(person_id)))
    settled = Delivery.state != DeliveryState.SENDING
    _change(session, and_(theirs, known, settled), channel_id=ERASED)
    _change(session, and_(theirs, Delivery.message_ts.is_not(None)), message_ts=ERASED)


def forget_directory(session: Session, person: Person, now: datetime) -> None:
    """Who it was, and had been; but for numbers of HR that are still counted, and forget it then.

    The next reading of the directory makes a stranger of the account.
    """
    settled = select(ReportPeriod.id).where(ReportPeriod.state != PeriodState.COUNTED)
    session.execute(delete(Census).where(Census.person_id == person.id, Census.report_period_id.in_(settled)))
    session.execute(
        update(Person)
        .where(Person.manager_id == person.id)
        .values(manager_id=None)
        .execution_options(synchronize_session="fetch")
    )
    session.execute(
        update(IntroductionMember)
        .where(IntroductionMember.person_id == person.id)
        .values(office=None, level=None)
    )
    for field in ("slack_user_id", "external_id", "name", "email", "department", "office", "level"):
        setattr(person, field, None)
    for field in ("manager_id", "started_on", "away_until", "timezone", "locale"):
        setattr(person, field, None)
    for field in ("interests", "skills", "languages"):
        setattr(person, field, None)
    person.imported_fields, person.is_active, person.erased_at = [], False, now


def _introductions_of(person_id: int) -> Any:
    return select(IntroductionMember.introduction_id).where(IntroductionMember.person_id == person_id)


def _with_nobody_else(person_id: int) -> Any:
    """Introductions of which fewer than two others are known by name: theirs ends, or tells who it was."""
    return (
        select(IntroductionMember.introduction_id)
        .join(Person, Person.id == IntroductionMember.person_id)
        .where(
            IntroductionMember.introduction_id.in_(_introductions_of(person_id)),
            Person.id != person_id,
            Person.erased_at.is_(None),
        )
        .group_by(IntroductionMember.introduction_id)
        .having(func.count() < 2)
    )


def _is_group_of(introductions: Any) -> ColumnElement[bool]:
    return and_(Delivery.kind == DeliveryKind.INTRODUCTION, Delivery.introduction_id.in_(introductions))


def _change(session: Session, condition: ColumnElement[bool], **values: Any) -> None:
    session.execute(
        update(Delivery).where(condition).values(**values).execution_options(synchronize_session=False)
    )
