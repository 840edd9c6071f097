"""The whole app over HTTP against a sandbox."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from app import SandboxedApp, sandboxed_app, set_up_logs

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The day before the first round, which is on Monday 23 November 2026, 10:00 UTC."""

Start = Callable[..., SandboxedApp]


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Logs as in production: structlog's own draw every variable of a traceback, which takes seconds."""
    set_up_logs()
    yield
    structlog.reset_defaults()


@pytest.fixture
def start(sqlite_template: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the app beside a sandbox. Its scheduler is not started: the test is the clock."""
    with starting(sqlite_template, tmp_path) as started:
        yield started


@pytest.fixture
def app(start: Start) -> SandboxedApp:
    """The app in a company of Ada, Ben and Cleo, whom it knows from the directory."""
    return with_three_people(start())


@pytest.fixture(scope="module")
def unchanged_app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxedApp]:
    """The same for all tests of a module, which change nothing."""
    with starting(sqlite_template, tmp_path_factory.mktemp("unchanged")) as started:
        yield with_three_people(started())


@contextmanager
def starting(template: Path, folder: Path) -> Iterator[Start]:
    with ExitStack() as running:

        def started(**options: Any) -> SandboxedApp:
            if "database_url" not in options:
                copy = folder / "lunchmates.db"
                shutil.copy(template, copy)
                options["database_url"] = f"sqlite:///{copy}"
            made = sandboxed_app(SUNDAY, **{"speed": 60, **options})
            running.callback(made.stop)
            return made

        yield started


def with_three_people(made: SandboxedApp) -> SandboxedApp:
    made.slack.add_users({"id": f"U0{name.upper()}", "name": name} for name in ("Ada", "Ben", "Cleo"))
    made.installation.clockwork.read_directory()
    return made
