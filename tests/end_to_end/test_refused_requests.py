"""What is not a sound request of this workspace's Slack changes nothing, and never ends in a 500."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from app import SandboxedApp
from tests.end_to_end.company import dump, joined

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MINUTE = 60

COMMAND = {"command": "/lunch", "text": "join", "user_id": "U0ADA", "team_id": "T0LUNCH", "channel_id": "C1"}
PRESS: dict[str, Any] = {
    "type": "block_actions",
    "team": {"id": "T0LUNCH"},
    "user": {"id": "U0ADA"},
    "actions": [{"type": "button", "action_id": "join_program", "block_id": "b"}],
}
EVENT: dict[str, Any] = {
    "type": "event_callback",
    "team_id": "T0LUNCH",
    "event": {"type": "user_change", "user": {"id": "U0ADA", "name": "ada", "deleted": True}},
}
OTHER_TEAM = {"id": "T0OTHER"}

Headers = dict[str, str]


def form(fields: dict[str, Any]) -> bytes:
    return urlencode(fields).encode()


def payload(value: dict[str, Any]) -> bytes:
    return form({"payload": json.dumps(value)})


def without(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def test_the_sound_requests_that_are_broken_here_do_change_something(app: SandboxedApp) -> None:
    for body, content_type in ((form(COMMAND), FORM), (payload(PRESS), FORM)):
        status, _ = app.slack.raw_request(body, {"Content-Type": content_type, **app.slack.sign(body)})
        assert status == 200
    deadline = time.monotonic() + 5
    while joined(app.installation.sessions) != {"U0ADA"} and time.monotonic() < deadline:
        time.sleep(0.01)
    assert joined(app.installation.sessions) == {"U0ADA"}
    before = dump(app.installation.sessions)
    body = json.dumps(EVENT).encode()
    assert app.slack.raw_request(body, {"Content-Type": JSON, **app.slack.sign(body)})[0] == 200
    while dump(app.installation.sessions) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert joined(app.installation.sessions) == set()


@pytest.fixture
def quiet(unchanged_app: SandboxedApp) -> Callable[[bytes, Headers], int]:
    """Sends a request; its status, after it is certain that nothing in the database has changed."""
    before = dump(unchanged_app.installation.sessions)

    def send(body: bytes, headers: Headers) -> int:
        status, _ = unchanged_app.slack.raw_request(body, headers)
        # A listener may still be at work behind its acknowledgement.
        time.sleep(0.1)
        assert dump(unchanged_app.installation.sessions) == before
        return status

    return send


def test_a_wrong_signature(unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int]) -> None:
    signed = unchanged_app.slack.sign(form(COMMAND))
    other_body = form({**COMMAND, "user_id": "U0BEN"})
    assert quiet(other_body, {"Content-Type": FORM, **signed}) == 401
    forged = {**signed, "X-Slack-Signature": "v0=" + "0" * 64}
    assert quiet(form(COMMAND), {"Content-Type": FORM, **forged}) == 401
    bare = {**signed, "X-Slack-Signature": signed["X-Slack-Signature"].removeprefix("v0=")}
    assert quiet(form(COMMAND), {"Content-Type": FORM, **bare}) == 401


def test_no_signature(unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int]) -> None:
    signed = unchanged_app.slack.sign(form(COMMAND))
    for headers in ({}, without(signed, "X-Slack-Signature"), without(signed, "X-Slack-Request-Timestamp")):
        assert quiet(form(COMMAND), {"Content-Type": FORM, **headers}) == 401
    odd = {**signed, "X-Slack-Request-Timestamp": "yesterday"}
    assert 400 <= quiet(form(COMMAND), {"Content-Type": FORM, **odd}) < 500


@pytest.mark.parametrize("minutes", [-6, -60 * 24, 6])
def test_a_replay_from_another_time(
    unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int], minutes: int
) -> None:
    moment = int(time.time()) + minutes * MINUTE
    assert (
        quiet(form(COMMAND), {"Content-Type": FORM, **unchanged_app.slack.sign(form(COMMAND), moment)}) == 401
    )


def test_an_old_body_under_a_new_timestamp(
    unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int]
) -> None:
    old = unchanged_app.slack.sign(form(COMMAND), int(time.time()) - 6 * MINUTE)
    renewed = {**old, "X-Slack-Request-Timestamp": str(int(time.time()))}
    assert quiet(form(COMMAND), {"Content-Type": FORM, **renewed}) == 401


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"", FORM, id="nothing"),
        pytest.param(b"", JSON, id="nothing as JSON"),
        pytest.param(json.dumps(EVENT).encode()[:-20], JSON, id="an event cut short"),
        pytest.param(payload(PRESS)[:-20], FORM, id="a press cut short"),
        pytest.param(form(COMMAND)[: form(COMMAND).index(b"unch")], FORM, id="a command cut short"),
        pytest.param(b"payload=no+JSON", FORM, id="a payload that is no JSON"),
        pytest.param(b"payload=", FORM, id="an empty payload"),
        pytest.param(b"payload=null", FORM, id="a payload of null"),
        pytest.param(b"payload=%5B1%5D", FORM, id="a payload that is a list"),
        pytest.param(b"\xff\xfe" + form(COMMAND), FORM, id="invalid UTF-8"),
        pytest.param(b'{"type": "\xff"}', JSON, id="invalid UTF-8 in JSON"),
        pytest.param(b"[]", JSON, id="a list"),
        pytest.param(b"null", JSON, id="null"),
        pytest.param(b"7", JSON, id="a number"),
        pytest.param(b"[" * 100_000, JSON, id="a deep list"),
        pytest.param(form(COMMAND), JSON, id="a command that claims to be JSON"),
        pytest.param(json.dumps(EVENT | {"type": "strange"}).encode(), JSON, id="an unknown type"),
        pytest.param(form(COMMAND | {"command": "/dinner"}), FORM, id="an unknown command"),
        pytest.param(form(without(COMMAND, "command")), FORM, id="a command without its name"),
        pytest.param(payload(without(PRESS, "type")), FORM, id="a press without a type"),
        pytest.param(payload(without(PRESS, "actions")), FORM, id="a press without actions"),
        pytest.param(payload(PRESS | {"actions": []}), FORM, id="a press of nothing"),
        pytest.param(payload(PRESS | {"actions": [{"type": "button"}]}), FORM, id="a press without an id"),
        pytest.param(payload(PRESS | {"team": "T0LUNCH"}), FORM, id="a team that is a string"),
        pytest.param(payload(PRESS | {"actions": 7}), FORM, id="actions that are a number"),
        pytest.param(json.dumps(without(EVENT, "event")).encode(), JSON, id="an event without itself"),
        pytest.param(json.dumps(EVENT | {"event": []}).encode(), JSON, id="an event that is a list"),
        pytest.param(json.dumps(EVENT | {"authorizations": 7}).encode(), JSON, id="odd authorizations"),
    ],
)
def test_a_signed_body_that_slack_never_sends(
    unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int], body: bytes, content_type: str
) -> None:
    assert 400 <= quiet(body, {"Content-Type": content_type, **unchanged_app.slack.sign(body)}) < 500


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(form(without(COMMAND, "user_id")), FORM, id="a command of nobody"),
        pytest.param(form(COMMAND | {"user_id": "U0NOBODY"}), FORM, id="a command of a stranger"),
        pytest.param(form(COMMAND | {"user_id": "'; DROP TABLE person; --"}), FORM, id="SQL for a person"),
        pytest.param(form(without(COMMAND, "text")), FORM, id="a command without text"),
        pytest.param(form(without(COMMAND, "user_id", "text", "channel_id")), FORM, id="a bare command"),
        pytest.param(payload(without(PRESS, "user")), FORM, id="a press of nobody"),
        pytest.param(payload(PRESS | {"user": {}}), FORM, id="a press of an empty user"),
        pytest.param(payload(PRESS | {"user": {"id": "U0NOBODY"}}), FORM, id="a press of a stranger"),
        pytest.param(json.dumps(EVENT | {"event": {"type": "user_change"}}).encode(), JSON, id="no user"),
        pytest.param(
            json.dumps(EVENT | {"event": {"type": "user_change", "user": {"name": "ada"}}}).encode(),
            JSON,
            id="a user without an id",
        ),
        pytest.param(form(COMMAND | {"team_id": "T0OTHER"}), FORM, id="a command of another team"),
        pytest.param(payload(PRESS | {"team": OTHER_TEAM}), FORM, id="a press of another team"),
        pytest.param(
            json.dumps(EVENT | {"team_id": "T0OTHER"}).encode(), JSON, id="an event of another team"
        ),
    ],
)
def test_a_signed_request_about_nobody_is_taken_and_changes_nothing(
    unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int], body: bytes, content_type: str
) -> None:
    assert quiet(body, {"Content-Type": content_type, **unchanged_app.slack.sign(body)}) == 200


def test_slack_may_ask_whether_the_address_is_right(
    unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int]
) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "echo"}).encode()
    assert quiet(body, {"Content-Type": JSON, **unchanged_app.slack.sign(body)}) == 200
    assert (
        "echo"
        in unchanged_app.slack.raw_request(body, {"Content-Type": JSON, **unchanged_app.slack.sign(body)})[1]
    )


def test_a_body_that_is_too_large(
    unchanged_app: SandboxedApp, quiet: Callable[[bytes, Headers], int]
) -> None:
    body = form(COMMAND | {"text": "x" * 1024 * 1024})
    # The server may hang up before it has read everything; then there is no status.
    assert quiet(body, {"Content-Type": FORM, **unchanged_app.slack.sign(body)}) in (413, 0)
