"""The workspace that a token belongs to, with the program that every workspace starts with."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from db.sessions import Sessions
from db.workspaces import ensure_program, ensure_workspace


@dataclass(frozen=True, slots=True)
class Team:
    """A Slack team, as its token tells."""

    enterprise_id: str
    team_id: str
    name: str


@dataclass(frozen=True, slots=True)
class FirstSchedule:
    """When the first program's rounds begin, until an admin changes it."""

    weekday: int
    local_time: time
    timezone: str
    grace: timedelta


def prepare_workspace(sessions: Sessions, team: Team, schedule: FirstSchedule, *, now: datetime) -> int:
    """The id of the workspace; it and its program are created the first time."""
    with sessions.write() as session:
        workspace_id = ensure_workspace(
            session, enterprise_id=team.enterprise_id, team_id=team.team_id, name=team.name, now=now
        )
        ensure_program(
            session,
            workspace_id,
            weekday=schedule.weekday,
            local_time=schedule.local_time,
            timezone=schedule.timezone,
            grace=schedule.grace,
            now=now,
        )
    return workspace_id
