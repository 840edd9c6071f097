"""Socket Mode: tickets, the protocol, dead connections and their redelivery."""

import json
import socket as sockets
import threading
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError

import pytest
from simple_websocket import Client, ConnectionClosed
from simple_websocket import ConnectionError as NoConnection
from slack_sdk import WebClient
from wsproto.events import Ping

from sandbox import Sandbox, SandboxError
from tests.sandbox.surfaces import APP_TOKEN, bolt, by_socket, connected, until

HOME = {"type": "app_home_opened", "user": "U0ADA", "tab": "home"}


@pytest.fixture
def sandbox(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    made = new_sandbox(app_token=APP_TOKEN)
    made.add_user("U0ADA", name="Ada Example")
    return made


def url_of(sandbox: Sandbox) -> str:
    client = WebClient(base_url=sandbox.api_url, retry_handlers=[])
    return str(client.apps_connections_open(app_token=APP_TOKEN)["url"])


def linked(url: str) -> Client:
    """A plain WebSocket client."""
    socket = Client.connect(url)
    # This client does not look at a message that came together with the handshake until more arrives.
    socket.sock.send(socket.ws.send(Ping()))
    return socket


def test_only_the_app_token_opens_connections(
    sandbox: Sandbox, connect_to: Callable[..., WebClient], refusal: Callable[..., dict[str, Any]]
) -> None:
    client = connect_to(sandbox)
    assert refusal(client.apps_connections_open, app_token="xapp-wrong")["error"] == "invalid_auth"
    wrong_kind = refusal(client.apps_connections_open, app_token="xoxb-sandbox")
    assert wrong_kind["error"] == "not_allowed_token_type"
    assert refusal(connect_to(sandbox, APP_TOKEN).auth_test)["error"] == "not_allowed_token_type"
    sandbox.installation.app_scopes = ()
    assert refusal(client.apps_connections_open, app_token=APP_TOKEN)["needed"] == "connections:write"


def test_a_sandbox_without_an_app_token_has_no_socket_mode(
    new_sandbox: Callable[..., Sandbox], connect_to: Callable[..., WebClient], refusal: Any
) -> None:
    client = connect_to(new_sandbox())
    assert refusal(client.apps_connections_open, app_token=APP_TOKEN)["error"] == "invalid_auth"


def test_a_ticket_works_once(sandbox: Sandbox) -> None:
    url = url_of(sandbox)
    assert url.startswith(sandbox.url.replace("http", "ws"))
    socket = linked(url)
    hello = json.loads(socket.receive(5))
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": "A0LUNCHAPP"}
    assert "debug_info" in hello
    with pytest.raises(NoConnection, match="408"):
        Client.connect(url)
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(url.replace("ws", "http", 1))
    assert caught.value.code == 426
    socket.close()
    until(lambda: sandbox.socket_connections() == 0)


def test_an_envelope_and_its_acknowledgement(sandbox: Sandbox) -> None:
    socket = linked(url_of(sandbox))
    socket.receive(5)
    until(lambda: sandbox.socket_connections() == 1)
    seen: list[Any] = []

    def answer() -> None:
        envelope = json.loads(socket.receive(5))
        seen.append(envelope)
        socket.send("not JSON")
        socket.send(json.dumps({"envelope_id": "another"}))
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "hi"}}))

    thread = threading.Thread(target=answer)
    thread.start()
    [message] = sandbox.command("U0ADA", "/lunch", "now").messages
    thread.join()
    [envelope] = seen
    assert message["text"] == "hi"
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert (envelope["payload"]["command"], envelope["payload"]["text"]) == ("/lunch", "now")
    socket.close()


def test_an_app_that_does_not_acknowledge(sandbox: Sandbox) -> None:
    socket = linked(url_of(sandbox))
    socket.receive(5)
    until(lambda: sandbox.socket_connections() == 1)
    sandbox._app.ack_seconds = 0.1
    result = sandbox.command("U0ADA", "/lunch")
    assert (result.status, result.failure) == (0, "timeout")
    sent = sandbox.send_event(HOME, wait=0.3)
    assert [attempt.failure for attempt in sent.attempts[:2]] == ["timeout", "timeout"]
    socket.receive(5)
    first, again = (json.loads(socket.receive(5)) for _ in range(2))
    assert (first["type"], first["retry_attempt"], first["retry_reason"]) == ("events_api", 0, "")
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert first["payload"]["event_id"] == again["payload"]["event_id"]
    assert first["envelope_id"] != again["envelope_id"]
    socket.close()


def test_connections_take_turns(sandbox: Sandbox) -> None:
    seen: list[str] = []
    apps = {name: bolt(sandbox) for name in ("one", "two")}
    apps["one"].event("app_home_opened")(lambda: seen.append("one"))
    apps["two"].event("app_home_opened")(lambda: seen.append("two"))
    with connected(sandbox, apps["one"]), connected(sandbox, apps["two"]):
        for _ in range(4):
            assert sandbox.send_event(HOME).delivered
        until(lambda: len(seen) == 4)
    assert sorted(seen) == ["one", "one", "two", "two"]


def test_an_event_on_a_dying_connection_comes_again(sandbox: Sandbox) -> None:
    seen: list[str] = []
    dying = linked(url_of(sandbox))
    dying.receive(5)
    until(lambda: sandbox.socket_connections() == 1)
    app = bolt(sandbox)
    app.event("app_home_opened")(lambda body: seen.append(body["event_id"]))
    with connected(sandbox, app):

        def die() -> None:
            dying.receive(5)
            dying.sock.shutdown(sockets.SHUT_RDWR)

        threading.Thread(target=die).start()
        results = [sandbox.send_event(HOME) for _ in range(2)]
        until(lambda: len(seen) == 2)
        assert sorted(seen) == sorted(result.event_id for result in results)
        failures = [attempt.failure for result in results for attempt in result.attempts]
        assert sorted(map(str, failures)) == ["None", "None", "connection_failed"]
        assert sandbox.socket_connections() == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_the_client_connects_anew_when_asked(sandbox: Sandbox, reason: str) -> None:
    with by_socket(sandbox) as app:
        app.command("/lunch")(lambda ack: ack("still here"))
        opened = len([c for c in sandbox.traffic() if c["method"] == "apps.connections.open"])
        assert sandbox.disconnect_sockets(reason) == 1

        def is_new() -> bool:
            calls = [c for c in sandbox.traffic() if c["method"] == "apps.connections.open"]
            return len(calls) == opened + 1 and sandbox.socket_connections() == 1

        until(is_new)
        assert sandbox.command("U0ADA", "/lunch").messages[0]["text"] == "still here"
    with pytest.raises(SandboxError, match="a reason is one of"):
        sandbox.disconnect_sockets("boredom")


def test_nobody_is_connected_any_more(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="connect a socket"):
        sandbox.command("U0ADA", "/lunch")
    with by_socket(sandbox):
        pass
    until(lambda: sandbox.socket_connections() == 0)
    result = sandbox.command("U0ADA", "/lunch")
    assert (result.status, result.failure) == (0, "connection_failed")


def test_stopping_closes_the_sockets(sandbox: Sandbox) -> None:
    socket = linked(url_of(sandbox))
    socket.receive(5)
    until(lambda: sandbox.socket_connections() == 1)
    sandbox.stop()
    with pytest.raises(ConnectionClosed):  # and no None, which is what waiting in vain returns
        socket.receive(5)
