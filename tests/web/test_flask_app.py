"""The web app's own answers: whether it is well, and what it does not serve."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from slack_bolt import App
from sqlalchemy import text

from app import _is_ready
from db.sessions import Sessions, make_engine
from sandbox import Sandbox
from slack_handlers.bolt_app import bolt_app
from slack_handlers.web_api import patient_client
from web.flask_app import LARGEST_REQUEST, flask_app

SECRET, TOKEN = "signing-secret", "xoxb-test"


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox(signing_secret=SECRET, bot_token=TOKEN) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def bolt(slack: Sandbox) -> App:
    client = patient_client(TOKEN, slack.api_url)
    return bolt_app(client=client, signing_secret=SECRET, team_id="T0LUNCH", context={})


@pytest.fixture
def browser(bolt: App) -> FlaskClient:
    return flask_app(bolt, is_ready=lambda: True).test_client()


def test_the_app_is_alive_whatever_the_database_does(bolt: App) -> None:
    answer = flask_app(bolt, is_ready=lambda: False).test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_the_app_is_ready_with_the_right_schema(bolt: App, sessions: Sessions) -> None:
    browser = flask_app(bolt, is_ready=lambda: _is_ready(sessions.engine)).test_client()
    assert browser.get("/readyz").status_code == 200
    with sessions.write() as session:
        session.execute(text("DROP TABLE alembic_version"))
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "the database is not ready"})


@pytest.mark.parametrize(("minutes", "ready"), [(0, True), (4.9, True), (5.1, False), (90, False)])
def test_the_app_is_not_ready_when_slack_has_long_been_silent_but_alive(
    bolt: App, minutes: float, ready: bool
) -> None:
    silence = timedelta(minutes=minutes)
    browser = flask_app(bolt, is_ready=lambda: True, silence=lambda: silence).test_client()
    answer = browser.get("/readyz")
    assert answer.status_code == (200 if ready else 503)
    if not ready:
        assert answer.json == {
            "status": f"nothing was heard from Slack for {int(minutes)} minutes (Socket Mode)"
        }
    assert browser.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/lunchmates.db", "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1"]
)
def test_the_app_is_not_ready_without_a_database(bolt: App, url: str) -> None:
    engine = make_engine(url)
    browser = flask_app(bolt, is_ready=lambda: _is_ready(engine)).test_client()
    assert browser.get("/readyz").status_code == 503
    assert browser.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/slack", "/slack/events/", "/static/x.js", "/%00", "/.env"]
)
def test_an_unknown_path_is_not_found(browser: FlaskClient, path: str) -> None:
    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_slack_only_posts(browser: FlaskClient, method: str) -> None:
    assert browser.open("/slack/events", method=method).status_code == 405
    assert browser.post("/healthz").status_code == 405


def test_a_body_that_is_too_large_is_refused_before_it_is_read(slack: Sandbox, browser: FlaskClient) -> None:
    body = b"x" * (LARGEST_REQUEST + 1)
    answer = browser.post("/slack/events", data=body, headers=slack.sign(body))
    assert (answer.status_code, answer.json) == (413, {"error": "Request Entity Too Large"})


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="cut short"),
        pytest.param(b"[" * 100_000, id="deeply nested"),
        pytest.param(b'{"a":' * 100_000, id="deeply nested objects"),
        pytest.param(b"payload=" + b"[" * 100_000, id="deeply nested payload"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[1]", id="a list"),
        pytest.param(b'{"authorizations": 7}', id="a number for a list"),
        pytest.param(b'{"authorizations": [null]}', id="null in a list"),
        pytest.param(b'{"team": "T1", "event": []}', id="odd types"),
        pytest.param(b'{"n": 1' + b"0" * 10_000 + b"}", id="an endless number"),
    ],
)
@pytest.mark.parametrize(
    "content_type", ["application/json", "application/x-www-form-urlencoded", "text/plain", ""]
)
def test_an_unsigned_body_never_gets_further_than_a_refusal(
    browser: FlaskClient, body: bytes, content_type: str
) -> None:
    answer = browser.post("/slack/events", data=body, headers={"Content-Type": content_type})
    assert answer.status_code in (400, 401)
