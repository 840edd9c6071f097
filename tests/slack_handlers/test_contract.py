"""The fakes that other tests rely on behave like Slack: the same tests run on both."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.directory import DirectoryUser, Profile
from domain.errors import NotPermitted, PersonUnreachable, Refused
from domain.messages import Content, File, NoticeMessage, PersonalFile, ReportPicture
from domain.ports import Directory, Messenger
from domain.rounds import ToldReason
from sandbox import DEFAULT_SCOPES, Sandbox
from slack_handlers.directory import SlackDirectory
from slack_handlers.messenger import SlackMessenger
from slack_handlers.web_api import patient_client, prompt_client
from tests.fakes import FakeDirectory, FakeMessenger
from tests.slack_handlers.conftest import TOKEN

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOTICE = NoticeMessage(ToldReason.ODD_NUMBER, datetime(2026, 11, 30, 10, tzinfo=UTC), date(2026, 11, 23))


@dataclass
class Real:
    """The app's own messenger and directory, over HTTP."""

    slack: Sandbox
    messenger: Messenger
    directory: Directory

    def add(self, slack_user_id: str, name: str) -> None:
        self.slack.add_user(slack_user_id, name=name)

    def disable(self, slack_user_id: str) -> None:
        self.slack.update_user(slack_user_id, deleted=True)

    def fill(self, slack_user_id: str, department: str) -> None:
        self.slack.update_app(scopes=[*DEFAULT_SCOPES, "users.profile:read"])
        self.slack.add_profile_field("XfTEAM", "Team")
        self.slack.update_user(slack_user_id, fields={"XfTEAM": department})
        client = prompt_client(TOKEN, self.slack.api_url)
        self.directory = SlackDirectory(
            patient=client,
            prompt=client,
            team_id="T0LUNCH",
            fields={"department": "Team"},
            sleep=self.slack.advance,
        )

    def forbid_looking_up(self) -> None:
        self.slack.update_app(scopes=[scope for scope in DEFAULT_SCOPES if scope != "mpim:history"])


@dataclass
class Fake:
    """The stand-ins."""

    messenger: FakeMessenger
    directory: FakeDirectory

    def add(self, slack_user_id: str, name: str) -> None:
        self.directory.add(DirectoryUser(slack_user_id=slack_user_id, name=name))

    def disable(self, slack_user_id: str) -> None:
        self.messenger.unreachable.add(slack_user_id)

    def fill(self, slack_user_id: str, department: str) -> None:
        user = self.directory.users[slack_user_id]
        self.directory.add(replace(user, profile=Profile(department=department)))

    def forbid_looking_up(self) -> None:
        self.messenger.may_look_up = False


@pytest.fixture(params=["fake", "slack"])
def there(request: pytest.FixtureRequest) -> Iterator[Real | Fake]:
    if request.param == "slack":
        slack = request.getfixturevalue("slack")
        reading = patient_client(TOKEN, slack.api_url)
        prompt = prompt_client(TOKEN, slack.api_url)
        yield Real(
            slack, SlackMessenger(prompt), SlackDirectory(patient=reading, prompt=prompt, team_id="T0LUNCH")
        )
        return
    fake = Fake(FakeMessenger(), FakeDirectory())
    for name in ("Ada", "Ben", "Cleo"):
        fake.add(f"U0{name.upper()}", name)
    yield fake


def post(there: Real | Fake, channel: str, delivery_id: str, content: Content = NOTICE) -> str:
    return there.messenger.post(channel, content, delivery_id=delivery_id)


def find(there: Real | Fake, channel: str, delivery_id: str, since: datetime = LONG_AGO) -> str | None:
    return there.messenger.find(channel, delivery_id=delivery_id, since=since)


def test_the_same_people_get_the_same_conversation(there: Real | Fake) -> None:
    first = there.messenger.open_conversation(["U0ADA", "U0BEN"])
    assert there.messenger.open_conversation(["U0BEN", "U0ADA"]) == first
    assert there.messenger.open_conversation(["U0ADA", "U0BEN", "U0CLEO"]) != first
    assert there.messenger.open_conversation(["U0ADA"]) != first


def test_every_post_has_a_timestamp_of_its_own(there: Real | Fake) -> None:
    channel = there.messenger.open_conversation(["U0ADA", "U0BEN"])
    first, second = post(there, channel, "d1"), post(there, channel, "d2")
    assert float(first) < float(second)


def test_a_message_is_changed_in_place_and_still_found(there: Real | Fake) -> None:
    channel = there.messenger.open_conversation(["U0ADA", "U0BEN"])
    other = there.messenger.open_conversation(["U0ADA", "U0CLEO"])
    ts = post(there, channel, "d1")
    there.messenger.update(channel, ts, NOTICE)
    assert find(there, channel, "d1") == ts
    with pytest.raises(Refused):
        there.messenger.update(other, ts, NOTICE)


def test_a_post_is_found_by_its_delivery_id_and_in_its_channel_only(there: Real | Fake) -> None:
    channel = there.messenger.open_conversation(["U0ADA", "U0BEN"])
    other = there.messenger.open_conversation(["U0ADA", "U0CLEO"])
    first, second = post(there, channel, "d1"), post(there, channel, "d2")
    post(there, other, "d3")
    assert (find(there, channel, "d1"), find(there, channel, "d2")) == (first, second)
    assert find(there, channel, "d") is None
    assert find(there, channel, "d3") is None
    assert find(there, other, "d1") is None


def test_a_post_is_found_behind_hundreds_of_others(there: Real | Fake) -> None:
    channel = there.messenger.open_conversation(["U0ADA", "U0BEN"])
    wanted = post(there, channel, "wanted")
    for number in range(205):
        post(there, channel, f"later {number}")
    assert find(there, channel, "wanted") == wanted


def test_looking_up_needs_a_scope(there: Real | Fake) -> None:
    channel = there.messenger.open_conversation(["U0ADA", "U0BEN"])
    there.forbid_looking_up()
    with pytest.raises(NotPermitted) as caught:
        find(there, channel, "d1")
    assert caught.value.code == "missing_scope"


def test_nobody_can_be_introduced_to_a_disabled_account(there: Real | Fake) -> None:
    there.disable("U0BEN")
    with pytest.raises(PersonUnreachable) as caught:
        there.messenger.open_conversation(["U0ADA", "U0BEN"])
    assert caught.value.code == "user_disabled"
    assert there.messenger.open_conversation(["U0ADA", "U0CLEO"])


def test_one_account(there: Real | Fake) -> None:
    ada = there.directory.user("U0ADA")
    assert ada is not None
    assert (ada.slack_user_id, ada.name, ada.is_active, ada.is_colleague) == ("U0ADA", "Ada", True, True)
    assert there.directory.user("U0NOBODY") is None


def test_profiles_are_read_only_where_fields_are_configured(there: Real | Fake) -> None:
    assert there.directory.read_fields() is False
    ada = there.directory.user("U0ADA")
    assert ada is not None
    assert ada.profile is None


def test_a_profile_and_one_of_nobody(there: Real | Fake) -> None:
    there.fill("U0ADA", "Design")
    assert there.directory.read_fields() is True
    assert there.directory.profile("U0ADA").department == "Design"
    with pytest.raises(PersonUnreachable) as caught:
        there.directory.profile("U0NOBODY")
    assert caught.value.code == "user_not_found"


def test_the_directory_comes_in_pages_and_names_everybody_once(there: Real | Fake) -> None:
    everybody = {f"U0P{number:03}" for number in range(450)}
    for slack_user_id in everybody:
        there.add(slack_user_id, f"Person {slack_user_id}")
    pages = [[user.slack_user_id for user in page if user.is_colleague] for page in there.directory.pages()]
    named = [slack_user_id for page in pages for slack_user_id in page]
    assert len(pages) > 1
    assert len(named) == len(set(named))
    assert set(named) == everybody | {"U0ADA", "U0BEN", "U0CLEO"}


def test_only_messages_since_a_moment_are_searched(slack: Sandbox) -> None:
    # The fake knows no time; here it is the real one alone.
    client = patient_client(TOKEN, slack.api_url)
    messenger = SlackMessenger(client)
    channel = messenger.open_conversation(["U0ADA", "U0BEN"])
    ts = messenger.post(channel, NOTICE, delivery_id="d1")
    at = datetime.fromtimestamp(float(ts), UTC)
    assert messenger.find(channel, delivery_id="d1", since=at - timedelta(seconds=1)) == ts
    assert messenger.find(channel, delivery_id="d1", since=at + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        {"event_type": "another_app", "event_payload": {"delivery_id": "d1"}},
        {"event_type": "lunchmates_delivery", "event_payload": {}},
        {"event_type": "lunchmates_delivery", "event_payload": {"id": "d1"}},
    ],
)
def test_messages_of_others_are_not_taken_for_ours(slack: Sandbox, metadata: dict[str, Any] | None) -> None:
    client = patient_client(TOKEN, slack.api_url)
    messenger = SlackMessenger(client)
    channel = messenger.open_conversation(["U0ADA", "U0BEN"])
    client.chat_postMessage(channel=channel, text="d1", metadata=metadata)
    assert messenger.find(channel, delivery_id="d1", since=LONG_AGO) is None


def test_metadata_tells_nothing_but_an_opaque_id(slack: Sandbox) -> None:
    client = patient_client(TOKEN, slack.api_url)
    messenger = SlackMessenger(client)
    channel = messenger.open_conversation(["U0ADA", "U0BEN"])
    messenger.post(channel, NOTICE, delivery_id="d1")
    [message] = slack.messages(channel)
    assert message["metadata"] == {
        "event_type": "lunchmates_delivery",
        "event_payload": {"delivery_id": "d1"},
    }


@pytest.mark.parametrize(
    "file",
    [
        PersonalFile("my-data.json", '{"name": "Zoë"}'.encode()),
        ReportPicture("who.png", b"\x89PNG", date(2026, 1, 5), date(2026, 3, 29), "Who meets whom", ("de",)),
    ],
    ids=["data", "picture"],
)
def test_a_file_is_sent_into_an_open_conversation(there: Real | Fake, file: File) -> None:
    there.messenger.send_file(there.messenger.open_conversation(["U0ADA"]), file)
    with pytest.raises(Refused):
        there.messenger.send_file("C0NOWHERE", file)
