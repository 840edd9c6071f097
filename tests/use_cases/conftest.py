"""A company on an empty database of each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.sessions import Sessions, make_engine
from tests.conftest import BACKENDS
from tests.db.databases import clear, migrated_database
from tests.use_cases.company import Company


@pytest.fixture(scope="session", params=BACKENDS)
def standing_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine that keeps its compiled statements from test to test: compiling them takes the most time."""
    with migrated_database(request, request.param) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def database_url(standing_engine: Engine) -> str:
    """The address of the database, for another replica."""
    return standing_engine.url.render_as_string(hide_password=False)


@pytest.fixture
def sessions(standing_engine: Engine) -> Iterator[Sessions]:
    """Sessions on a migrated, empty database."""
    yield Sessions(standing_engine)
    clear(standing_engine)


@pytest.fixture
def company(sessions: Sessions, workspace_id: int) -> Company:
    """Nobody has joined yet; the first round is due on Monday 23 November 2026, 10:00 UTC."""
    return Company(sessions, workspace_id)


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """Where a file to import may be written."""
    return tmp_path / "people.csv"
