"""Importing the directory: all or nothing, and the file wins over Slack."""

from pathlib import Path

import pytest

from db.tables import AuditEvent, Person
from domain.errors import BadFile
from tests.db.at_once import at_once
from tests.db.statements import counted
from tests.use_cases.company import Company, colleague
from tests.use_cases.imports import everything, load, person, sync


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


@pytest.mark.slow
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
