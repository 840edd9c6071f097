"""Who counts as a colleague, and what is kept of an account, whatever Slack says of it."""

from typing import Any

import pytest
from slack_sdk import WebClient

from domain.directory import DirectoryUser
from slack_handlers.directory import SlackDirectory

DIRECTORY = SlackDirectory(patient=WebClient(), prompt=WebClient(), team_id="T1")
ADA: dict[str, Any] = {
    "id": "U1",
    "team_id": "T1",
    "name": "ada",
    "tz": "Europe/Berlin",
    "locale": "de-DE",
    "profile": {"real_name": "Ada Lovelace", "email": "Ada@Example.org"},
}


def read(**changes: Any) -> DirectoryUser:
    return DIRECTORY.read({**ADA, **changes})


def test_an_ordinary_account() -> None:
    assert read() == DirectoryUser(
        slack_user_id="U1",
        name="Ada Lovelace",
        email="Ada@Example.org",
        timezone="Europe/Berlin",
        locale="de-DE",
        is_active=True,
        is_colleague=True,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"is_bot": True},
        {"id": "USLACKBOT"},
        {"is_restricted": True},
        {"is_restricted": True, "is_ultra_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T2"},
    ],
)
def test_bots_guests_and_people_of_other_companies_are_no_colleagues(changes: dict[str, Any]) -> None:
    assert not read(**changes).is_colleague


def test_a_deactivated_account() -> None:
    # Slack leaves most fields out there.
    gone = DIRECTORY.read({"id": "U1", "team_id": "T1", "name": "ada", "deleted": True, "profile": {}})
    assert gone == DirectoryUser(slack_user_id="U1", name="ada", is_active=False)


@pytest.mark.parametrize("member", [{"id": "U1"}, {"id": "U1", "profile": None}, {"id": "U1", "profile": {}}])
def test_an_account_of_which_slack_says_nothing_else(member: dict[str, Any]) -> None:
    assert DIRECTORY.read(member) == DirectoryUser(slack_user_id="U1", name="")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"profile": {"real_name": ""}, "real_name": "Ada L."}, "Ada L."),
        ({"profile": {"real_name": None}, "real_name": None}, "ada"),
        ({"profile": {"real_name": "Ж" * 300}}, "Ж" * 200),
        ({"profile": {}, "name": 7}, "7"),
    ],
)
def test_the_name_is_the_best_there_is(changes: dict[str, Any], name: str) -> None:
    assert read(**changes).name == name


@pytest.mark.parametrize("tz", [None, "", "Mars/Olympus", "europe/berlin", "../../etc/passwd", 3600, True])
def test_a_time_zone_that_nobody_knows_is_none(tz: object) -> None:
    assert read(tz=tz).timezone is None


@pytest.mark.parametrize("locale", ["en-US", "zh-Hant-TW", "de", "es_LA"])
def test_a_locale_is_kept_as_slack_writes_it(locale: str) -> None:
    assert read(locale=locale).locale == locale


@pytest.mark.parametrize("locale", [None, "", "../de", "de-DE\n", "d" * 17, "de-" + "D" * 14, "de DE", 7, []])
def test_a_locale_that_is_none_is_none(locale: object) -> None:
    assert read(locale=locale).locale is None


@pytest.mark.parametrize("email", [None, "", ...])
def test_an_account_without_an_address(email: object) -> None:
    profile = {} if email is ... else {"email": email}
    assert read(profile=profile).email is None


def test_an_endless_address_is_cut() -> None:
    assert len(read(profile={"email": "a" * 400}).email or "") == 320
