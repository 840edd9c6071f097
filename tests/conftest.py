"""Fixtures for everybody: a migrated database of each kind, and nothing of the network but this machine."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import structlog
from pytest_socket import socket_allow_hosts
from sqlalchemy import text
from sqlalchemy.engine import make_url

from app import main
from db.migrate import migrate
from db.sessions import Sessions, make_engine
from tests.postgres_server import postgres_server
from use_cases.prepare_workspace import FirstSchedule, Team, prepare_workspace

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BACKENDS = ("sqlite", "postgresql")
LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the slow tests, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow tests unless they are asked for, and those in a browser where there is none."""
    reasons = {}
    if not config.getoption("--slow"):
        reasons["slow"] = "`make test ARGS=--slow` runs them"
    if shutil.which("chromium") is None:
        reasons["browser"] = "they need Chromium (Debian: apt install chromium)"
    left_out = config.stash.setdefault(LEFT_OUT, [])
    for marker, reason in reasons.items():
        marked = [item for item in items if item.get_closest_marker(marker)]
        if marked:
            left_out.append(f"{len(marked)} {marker} tests were left out: {reason}.")
            items[:] = [item for item in items if item not in marked]
            config.hook.pytest_deselected(items=marked)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, since a test often waits: for a process, a server or a browser."""
    return 1 + (os.cpu_count() or 1)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Hear from a worker process what it has left out; each has left out the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out."""
    for line in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(line)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failed one."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, [])
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped and exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{len(skipped)} tests were skipped, and CI allows none.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def only_this_machine() -> None:
    """No test reaches another machine."""
    socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server in which databases may be created and dropped."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of a migrated database, to be copied by each test."""
    name = f"template_{uuid4().hex[:8]}"
    with _database(postgres_url, name, template=None) as url:
        engine = make_engine(url)
        migrate(engine)
        engine.dispose()
        yield name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied by each test."""
    path = tmp_path_factory.mktemp("template") / "lunchmates.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database: each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        copy = tmp_path / "lunchmates.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    server = request.getfixturevalue("postgres_url")
    template = request.getfixturevalue("postgres_template")
    with _database(server, f"test_{uuid4().hex[:12]}", template=template) as url:
        yield url


@pytest.fixture
def sessions(database_url: str) -> Iterator[Sessions]:
    """Sessions on a migrated, empty database."""
    opened = Sessions(make_engine(database_url))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def workspace_id(sessions: Sessions) -> int:
    """A workspace whose program runs on Mondays at 10:00 UTC, known since Monday 23 November 2026, 08:00."""
    return prepared(sessions)


def prepared(sessions: Sessions) -> int:
    """The same as a function."""
    return prepare_workspace(
        sessions,
        Team(enterprise_id="", team_id="T1", name="Lunch Company"),
        FirstSchedule(weekday=0, local_time=time(10), timezone="UTC", grace=timedelta(hours=24)),
        now=MONDAY,
    )


@contextmanager
def _database(server: str, name: str, *, template: str | None) -> Iterator[str]:
    """A PostgreSQL database that is dropped at the end."""
    admin = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else "")))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def command_line(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    """Runs a command in this process: a new one takes seconds to start."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code: object = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        return Ran(code if isinstance(code, int) else int(code is not None), out, err)

    yield run
    structlog.reset_defaults()
