"""The language in which people read Slack, from Slack's directory to what is said to them."""

from dataclasses import replace
from datetime import date

import pytest

from db.tables import Person
from domain.messages import IntroductionMessage
from tests.conftest import MONDAY
from tests.use_cases.company import Company, colleague
from use_cases.read_locale import read_locale
from use_cases.sync_directory import sync_directory, sync_person


def locale_of(company: Company, slack_user_id: str) -> str | None:
    return read_locale(company.sessions, slack_user_id, workspace_id=company.workspace_id)


def test_it_is_known_from_joining_on(company: Company) -> None:
    company.directory.add(colleague("UA", locale="de-DE"))
    assert locale_of(company, "UA") is None
    company.join("UA")
    assert locale_of(company, "UA") == "de-DE"


def test_a_night_and_a_change_bring_a_new_one(company: Company) -> None:
    company.join("UA", "UB")
    company.directory.add(colleague("UA", locale="de-DE"))
    sync_directory(company.sessions, company.directory, workspace_id=company.workspace_id, now=MONDAY)
    sync_person(
        company.sessions, colleague("UB", locale="en-US"), workspace_id=company.workspace_id, now=MONDAY
    )
    assert (locale_of(company, "UA"), locale_of(company, "UB")) == ("de-DE", "en-US")


def test_an_answer_without_one_takes_none_away(company: Company) -> None:
    company.directory.add(colleague("UA", locale="de-DE"))
    company.join("UA")
    company.directory.add(replace(company.directory.users["UA"], locale=None))
    company.join("UA")
    assert locale_of(company, "UA") == "de-DE"


def introduced(company: Company) -> IntroductionMessage:
    company.match()
    company.deliver()
    [(_, content, _)] = company.messenger.posted
    assert isinstance(content, IntroductionMessage)
    return content


def test_a_message_knows_the_language_of_each_reader(company: Company) -> None:
    company.directory.add(colleague("UA", locale="de-DE"), colleague("UB"))
    company.join("UA", "UB")
    assert sorted(introduced(company).locales, key=str) == [None, "de-DE"]


@pytest.mark.parametrize(
    ("level", "started_on", "differs"),
    [
        (None, None, False),
        ("Senior", None, False),
        ("Junior", None, True),
        ("Senior", date(2024, 6, 1), False),
        ("Senior", date(2020, 6, 1), True),
    ],
)
def test_a_message_knows_whether_experience_differs_and_no_more(
    company: Company, level: str | None, started_on: date | None, differs: bool
) -> None:
    company.join("UA", "UB")
    with company.sessions.write() as session:
        ann, bob = (session.get_one(Person, company.id_of(one)) for one in ("UA", "UB"))
        ann.level, ann.started_on = "Senior", date(2024, 1, 1)
        bob.level, bob.started_on = level, started_on
    assert introduced(company).experience_differs is differs
