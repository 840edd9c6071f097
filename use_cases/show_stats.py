"""HR looks at its numbers in Slack."""

from collections.abc import Callable
from datetime import datetime

import insights
from db.sessions import Sessions
from use_cases.find_next_release import find_next_release_day
from use_cases.note_look import note_look
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
    next_on = find_next_release_day(sessions, workspace_id=workspace_id, now=now)
    if tables:
        note_look(sessions, slack_user_id, workspace_id=workspace_id, now=now, where=where)
    return insights.first_screen(tables, next_on=next_on)
