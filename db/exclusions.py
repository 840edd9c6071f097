"""Queries for the people whom somebody would rather not be introduced to, for that somebody alone."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.people import has_account
from db.tables import Exclusion, Person
from db.upsert import insert_new


def left_out_by(session: Session, owner_id: int) -> Sequence[Person]:
    """The people whom somebody leaves out and who are still in Slack, the last one first."""
    return session.scalars(
        select(Person)
        .join(Exclusion, Exclusion.other_id == Person.id)
        .where(Exclusion.owner_id == owner_id, has_account())
        .order_by(Exclusion.created_at.desc(), Person.id)
    ).all()


def count_left_out(session: Session, owner_id: int) -> int:
    """How many people somebody leaves out, those who have left Slack included."""
    counted = select(func.count()).where(Exclusion.owner_id == owner_id)
    return session.execute(counted).scalar_one()


def colleagues(session: Session, workspace_id: int, slack_user_ids: Collection[str]) -> Sequence[Person]:
    """Which of these accounts belong to people who work here."""
    return session.scalars(
        select(Person).where(
            Person.workspace_id == workspace_id, Person.slack_user_id.in_(slack_user_ids), has_account()
        )
    ).all()


def leave_out(session: Session, owner_id: int, other_id: int, now: datetime) -> None:
    """Note that one person would rather not be introduced to another; once is enough."""
    insert_new(session, Exclusion, {"owner_id": owner_id, "other_id": other_id, "created_at": now})


def leave_out_no_longer(session: Session, owner_id: int, other_ids: Collection[int]) -> None:
    """Take people out of somebody's own list."""
    session.execute(
        delete(Exclusion).where(Exclusion.owner_id == owner_id, Exclusion.other_id.in_(other_ids))
    )
