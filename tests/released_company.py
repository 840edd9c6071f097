"""A company whose numbers were released for a while, as the pages of HR show them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import insights
from db.reports import store_table
from db.sessions import Sessions
from insights import PeriodRecords, ReleasedTable
from tests.insights.companies import SECRET, drawn_records

FIRST = date(2026, 1, 5)
DEPARTMENTS = ("Law", "Sales", "Operations", "R&D", "Customer Care")


def released_tables(
    quarters: int = 2,
    size: int = 200,
    departments: tuple[str, ...] = ("Law", "Sales", "Operations", "R&D", "Customer Care"),
) -> list[ReleasedTable]:
    """What was released in so many quarters, the oldest first."""
    found: list[ReleasedTable] = []
    for quarter in range(quarters):
        starts = FIRST + timedelta(weeks=12 * quarter)
        for month in range(3):
            four = drawn(seed=100 * quarter + month, size=size, weeks=4, departments=departments)
            found += _released(four, starts + timedelta(weeks=4 * month), found)
        twelve = drawn(seed=1000 + quarter, size=size, weeks=12, departments=departments)
        found += _released(twelve, starts, found)
    return found


def drawn(seed: int, size: int, weeks: int, departments: tuple[str, ...]) -> PeriodRecords:
    """A company of these departments, of the same people in each period."""
    records = drawn_records(seed, size, weeks, busy=0.7)
    return replace(
        records,
        eligible=tuple(
            replace(each, department=departments[number % len(departments)])
            for number, each in enumerate(records.eligible)
        ),
    )


def _released(records: PeriodRecords, starts: date, earlier: list[ReleasedTable]) -> list[ReleasedTable]:
    return [
        replace(table, period_on=starts)
        for table in insights.release(records, secret=SECRET, earlier=_as_if_now(earlier, starts, records))
    ]


def _as_if_now(earlier: list[ReleasedTable], starts: date, records: PeriodRecords) -> list[ReleasedTable]:
    """The drawn records are all of one day; so are, for them, the periods before."""
    return [replace(table, period_on=table.period_on - (starts - records.period_on)) for table in earlier]


def store(sessions: Sessions, workspace_id: int, tables: list[ReleasedTable]) -> None:
    """Keep them as if the app had released them."""
    with sessions.write() as session:
        for table in tables:
            store_table(
                session,
                workspace_id,
                name=table.name,
                period_on=table.period_on,
                weeks=table.weeks,
                body=table.to_dict(),
                now=datetime(2026, 11, 1, tzinfo=UTC),
            )
