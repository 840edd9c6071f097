"""HR's tables as they were released; nothing is counted for it."""

import insights
from db.reports import released
from db.sessions import Sessions


def read_report(sessions: Sessions, *, workspace_id: int) -> list[insights.ReleasedTable]:
    """Every table that was released, the newest first."""
    with sessions.read() as session:
        return [insights.ReleasedTable.from_dict(row.body) for row in released(session, workspace_id)]
