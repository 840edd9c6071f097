"""A running sandbox, a real Web API client, and a small real Bolt app for the sandbox to talk to."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from werkzeug.serving import make_server

from sandbox import Sandbox

SECRET = "signing-secret"
TOKEN = "xoxb-sandbox"


@pytest.fixture
def new_sandbox() -> Iterator[Callable[..., Sandbox]]:
    with ExitStack() as running:

        def start(**options: Any) -> Sandbox:
            made = Sandbox(**{"signing_secret": SECRET, "bot_token": TOKEN, **options})
            return running.enter_context(made)

        yield start


@pytest.fixture
def sandbox(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    made = new_sandbox()
    for name in ("Ada", "Ben", "Cleo"):
        made.add_user(f"U0{name.upper()}", name=f"{name} Example", email=f"{name.lower()}@example.org")
    return made


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return connect(sandbox)


@pytest.fixture
def connect_to() -> Callable[..., WebClient]:
    return connect


def connect(sandbox: Sandbox, token: str = TOKEN) -> WebClient:
    """A client that never tries again by itself."""
    return WebClient(token=token, base_url=sandbox.api_url, retry_handlers=[], timeout=5)


@pytest.fixture
def refusal() -> Callable[..., dict[str, Any]]:
    """What the Web API answered to a call that must fail."""

    def refused(call: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
        with pytest.raises(SlackApiError) as caught:
            call(*args, **kwargs)
        return dict(caught.value.response.data)

    return refused


@pytest.fixture
def bolt_app(sandbox: Sandbox) -> Iterator[App]:
    """A Bolt app behind Flask on a real port; the sandbox knows its address."""
    app = App(
        signing_secret=SECRET,
        client=WebClient(token=TOKEN, base_url=sandbox.api_url),
        logger=logging.getLogger("quiet-bolt"),
    )
    logging.getLogger("quiet-bolt").setLevel(logging.ERROR)
    flask_app = Flask("bolt")
    handler = SlackRequestHandler(app)
    flask_app.add_url_rule("/slack/events", "events", lambda: handler.handle(request), methods=["POST"])
    with serving(flask_app) as port:
        sandbox.app_url = f"http://127.0.0.1:{port}/slack/events"
        yield app


@pytest.fixture
def raw_app(sandbox: Sandbox) -> Iterator["RawApp"]:
    """An app that answers whatever the test tells it to."""
    app = RawApp()
    with serving(app) as port:
        sandbox.app_url = f"http://127.0.0.1:{port}/slack/events"
        yield app


@pytest.fixture
def raw_app_at() -> Iterator[str]:
    """The address of such an app, for a sandbox that the test makes itself."""
    with serving(RawApp()) as port:
        yield f"http://127.0.0.1:{port}/slack/events"


class RawApp:
    def __init__(self) -> None:
        self.answers: list[tuple[str, list[tuple[str, str]], bytes]] = []
        self.requests: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        self.requests.append({**environ, "body": environ["wsgi.input"].read(length)})
        status, headers, body = self.answers.pop(0) if self.answers else ("200 OK", [], b"")
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]


class serving:
    def __init__(self, app: Any) -> None:
        self._server = make_server("127.0.0.1", 0, app, threaded=True)

    def __enter__(self) -> int:
        run = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        run.start()
        return self._server.port

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
