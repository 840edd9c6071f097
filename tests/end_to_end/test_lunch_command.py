"""People type `/lunch` and press buttons: what they see, and what becomes of them."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text as sql

from app import SandboxedApp
from sandbox import CommandResult, Fault
from tests.end_to_end.company import dump, joined

HELP = "`/lunch help`"
SORRY = r"give your admin this number: [0-9A-F]{6}\."


def lunch(app: SandboxedApp, text: str = "", user: str = "U0ADA") -> dict[str, Any]:
    """What the user sees of `/lunch`: exactly one message, for them alone, that Slack accepts."""
    result = app.slack.command(user, "/lunch", text)
    return the_one_answer(result, user)


def the_one_answer(result: CommandResult, user: str) -> dict[str, Any]:
    assert (result.status, result.failure, result.errors) == (200, None, [])
    [message] = result.messages
    assert message["shown_to"] == user
    return message


def button(message: dict[str, Any]) -> str:
    """The first thing that a message offers to do."""
    label, *_ = [
        element["text"]["text"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    return str(label)


def now_shows(app: SandboxedApp, message: dict[str, Any], user: str = "U0ADA") -> dict[str, Any]:
    """The same message as it stands now."""
    [shown] = [one for one in app.slack.ephemeral_of(user) if one["ts"] == message["ts"]]
    return shown


def members(app: SandboxedApp) -> set[str]:
    return joined(app.installation.sessions)


def test_join_status_and_leave(app: SandboxedApp) -> None:
    assert "You're not in" in lunch(app, "status")["text"]
    assert "You're in. On Monday 23 November, about 11:00" in lunch(app, "join")["text"]
    assert members(app) == {"U0ADA"}
    assert "You were in already" in lunch(app, "join")["text"]
    assert "You're in." in lunch(app, "status")["text"]
    assert "You're out" in lunch(app, "leave")["text"]
    assert members(app) == set()
    assert "You weren't in" in lunch(app, "leave")["text"]
    assert app.slack.messages() == []


@pytest.mark.parametrize("text", ["join", "JOIN", "  Join  ", "\tjoin\n", "JoIn"])
def test_join_however_it_is_written(app: SandboxedApp, text: str) -> None:
    assert "You're in." in lunch(app, text)["text"]
    assert members(app) == {"U0ADA"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="spaces"),
        pytest.param("🍜", id="an emoji"),
        pytest.param("join now", id="two words"),
        pytest.param("don't join", id="two other words"),
        pytest.param("joi\u0000n", id="NUL inside"),
        pytest.param("\u0000", id="NUL"),
        pytest.param("x" * 10_000, id="10000 letters"),
        pytest.param("&" * 10_000, id="10000 signs to escape"),
        pytest.param("'; DROP TABLE person; --", id="SQL"),
        pytest.param("هيا إلى الغداء", id="from right to left"),
        pytest.param("\u202ejoin", id="turned around"),
        pytest.param("<!channel>", id="everybody in the channel"),
        pytest.param("<@U0BEN>", id="a person"),
        pytest.param("<https://example.org|join>", id="a link"),
        pytest.param("`*_~>", id="marks"),
        pytest.param("{reference} %s {0}", id="templates"),
        pytest.param("lauch", id="misspelt"),
        pytest.param("ｊｏｉｎ", id="wide letters"),
    ],
)
def test_any_other_word_is_answered_with_help_and_changes_nothing(app: SandboxedApp, text: str) -> None:
    before = dump(app.installation.sessions)
    message = lunch(app, text)
    assert HELP in message["text"]
    assert button(message) == "Join"
    shown = [message["text"], *(block["text"]["text"] for block in message["blocks"] if "text" in block)]
    assert all("<" not in words for words in shown)
    assert dump(app.installation.sessions) == before
    assert app.slack.messages() == []


def test_a_channel_may_have_any_name(app: SandboxedApp) -> None:
    # Bolt takes every form with the word "payload" in it for a pressed button.
    channel = app.slack.add_channel("payload-team", ["U0ADA"])
    result = app.slack.command("U0ADA", "/lunch", "join", channel["id"])
    assert "You're in." in the_one_answer(result, "U0ADA")["text"]
    assert HELP in lunch(app, "payload")["text"]
    assert HELP in lunch(app, "payload={}")["text"]


def test_help_names_every_word(app: SandboxedApp) -> None:
    text = lunch(app, "help")["text"]
    assert all(f"`/lunch {word}`" in text for word in ("join", "leave", "status", "help"))


def test_the_button_changes_its_message_in_place(app: SandboxedApp) -> None:
    message = lunch(app, "join")
    assert button(message) == "Pause 2 weeks"
    assert app.slack.press("U0ADA", message, "leave_program").status == 200
    out = now_shows(app, message)
    assert ("You're out" in out["text"], button(out), members(app)) == (True, "Join", set())
    assert app.slack.press("U0ADA", out, "join_program").status == 200
    back = now_shows(app, message)
    assert ("You're in." in back["text"], button(back), members(app)) == (True, "Pause 2 weeks", {"U0ADA"})
    assert len(app.slack.ephemeral_of("U0ADA")) == 1


def test_a_button_pressed_twice_at_once_does_its_work_once(app: SandboxedApp) -> None:
    message = lunch(app)
    ready = threading.Barrier(2)

    def press() -> CommandResult:
        ready.wait()
        return app.slack.press("U0ADA", message, "join_program")

    with ThreadPoolExecutor(2) as hands:
        results = list(hands.map(lambda _: press(), range(2)))
    assert [(result.status, result.errors) for result in results] == [(200, []), (200, [])]
    assert members(app) == {"U0ADA"}
    assert len(app.slack.ephemeral_of("U0ADA")) == 1


def test_an_old_button_still_does_what_it_says(app: SandboxedApp) -> None:
    old = lunch(app)
    lunch(app, "join")
    app.slack.press("U0ADA", old, "join_program")
    assert "You were in already" in now_shows(app, old)["text"]
    assert members(app) == {"U0ADA"}


def test_somebody_who_is_new_can_join_before_the_directory_is_read_again(app: SandboxedApp) -> None:
    app.slack.add_user("U0NEW", name="New Colleague", tz="America/New_York")
    assert "Monday 23 November, about 05:00" in lunch(app, "join", user="U0NEW")["text"]
    assert members(app) == {"U0NEW"}


@pytest.mark.parametrize("flag", ["is_restricted", "is_ultra_restricted"])
@pytest.mark.parametrize("by_button", [True, False])
def test_a_guest_is_told_kindly_why_not(app: SandboxedApp, flag: str, by_button: bool) -> None:
    app.slack.add_user("U0GUEST", name="Guest", **{flag: True})
    if by_button:
        message = lunch(app, user="U0GUEST")
        app.slack.press("U0GUEST", message, "join_program")
        text = now_or_new(app, message, "U0GUEST")
    else:
        text = lunch(app, "join", user="U0GUEST")["text"]
    assert "ask your Slack admin" in text
    assert members(app) == set()


def now_or_new(app: SandboxedApp, message: dict[str, Any], user: str) -> str:
    """The newest thing that the user has been told."""
    return str(max(app.slack.ephemeral_of(user), key=lambda one: (one["edited"], one["ts"]))["text"])


def test_a_colleague_of_another_company_cannot_join(app: SandboxedApp) -> None:
    app.slack.add_user("U0OTHER", name="Partner", team_id="T0OTHER")
    assert "people of other companies can't join" in lunch(app, "join", user="U0OTHER")["text"]
    assert members(app) == set()


SLACK_FAILS = [
    Fault("drop", "users.info", times=None),
    Fault("http_500", "users.info", times=None),
    Fault("ratelimited", "users.info", times=None, retry_after=30),
    Fault("error", "users.info", times=None, error="invalid_auth"),
    Fault("error", "users.info", times=None, error="fatal_error"),
]


@pytest.mark.parametrize("fault", SLACK_FAILS, ids=lambda fault: f"{fault.kind} {fault.error}")
def test_whoever_is_known_can_join_while_slack_fails(app: SandboxedApp, fault: Fault) -> None:
    app.slack.inject(fault)
    assert "You're in." in lunch(app, "join")["text"]
    assert members(app) == {"U0ADA"}


@pytest.mark.parametrize("fault", SLACK_FAILS, ids=lambda fault: f"{fault.kind} {fault.error}")
def test_whoever_is_new_is_asked_to_try_again_while_slack_fails(app: SandboxedApp, fault: Fault) -> None:
    before = dump(app.installation.sessions)
    app.slack.add_user("U0NEW", name="New Colleague")
    app.slack.inject(fault)
    assert "Please try again in a minute" in lunch(app, "join", user="U0NEW")["text"]
    assert dump(app.installation.sessions) == before
    app.slack.clear_faults()
    assert "You're in." in lunch(app, "join", user="U0NEW")["text"]


@pytest.mark.parametrize("word", ["join", "leave", "status", "help", "nonsense"])
def test_when_the_database_fails_the_person_gets_a_sentence_with_a_number(
    app: SandboxedApp, word: str
) -> None:
    sessions = app.installation.sessions
    before = dump(sessions)
    with sessions.write() as session:
        session.execute(sql("ALTER TABLE participant RENAME TO elsewhere"))
    text = lunch(app, word)["text"]
    assert re.search(SORRY, text)
    assert not re.search("sqlite|participant|Traceback", text)
    with sessions.write() as session:
        session.execute(sql("ALTER TABLE elsewhere RENAME TO participant"))
    assert dump(sessions) == before
    assert "You're in." in lunch(app, "join")["text"]


def test_an_unexpected_error_gives_the_person_a_sentence_with_a_number(app: SandboxedApp) -> None:
    with app.installation.sessions.write() as session:
        session.execute(sql("ALTER TABLE participant RENAME TO elsewhere"))
    message = lunch(app, "join")
    assert message["text"].count("\n") == 0
    assert re.search(SORRY, message["text"])
    with app.installation.sessions.write() as session:
        session.execute(sql("ALTER TABLE elsewhere RENAME TO participant"))
    assert "You're in." in lunch(app, "join")["text"]


def test_when_the_answer_is_lost_nobody_is_told_that_nothing_was_changed(app: SandboxedApp) -> None:
    app.slack.inject(Fault("drop", "response_url", times=2))
    message = lunch(app, "join")
    assert members(app) == {"U0ADA"}
    assert "`/lunch status` shows where you stand" in message["text"]
    assert "nothing was changed" not in message["text"]


def test_slack_is_answered_at_once_though_its_api_is_slow(app: SandboxedApp) -> None:
    app.slack.inject(Fault("slow", "users.info", seconds=3.5))
    result = app.slack.command("U0ADA", "/lunch", "join")
    assert (result.status, result.failure) == (200, None)
    assert result.seconds < 1
    [message] = result.wait_for_messages(1)
    assert "You're in." in message["text"]


@pytest.mark.parametrize(
    "fault", [Fault("slow", "auth.test", seconds=4), Fault("error", "auth.test", times=None)]
)
def test_the_first_command_after_a_start_asks_slack_for_nothing(app: SandboxedApp, fault: Fault) -> None:
    app.slack.inject(fault)
    assert "You're in." in lunch(app, "join")["text"]


def test_thirty_people_join_at_the_same_moment(app: SandboxedApp) -> None:
    users = [f"U0N{number:02}" for number in range(30)]
    app.slack.add_users({"id": user, "name": user} for user in users)
    ready = threading.Barrier(len(users))

    def join(user: str) -> float:
        ready.wait()
        result = app.slack.command(user, "/lunch", "join", wait=20)
        assert "You're in." in the_one_answer(result, user)["text"]
        return result.seconds

    with ThreadPoolExecutor(len(users)) as hands:
        seconds = list(hands.map(join, users))
    assert max(seconds) < 3
    assert members(app) == set(users)


def test_a_deactivated_account_leaves_the_program(app: SandboxedApp) -> None:
    lunch(app, "join")
    lunch(app, "join", user="U0BEN")
    app.slack.update_user("U0BEN", notify=True, deleted=True)
    eventually(lambda: members(app) == {"U0ADA"})


def test_a_new_name_and_time_zone_are_taken_over(app: SandboxedApp) -> None:
    app.slack.update_user("U0ADA", notify=True, name="Ada King", tz="Asia/Tokyo")
    eventually(lambda: "Ada King" in str(dump(app.installation.sessions)["person"]))
    assert "Monday 23 November, about 19:00" in lunch(app, "join")["text"]


def test_an_event_that_slack_sends_again_doubles_nothing(app: SandboxedApp) -> None:
    lunch(app, "join")
    app.slack.update_user("U0ADA", notify=True, name="Ada King")
    eventually(lambda: "Ada King" in str(dump(app.installation.sessions)["person"]))
    before = dump(app.installation.sessions)
    event = next(one for one in app.slack.requests_to_app() if one["kind"] == "event")
    body = event["body"].encode()
    for number in range(1, 4):
        again = {"Content-Type": "application/json", "x-slack-retry-num": str(number)}
        status, _ = app.slack.raw_request(body, {**again, **app.slack.sign(body)})
        assert status == 200
    time.sleep(0.2)
    assert dump(app.installation.sessions) == before


def eventually(condition: Any, seconds: float = 5) -> None:
    """Wait until a listener behind its acknowledgement has done its work."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert condition()
