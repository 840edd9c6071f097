"""Reads people and meetings from CSV files, and names every mistake by line and column."""

import csv
import io
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import available_timezones

from domain.directory import MeetingRow, PersonRow
from domain.errors import BadFile

PEOPLE_COLUMNS = (
    *("person_id", "department", "email", "slack_user_id", "name"),
    *("office", "level", "manager", "started_on", "timezone", "interests"),
    *("skills", "languages"),
)
MEETING_COLUMNS = ("person_a", "person_b", "met_on")
LONGEST = {
    "email": 320,
    "slack_user_id": 32,
    "timezone": 64,
    "interests": 1000,
    "skills": 1000,
    "languages": 1000,
}
LONGEST_OTHERWISE = 200

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class People:
    """The rows of a people file, the columns that it has, and what was left out."""

    path: str
    rows: tuple[PersonRow, ...]
    columns: frozenset[str]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """The rows of a meetings file, and what was left out."""

    path: str
    rows: tuple[MeetingRow, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    path: str
    columns: tuple[str, ...]
    records: Iterator[tuple[int, list[str]]]
    warnings: tuple[str, ...]


class _Cells:
    """One record, cell by cell; what is wrong is collected, so that all of it is reported at once."""

    def __init__(self, line: int, columns: Sequence[str], values: Sequence[str], problems: list[str]) -> None:
        self.line, self.problems = line, problems
        self._cells = dict(zip(columns, (value.strip() for value in values), strict=True))

    def wrong(self, column: str, expected: str) -> None:
        value = self._cells.get(column, "")
        shown = value if len(value) <= 40 else value[:40] + "…"
        self.problems.append(f"line {self.line}, column {column}: expected {expected}, found {shown!r}")

    def text(self, column: str) -> str | None:
        value = self._cells.get(column) or None
        longest = LONGEST.get(column, LONGEST_OTHERWISE)
        if value is not None and (len(value) > longest or not value.isprintable()):
            self.wrong(column, f"at most {longest} printable characters")
            return None
        return value

    def required(self, column: str, expected: str) -> str:
        value = self.text(column)
        if value is None and not self._cells.get(column):
            self.wrong(column, expected)
        return value or ""

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if value is None:
            return None
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.wrong(column, "a date like 2026-11-30")
            return None


def refuse_strangers(meetings: Meetings, known: Container[str], where: str) -> None:
    """`BadFile` where a meeting names somebody who is not known."""
    problems = [
        f"line {row.line}, column {column}: expected the person_id of somebody in {where}, found {key!r}"
        for row in meetings.rows
        for column, key in (("person_a", row.person_a), ("person_b", row.person_b))
        if key not in known
    ]
    if problems:
        raise BadFile(path=meetings.path, problems=problems)


def read_people(path: Path) -> People:
    """Read a people file; `BadFile` names everything that is wrong with it."""
    problems: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    zones = available_timezones()

    def once(cells: _Cells, column: str, value: str | None) -> None:
        if value:
            first = seen.setdefault((column, value), cells.line)
            if first != cells.line:
                cells.wrong(column, f"each {column} once (line {first} has it, too)")

    def person(cells: _Cells) -> PersonRow:
        row = PersonRow(
            line=cells.line,
            external_id=cells.required("person_id", "the company's key of a person"),
            department=cells.text("department"),
            email=(cells.text("email") or "").lower() or None,
            slack_user_id=cells.text("slack_user_id"),
            name=cells.text("name"),
            office=cells.text("office"),
            level=cells.text("level"),
            manager=cells.text("manager"),
            started_on=cells.day("started_on"),
            timezone=cells.text("timezone"),
            interests=cells.text("interests"),
            skills=cells.text("skills"),
            languages=cells.text("languages"),
        )
        if row.email and "@" not in row.email:
            cells.wrong("email", "an e-mail address")
        if row.timezone and row.timezone not in zones:
            cells.wrong("timezone", "a time zone like Europe/Berlin")
        if row.manager and row.manager == row.external_id:
            cells.wrong("manager", "the person_id of somebody else")
        once(cells, "person_id", row.external_id)
        once(cells, "slack_user_id", row.slack_user_id)
        once(cells, "email", row.email)
        return row

    table = _open(path, PEOPLE_COLUMNS, required=("person_id", "department"))
    rows = _read(table, person, problems)
    return People(table.path, rows, frozenset(table.columns) & set(PEOPLE_COLUMNS), table.warnings)


def read_meetings(path: Path) -> Meetings:
    """Read a meetings file; `BadFile` names everything that is wrong with it."""
    problems: list[str] = []

    def meeting(cells: _Cells) -> MeetingRow:
        row = MeetingRow(
            line=cells.line,
            person_a=cells.required("person_a", "the person_id of somebody"),
            person_b=cells.required("person_b", "the person_id of somebody"),
            met_on=cells.day("met_on"),
        )
        if row.person_a and row.person_a == row.person_b:
            cells.wrong("person_b", "somebody other than person_a")
        return row

    table = _open(path, MEETING_COLUMNS, required=("person_a", "person_b"))
    rows = _read(table, meeting, problems)
    return Meetings(table.path, rows, table.warnings)


def _open(path: Path, known: Sequence[str], *, required: Sequence[str]) -> _Table:
    try:
        # A spreadsheet's export may begin with a byte order mark.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"byte {error.start}: expected text in UTF-8; save the file as CSV UTF-8"
        raise BadFile(path=path, problems=[where]) from None
    except OSError as error:
        raise BadFile(path=path, problems=[f"it can't be read: {error.strerror}"]) from None
    head = text.partition("\n")[0]
    # Spreadsheets of some countries separate columns by a semicolon.
    delimiter = ";" if ";" in head and "," not in head else ","
    # Not str.splitlines: that ends a line at characters that are part of a cell.
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
    except csv.Error as error:
        raise BadFile(path=path, problems=[f"line {reader.line_num}: {error}"]) from None
    missing = [column for column in required if column not in columns]
    # Spreadsheets leave columns without a name behind.
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    problems = [
        *(f"line 1: expected a column {column}; the columns may be {', '.join(known)}" for column in missing),
        *(f"line 1: the column {column} is there twice" for column in twice),
    ]
    if problems:
        raise BadFile(path=path, problems=problems)
    foreign = [column for column in columns if column and column not in known]
    warnings = (f"columns that are not ours were left out: {', '.join(foreign)}",) if foreign else ()

    def records() -> Iterator[tuple[int, list[str]]]:
        while True:
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise BadFile(path=path, problems=[f"line {reader.line_num}: {error}"]) from None
            if any(value.strip() for value in values):
                yield reader.line_num, values

    return _Table(str(path), columns, records(), warnings)


def _read(table: _Table, parse: Callable[[_Cells], Row], problems: list[str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for line, values in table.records:
        if len(values) != len(table.columns):
            problems.append(f"line {line}: expected {len(table.columns)} cells, found {len(values)}")
            continue
        rows.append(parse(_Cells(line, table.columns, values, problems)))
    if problems:
        raise BadFile(path=table.path, problems=problems)
    return tuple(rows)
