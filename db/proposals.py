"""Queries for suggested and agreed times."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.tables import Introduction, IntroductionMember, Proposal, ProposalAcceptance
from domain.proposals import ProposalState


def lock_introduction(session: Session, introduction: Introduction) -> None:
    """Let one press after the other change what is arranged; SQLite's write sessions do so already."""
    session.refresh(introduction, with_for_update=True)


def proposal_in(session: Session, introduction_id: int, state: ProposalState) -> Proposal | None:
    """The one open, or the one accepted, proposal of an introduction."""
    return session.scalars(
        select(Proposal).where(Proposal.introduction_id == introduction_id, Proposal.state == state)
    ).one_or_none()


def proposal_of(session: Session, introduction_id: int, public_id: str) -> Proposal | None:
    """One proposal of an introduction."""
    return session.scalars(
        select(Proposal).where(Proposal.introduction_id == introduction_id, Proposal.public_id == public_id)
    ).one_or_none()


def agreed_time(session: Session, introduction_id: int) -> datetime | None:
    """When the people of an introduction meet, as far as they have agreed."""
    accepted = proposal_in(session, introduction_id, ProposalState.ACCEPTED)
    return accepted.starts_at if accepted else None


def accepted_by(session: Session, proposal_id: int) -> Sequence[int]:
    """Who has said yes to a proposal, besides whoever made it, in this order."""
    return session.scalars(
        select(ProposalAcceptance.person_id)
        .where(ProposalAcceptance.proposal_id == proposal_id)
        .order_by(ProposalAcceptance.accepted_at, ProposalAcceptance.person_id)
    ).all()


def times_agreed(session: Session, introduction_id: int) -> int:
    """How many times the people of an introduction have agreed on, one after the other."""
    counted = select(func.count()).where(
        Proposal.introduction_id == introduction_id, Proposal.accepted_at.is_not(None)
    )
    return session.execute(counted).scalar_one()


def other_lunches(
    session: Session, person_ids: Iterable[int], introduction_id: int, since: datetime
) -> dict[int, tuple[datetime, ...]]:
    """When each of these people has agreed to meet somebody else."""
    found: dict[int, tuple[datetime, ...]] = dict.fromkeys(person_ids, ())
    rows = session.execute(
        select(IntroductionMember.person_id, Proposal.starts_at)
        .join(Proposal, Proposal.introduction_id == IntroductionMember.introduction_id)
        .join(Introduction, Introduction.id == Proposal.introduction_id)
        .where(
            IntroductionMember.person_id.in_(list(found)),
            Proposal.introduction_id != introduction_id,
            Proposal.state == ProposalState.ACCEPTED,
            Proposal.starts_at >= since,
            Introduction.active,
        )
    )
    for person_id, starts_at in rows:
        found[person_id] += (starts_at,)
    return found
