"""Queries for one person's own introductions and lunches, without a word of what the others said."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.people import has_account
from db.tables import (
    Answer,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Person,
    Program,
    Proposal,
    Round,
    Withdrawal,
)
from domain.home import OWN_WORD_COUNTS, PastLunch
from domain.proposals import ProposalState
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource, RoundState


def current_introductions(
    session: Session, program_id: int, person_id: int, now: datetime
) -> Sequence[Introduction]:
    """What somebody has been introduced in, in the running round or with a lunch that is still to come."""
    to_come = select(Proposal.introduction_id).where(
        Proposal.state == ProposalState.ACCEPTED, Proposal.starts_at > now
    )
    return session.scalars(
        select(Introduction)
        .join(Round, Round.id == Introduction.round_id)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(
            Round.program_id == program_id,
            IntroductionMember.person_id == person_id,
            IntroductionMember.active,
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Delivery.state == DeliveryState.SENT,
            or_(
                (Round.state == RoundState.MATCHED) & (Round.ends_at > now),
                Introduction.id.in_(to_come),
            ),
            # Whoever has given up a lunch knows before the others do.
            Introduction.id.not_in(
                select(Withdrawal.introduction_id).where(Withdrawal.person_id == person_id)
            ),
        )
        .order_by(Round.slot_at.desc(), Introduction.id.desc())
    ).all()


def lunches_of(session: Session, program: Program, person_id: int, now: datetime) -> list[PastLunch]:
    """The lunches that somebody says they had, and older ones that are known to have been, the newest first.

    As long as answers are kept, only the person's own word counts. Otherwise a lunch that is missing here,
    or that is here unasked, would tell what another one answered.
    """
    rows = session.execute(
        select(IntroductionMember.introduction_id, Round.slot_at)
        .join(Round, Round.id == IntroductionMember.round_id)
        .where(Round.program_id == program.id, IntroductionMember.person_id == person_id)
        .order_by(Round.slot_at.desc(), IntroductionMember.introduction_id.desc())
    )
    own = {
        answer.introduction_id: answer.met_ids if answer.answer == AnswerWord.MET else []
        for answer in session.scalars(select(Answer).where(Answer.person_id == person_id))
    }
    known = _known_meetings(session, person_id)
    lunches: list[tuple[int, datetime, list[int]]] = []
    for introduction_id, slot_at in rows:
        is_old = slot_at < now - OWN_WORD_COUNTS
        others = own.get(introduction_id, known.get(introduction_id, []) if is_old else [])
        if others:
            lunches.append((introduction_id, slot_at, others))
    return _as_told(session, program, lunches)


def _known_meetings(session: Session, person_id: int) -> dict[int, list[int]]:
    known: dict[int, list[int]] = {}
    for meeting in session.scalars(
        select(Meeting).where(
            or_(Meeting.low_id == person_id, Meeting.high_id == person_id),
            Meeting.source == MeetingSource.CONFIRMED,
        )
    ):
        other = meeting.high_id if meeting.low_id == person_id else meeting.low_id
        known.setdefault(meeting.introduction_id or 0, []).append(other)
    return known


def _as_told(
    session: Session, program: Program, lunches: Sequence[tuple[int, datetime, list[int]]]
) -> list[PastLunch]:
    ids = [introduction_id for introduction_id, _, _ in lunches]
    members = {
        (introduction_id, person_id): (slack_user_id or "", department)
        for introduction_id, person_id, slack_user_id, department in session.execute(
            select(
                IntroductionMember.introduction_id,
                IntroductionMember.person_id,
                Person.slack_user_id,
                IntroductionMember.department,
            )
            .join(Person, Person.id == IntroductionMember.person_id)
            .where(IntroductionMember.introduction_id.in_(ids))
        )
    }
    agreed = {
        proposal.introduction_id: proposal.starts_at
        for proposal in session.scalars(
            select(Proposal).where(
                Proposal.introduction_id.in_(ids), Proposal.state == ProposalState.ACCEPTED
            )
        )
    }
    zone = ZoneInfo(program.timezone)
    return [
        PastLunch(
            people=tuple(members[introduction_id, other][0] for other in others),
            departments=tuple(members[introduction_id, other][1] for other in others),
            on=agreed.get(introduction_id, slot_at).astimezone(zone).date(),
            is_agreed=introduction_id in agreed,
        )
        for introduction_id, slot_at, others in lunches
    ]


def departments_by_size(session: Session, workspace_id: int) -> list[str]:
    """Every department in which somebody has an account, the largest one first."""
    rows = session.execute(
        select(Person.department, func.count())
        .where(Person.workspace_id == workspace_id, Person.department.is_not(None), has_account())
        .group_by(Person.department)
    )
    return [name for name, _ in sorted(rows, key=lambda row: (-row[1], row[0] or "")) if name]
