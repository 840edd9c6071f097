"""Everything that was released for HR, as it is stored; the pages read of it what they show."""

import insights
from db.reports import released_texts
from db.sessions import Sessions


def read_shelf(sessions: Sessions, *, workspace_id: int) -> insights.Shelf:
    """All released tables, by one query."""
    with sessions.read() as session:
        rows = released_texts(session, workspace_id)
    return insights.Shelf(insights.StoredTable(*row) for row in rows)
