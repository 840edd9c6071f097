"""Events, and what Slack does when the app does not take them."""

import json
import time
from typing import Any

import pytest
from slack_bolt import App

from sandbox import Sandbox, SandboxError
from sandbox.dispatch import ACK_SECONDS

HOME = {"type": "app_home_opened", "user": "U0ADA", "tab": "home"}
RETRY_HEADERS = ("HTTP_X_SLACK_RETRY_NUM", "HTTP_X_SLACK_RETRY_REASON")


def test_an_event_reaches_a_bolt_app(sandbox: Sandbox, bolt_app: App) -> None:
    seen: list[Any] = []
    bolt_app.event("app_home_opened")(lambda event, body: seen.append((event, body)))
    result = sandbox.send_event(HOME)
    assert (result.delivered, len(result.attempts)) == (True, 1)
    [request] = sandbox.requests_to_app()
    envelope = json.loads(request["body"])
    assert envelope["event"]["user"] == "U0ADA"
    assert envelope["event_id"] == result.event_id
    assert envelope["authorizations"][0]["user_id"] == "U0LUNCHBOT"


def test_a_changed_user_is_announced(sandbox: Sandbox, raw_app: Any) -> None:
    sandbox.update_user("U0ADA", title="Cook")
    assert raw_app.requests == []
    sandbox.update_user("U0ADA", notify=True, deleted=True)
    event = json.loads(raw_app.requests[0]["body"])["event"]
    assert (event["type"], event["user"]["id"], event["user"]["deleted"]) == ("user_change", "U0ADA", True)


def test_retries(sandbox: Sandbox, raw_app: Any) -> None:
    raw_app.answers = [("500 No", [], b"")] * 3
    result = sandbox.send_event(HOME, wait=0)
    assert not result.done.wait(0.1)
    # A retry counts its wait from when the attempt before has ended, so time passes in small steps.
    for _ in range(200):
        sandbox.advance(60)
        if result.done.wait(0.05):
            break
    assert result.delivered
    assert [attempt.status for attempt in result.attempts] == [500, 500, 500, 200]
    assert [tuple(r.get(h) for h in RETRY_HEADERS) for r in raw_app.requests] == [
        (None, None),
        ("1", "http_error"),
        ("2", "http_error"),
        ("3", "http_error"),
    ]
    assert len({r["body"] for r in raw_app.requests}) == 1


def test_three_retries_are_all(sandbox: Sandbox, raw_app: Any) -> None:
    raw_app.answers = [("500 No", [], b"")] * 9
    result = sandbox.send_event(HOME, wait=0)
    while not result.done.wait(0.02):
        sandbox.advance(300)
    assert len(raw_app.requests) == 4
    assert not result.delivered


def test_an_app_may_refuse_retries(sandbox: Sandbox, raw_app: Any) -> None:
    raw_app.answers = [("500 No", [("X-Slack-No-Retry", "1")], b"")]
    result = sandbox.send_event(HOME)
    assert len(result.attempts) == 1
    assert result.done.is_set()


def test_an_app_that_is_away(sandbox: Sandbox) -> None:
    sandbox.app_url = "http://127.0.0.1:1/slack/events"
    result = sandbox.send_event(HOME, wait=0)
    assert result.attempts[0].failure == "connection_failed"
    sandbox.stop()
    assert result.done.wait(2)


def test_an_app_that_takes_too_long(sandbox: Sandbox, bolt_app: App) -> None:
    seen: list[str] = []

    @bolt_app.middleware
    def dawdle(next: Any) -> Any:
        seen.append("x")
        if len(seen) == 1:
            sandbox._app.ack_seconds = ACK_SECONDS
            time.sleep(0.6)
        return next()

    bolt_app.event("app_home_opened")(lambda: None)
    sandbox._app.ack_seconds = 0.3
    result = sandbox.send_event(HOME)
    assert [(attempt.status, attempt.failure) for attempt in result.attempts] == [
        (0, "http_timeout"),
        (200, None),
    ]
    assert sandbox.requests_to_app()[1]["headers"]["x-slack-retry-reason"] == "http_timeout"


def test_an_event_has_a_type(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="type"):
        sandbox.send_event({})
