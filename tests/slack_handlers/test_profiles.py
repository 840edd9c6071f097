"""Custom profile fields over HTTP: found by their labels, read by their ids, within what Slack allows."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from structlog.testing import capture_logs

from db.people import person_by_slack_id
from db.sessions import Sessions
from domain.directory import Profile
from domain.errors import NotPermitted, PersonUnreachable
from sandbox import DEFAULT_SCOPES, Sandbox
from slack_handlers.directory import SlackDirectory
from slack_handlers.web_api import patient_client, prompt_client
from tests.conftest import MONDAY
from tests.slack_handlers.conftest import SECRET, TOKEN
from use_cases.read_profiles import read_profiles
from use_cases.sync_directory import sync_directory

LABELS = {"XfTEAM": "Team", "XfSITE": "Site", "XfBOSS": "Boss"}
WORDS = {"department": "team ", "office": "Site", "manager": "Boss"}
Read = Callable[..., SlackDirectory]


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A workspace with custom profile fields, in real time."""
    scopes = (*DEFAULT_SCOPES, "users.profile:read")
    with Sandbox(signing_secret=SECRET, bot_token=TOKEN, scopes=scopes, profile_fields=LABELS) as sandbox:
        sandbox.add_user("U0BOSS", name="Bo")
        sandbox.add_user("U0ADA", name="Ada", fields={"XfTEAM": "Design", "XfBOSS": "U0BOSS"})
        yield sandbox


@pytest.fixture
def reading(slack: Sandbox) -> Read:
    """A directory that reads these fields; where it would sleep, the sandbox's clock moves on."""

    def made(
        words: dict[str, str] = WORDS, sleep: Callable[[float], object] = slack.advance
    ) -> SlackDirectory:
        return SlackDirectory(
            patient=patient_client(TOKEN, slack.api_url),
            prompt=prompt_client(TOKEN, slack.api_url),
            team_id="T0LUNCH",
            fields=words,
            sleep=sleep,
        )

    return made


def calls(slack: Sandbox) -> Counter[str]:
    return Counter(entry["method"] for entry in slack.traffic())


def test_fields_are_found_by_their_labels(reading: Read) -> None:
    directory = reading()
    assert directory.read_fields()
    filled = Profile(department="Design", office="", manager="U0BOSS")
    assert directory.profile("U0ADA") == filled
    user = directory.user("U0ADA")
    assert user is not None
    assert user.profile == filled
    assert directory.profile("U0BOSS") == Profile(department="", office="", manager="")


def test_the_first_of_two_fields_with_one_label_counts(slack: Sandbox, reading: Read) -> None:
    slack.add_profile_field("XfOLD", "TEAM")
    slack.update_user("U0ADA", fields={"XfTEAM": " Law\0 ", "XfOLD": "Chess"})
    assert reading({"department": "Team"}).profile("U0ADA") == Profile(department="Law")


def test_labels_are_read_once_and_again_every_night(slack: Sandbox, reading: Read) -> None:
    directory = reading()
    for _ in range(3):
        directory.user("U0ADA")
    assert (calls(slack)["team.profile.get"], calls(slack)["users.profile.get"]) == (1, 3)
    slack.add_profile_field("XfNEW", "Level")
    slack.update_user("U0ADA", fields={"XfNEW": "Senior"})
    directory = reading({"level": "Level"})
    directory.read_fields()
    directory.read_fields()
    assert calls(slack)["team.profile.get"] == 3
    assert directory.profile("U0ADA") == Profile(level="Senior")


def test_labels_are_never_asked_for_with_a_profile(slack: Sandbox, reading: Read) -> None:
    reading().user("U0ADA")
    assert not [entry for entry in slack.traffic() if "include_labels" in entry["args"]]


def test_a_label_that_slack_does_not_know_is_logged_and_clears_nothing(reading: Read) -> None:
    directory = reading({"department": "Teem", "office": "Site"})
    with capture_logs() as logged:
        assert directory.read_fields()
    [line] = logged
    assert (line["log_level"], line["label"], line["word"]) == ("warning", "teem", "department")
    assert directory.profile("U0ADA") == Profile(department=None, office="")


def test_without_the_scope_joining_does_not_fail(slack: Sandbox, reading: Read) -> None:
    slack.update_app(scopes=DEFAULT_SCOPES)
    directory = reading()
    with pytest.raises(NotPermitted):
        directory.read_fields()
    user = directory.user("U0ADA")
    assert user is not None
    assert user.profile is None


def test_without_configured_fields_slack_is_not_asked(slack: Sandbox, reading: Read) -> None:
    directory = reading({})
    assert not directory.read_fields()
    directory.user("U0ADA")
    assert calls(slack) == {"users.info": 1}


def test_a_profile_that_is_hidden(slack: Sandbox, reading: Read) -> None:
    slack.update_user("U0ADA", hidden=True)
    with pytest.raises(PersonUnreachable):
        reading().profile("U0ADA")


def test_a_night_in_a_company_of_250_leaves_room_for_people_who_join(
    slack: Sandbox, reading: Read, sessions: Sessions, workspace_id: int
) -> None:
    slack.add_users(
        {"id": f"U0P{number:03}", "name": f"P{number}", "fields": {"XfTEAM": f"Team {number % 9}"}}
        for number in range(248)
    )
    others, reads = reading(), count()

    def sleep(seconds: float) -> None:
        slack.advance(seconds)
        if next(reads) % 3 == 0:
            joining = others.user("U0ADA")
            assert joining is not None
            assert joining.profile is not None

    directory = reading(sleep=sleep)
    sync_directory(sessions, directory, workspace_id=workspace_id, now=MONDAY)
    done = read_profiles(sessions, directory, workspace_id=workspace_id)
    assert (done.read, done.skipped) == (250, {})
    assert (calls(slack)["users.profile.get"], calls(slack)["team.profile.get"]) == (250 + 84, 2)
    assert not [entry for entry in slack.traffic() if entry["error"]]
    with sessions.read() as session:
        someone = person_by_slack_id(session, workspace_id, "U0P025")
    assert someone is not None
    assert someone.department == "Team 7"
