"""What Slack profiles say of people: taken over, unless a file has said it first."""

from dataclasses import replace
from pathlib import Path

from db.tables import Person
from domain.directory import Profile
from tests.conftest import MONDAY
from tests.use_cases.company import Company, colleague
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


def read(company: Company) -> int:
    return read_profiles(company.sessions, company.directory, workspace_id=company.workspace_id)


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
    assert read(company) == 2
    assert person(company, "UA").manager_id == company.id_of("UB")
    assert person(company, "UB").manager_id is None
    fill(company, "UA", department="Finance", manager="U9")
    read(company)
    assert (person(company, "UA").department, person(company, "UA").manager_id) == ("Finance", None)


def test_without_configured_fields_nothing_is_read_or_cleared(company: Company) -> None:
    company.join("UA")
    company.change(Person, department="Design")
    assert read(company) == 0
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
