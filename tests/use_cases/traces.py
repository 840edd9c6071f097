"""Everything that a database holds, as text: for tests that look for what must not be there."""

import json
from typing import Any

from sqlalchemy import select

from db.sessions import Sessions
from db.tables import Base


def rows(sessions: Sessions) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with sessions.read() as session:
        return {
            table.name: [dict(row) for row in session.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }


def traces(sessions: Sessions, *texts: str) -> list[str]:
    """In which tables, and in which words, any of these stands."""
    found = []
    for table, held in rows(sessions).items():
        for row in held:
            said = json.dumps(row, default=str, ensure_ascii=False).casefold()
            found += [f"{table}: {text}" for text in texts if text.casefold() in said]
    return found
