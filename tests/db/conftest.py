"""Databases without a schema, and one that a whole module shares."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from db.sessions import Sessions, make_engine
from tests.conftest import BACKENDS


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


@pytest.fixture(params=BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database without a schema."""
    if request.param == "sqlite":
        yield make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        return
    with postgres_database(request.getfixturevalue("postgres_url")) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture(params=BACKENDS, scope="module")
def shared_sessions(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sessions]:
    """Sessions on one migrated database for a module, whose tests commit nothing."""
    if request.param == "sqlite":
        copy = tmp_path_factory.mktemp("shared") / "lunchmates.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), copy)
        yield Sessions(make_engine(f"sqlite:///{copy}"))
        return
    template = request.getfixturevalue("postgres_template")
    with postgres_database(request.getfixturevalue("postgres_url"), template=template) as url:
        sessions = Sessions(make_engine(url))
        yield sessions
        sessions.engine.dispose()
