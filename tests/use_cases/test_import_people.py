"""Importing the directory: all or nothing, the file wins over Slack, and accounts find their rows."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.sessions import Sessions
from db.tables import AuditEvent, Base, Meeting, Participant, Person
from domain.directory import ImportedPeople
from domain.errors import BadFile
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.db.statements import counted
from tests.use_cases.company import Company, colleague
from use_cases.import_meetings import import_meetings
from use_cases.import_people import Progress, import_people
from use_cases.read_csv import read_meetings, read_people
from use_cases.sync_directory import sync_directory


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def load(company: Company, csv: Path, content: str, progress: Progress = lambda *_: None) -> ImportedPeople:
    csv.write_text(content)
    return import_people(
        company.sessions,
        read_people(csv),
        workspace_id=company.workspace_id,
        actor="an admin",
        now=MONDAY,
        progress=progress,
    )


def know(company: Company, csv: Path, content: str) -> None:
    csv.write_text(content)
    import_meetings(
        company.sessions, read_meetings(csv), workspace_id=company.workspace_id, actor="", now=MONDAY
    )


def sync(company: Company) -> None:
    sync_directory(company.sessions, company.directory, workspace_id=company.workspace_id, now=MONDAY)


def everything(sessions: Sessions) -> dict[str, list[Any]]:
    with sessions.read() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def person(company: Company, external_id: str) -> Person:
    [found] = company.all(Person, external_id=external_id)
    return found


def test_people_are_added_changed_and_left_alone(company: Company, csv: Path) -> None:
    first = load(company, csv, "person_id,department,level\np1,Law,Senior\np2,Tax,\np3,Tax,Lead\n")
    assert (first.added, first.changed, first.unchanged) == (3, 0, 0)
    again = load(company, csv, "person_id,department,level\np1,Law,Senior\np2,Sales,\np4,Tax,\n")
    assert (again.added, again.changed, again.unchanged) == (1, 1, 1)
    assert person(company, "p2").department == "Sales"
    # Whoever is not in the file is simply not spoken of.
    assert person(company, "p3").department == "Tax"


def test_a_column_that_is_not_there_changes_nothing(company: Company, csv: Path) -> None:
    load(company, csv, "person_id,department,level\np1,Law,Senior\n")
    load(company, csv, "person_id,department\np1,Law\n")
    assert person(company, "p1").level == "Senior"


def test_managers_may_stand_before_after_or_outside_of_the_file(company: Company, csv: Path) -> None:
    load(company, csv, "person_id,department\nboss,Board\n")
    load(company, csv, "person_id,department,manager\np1,Law,p2\np2,Law,boss\np3,Law,p1\n")
    ids = {one.external_id: one.id for one in company.all(Person)}
    managers = {one.external_id: one.manager_id for one in company.all(Person)}
    assert managers == {"boss": None, "p1": ids["p2"], "p2": ids["boss"], "p3": ids["p1"]}
    load(company, csv, "person_id,department,manager\np1,Law,\n")
    assert person(company, "p1").manager_id is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("person_id,department,manager\np1,Sales,nobody\n", "line 2, column manager: expected the person_id"),
        (
            "person_id,department,slack_user_id\np1,Sales,\np9,Law,UA\n",
            "line 3, column slack_user_id: expected a Slack account of nobody else, "
            "found that of person_id 'p1'",
        ),
        (
            "person_id,department,email\np9,Law,ua@example.com\n",
            "line 2, column email: expected a Slack account of nobody else",
        ),
        (
            "person_id,department,slack_user_id\np1,Sales,UX\n",
            "line 2, column slack_user_id: expected 'UA', the Slack account that this person already has",
        ),
        (
            "person_id,department,slack_user_id,email\np8,Law,UB,\np9,Law,,ub@example.com\n",
            "line 3, column email: expected a Slack account of nobody else, found that of line 2",
        ),
    ],
)
def test_a_file_that_contradicts_the_directory_changes_nothing(
    company: Company, csv: Path, content: str, problem: str
) -> None:
    company.join("UA", "UB")
    load(company, csv, "person_id,department,slack_user_id\np1,Law,UA\n")
    before = everything(company.sessions)
    with pytest.raises(BadFile) as refused:
        load(company, csv, content)
    assert [said for said in refused.value.problems if said.startswith(problem)]
    assert everything(company.sessions) == before


def test_a_broken_file_changes_nothing(company: Company, csv: Path) -> None:
    load(company, csv, "person_id,department\np1,Law\n")
    before = everything(company.sessions)
    with pytest.raises(BadFile):
        load(company, csv, "person_id,department,started_on\np1,Sales,\np2,Law,soon\n")
    assert everything(company.sessions) == before


@pytest.mark.parametrize(
    "content",
    [
        "person_id,department,slack_user_id\np1,Law,UA\n",
        "person_id,department,email\np1,Law,UA@Example.com\n",
    ],
)
def test_a_row_finds_its_account(company: Company, csv: Path, content: str) -> None:
    company.join("UA")
    done = load(company, csv, content)
    assert (done.added, done.changed, done.unlinked) == (0, 1, ())
    [found] = company.all(Person)
    assert (found.slack_user_id, found.external_id, found.department) == ("UA", "p1", "Law")


def test_a_person_id_may_be_the_slack_id(company: Company, csv: Path) -> None:
    company.join("UA")
    assert load(company, csv, "person_id,department\nUA,Law\n").unlinked == ()
    [found] = company.all(Person)
    assert (found.slack_user_id, found.external_id, found.department) == ("UA", "UA", "Law")


def test_a_slack_id_in_the_row_comes_before_its_e_mail(company: Company, csv: Path) -> None:
    company.join("UA", "UB")
    load(company, csv, "person_id,department,slack_user_id,email\np1,Law,UA,ub@example.com\n")
    assert person(company, "p1").slack_user_id == "UA"


def test_rows_without_an_account_wait_and_are_listed(company: Company, csv: Path) -> None:
    done = load(company, csv, "person_id,department,email\np2,Law,two@example.com\np1,Law,\n")
    assert done.unlinked == ("p1", "p2")
    assert company.match().people == 0


@pytest.mark.parametrize(
    "content",
    [
        "person_id,department,email\np1,Law,ua@example.com\np2,Law,\n",
        "person_id,department\nUA,Law\np2,Law\n",
        "person_id,department,slack_user_id\np1,Law,UA\np2,Law,\n",
    ],
)
def test_a_waiting_row_and_its_account_become_one_when_the_account_appears(
    company: Company, csv: Path, content: str
) -> None:
    load(company, csv, content)
    waiting = company.all(Person, department="Law")[0]
    know(company, csv, f"person_a,person_b\n{waiting.external_id},p2\n")
    company.join("UA")
    [found] = company.all(Person, slack_user_id="UA")
    assert (found.external_id, found.department, found.name) == (waiting.external_id, "Law", "Ua")
    [meeting] = company.all(Meeting)
    assert found.id in (meeting.low_id, meeting.high_id)
    assert len(company.all(Person)) == 2


def test_an_account_that_joined_first_takes_over_the_row_and_its_meetings(
    company: Company, csv: Path
) -> None:
    company.join("UA")
    load(company, csv, "person_id,department\np1,Law\np2,Law\nboss,Board\n")
    load(company, csv, "person_id,department,manager\np2,Law,p1\np1,Law,boss\n")
    know(company, csv, "person_a,person_b,met_on\np1,p2,\np1,p2,2026-01-31\nboss,p1,\n")

    load(company, csv, "person_id,department,email\np1,Law,ua@example.com\n")

    joined = person(company, "p1")
    assert joined.slack_user_id == "UA"
    assert joined.manager_id == person(company, "boss").id
    assert person(company, "p2").manager_id == joined.id
    met = [{meeting.low_id, meeting.high_id} for meeting in company.all(Meeting)]
    assert len(met) == 3
    assert all(joined.id in pair for pair in met)
    [participant] = company.all(Participant)
    assert participant.person_id == joined.id
    assert len(company.all(Person)) == 3


def test_an_account_that_joined_first_is_merged_by_the_next_synchronisation(
    company: Company, csv: Path
) -> None:
    company.join("UA")
    load(company, csv, "person_id,department,email\np1,Law,old@example.com\np2,Law,\n")
    know(company, csv, "person_a,person_b\np1,p2\n")
    company.directory.add(colleague("UA", email="old@example.com"))
    sync(company)
    [joined] = company.all(Person, slack_user_id="UA")
    assert (joined.external_id, joined.department) == ("p1", "Law")
    [meeting] = company.all(Meeting)
    assert joined.id in (meeting.low_id, meeting.high_id)
    assert len(company.all(Person)) == 2


def test_the_file_wins_over_slack_until_its_cell_is_emptied(company: Company, csv: Path) -> None:
    company.directory.add(colleague("UA", name="Slack Name", timezone="Europe/Paris"))
    company.join("UA")
    load(company, csv, "person_id,department,slack_user_id,name,timezone\np1,Law,UA,File Name,Asia/Tokyo\n")
    sync(company)
    assert (person(company, "p1").name, person(company, "p1").timezone) == ("File Name", "Asia/Tokyo")

    load(company, csv, "person_id,department,slack_user_id,name,timezone\np1,Law,UA,,Asia/Tokyo\n")
    sync(company)
    assert (person(company, "p1").name, person(company, "p1").timezone) == ("Slack Name", "Asia/Tokyo")


def test_an_import_is_noted(company: Company, csv: Path) -> None:
    load(company, csv, "person_id,department\np1,Law\n")
    [event] = company.all(AuditEvent)
    assert (event.actor, event.action, event.details) == (
        "an admin",
        "imported people",
        {"rows": 1, "added": 1},
    )


def test_two_imports_and_a_synchronisation_at_once_wait_for_each_other(
    company: Company, csv: Path, tmp_path: Path
) -> None:
    company.directory.add(*(colleague(f"U{number}") for number in range(20)))
    rows = "".join(f"p{number},Law,u{number}@example.com\n" for number in range(20))
    content = f"person_id,department,email\n{rows}"
    at_once(
        lambda: load(company, csv, content),
        lambda: load(company, tmp_path / "same.csv", content),
        lambda: sync(company),
        lambda: sync(company),
    )
    sync(company)
    assert sorted(one.external_id for one in company.all(Person)) == sorted(f"p{n}" for n in range(20))
    assert all(one.slack_user_id == one.external_id.upper().replace("P", "U") for one in company.all(Person))


@pytest.mark.parametrize("standing_engine", ["sqlite"], indirect=True)
def test_twenty_thousand_people_in_one_go_with_progress_to_the_end(company: Company, csv: Path) -> None:
    rows = "".join(
        f"p{number},Dept {number % 40},u{number}@example.com,{f'p{number // 10}' if number else ''}\n"
        for number in range(20_000)
    )
    reported: list[tuple[int, int]] = []
    with counted(company.sessions.engine) as statements:
        done = load(
            company,
            csv,
            f"person_id,department,email,manager\n{rows}",
            lambda so_far, total: reported.append((so_far, total)),
        )
    # SQLite, which is in the same process, takes inserts one by one.
    assert sum(not statement.startswith("INSERT") for statement in statements) < 10
    assert done.added == 20_000
    assert reported == sorted(reported)
    assert reported[-1] == (20_000, 20_000)
    assert len(reported) >= 10
