"""Queries for workspaces and their programs."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import AuditEvent, Person, Program, Workspace
from db.upsert import insert_new
from domain.errors import NoWorkspace, SeveralWorkspaces
from domain.programs import Schedule

FIRST_PROGRAM = "Lunch"


def schedule_of(program: Program) -> Schedule:
    """A program's schedule as a plain value."""
    return Schedule(
        cadence_weeks=program.cadence_weeks,
        weekday=program.weekday,
        local_time=program.local_time,
        timezone=program.timezone,
        anchor_on=program.anchor_on,
        group_size=program.group_size,
    )


def ensure_workspace(session: Session, *, enterprise_id: str, team_id: str, name: str, now: datetime) -> int:
    """The id of the workspace, which is created the first time."""
    insert_new(
        session,
        Workspace,
        {"enterprise_id": enterprise_id, "team_id": team_id, "name": name, "created_at": now},
    )
    return session.execute(
        select(Workspace.id).where(Workspace.enterprise_id == enterprise_id, Workspace.team_id == team_id)
    ).scalar_one()


def ensure_program(
    session: Session,
    workspace_id: int,
    *,
    weekday: int,
    local_time: time,
    timezone: str,
    grace: timedelta,
    now: datetime,
) -> None:
    """The program that every workspace starts with."""
    today: date = now.astimezone(ZoneInfo(timezone)).date()
    monday = today - timedelta(days=today.weekday())
    insert_new(
        session,
        Program,
        {
            "workspace_id": workspace_id,
            "name": FIRST_PROGRAM,
            "weekday": weekday,
            "local_time": local_time,
            "timezone": timezone,
            "anchor_on": monday,
            "reports_from": monday,
            "grace_minutes": int(grace.total_seconds() // 60),
            "schedule_changed_at": now,
        },
    )


def only_workspace(session: Session) -> int:
    """The id of the one workspace in this database."""
    ids = session.scalars(select(Workspace.id).limit(2)).all()
    if not ids:
        raise NoWorkspace()
    if len(ids) > 1:
        raise SeveralWorkspaces()
    return ids[0]


def first_program(session: Session, workspace_id: int) -> Program:
    """The program that `/lunch` speaks of."""
    return session.scalars(
        select(Program).where(Program.workspace_id == workspace_id).order_by(Program.id).limit(1)
    ).one()


def programs(session: Session, workspace_id: int) -> Sequence[Program]:
    """Every program of a workspace."""
    return session.scalars(
        select(Program).where(Program.workspace_id == workspace_id).order_by(Program.id)
    ).all()


def record_audit(
    session: Session, workspace_id: int, *, actor: str, action: str, now: datetime, **details: Any
) -> None:
    """Note what an admin or HR did."""
    session.add(
        AuditEvent(workspace_id=workspace_id, actor=actor, action=action, details=details, happened_at=now)
    )


def has_audit_since(session: Session, workspace_id: int, *, actor: str, action: str, since: datetime) -> bool:
    """Whether somebody did that since a moment, as far as it was noted."""
    found = select(AuditEvent.id).where(
        AuditEvent.workspace_id == workspace_id,
        AuditEvent.actor == actor,
        AuditEvent.action == action,
        AuditEvent.happened_at >= since,
    )
    return session.execute(found.limit(1)).first() is not None


def actor_of(person: Person) -> str:
    """Who did something, by the row, which names nobody any more once the person is forgotten."""
    return f"person {person.id}"
