"""Databases without a schema, and one that a whole module shares."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.sessions import Sessions, make_engine
from tests.conftest import BACKENDS
from tests.db.databases import migrated_database, postgres_database


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
def shared_sessions(request: pytest.FixtureRequest) -> Iterator[Sessions]:
    """Sessions on one migrated database for a module, whose tests commit nothing."""
    with migrated_database(request, request.param) as url:
        sessions = Sessions(make_engine(url))
        yield sessions
        sessions.engine.dispose()
