"""Rows of a people file and Slack accounts find each other, whichever comes first."""

from pathlib import Path

import pytest

from db.tables import Meeting, Participant, Person
from domain.errors import BadFile
from tests.use_cases.company import Company, colleague
from tests.use_cases.imports import everything, know, load, person, sync


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        (
            "p1,Law,a@example.com\n",
            "p2,Tax,A@Example.com\n",
            "line 2, column email: expected an address of nobody else, found that of person_id 'p1'",
        ),
        (
            "p1,Law,a@example.com\n",
            "p1,Law,a@example.com\np2,Tax,a@example.com\n",
            "line 3, column email: expected each email once (line 2 has it, too), found 'a@example.com'",
        ),
    ],
)
def test_an_address_that_waits_for_its_account_belongs_to_one_row(
    company: Company, csv: Path, first: str, second: str, problem: str
) -> None:
    load(company, csv, f"person_id,department,email\n{first}")
    before = everything(company.sessions)
    with pytest.raises(BadFile) as refused:
        load(company, csv, f"person_id,department,email\n{second}")
    assert list(refused.value.problems) == [problem]
    assert everything(company.sessions) == before
    company.join("UA")
    company.directory.add(colleague("UA", email="a@example.com"))
    sync(company)
    assert person(company, "p1").slack_user_id == "UA"


@pytest.mark.parametrize("left", ["", "other@example.com"])
def test_an_address_may_move_to_another_row_of_the_same_file(company: Company, csv: Path, left: str) -> None:
    load(company, csv, "person_id,department,email\np1,Law,a@example.com\n")
    load(company, csv, f"person_id,department,email\np2,Tax,a@example.com\np1,Law,{left}\n")
    company.directory.add(colleague("UA", email="a@example.com"))
    sync(company)
    assert person(company, "p2").slack_user_id == "UA"
    assert person(company, "p1").slack_user_id is None


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
