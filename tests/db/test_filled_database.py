"""A database that was in use is migrated: nothing of it is lost, and what was released stays released."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, insert, select

from db.migrate import is_current, migrate
from db.sessions import Sessions
from db.tables import Participant, Program, ReportPeriod
from domain.reports import PeriodState

LAST_THAT_RAN = "0001"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
FIRST = date(2026, 11, 23)
CHANGED_TO = date(2027, 2, 15)  # a change of the cadence had moved the anchor


def rows(batch: int) -> dict[str, list[dict[str, Any]]]:
    """A row and more of each table of the first schema; each batch is a workspace of its own."""
    base = 100 * batch
    team, program, ann, bob = base + 1, base + 2, base + 3, base + 4
    round_, introduction = base + 5, base + 6
    owed = {"workspace_id": team, "program_id": program, "round_id": round_, "attempts": 0, "due_at": MONDAY}
    return {
        "workspace": [
            {"id": team, "enterprise_id": "", "team_id": f"T{batch}", "name": "Team", "created_at": MONDAY}
        ],
        "person": [
            {"id": one, "workspace_id": team, "slack_user_id": f"U{one}", "imported_fields": ["name"]}
            for one in (ann, bob)
        ],
        "program": [
            {
                "id": program,
                "workspace_id": team,
                "name": "Lunch",
                "cadence_weeks": 2,
                "weekday": 0,
                "local_time": time(10),
                "timezone": "Europe/Berlin",
                "anchor_on": CHANGED_TO,
                "grace_minutes": 60,
                "schedule_changed_at": MONDAY,
            }
        ],
        "participant": [
            {"id": one, "program_id": program, "person_id": one, "joined_at": MONDAY, "changed_at": MONDAY}
            | {"state": state}
            for one, state in ((ann, "active"), (bob, "left"))
        ],
        "round": [
            {"id": round_, "program_id": program, "period_on": FIRST, "slot_at": MONDAY, "ends_at": MONDAY}
            | {"state": "missed", "seed": 1}
        ],
        "introduction": [
            {"id": introduction, "public_id": f"i{batch}", "round_id": round_, "why": ["new"]}
            | {"starter": 0, "proposer_id": ann}
        ],
        "introduction_member": [
            {"introduction_id": introduction, "person_id": one, "round_id": round_} for one in (ann, bob)
        ],
        "sit_out": [{"round_id": round_, "person_id": ann, "reason": "odd number"}],
        "meeting": [
            {"id": base, "workspace_id": team, "low_id": ann, "high_id": bob, "source": "imported"},
        ],
        "exclusion": [{"owner_id": ann, "other_id": bob, "created_at": MONDAY}],
        "delivery": [
            {"id": base, "public_id": f"d{batch}", "introduction_id": introduction, "kind": "introduction"}
            | {"recipient_key": "group", "state": "pending", **owed}
        ],
        "answer": [
            {"introduction_id": introduction, "person_id": ann, "answer": "met", "met_ids": [bob]}
            | {"answered_at": MONDAY}
        ],
        "audit_event": [
            {"id": base, "workspace_id": team, "actor": "x", "action": "y", "details": {"a": 1}}
            | {"happened_at": MONDAY}
        ],
        "released_table": [
            {"id": base + number, "workspace_id": team, "name": name, "period_on": FIRST, "weeks": 4}
            | {"body": {"name": name}, "released_at": MONDAY + timedelta(weeks=7)}
            for number, name in enumerate(("people_funnel", "met_rate"))
        ],
    }


def first_schema(engine: Engine) -> MetaData:
    """The tables as the version before knows them."""
    migrate(engine, LAST_THAT_RAN)
    schema = MetaData()
    schema.reflect(engine)
    return schema


def fill(connection: Connection, schema: MetaData, batch: int) -> None:
    for name, values in rows(batch).items():
        connection.execute(insert(schema.tables[name]), values)


def contents(connection: Connection, schema: MetaData) -> dict[str, list[Any]]:
    return {name: list(connection.execute(select(table))) for name, table in schema.tables.items()}


def test_nothing_is_lost(empty: Engine) -> None:
    schema = first_schema(empty)
    assert set(schema.tables) - {"alembic_version"} == set(rows(1))
    with empty.begin() as connection:
        fill(connection, schema, 1)
        before = contents(connection, schema)
    migrate(empty)
    assert is_current(empty)
    with empty.begin() as connection:
        after = contents(connection, schema)
    assert before | {"alembic_version": []} == after | {"alembic_version": []}


def test_a_replica_of_the_version_before_still_writes(empty: Engine) -> None:
    schema = first_schema(empty)
    migrate(empty)
    with empty.begin() as connection:
        fill(connection, schema, 1)
        fill(connection, schema, 2)
    with Sessions(empty).read() as session:
        assert [program.reports_from for program in session.scalars(select(Program))] == [None, None]
        assert session.scalars(select(Program.group_size)).all() == [2, 2]
        assert len(session.scalars(select(Participant)).all()) == 4


@pytest.mark.parametrize("released", [True, False])
def test_periods_go_on_where_the_first_released_one_began(empty: Engine, released: bool) -> None:
    schema = first_schema(empty)
    with empty.begin() as connection:
        fill(connection, schema, 1)
        if not released:
            connection.execute(schema.tables["released_table"].delete())
    migrate(empty)
    with Sessions(empty).read() as session:
        assert session.scalars(select(Program.reports_from)).one() == (FIRST if released else CHANGED_TO)
        periods = session.scalars(select(ReportPeriod)).all()
        assert [(one.period_on, one.weeks, one.state) for one in periods] == [
            (FIRST, 4, PeriodState.RELEASED)
        ] * released
        for one in periods:
            # Midnight in Berlin.
            assert one.begins_at == datetime(2026, 11, 22, 23, tzinfo=UTC)
            assert one.ends_at == one.begins_at + timedelta(weeks=4)
            assert one.settled_at == MONDAY + timedelta(weeks=7)
