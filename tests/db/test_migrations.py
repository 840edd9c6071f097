"""The schema comes from nothing to its newest version, on either kind of database."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import CheckConstraint, Engine, inspect
from sqlalchemy.exc import DBAPIError

from db.migrate import alembic_config, is_current, migrate
from db.tables import Base

ROOT = Path(__file__).parent.parent.parent
MIGRATE = """
import sys
from db.migrate import migrate
from db.sessions import make_engine
migrate(make_engine(sys.argv[1]))
"""


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_an_empty_database_is_not_current_until_it_is_migrated(empty: Engine) -> None:
    assert not is_current(empty)
    migrate(empty)
    assert is_current(empty)
    assert tables(empty) == set(Base.metadata.tables)


def test_migrations_and_tables_do_not_differ(empty: Engine) -> None:
    migrate(empty)
    # Raises when autogenerate would find anything to do.
    command.check(alembic_config(empty))


def test_migrations_make_the_checks_that_the_tables_name(empty: Engine) -> None:
    migrate(empty)
    # Autogenerate does not compare checks.
    found = {
        (table, check["name"])
        for table in Base.metadata.tables
        for check in inspect(empty).get_check_constraints(table)
    }
    assert found == {
        (table.name, constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }


def test_migrating_twice_is_harmless(empty: Engine) -> None:
    migrate(empty)
    migrate(empty)
    assert is_current(empty)


def test_down_and_up_again(empty: Engine) -> None:
    migrate(empty)
    command.downgrade(alembic_config(empty), "base")
    assert tables(empty) == set()
    assert not is_current(empty)
    migrate(empty)
    command.check(alembic_config(empty))


def test_two_replicas_migrate_a_fresh_database_at_once(empty: Engine) -> None:
    url = empty.url.render_as_string(hide_password=False)
    replicas = [
        # Processes: Alembic keeps what it is doing in its own module, one at a time.
        subprocess.Popen([sys.executable, "-c", MIGRATE, url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [replica.communicate(timeout=30)[1] for replica in replicas] == ["", ""]
    assert [replica.returncode for replica in replicas] == [0, 0]
    assert is_current(empty)


def test_a_failed_migration_leaves_nothing_behind(empty: Engine) -> None:
    with empty.begin() as connection:
        # The last table of the first migration is already there.
        connection.exec_driver_sql("CREATE TABLE answer (id INTEGER)")
    with pytest.raises(DBAPIError):
        migrate(empty)
    assert tables(empty) == {"answer"}
    assert not is_current(empty)
