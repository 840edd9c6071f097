"""A Bolt app that is connected over HTTP or by Socket Mode, so that a test can run on both."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.sandbox.conftest import SECRET, TOKEN, serving

APP_TOKEN = "xapp-sandbox"
QUIET = logging.getLogger("quiet-surfaces")
QUIET.setLevel(logging.CRITICAL)


def bolt(sandbox: Sandbox) -> App:
    return App(signing_secret=SECRET, client=WebClient(token=TOKEN, base_url=sandbox.api_url), logger=QUIET)


@contextmanager
def over_http(sandbox: Sandbox) -> Iterator[App]:
    app = bolt(sandbox)
    flask_app = Flask("bolt")
    handler = SlackRequestHandler(app)
    flask_app.add_url_rule("/slack/events", "events", lambda: handler.handle(request), methods=["POST"])
    with serving(flask_app) as port:
        sandbox.app_url = f"http://127.0.0.1:{port}/slack/events"
        yield app


@contextmanager
def by_socket(sandbox: Sandbox) -> Iterator[App]:
    app = bolt(sandbox)
    with connected(sandbox, app):
        yield app


@contextmanager
def connected(sandbox: Sandbox, app: App) -> Iterator[SocketModeHandler]:
    """One more WebSocket of the app."""
    before = sandbox.socket_connections()
    handler = SocketModeHandler(app, APP_TOKEN, logger=QUIET, ping_interval=1)
    handler.connect()
    until(lambda: sandbox.socket_connections() == before + 1)
    try:
        yield handler
    finally:
        # Without this, closing waits until the client's last receive has timed out.
        handler.client.auto_reconnect_enabled = False
        if handler.client.current_session and handler.client.current_session.sock:
            handler.client.current_session.sock.shutdown(socket.SHUT_RDWR)
        # It waits a second for its own queue, and there is nothing to wait for.
        threading.Thread(target=handler.close, daemon=True).start()
        until(lambda: sandbox.socket_connections() <= before)


def until(is_so: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
