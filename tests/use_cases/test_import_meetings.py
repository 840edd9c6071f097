"""Importing who knows whom: each meeting once, and only between people of the directory."""

from datetime import date
from pathlib import Path

import pytest

from db.tables import AuditEvent, Meeting, Person
from domain.directory import ImportedMeetings
from domain.errors import BadFile
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.use_cases.company import Company
from use_cases.import_meetings import import_meetings
from use_cases.read_csv import read_meetings


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return tmp_path / "meetings.csv"


@pytest.fixture
def three(company: Company) -> Company:
    """A company of p1 to p3."""
    with company.sessions.write() as session:
        for key in ("p1", "p2", "p3"):
            session.add(Person(workspace_id=company.workspace_id, external_id=key, slack_user_id=f"U{key}"))
    return company


def load(company: Company, csv: Path, rows: str) -> ImportedMeetings:
    csv.write_text(f"person_a,person_b,met_on\n{rows}")
    return import_meetings(
        company.sessions, read_meetings(csv), workspace_id=company.workspace_id, actor="", now=MONDAY
    )


def meetings(company: Company) -> list[tuple[str, str, date | None]]:
    keys = {person.id: person.external_id for person in company.all(Person)}
    return sorted(
        ((keys[one.low_id], keys[one.high_id], one.met_on) for one in company.all(Meeting)), key=str
    )


def test_dated_and_undated_meetings_are_kept_side_by_side(three: Company, csv: Path) -> None:
    assert load(three, csv, "p1,p2,\np1,p2,2026-01-31\np1,p3,\n") == ImportedMeetings(added=3, known=0)
    assert meetings(three) == [
        ("p1", "p2", None),
        ("p1", "p2", date(2026, 1, 31)),
        ("p1", "p3", None),
    ]


@pytest.mark.parametrize(
    "rows", ["p1,p2,\np1,p2,\n", "p1,p2,\np2,p1,\n", "p2,p1,2026-01-31\np1,p2,2026-01-31\n"]
)
def test_the_same_meeting_twice_counts_once_whoever_comes_first(three: Company, csv: Path, rows: str) -> None:
    assert load(three, csv, rows) == ImportedMeetings(added=1, known=1)
    assert len(meetings(three)) == 1


def test_importing_again_adds_nothing(three: Company, csv: Path) -> None:
    rows = "p1,p2,\np3,p1,2026-01-31\n"
    load(three, csv, rows)
    assert load(three, csv, rows) == ImportedMeetings(added=0, known=2)
    assert len(meetings(three)) == 2


def test_somebody_unknown_is_named_and_nothing_is_changed(three: Company, csv: Path) -> None:
    with pytest.raises(BadFile) as refused:
        load(three, csv, "p1,p2,\nnobody,p3,\np3,noone,\n")
    assert [said.split(":")[0] for said in refused.value.problems] == [
        "line 3, column person_a",
        "line 4, column person_b",
    ]
    assert meetings(three) == []
    assert three.all(AuditEvent) == []


def test_an_empty_file_is_an_import_of_nothing(three: Company, csv: Path) -> None:
    assert load(three, csv, "") == ImportedMeetings(added=0, known=0)


def test_two_imports_at_once_add_each_meeting_once(three: Company, tmp_path: Path) -> None:
    rows = "p1,p2,\np1,p3,\np2,p3,2026-01-31\n"
    done = at_once(*(lambda n=n: load(three, tmp_path / f"{n}.csv", rows) for n in range(2)))
    assert sorted(one.added for one in done) == [0, 3]
    assert len(meetings(three)) == 3


def test_people_who_know_each_other_are_not_introduced_while_others_are_possible(
    three: Company, csv: Path
) -> None:
    three.join("Up1", "Up2", "Up3", "Up4")
    load(three, csv, "p1,p2,\np2,p3,2020-01-01\n")
    three.match()
    assert set(three.introductions()) == {frozenset({"Up1", "Up3"}), frozenset({"Up2", "Up4"})}
