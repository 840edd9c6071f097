"""Whether Slack is heard over Socket Mode: a connection that is renewed is, one that is dead is not."""

import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from sandbox import Sandbox
from slack_handlers.bolt_app import bolt_app
from slack_handlers.heartbeat import Heartbeat, silence_of
from slack_handlers.socket_mode import disconnect, socket_mode
from slack_handlers.web_api import prompt_client
from tests.sandbox.surfaces import until
from tests.slack_handlers.conftest import SECRET, TOKEN

APP_TOKEN = "xapp-heartbeat"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Later:
    """Real time, and as much more as a test wants."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(signing_secret=SECRET, bot_token=TOKEN, app_token=APP_TOKEN) as sandbox:
        yield sandbox


@pytest.fixture
def socket(slack: Sandbox) -> Iterator[SocketModeHandler]:
    client = prompt_client(TOKEN, slack.api_url)
    bolt = bolt_app(client=client, signing_secret=SECRET, team_id="T0LUNCH", context={})
    made = socket_mode(bolt, app_token=APP_TOKEN, base_url=slack.api_url)
    assert made is not None
    yield made
    disconnect(made)


def ping(socket: SocketModeHandler) -> None:
    """What the client does every ten seconds."""
    session = socket.client.current_session
    assert session is not None
    before = session.last_ping_pong_time
    session.check_state()
    until(lambda: session.last_ping_pong_time != before)


def test_a_connection_that_was_never_opened_is_silent_from_the_start(
    socket: SocketModeHandler, later: Later
) -> None:
    heartbeat = Heartbeat(socket, now=later)
    assert heartbeat.silence() < SECOND
    later.ahead = 420
    assert 7 * MINUTE <= heartbeat.silence() < 8 * MINUTE


def test_answered_pings_end_the_silence(socket: SocketModeHandler, later: Later) -> None:
    heartbeat = Heartbeat(socket, now=later)
    later.ahead = 420
    socket.connect()  # type: ignore[no-untyped-call]
    assert heartbeat.silence() < SECOND, "a new connection is a sign of life"
    later.ahead = 0
    ping(socket)
    assert heartbeat.silence() < 5 * SECOND


def test_a_connection_on_which_no_ping_is_answered_is_silent(socket: SocketModeHandler, later: Later) -> None:
    heartbeat = Heartbeat(socket, now=later)
    socket.connect()  # type: ignore[no-untyped-call]
    heartbeat.silence()
    later.ahead = 420
    assert heartbeat.silence() > 6 * MINUTE


def test_a_dead_connection_is_silent_and_a_new_one_is_not(socket: SocketModeHandler, later: Later) -> None:
    heartbeat = Heartbeat(socket, now=later)
    socket.connect()  # type: ignore[no-untyped-call]
    ping(socket)
    socket.client.auto_reconnect_enabled = False
    socket.client.disconnect()
    later.ahead = 420
    assert heartbeat.silence() > 6 * MINUTE
    socket.client.connect_to_new_endpoint(force=True)
    assert heartbeat.silence() < SECOND


def test_a_connection_that_is_only_just_open_can_be_ended(slack: Sandbox, socket: SocketModeHandler) -> None:
    socket.connect()  # type: ignore[no-untyped-call]
    state = socket.client.current_session_state
    ending = Thread(target=disconnect, args=[socket], daemon=True)
    ending.start()
    # What the connection's reader does first, if it begins only now.
    until(lambda: state.terminated)
    state.terminated = False
    ending.join(30)
    assert not ending.is_alive()


def test_over_http_nobody_waits_for_slack() -> None:
    assert silence_of(None)() == timedelta(0)
