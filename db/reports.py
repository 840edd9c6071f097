"""Queries for HR's reports: what happened in a period, and the tables that were released about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import (
    Answer,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    Person,
    Program,
    ReleasedTable,
    Round,
)
from db.upsert import insert_new
from domain.programs import ParticipantState
from domain.rounds import DeliveryKind, DeliveryState, MeetingSource


@dataclass(frozen=True, slots=True)
class DeliveredIntroduction:
    """An introduction that people got in a period, and what became of it."""

    people: tuple[int, ...]
    departments: tuple[str | None, ...]
    new: bool
    met: bool
    answered: bool


def delivered_introductions(
    session: Session, program: Program, since: datetime, until: datetime
) -> list[DeliveredIntroduction]:
    """The introductions of a period that were delivered and not withdrawn."""
    rows = session.execute(
        select(Introduction.id, Introduction.why, IntroductionMember.person_id, IntroductionMember.department)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .join(Round, Round.id == Introduction.round_id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(
            Round.program_id == program.id,
            Round.slot_at >= since,
            Round.slot_at < until,
            Introduction.active,
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Delivery.state == DeliveryState.SENT,
        )
        .order_by(Introduction.id, IntroductionMember.person_id)
    ).all()
    members: dict[int, list[Any]] = {}
    for row in rows:
        members.setdefault(row.id, []).append(row)
    met = set(session.scalars(select(Meeting.introduction_id).where(Meeting.introduction_id.in_(members))))
    answered = set(session.scalars(select(Answer.introduction_id).where(Answer.introduction_id.in_(members))))
    return [
        DeliveredIntroduction(
            people=tuple(row.person_id for row in group),
            departments=tuple(row.department for row in group),
            new="new" in group[0].why,
            met=introduction_id in met,
            answered=introduction_id in answered,
        )
        for introduction_id, group in members.items()
    ]


def ties(session: Session, program: Program, since: datetime, until: datetime) -> list[tuple[int, int]]:
    """The pairs that were first confirmed in a period."""
    rows = session.execute(
        select(Meeting.low_id, Meeting.high_id, Round.slot_at)
        .join(Introduction, Introduction.id == Meeting.introduction_id)
        .join(Round, Round.id == Introduction.round_id)
        .where(
            Meeting.workspace_id == program.workspace_id,
            Meeting.source == MeetingSource.CONFIRMED,
            Round.slot_at < until,
        )
        .order_by(Round.slot_at)
    )
    first: dict[tuple[int, int], datetime] = {}
    for low, high, slot_at in rows:
        first.setdefault((low, high), slot_at)
    return [pair for pair, at in first.items() if at >= since]


def took_part(session: Session, program: Program, since: datetime, until: datetime) -> frozenset[int]:
    """Everybody who was opted in at some time in a period."""
    rows = session.execute(
        select(Participant.person_id, Participant.state, Participant.changed_at).where(
            Participant.program_id == program.id, Participant.joined_at < until
        )
    )
    return frozenset(
        person_id
        for person_id, state, changed_at in rows
        if state != ParticipantState.LEFT or changed_at >= since
    )


def eligible(session: Session, program: Program) -> Mapping[int, str | None]:
    """Everybody who works here and has an account, with their department."""
    rows = session.execute(
        select(Person.id, Person.department).where(
            Person.workspace_id == program.workspace_id, Person.is_active, Person.slack_user_id.is_not(None)
        )
    )
    return {row.id: row.department for row in rows}


def departments_of(session: Session, person_ids: Sequence[int]) -> Mapping[int, str | None]:
    """The departments of people who need not work here any more."""
    rows = session.execute(select(Person.id, Person.department).where(Person.id.in_(person_ids)))
    return {row.id: row.department for row in rows}


def store_table(
    session: Session,
    workspace_id: int,
    *,
    name: str,
    period_on: date,
    weeks: int,
    body: dict[str, Any],
    now: datetime,
) -> None:
    """Keep a released table; one that was released before stays as it is."""
    insert_new(
        session,
        ReleasedTable,
        {
            "workspace_id": workspace_id,
            "name": name,
            "period_on": period_on,
            "weeks": weeks,
            "body": body,
            "released_at": now,
        },
    )


def released(session: Session, workspace_id: int) -> Sequence[ReleasedTable]:
    """Every table that was released, the newest first."""
    return session.scalars(
        select(ReleasedTable)
        .where(ReleasedTable.workspace_id == workspace_id)
        .order_by(ReleasedTable.period_on.desc(), ReleasedTable.weeks, ReleasedTable.id)
    ).all()
