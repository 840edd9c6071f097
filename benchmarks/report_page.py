"""The server's time for HR's page, beside the time that reading its released tables takes.

    python -m benchmarks.report_page [PEOPLE] [DEPARTMENTS]

The tables of 104 weeks are stored, 26 periods of four weeks and eight of twelve, in the shapes that they have
for 10,000 people in 50 departments. Then both are timed in turns: reading the tables that the page shows with
one query, and the whole answer to HR's request, with the door, the audit and the template, once with nothing
kept in memory and once as it is from the second look on. The exit status is 1 where the page takes more than
three times as long as reading.
"""

import datetime
import statistics
import sys
import time
from collections.abc import Callable

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table

import insights
from app import SandboxedApp, sandboxed_app
from benchmarks.drawn_tables import drawn_tables
from db.reports import store_table
from db.sessions import Sessions
from insights.shelf import _read
from use_cases.read_shelf import read_shelf

PEOPLE, DEPARTMENTS = 10_000, 50
QUARTERS = 8
FIRST = datetime.date(2024, 12, 2)
NOW = datetime.datetime(2026, 12, 28, 12, tzinfo=datetime.UTC)
ROUNDS = 21
AT_MOST = 3.0
HR, TEAM = "U0HR", "T0LUNCH"


def main() -> int:
    """Build the company, time both, and print them side by side."""
    people, departments = (
        *map(int, sys.argv[1:3]),
        *(PEOPLE, DEPARTMENTS)[len(sys.argv) - 1 :],
    )
    console = Console(width=110, highlight=False)
    app = sandboxed_app(NOW, hr=HR)
    try:
        app.slack.add_user(HR, name="Somebody of HR")
        app.installation.clockwork.read_directory()
        stored = _fill(app.installation.sessions, app.installation.workspace_id, people, departments)
        console.print(f"{people:,} people, {departments} departments, 104 weeks: {stored} released tables.")
        return _report(console, *_timed(app))
    finally:
        app.stop()


def _fill(sessions: Sessions, workspace_id: int, people: int, departments: int) -> int:
    names = [f"Department {number + 1:02}" for number in range(departments)]
    # Eight quarters have 24 of the 26 periods of four weeks; the last two are of a quarter that still runs.
    tables = drawn_tables(FIRST, QUARTERS, size=people, departments=names, months=2)
    with sessions.write() as session:
        for table in tables:
            store_table(
                session,
                workspace_id,
                name=table.name,
                period_on=table.period_on,
                weeks=table.weeks,
                body=table.to_dict(),
                now=NOW,
            )
    return len(tables)


def _timed(app: SandboxedApp) -> tuple[list[float], list[float], list[float]]:
    """Seconds of reading, of the page with nothing kept, and of the page from the second look on."""
    installed = app.installation
    sessions, workspace_id = installed.sessions, installed.workspace_id
    client = _signed_in(app)

    def read() -> None:
        shelf = read_shelf(sessions, workspace_id=workspace_id)
        shown = shelf.newest(shelf.last_days()[0])
        for stored in shown.values():
            before = shelf.before(stored)
            for table in (stored, *([before] if before else ())):
                table.read()
        for name in insights.TRENDS:
            for stored in shelf.series(name, shelf.last_days()[0]):
                stored.read()

    def look() -> None:
        answer = client.get("/hr/")
        assert answer.status_code == 200, answer.status_code

    look()
    reading, first, later = list[float](), list[float](), list[float]()
    for _ in range(ROUNDS):
        _read.cache_clear()
        reading.append(_seconds(read))
        _read.cache_clear()
        first.append(_seconds(look))
        later.append(_seconds(look))
    return reading, first, later


def _signed_in(app: SandboxedApp) -> FlaskClient:
    client = app.installation.web.test_client()
    with client.session_transaction() as session:
        session["signed_in"] = {"user": HR, "team": TEAM, "at": int(time.time())}
    return client


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _report(console: Console, reading: list[float], first: list[float], later: list[float]) -> int:
    shown = Table("", "milliseconds", "times reading")
    shown.add_row("reading its released tables, one query", _spread(reading), "")
    ratios = [statistics.median(each) / statistics.median(reading) for each in (first, later)]
    shown.add_row("the page, nothing kept in memory", _spread(first), f"{ratios[0]:.1f}")
    shown.add_row("the page, from the second look on", _spread(later), f"{ratios[1]:.1f}")
    console.print(shown)
    console.print(f"Medians of {ROUNDS}, in brackets the middle half; at most {AT_MOST:.0f} times reading.")
    return 1 if max(ratios) > AT_MOST else 0


def _spread(seconds: list[float]) -> str:
    low, middle, high = (1000 * each for each in statistics.quantiles(seconds, n=4))
    return f"{middle:.1f} ({low:.1f}–{high:.1f})"


if __name__ == "__main__":
    sys.exit(main())
