"""What Slack profiles say of people: taken over, unless a file has said it first."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.tables import Person
from domain.directory import Profile, ReadProfiles
from domain.errors import Ambiguous, MessengerError, NotDone, NotPermitted, PersonUnreachable, Refused
from tests.conftest import MONDAY
from tests.use_cases.company import Company, colleague, up_to
from use_cases.import_people import import_people
from use_cases.read_csv import read_people
from use_cases.read_profiles import read_profiles
from use_cases.sync_directory import sync_person


def fill(company: Company, who: str, **values: str) -> None:
    company.directory.add(replace(company.directory.users[who], profile=Profile(**values)))


def person(company: Company, who: str) -> Person:
    [found] = company.all(Person, slack_user_id=who)
    assert isinstance(found, Person)
    return found


def read(company: Company, **options: Any) -> ReadProfiles:
    return read_profiles(company.sessions, company.directory, workspace_id=company.workspace_id, **options)


def test_joining_reads_the_profile(company: Company) -> None:
    company.directory.add(
        colleague("UA", profile=Profile(department="Design", office="Berlin", level="Lead"))
    )
    company.join("UA")
    ann = person(company, "UA")
    assert (ann.department, ann.office, ann.level) == ("Design", "Berlin", "Lead")


def test_the_nightly_reading_takes_changes_over(company: Company) -> None:
    company.join("UA", "UB")
    fill(company, "UA", department="Design", manager="UB")
    fill(company, "UB", department="Sales", manager="UB")
    assert read(company).read == 2
    assert person(company, "UA").manager_id == company.id_of("UB")
    assert person(company, "UB").manager_id is None
    fill(company, "UA", department="Finance", manager="U9")
    read(company)
    assert (person(company, "UA").department, person(company, "UA").manager_id) == ("Finance", None)


def test_without_configured_fields_nothing_is_read_or_cleared(company: Company) -> None:
    company.join("UA")
    company.change(Person, department="Design")
    assert read(company).read == 0
    assert person(company, "UA").department == "Design"


def test_what_a_file_says_wins(company: Company, tmp_path: Path) -> None:
    company.join("UA")
    file = tmp_path / "people.csv"
    file.write_text("person_id,department,slack_user_id,office\nE1,Design,UA,\n")
    import_people(
        company.sessions, read_people(file), workspace_id=company.workspace_id, actor="test", now=MONDAY
    )
    fill(company, "UA", department="Sales", office="Berlin")
    read(company)
    assert (person(company, "UA").department, person(company, "UA").office) == ("Design", "Berlin")


def test_a_changed_account_brings_its_profile(company: Company) -> None:
    company.join("UA")
    changed = colleague("UA", profile=Profile(department="Legal"))
    sync_person(company.sessions, changed, workspace_id=company.workspace_id, now=MONDAY)
    assert person(company, "UA").department == "Legal"


def fail_for(company: Company, *errors: tuple[str, MessengerError]) -> None:
    """Let Slack refuse these people's profiles."""
    wrong = dict(errors)

    def before(slack_user_id: str) -> None:
        if slack_user_id in wrong:
            raise wrong[slack_user_id]

    company.directory.before = before


def test_profiles_that_cannot_be_read_are_counted_and_stay_as_they_were(company: Company) -> None:
    everybody = ["UA", "UB", "UC", "UD", "UE"]
    company.join(*everybody)
    for who in everybody:
        fill(company, who, department="Design")
    read(company)
    for who in everybody:
        fill(company, who, department="Law")
    fail_for(
        company,
        ("UA", PersonUnreachable(code="user_not_visible")),
        ("UB", Refused(code="profile_gone")),
        ("UD", PersonUnreachable(code="user_not_visible")),
        ("UE", Ambiguous(code="internal_error")),
    )
    done = read(company)
    assert done.read == 1
    assert done.skipped == {"user_not_visible": 2, "profile_gone": 1, "internal_error": 1}
    departments = [person(company, who).department for who in everybody]
    assert departments == ["Design", "Design", "Law", "Design", "Design"]


@pytest.mark.parametrize("error", [NotDone(code="gaierror"), NotPermitted(code="missing_scope")])
def test_the_night_ends_when_slack_is_down_or_refuses_the_app(
    company: Company, error: MessengerError
) -> None:
    company.join("UA", "UB")
    fill(company, "UA", department="Design")
    fail_for(company, ("UA", error), ("UB", error))
    with pytest.raises(type(error)):
        read(company)


def test_one_unclear_answer_after_the_other_ends_the_night(company: Company) -> None:
    everybody = company.employ(8)
    fill(company, everybody[0], department="Design")
    asked: list[str] = []

    def before(slack_user_id: str) -> None:
        asked.append(slack_user_id)
        raise Ambiguous(code="internal_error")

    company.directory.before = before
    with pytest.raises(Ambiguous):
        read(company)
    assert len(asked) == 5


def test_a_field_that_is_not_read_is_left_alone_and_an_empty_one_is_cleared(company: Company) -> None:
    company.join("UA", "UB")
    fill(company, "UA", department="Design", office="Berlin", manager="UB")
    read(company)
    fill(company, "UA", office="")
    read(company)
    ann = person(company, "UA")
    assert (ann.department, ann.office, ann.manager_id) == ("Design", None, company.id_of("UB"))
    fill(company, "UA", manager="")
    read(company)
    assert person(company, "UA").manager_id is None


def test_whoever_stops_the_app_does_not_wait_for_everybodys_profile(company: Company) -> None:
    company.join("UA", "UB", "UC")
    fill(company, "UA", department="Design")
    assert read(company, go_on=up_to(2)).read == 2
