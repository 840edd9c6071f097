"""Databases for tests that would rather not have a fresh one each time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from db.sessions import make_engine
from db.tables import Base

COUNT_ANEW = (
    "SELECT setval(schemaname || '.' || sequencename, 1, false) FROM pg_sequences WHERE last_value > 0"
)


@contextmanager
def postgres_database(server: str, *, template: str = "template1") -> Iterator[str]:
    """The address of a PostgreSQL database that is dropped at the end."""
    name = f"own_{uuid4().hex[:12]}"
    admin = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@contextmanager
def migrated_database(request: pytest.FixtureRequest, kind: str) -> Iterator[str]:
    """The address of a migrated database of a kind."""
    if kind == "sqlite":
        copy = request.getfixturevalue("tmp_path_factory").mktemp("shared") / "lunchmates.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    template = request.getfixturevalue("postgres_template")
    with postgres_database(request.getfixturevalue("postgres_url"), template=template) as url:
        yield url


def clear(engine: Engine) -> None:
    """Delete every row; what comes then is numbered from 1 again."""
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        if engine.dialect.name == "postgresql":
            connection.execute(text(COUNT_ANEW))
