"""The report page: made of released tables alone, guarded and noted on every request, the same for all."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from slack_bolt import App
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import _report
from db.sessions import Sessions, make_engine
from db.tables import AuditEvent, Person
from insights import Count, Reading, ReleasedTable, TableRow, cell_text, change_in, change_text, period_before
from tests.conftest import MONDAY, prepared
from tests.released_company import FIRST, released_tables, store
from tests.web.conftest import ADA, BEN, NOON, TEAM
from web.browser_sessions import BrowserSessions, keep_sessions
from web.flask_app import flask_app
from web.html_answers import html_answers
from web.report_door import ReportDoor
from web.report_tables import FORMULAS, table_csv

TABLES = released_tables(2)
NAMES = {ADA: "Ada Quillfeather", BEN: "Ben Zanzibar"}


class Clock:
    """Stands where it was set."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at


class Reader:
    """The pages with a company's tables behind them, and whoever reads them."""

    def __init__(self, bolt: App, sessions: Sessions, workspace_id: int) -> None:
        self.sessions, self.clock, self.hr = sessions, Clock(), {ADA}
        with sessions.write() as session:
            for who, name in NAMES.items():
                email = f"{name.split()[1].lower()}@example.com"
                session.add(
                    Person(
                        workspace_id=workspace_id,
                        slack_user_id=who,
                        name=name,
                        email=email,
                        is_active=True,
                    )
                )
        door = ReportDoor(
            team_id=TEAM,
            is_hr=lambda who: who in self.hr,
            is_employee=lambda who: who in NAMES,
            sessions=BrowserSessions(lambda: NOON),
        )
        pages = _report(door, sessions, self.clock, workspace_id)
        self.app: Flask = flask_app(bolt, is_ready=lambda: True, pages=[html_answers(by_https=False), *pages])
        keep_sessions(self.app, secret="s" * 32, by_https=False)
        # The page offers to sign out, which is not part of this site.
        self.app.add_url_rule("/sign-out", "sign_in.sign_out", lambda: "", methods=["POST"])
        self.client: FlaskClient = self.app.test_client()
        self.is_(ADA)

    def is_(self, who: str) -> None:
        with self.client.session_transaction() as kept:
            kept["signed_in"] = {"user": who, "team": TEAM, "at": int(NOON)}

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def text(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.get_data(as_text=True)

    def noted(self) -> list[str]:
        with self.sessions.read() as session:
            return [str(event.details["where"]) for event in session.scalars(select(AuditEvent))]


@pytest.fixture
def reader(bolt: App, sessions: Sessions, workspace_id: int) -> Reader:
    store(sessions, workspace_id, TABLES)
    return Reader(bolt, sessions, workspace_id)


@pytest.fixture
def on_sqlite(bolt: App, sqlite_template: Path, tmp_path: Path) -> Iterator[Reader]:
    """The same where the database makes no difference."""
    shutil.copy(sqlite_template, tmp_path / "lunchmates.db")
    opened = Sessions(make_engine(f"sqlite:///{tmp_path}/lunchmates.db"))
    here = prepared(opened)
    store(opened, here, TABLES)
    yield Reader(bolt, opened, here)
    opened.engine.dispose()


def crawled(reader: Reader, prefix: str) -> dict[str, TestResponse]:
    """Every page, file and picture that can be reached from the first page."""
    waiting, found = [prefix], dict[str, TestResponse]()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = reader.get(path)
        if found[path].mimetype == "text/html":
            links = re.findall(r'(?:href|src|srcset)="([^"]+)"', found[path].get_data(as_text=True))
            here = (unescape(link).split("#")[0] for link in links)
            waiting += [link for link in here if link.startswith(prefix)]
    return found


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_everything_that_can_be_reached_is_released_and_names_nobody(on_sqlite: Reader) -> None:
    found = crawled(on_sqlite, "/hr/")
    assert {answer.status_code for answer in found.values()} == {200}
    kinds = {answer.mimetype for answer in found.values()}
    assert kinds == {"text/html", "text/csv", "image/svg+xml"}
    assert sum(path.endswith(".csv") for path in found) == len(TABLES)
    cells = {cell_text(cell) for table in TABLES for row in table.rows for cell in row.cells}
    changes = {
        change_text(change_in(table, before, row.label, column))
        for table in TABLES
        if (before := period_before(table, TABLES))
        for row in table.rows
        for column in table.columns
    }
    for path, answer in found.items():
        text = unescape(answer.get_data(as_text=True))
        for secret in (*NAMES, *NAMES.values(), "@example.com", "73001"):
            assert secret not in text, (path, secret)
        for said in re.findall(r"<td>([^<]*)", text):
            assert said.strip() in cells
        assert set(re.findall(r"change: ([^<]*)<", text)) <= changes


def test_employees_see_the_same_and_are_not_noted(on_sqlite: Reader) -> None:
    for_hr = main_of(on_sqlite.text("/hr/"))
    on_sqlite.is_(BEN)
    looks = on_sqlite.noted()
    for_all = main_of(on_sqlite.text("/report/"))
    said = "That you looked is noted, with the hour.", "HR's looks are noted; yours are not."
    assert for_hr.replace(said[0], said[1]).replace("/hr/", "/report/") == for_all
    assert said[1] in for_all
    assert {on_sqlite.get(path).status_code for path in crawled(on_sqlite, "/report/")} == {200}
    assert on_sqlite.noted() == looks
    assert on_sqlite.get("/hr/").status_code == 403


def test_every_look_of_hr_is_noted_once_with_its_pictures(reader: Reader) -> None:
    picture = f"/hr/charts/who_meets_whom-{FIRST}-light.svg"
    reader.text(picture)
    assert reader.noted() == [picture]
    reader.clock.at += timedelta(hours=2)
    reader.text("/hr/")
    reader.text(picture)
    assert reader.noted() == [picture, "/hr/"]
    for path in ("/hr/print", "/hr/tables/", f"/hr/tables/people_funnel-{FIRST}-4w.csv"):
        reader.text(path)
        assert reader.noted()[-1] == path


@pytest.mark.parametrize(
    "path",
    [
        *("/hr/", "/hr/print", "/hr/tables/"),
        f"/hr/tables/people_funnel-{FIRST}-4w.csv",
        f"/hr/charts/people_funnel-{FIRST}-light.svg",
    ],
)
def test_nothing_is_shown_or_noted_once_the_role_is_gone(on_sqlite: Reader, path: str) -> None:
    on_sqlite.hr.clear()
    answer = on_sqlite.get(path)
    assert answer.status_code == 403
    assert "<table" not in answer.get_data(as_text=True)
    assert on_sqlite.noted() == []
    on_sqlite.client.delete_cookie("lunchmates")
    assert on_sqlite.get(path).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        *("/hr/?until=yesterday", "/hr/?until=2020-01-01", "/hr/print?until=1"),
        *("/hr/tables/people_funnel-2026-01-06-4w.csv", f"/hr/tables/people_funnel-{FIRST}-12w.csv"),
        *("/hr/tables/people_funnel-x-4w.csv", f"/hr/charts/nothing-{FIRST}-light.svg"),
        *(f"/hr/charts/met_rate-{FIRST}-light.svg", f"/hr/charts/people_funnel-{FIRST}-red.svg"),
        *("/hr/charts/people_funnel-2026-02-31-dark.svg", f"/hr/charts/trend-people_funnel-{FIRST}-dark.svg"),
        *("/hr/charts/trend-sit_outs-2026-06-21-dark.svg", f"/hr/charts/trend--{FIRST}-dark.svg"),
    ],
)
def test_what_was_not_released_is_not_found_and_not_noted(on_sqlite: Reader, path: str) -> None:
    assert on_sqlite.get(path).status_code == 404
    assert on_sqlite.noted() == []


def test_an_earlier_period_is_the_page_as_it_was_then(on_sqlite: Reader) -> None:
    newest = on_sqlite.text("/hr/")
    assert "until 21 June 2026" in newest
    first = on_sqlite.text("/hr/?until=2026-02-01")
    assert "until 1 February 2026" in first
    assert "The numbers of departments come after the first twelve weeks." in first
    assert "who_meets_whom" not in first
    assert "Period by period" not in first
    assert "until=2026-03-01" in first
    # A day in the middle of a period shows the last one that was over.
    assert "until 1 February 2026" in on_sqlite.text("/hr/?until=2026-02-20")


def test_the_page_says_how_to_read_each_number(on_sqlite: Reader) -> None:
    page = unescape(on_sqlite.text("/hr/"))
    assert page.count("<dt>It does not mean</dt>") == len({table.name for table in TABLES})
    assert "Lunches are not collaboration" in page
    assert "introductions answered, four weeks after four weeks: " in page.lower()
    assert "It does not depend on what anybody answered." in page


def test_on_paper_everything_is_open_and_light(on_sqlite: Reader) -> None:
    page = on_sqlite.text("/hr/print")
    assert "-dark.svg" not in page
    assert "<script" not in page
    assert page.count("<details") == page.count("open>")


def test_before_the_first_release_the_page_says_when(
    bolt: App, sessions: Sessions, workspace_id: int
) -> None:
    reader = Reader(bolt, sessions, workspace_id)
    page = reader.text("/hr/")
    assert "Nothing is released yet." in page
    assert "4 January 2027" in page
    assert "at least 20 people" in page
    assert "How it is protected" in page
    assert "Nothing is released yet." in reader.text("/hr/tables/")
    assert reader.noted() == []


def test_a_small_company_has_a_page_without_groups(bolt: App, sessions: Sessions, workspace_id: int) -> None:
    store(sessions, workspace_id, released_tables(1, size=30))
    reader = Reader(bolt, sessions, workspace_id)
    found = crawled(reader, "/hr/")
    assert {answer.status_code for answer in found.values()} == {200}
    assert "Nothing stands out in these numbers." in found["/hr/"].get_data(as_text=True)
    assert "Fewer than 40 people: company only." in found["/hr/"].get_data(as_text=True)


def test_a_file_is_what_the_page_shows_with_its_period_and_notes() -> None:
    for table in TABLES:
        data = table_csv(table)
        records = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len({len(record) for record in records}) == 1
        head, *rows = records
        width = len(table.columns) + 1
        assert head[:width] == ["Group", *table.columns]
        for row, record in zip(table.rows, rows, strict=False):
            assert record[:width] == [row.label, *map(cell_text, row.cells)]
        said = [(record[0], record[1]) for record in rows[len(table.rows) :]]
        assert said[0] == ("Table", table.name.replace("_", " "))
        assert said[1][0] == "Period"
        assert [text for about, text in said if about == "Note"] == list(table.notes)
        assert data.endswith(b"\r\n")


@pytest.mark.parametrize("sign", FORMULAS)
def test_no_spreadsheet_calculates_with_a_department(sign: str) -> None:
    evil = f'{sign}HYPERLINK("http://evil.example")'
    rows = (TableRow(evil, (Count(5), Reading.AT_LEAST_80)),)
    table = ReleasedTable("who_meets_whom", date(2026, 1, 5), 12, (evil, "Law"), rows, (evil,))
    for record in csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"), newline="")):
        for field in record:
            assert not field.startswith(FORMULAS)
    assert f"'{evil}".replace('"', '""') in table_csv(table).decode()


def test_a_department_is_shown_as_it_is_called(bolt: App, sessions: Sessions, workspace_id: int) -> None:
    evil = "<script>alert(1)</script>{{7*7}}"
    tables = released_tables(1, departments=(evil, "Law & Order", "Ops"))
    store(sessions, workspace_id, tables)
    reader = Reader(bolt, sessions, workspace_id)
    page = reader.text("/hr/")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    drawn = reader.text(f"/hr/charts/who_meets_whom-{FIRST}-light.svg")
    assert ElementTree.fromstring(drawn) is not None
    assert "<script" not in drawn


def test_pages_are_kept_nowhere_and_load_nothing_from_elsewhere(on_sqlite: Reader) -> None:
    for path in ("/hr/", "/report/", f"/hr/charts/people_funnel-{FIRST}-light.svg"):
        answer = on_sqlite.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert re.findall(r'(?:src|srcset)="https?:', answer.get_data(as_text=True)) == []
        assert " style=" not in answer.get_data(as_text=True)
