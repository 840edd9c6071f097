"""Sessions: writers never lose each other's work, and a failure leaves nothing behind."""

import sqlite3
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import structlog
from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError

from app import set_up_logs
from db.sessions import Sessions, make_engine
from db.tables import Person, Workspace
from tests.conftest import MONDAY
from tests.db.at_once import at_once

THREADS, INCREMENTS = 8, 50


@pytest.fixture
def counter(sessions: Sessions) -> int:
    """The id of a workspace whose name is a number."""
    with sessions.write() as session:
        workspace = Workspace(team_id="T", name="0", created_at=MONDAY)
        session.add(workspace)
        session.flush()
        return workspace.id


def test_concurrent_writers_lose_no_update(sessions: Sessions, counter: int) -> None:
    def increment() -> None:
        for _ in range(INCREMENTS):
            with sessions.write() as session:
                # SQLite's write sessions need no row lock; PostgreSQL does.
                workspace = session.get_one(Workspace, counter, with_for_update=True)
                workspace.name = str(int(workspace.name) + 1)

    at_once(*[increment] * THREADS)

    with sessions.read() as session:
        assert session.get_one(Workspace, counter).name == str(THREADS * INCREMENTS)


def test_separate_engines_lose_no_update_either(sessions: Sessions, counter: int, database_url: str) -> None:
    def increment(replica: Sessions) -> None:
        for _ in range(INCREMENTS):
            with replica.write() as session:
                workspace = session.get_one(Workspace, counter, with_for_update=True)
                workspace.name = str(int(workspace.name) + 1)

    replicas = [Sessions(make_engine(database_url)) for _ in range(2)]
    at_once(*(lambda replica=replica: increment(replica) for replica in replicas))

    for replica in replicas:
        replica.engine.dispose()
    with sessions.read() as session:
        assert session.get_one(Workspace, counter).name == str(2 * INCREMENTS)


def test_a_failing_write_session_rolls_back_everything(sessions: Sessions, counter: int) -> None:
    def rename_and_fail() -> None:
        with sessions.write() as session:
            session.get_one(Workspace, counter).name = "renamed"
            session.add(Workspace(team_id="T2", name="another", created_at=MONDAY))
            session.flush()
            raise RuntimeError("after everything was written")

    with pytest.raises(RuntimeError, match="after everything"):
        rename_and_fail()

    with sessions.read() as session:
        assert session.scalars(select(Workspace.name)).all() == ["0"]


ADA = {"slack_user_id": "U0ADA", "name": "Ada Lovelace", "email": "ada@example.com"}


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({}, id="a key that is taken"),
        pytest.param({"slack_user_id": None}, id="a check"),
        pytest.param({"slack_user_id": "U0BEN", "manager_id": 7770777077707770}, id="a stranger's key"),
    ],
)
def test_a_failing_insert_logs_nothing_of_what_it_was_to_store(
    sessions: Sessions, counter: int, capsys: pytest.CaptureFixture[str], broken: dict[str, Any]
) -> None:
    with sessions.write() as session:
        session.execute(insert(Person).values(workspace_id=counter, imported_fields=[], **ADA))
    set_up_logs()
    try:
        with sessions.write() as session:
            session.execute(insert(Person).values(workspace_id=counter, imported_fields=[], **(ADA | broken)))
    except SQLAlchemyError:
        structlog.get_logger().exception("not stored")
    finally:
        structlog.reset_defaults()
    logged = capsys.readouterr().err
    assert '"event": "not stored"' in logged
    assert "INSERT INTO person" in logged
    for word in ("Ada", "ada@", "U0ADA", "U0BEN", "7770777"):
        assert word not in logged


def test_a_reader_sees_nothing_of_an_unfinished_write_and_does_not_wait(
    sessions: Sessions, counter: int
) -> None:
    with sessions.write() as writing:
        writing.get_one(Workspace, counter).name = "half done"
        writing.flush()
        with sessions.read() as reading:
            assert reading.get_one(Workspace, counter).name == "0"
    with sessions.read() as reading:
        assert reading.get_one(Workspace, counter).name == "half done"


def test_a_reader_sees_one_moment(sessions: Sessions, counter: int) -> None:
    with sessions.read() as reading:
        assert reading.scalar(select(Workspace.name)) == "0"
        with sessions.write() as session:
            session.get_one(Workspace, counter).name = "renamed"
        assert reading.scalar(select(Workspace.name)) == "0"
    with sessions.read() as reading:
        assert reading.scalar(select(Workspace.name)) == "renamed"


def test_what_was_read_can_be_used_after_the_session(sessions: Sessions, counter: int) -> None:
    with sessions.write() as session:
        workspace = session.get_one(Workspace, counter)
        workspace.name = "renamed"
    assert workspace.name == "renamed"


def test_opening_a_new_file_waits_for_whoever_writes_to_it(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "new.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    Timer(0.1, lambda: other.execute("COMMIT")).start()
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    other.close()
