"""`python app.py serve` as a process of its own, under Gunicorn."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from sandbox import Fault, Sandbox
from tests.end_to_end.company import dump, joined
from tests.end_to_end.serving import (
    Environment,
    Group,
    environment,
    get,
    installed_here,
    serving,
    wait_until,
)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BODY = urlencode({"command": "/lunch", "text": "join", "user_id": "U0ADA", "team_id": "T0LUNCH"}).encode()


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox(signing_secret="secret", bot_token="xoxb-serve", speed=600) as sandbox:
        sandbox.add_users({"id": f"U0{name.upper()}", "name": name} for name in ("Ada", "Ben", "Cleo"))
        yield sandbox


@pytest.fixture(scope="module")
def settings(slack: Sandbox, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    copy = tmp_path_factory.mktemp("serve") / "lunchmates.db"
    copy.write_bytes(sqlite_template.read_bytes())
    return environment(slack, f"sqlite:///{copy}", tick=3600)


@pytest.fixture(scope="module")
def running(
    slack: Sandbox, settings: Environment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Group]:
    log = tmp_path_factory.mktemp("serve") / "log"
    with serving(settings, log) as (group, _):
        wait_until(group.is_healthy)
        slack.app_url = f"http://127.0.0.1:{group.port}/slack/events"
        yield group
    assert "Traceback" not in log.read_text()


def test_it_is_well_and_answers_people(slack: Sandbox, settings: Environment, running: Group) -> None:
    assert get(running.port, "/healthz") == 200
    assert get(running.port, "/readyz") == 200
    assert get(running.port, "/nothing") == 404
    result = slack.command("U0BEN", "/lunch", "join")
    assert "You're in." in result.messages[0]["text"]
    here = installed_here(settings)
    assert "U0BEN" in joined(here.sessions)
    here.close()


def test_only_requests_that_slack_signed_in_the_last_five_minutes_are_heard(
    slack: Sandbox, settings: Environment, running: Group
) -> None:
    here = installed_here(settings)
    before = dump(here.sessions)
    now = int(time.time())
    for headers in (
        {},
        {**slack.sign(BODY), "X-Slack-Signature": "v0=" + "0" * 64},
        slack.sign(BODY + b" "),
        slack.sign(BODY, now - 6 * 60),
        slack.sign(BODY, now + 6 * 60),
        {**slack.sign(BODY, now - 6 * 60), "X-Slack-Request-Timestamp": str(now)},
    ):
        assert slack.raw_request(BODY, {**FORM, **headers})[0] == 401
    assert dump(here.sessions) == before
    here.close()


def test_a_huge_or_broken_request_does_not_shake_it(slack: Sandbox, running: Group) -> None:
    huge = b"x" * (2 * 1024 * 1024)
    assert slack.raw_request(huge, {**FORM, **slack.sign(huge)})[0] in (413, 0)
    for start in (
        b"",
        b"POST /slack/events HTTP/1.1\r\nContent-Length: 99\r\n\r\n{",
        b"\x16\x03\x01\x02\x00",
    ):
        with socket.create_connection(("127.0.0.1", running.port)) as connection:
            connection.sendall(start)
    assert get(running.port, "/healthz") == 200


def test_health_is_answered_while_slow_commands_are_at_work(slack: Sandbox, running: Group) -> None:
    slack.inject(Fault("slow", "users.info", times=None, seconds=1.5))
    # Bolt's own default is five listeners at a time.
    results = [slack.command("U0CLEO", "/lunch", "join", wait=0) for _ in range(12)]
    assert all((result.status, result.failure) == (200, None) for result in results)
    assert all(result.seconds < 1 for result in results)
    assert get(running.port, "/healthz") == 200
    slack.clear_faults()
    answers = [result.wait_for_messages(1)[0]["text"] for result in results]
    assert sum(text.startswith("You're in.") for text in answers) == 1
    assert sum(text.startswith("You were in already") for text in answers) == 11
