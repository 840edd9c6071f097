"""A company whose numbers were released for a while, as the pages of HR show them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from benchmarks.drawn_tables import drawn_tables
from db.reports import store_table
from db.sessions import Sessions
from insights import ReleasedTable

FIRST = date(2026, 1, 5)
DEPARTMENTS = ("Customer Care", "Law", "Operations", "R&D", "Sales")


def released_tables(
    quarters: int = 2, size: int = 200, departments: Sequence[str] = DEPARTMENTS
) -> list[ReleasedTable]:
    """What was released in so many quarters, the oldest first."""
    return drawn_tables(FIRST, quarters, size=size, departments=departments)


def store(sessions: Sessions, workspace_id: int, tables: Sequence[ReleasedTable]) -> None:
    """Keep them as if the app had released them."""
    with sessions.write() as session:
        for table in tables:
            store_table(
                session,
                workspace_id,
                name=table.name,
                period_on=table.period_on,
                weeks=table.weeks,
                body=table.to_dict(),
                now=datetime(2026, 11, 1, tzinfo=UTC),
            )
