"""Queries for introductions: who is brought together, who is left over, and what they are owed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from db.tables import (
    Answer,
    Delivery,
    Introduction,
    IntroductionMember,
    Person,
    Program,
    Proposal,
    Round,
    Withdrawal,
)
from domain.proposals import ProposalState
from domain.rounds import DeliveryKind, DeliveryState, RoundState


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
class EndedIntroduction:
    """An introduction that did not come to be, and whether Slack refused it."""

    id: int
    failed: bool
    people: tuple[int, ...]


def add_introductions(
    session: Session,
    *,
    program: Program,
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
                workspace_id=program.workspace_id,
                program_id=program.id,
                round_id=round_id,
                introduction_id=introduction.id,
                kind=DeliveryKind.INTRODUCTION,
                recipient_key="group",
                state=DeliveryState.PENDING,
                due_at=now,
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


def ended_introductions(session: Session, round_id: int) -> list[EndedIntroduction]:
    """The introductions of a round that did not come to be, each with its people."""
    rows = session.execute(
        select(Introduction.id, Delivery.state, IntroductionMember.person_id)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(
            Introduction.round_id == round_id,
            Introduction.active.is_(False),
            Delivery.kind == DeliveryKind.INTRODUCTION,
        )
        .order_by(Introduction.id, IntroductionMember.person_id)
    ).all()
    return [
        EndedIntroduction(
            id=members[0].id,
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
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Delivery.state == DeliveryState.SENT,
            # Whoever has given up a lunch knows before the others do.
            IntroductionMember.introduction_id.not_in(
                select(Withdrawal.introduction_id).where(Withdrawal.person_id == person_id)
            ),
        )
    )
    rows = session.scalars(
        select(Person.slack_user_id)
        .join(IntroductionMember, IntroductionMember.person_id == Person.id)
        .where(IntroductionMember.introduction_id.in_(mine), Person.id != person_id)
        .order_by(Person.id)
    )
    return tuple(slack_id for slack_id in rows if slack_id)


def introduction_with_member(
    session: Session, public_id: str, slack_user_id: str
) -> tuple[Introduction, Person] | None:
    """An introduction and one of its people; None where there is no such introduction or member."""
    row = session.execute(
        select(Introduction, Person)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(Person, Person.id == IntroductionMember.person_id)
        .where(Introduction.public_id == public_id, Person.slack_user_id == slack_user_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def members_of(session: Session, introduction_id: int) -> Sequence[Person]:
    """The people of an introduction."""
    return session.scalars(
        select(Person)
        .join(IntroductionMember, IntroductionMember.person_id == Person.id)
        .where(IntroductionMember.introduction_id == introduction_id)
        .order_by(Person.id)
    ).all()


def group_message_of(session: Session, introduction_id: int) -> tuple[str | None, str | None]:
    """Channel and timestamp of an introduction's message, as far as they are known."""
    row = session.execute(
        select(Delivery.channel_id, Delivery.message_ts).where(
            Delivery.introduction_id == introduction_id, Delivery.kind == DeliveryKind.INTRODUCTION
        )
    ).one()
    return row[0], row[1]


def answers_of(session: Session, introduction_id: int) -> Sequence[Answer]:
    """What the people of an introduction have said so far."""
    return session.scalars(select(Answer).where(Answer.introduction_id == introduction_id)).all()


def lost_introductions(session: Session, round_id: int, now: datetime) -> Sequence[int]:
    """Introductions of whose people fewer than two still work here: there is no lunch to wait for.

    Whose time to meet is past, or who was asked whether they met, has had it. Those that somebody has given
    up are not among them: they end by themselves.
    """
    asked = select(Delivery.introduction_id).where(
        Delivery.round_id == round_id, Delivery.kind == DeliveryKind.CHECK_IN
    )
    is_past = exists().where(
        Proposal.introduction_id == Introduction.id,
        Proposal.state == ProposalState.ACCEPTED,
        Proposal.starts_at <= now,
    )
    return session.scalars(
        select(Introduction.id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(
            Introduction.round_id == round_id,
            Introduction.active,
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Delivery.state.in_([DeliveryState.SENT, DeliveryState.UNCERTAIN]),
            Introduction.id.not_in(asked),
            Introduction.id.not_in(select(Withdrawal.introduction_id)),
            ~is_past,
        )
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(Person, Person.id == IntroductionMember.person_id)
        .group_by(Introduction.id)
        .having(func.count().filter(Person.is_active) < 2)
    ).all()
