"""The engine, and two kinds of session: one that reads and one that writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.orm import Session

BUSY_SECONDS = 30


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL, set up as the rest of the code expects it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        # psycopg 3, whichever way the address is written.
        parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=True, pool_size=10, hide_parameters=True)
        event.listen(engine, "handle_error", _keep_rows_out)
        return engine
    engine = create_engine(
        parsed,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_rows_out(failed: ExceptionContext) -> None:
    # Errors reach the log. PostgreSQL adds the row, or the key, that broke a rule: names and addresses.
    original, wrapped = failed.original_exception, failed.sqlalchemy_exception
    if not isinstance(original, psycopg.Error) or original.diag.message_primary is None:
        return
    said, kept = str(original), original.diag.message_primary
    original.args = (kept,)
    if wrapped is not None:
        wrapped.args = (str(wrapped.args[0]).replace(said, kept),)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own BEGIN comes too late and is too weak; _begin_sqlite sends ours.
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _use_wal(connection)


def _use_wal(connection: Any) -> None:
    # The busy timeout does not hold here: while somebody writes to a file that is not yet in this
    # mode, SQLite says "locked" at once. Two processes that first open a new file meet like that.
    give_up_at = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > give_up_at:
                raise
            sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another one wrote between
    # the two; taking the write lock at the start makes it wait instead.
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _snapshot(engine: Engine) -> dict[str, Any]:
    # SQLite's readers see one moment anyway. PostgreSQL's would see what others commit between two
    # queries: a time that is neither suggested any more nor agreed yet.
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {}


class Sessions:
    """Opens sessions. Every use case opens its own; none is open while Slack is called."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(writes=False, **_snapshot(engine))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads, all of it as of its first look."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at its end, and rolls everything back after an error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session


def real_now(session: Session) -> datetime:
    """Real time for leases: the server's own clock on PostgreSQL, where several machines share it."""
    if session.get_bind().dialect.name == "postgresql":
        return session.execute(select(func.clock_timestamp())).scalar_one().astimezone(UTC)  # type: ignore[no-any-return]
    return datetime.now(UTC)
