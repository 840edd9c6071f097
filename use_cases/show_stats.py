"""HR looks at its numbers in Slack."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import insights
from db.people import person_by_slack_id
from db.sessions import Sessions
from db.workspaces import actor_of, first_program, record_audit
from use_cases.find_next_release import find_next_release
from use_cases.read_report import read_report


def show_stats(
    sessions: Sessions,
    is_hr: Callable[[str], bool],
    slack_user_id: str,
    *,
    workspace_id: int,
    now: datetime,
    where: str,
) -> insights.FirstScreen | None:
    """What was released, for HR; None for everybody else. That HR has looked is noted before it is shown."""
    if not is_hr(slack_user_id):
        return None
    tables = read_report(sessions, workspace_id=workspace_id)
    with sessions.read() as session:
        program = first_program(session, workspace_id)
        next_at = find_next_release(session, program, now)
    if tables:
        with sessions.write() as session:
            person = person_by_slack_id(session, workspace_id, slack_user_id)
            actor = slack_user_id if person is None else actor_of(person)
            record_audit(
                session, workspace_id, actor=actor, action="looked at HR's numbers", now=now, where=where
            )
    return insights.first_screen(tables, next_on=next_at.astimezone(ZoneInfo(program.timezone)).date())
