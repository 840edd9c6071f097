"""Inserts that let the database decide who came first."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.tables import Base


def insert_new(session: Session, table: type[Base], values: dict[str, Any]) -> int | None:
    """Insert a row unless it would break a unique constraint; its id, or None where another was first.

    Of a table without ids it is the first column of the primary key.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return session.execute(statement.returning(table.__mapper__.primary_key[0])).scalar_one_or_none()
