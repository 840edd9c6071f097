"""Queries for what follows an introduction: who is still to be asked, and who may need a nudge."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from db.open_introductions import not_given_up
from db.tables import (
    Answer,
    Delivery,
    Introduction,
    IntroductionMember,
    Program,
    Proposal,
    ProposalAcceptance,
    Round,
)
from domain.proposals import ProposalState
from domain.rounds import DeliveryKind, DeliveryState, RoundState

ARRIVED = (DeliveryState.SENT, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Unasked:
    """Somebody of an introduction who was not asked yet whether they met."""

    introduction_id: int
    round_id: int
    program_id: int
    person_id: int
    introduced_at: datetime
    lunch_at: datetime | None
    """When they meet, where they have agreed on it."""


@dataclass(frozen=True, slots=True)
class Unarranged:
    """Somebody who may move an introduction on: nothing is agreed, and they were not nudged this round."""

    introduction_id: int
    round_id: int
    program_id: int
    person_id: int
    introduced_at: datetime
    suggested_at: datetime | None
    """When the suggestion was made that waits for their yes; without one it is for them to go first."""


def unasked_people(
    session: Session,
    workspace_id: int,
    now: datetime,
    *,
    met_by: datetime,
    introduced_by: datetime,
    memory: timedelta,
) -> list[Unasked]:
    """Whose lunch began by a moment or, without an agreed time, who were introduced by another one.

    What is longer ago than people remember is left out: after an outage nobody is asked about it.
    """
    asked = exists().where(
        Delivery.round_id == Introduction.round_id,
        Delivery.person_id == IntroductionMember.person_id,
        Delivery.kind == DeliveryKind.CHECK_IN,
    )
    introduced = _group_message()
    rows = session.execute(
        select(
            Introduction.id,
            Introduction.round_id,
            Program.id,
            IntroductionMember.person_id,
            introduced.c.due_at,
            Proposal.starts_at,
        )
        .join(Round, Round.id == Introduction.round_id)
        .join(Program, Program.id == Round.program_id)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(introduced, introduced.c.introduction_id == Introduction.id)
        .outerjoin(Proposal, _in_state(ProposalState.ACCEPTED))
        .where(
            Program.workspace_id == workspace_id,
            Introduction.active,
            introduced.c.state.in_(ARRIVED),
            or_(
                and_(Proposal.starts_at > met_by - memory, Proposal.starts_at <= met_by),
                and_(
                    Proposal.id.is_(None),
                    introduced.c.due_at > introduced_by - memory,
                    introduced.c.due_at <= introduced_by,
                ),
            ),
            ~asked,
            not_given_up(now),
        )
        .order_by(Introduction.id, IntroductionMember.person_id)
    )
    return [Unasked(*row) for row in rows]


def unarranged_people(
    session: Session, workspace_id: int, now: datetime, *, since: datetime, until: datetime
) -> Iterator[Unarranged]:
    """Who is to go first, or to answer a suggestion, in the running rounds' introductions of a time."""
    nudged = exists().where(
        Delivery.round_id == Introduction.round_id,
        Delivery.person_id == IntroductionMember.person_id,
        Delivery.kind == DeliveryKind.NUDGE,
    )
    agreed = exists().where(
        Proposal.introduction_id == Introduction.id, Proposal.state == ProposalState.ACCEPTED
    )
    introduced, waiting = _group_message(), select(Proposal).subquery()
    rows = session.execute(
        select(
            Introduction.id,
            Introduction.round_id,
            Round.program_id,
            IntroductionMember.person_id,
            introduced.c.due_at,
            Introduction.proposer_id,
            waiting.c.proposer_id.label("suggested_by"),
            waiting.c.created_at,
            ProposalAcceptance.person_id.label("accepted"),
        )
        .join(Round, Round.id == Introduction.round_id)
        .join(Program, Program.id == Round.program_id)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(introduced, introduced.c.introduction_id == Introduction.id)
        .outerjoin(
            waiting,
            and_(
                waiting.c.introduction_id == Introduction.id,
                waiting.c.state == ProposalState.OPEN,
                waiting.c.starts_at > now,
            ),
        )
        .outerjoin(
            ProposalAcceptance,
            and_(
                ProposalAcceptance.proposal_id == waiting.c.id,
                ProposalAcceptance.person_id == IntroductionMember.person_id,
            ),
        )
        .where(
            Program.workspace_id == workspace_id,
            Round.state == RoundState.MATCHED,
            Round.ends_at > now,
            Introduction.active,
            introduced.c.state == DeliveryState.SENT,
            introduced.c.due_at > since,
            introduced.c.due_at <= until,
            ~exists().where(Answer.introduction_id == Introduction.id),
            ~agreed,
            ~nudged,
            not_given_up(now),
        )
        .order_by(Introduction.id, IntroductionMember.person_id)
    )
    for row in rows:
        if row.suggested_by is None:
            is_theirs = row.person_id == row.proposer_id
        else:
            is_theirs = row.person_id != row.suggested_by and row.accepted is None
        if is_theirs:
            yield Unarranged(row[0], row[1], row[2], row[3], row[4], row.created_at)


def _group_message() -> Any:
    return select(Delivery).where(Delivery.kind == DeliveryKind.INTRODUCTION).subquery()


def _in_state(state: ProposalState) -> Any:
    return and_(Proposal.introduction_id == Introduction.id, Proposal.state == state)
