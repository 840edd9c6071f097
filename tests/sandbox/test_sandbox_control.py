"""The control API over HTTP, and the sandbox as a process of its own."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Sandbox, SandboxError

Ask = Callable[..., tuple[int, Any]]


def ask(url: str, verb: str, path: str, body: Any = None) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/control{path}", data, method=verb)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)["result"]
    except HTTPError as error:
        return error.code, json.load(error)["error"]


def test_a_whole_conversation(sandbox: Sandbox, bolt_app: App, client: WebClient) -> None:
    url = sandbox.url
    element = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    blocks = [{"type": "actions", "elements": [element]}]
    bolt_app.command("/lunch")(lambda ack: ack(text="hi", blocks=blocks))
    bolt_app.event("app_home_opened")(lambda: None)

    @bolt_app.action("go")
    def go(ack: Any, respond: Any) -> None:
        ack()
        respond(text="gone", replace_original=True)

    assert ask(url, "POST", "/users", {"id": "U0DAN", "name": "Dan"})[1]["profile"]["real_name"] == "Dan"
    assert len(ask(url, "POST", "/users/bulk", {"users": [{"name": "Eve"}, {"name": "Fay"}]})[1]) == 2
    assert ask(url, "PATCH", "/users/U0DAN", {"title": "Cook"})[1]["profile"]["title"] == "Cook"
    status, result = ask(url, "POST", "/command", {"user_id": "U0DAN", "command": "/lunch"})
    assert (status, result["status"], result["messages"][0]["text"]) == (200, 200, "hi")
    press = {"user_id": "U0DAN", "message": result["messages"][0], "action_id": "go"}
    assert ask(url, "POST", "/press", press)[1]["status"] == 200
    assert ask(url, "GET", "/users/U0DAN/ephemeral")[1][0]["text"] == "gone"
    event = {"event": {"type": "app_home_opened", "user": "U0DAN"}}
    assert ask(url, "POST", "/event", event)[1]["delivered"] is True
    assert [r["kind"] for r in ask(url, "GET", "/requests-to-app")[1]] == ["command", "interaction", "event"]
    posted = client.chat_postMessage(channel="U0DAN", text="x")
    assert ask(url, "GET", f"/messages?channel_id={posted['channel']}")[1][0]["ts"] == posted["ts"]
    assert ask(url, "GET", "/users/U0DAN/dms")[1][0]["id"] == posted["channel"]
    assert ask(url, "POST", "/faults", {"fault": {"kind": "drop"}})[1]["times"] == 1
    assert len(ask(url, "GET", "/faults")[1]) == 1
    assert ask(url, "DELETE", "/faults") == (200, None)
    before = ask(url, "GET", "/clock")[1]
    assert ask(url, "POST", "/advance", {"seconds": 60})[1] >= before + 60
    assert ask(url, "PATCH", "/app", {"account_inactive": True})[1]["account_inactive"] is True
    assert ask(url, "GET", "/traffic")[1][-1]["method"] == "chat.postMessage"
    assert ask(url, "POST", "/reset") == (200, None)
    assert [u["id"] for u in ask(url, "GET", "/users")[1]] == ["USLACKBOT", "U0LUNCHBOT"]
    assert ask(url, "GET", "/traffic")[1] == []


@pytest.mark.parametrize(
    ("verb", "path", "body", "status", "message"),
    [
        ("GET", "/nothing", None, 404, "not found"),
        ("DELETE", "/users", None, 405, "not allowed"),
        ("POST", "/users", b"{", 400, "not JSON"),
        ("POST", "/users", b"\xff", 400, "not JSON"),
        ("POST", "/users", [], 400, "JSON object"),
        ("POST", "/users", {}, 400, "needs a name"),
        ("POST", "/users", {"name": 3}, 400, "wrong type"),
        ("POST", "/users", {"id": 3, "name": "x"}, 400, "no Slack user id"),
        ("POST", "/users", {"id": "U0ADA", "name": "x"}, 400, "already"),
        ("POST", "/users", {"name": "x", "colour": "red"}, 400, "colour"),
        ("POST", "/users", {"name": "x", "tz": "Mars/Olympus"}, 400, "time zone"),
        ("POST", "/users/bulk", {"users": ["x"]}, 400, "object with a name"),
        ("PATCH", "/users/U0NOBODY", {"name": "x"}, 400, "no user"),
        ("POST", "/channels", {"name": "x", "members": [{}]}, 400, "no user"),
        ("POST", "/command", {"user_id": "U0ADA"}, 400, "missing: command"),
        ("POST", "/command", {"user_id": "U0ADA", "command": "lunch"}, 400, "slash"),
        ("POST", "/command", {"user_id": "U0ADA", "command": "/lunch"}, 400, "app_url"),
        (
            "POST",
            "/command",
            {"user_id": "U0ADA", "command": "/x", "wait": "5"},
            400,
            "wait has the wrong type",
        ),
        ("POST", "/command", {"user_id": "U0ADA", "command": "/x", "mood": 1}, 400, "unknown: mood"),
        ("POST", "/press", {"user_id": "U0ADA", "message": {}, "action_id": "a"}, 400, "no message"),
        ("POST", "/faults", {"fault": {"kind": []}}, 400, "not a fault"),
        ("POST", "/advance", {"seconds": -1}, 400, "ahead"),
        ("POST", "/advance", {"seconds": True}, 400, "wrong type"),
        ("POST", "/advance", b'{"seconds": NaN}', 400, "wrong type"),
        ("PATCH", "/app", {"app_url": "nowhere"}, 400, "no address"),
        ("PATCH", "/app", {"app_url": "http://127.0.0.1:99999/"}, 400, "no address"),
        ("PATCH", "/app", {"scopes": [1]}, 400, "strings"),
    ],
)
def test_mistakes_are_explained(
    sandbox: Sandbox, verb: str, path: str, body: Any, status: int, message: str
) -> None:
    answer = ask(sandbox.url, verb, path, body)
    assert answer[0] == status
    assert message in answer[1]


def test_alone_in_a_process() -> None:
    command = [sys.executable, "-m", "sandbox", "--signing-secret", "s", "--token", "t", "--speed", "10"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+/api/", line)
        assert found, line
        assert WebClient(token="t", base_url=found[0]).auth_test()["ok"]
        process.terminate()
        assert process.wait(5) == 0


def test_a_taken_port_is_an_error(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    port = int(sandbox.url.rsplit(":", 1)[1])
    with pytest.raises(SandboxError, match="cannot listen"):
        Sandbox(signing_secret="s", bot_token="t", port=port).start()


def test_start_stop_and_start_again(new_sandbox: Callable[..., Sandbox]) -> None:
    made = new_sandbox()
    made.stop()
    with pytest.raises(SandboxError, match="start it first"):
        _ = made.url
    made.start()
    assert WebClient(token="xoxb-sandbox", base_url=made.api_url).auth_test()["ok"]
