"""What the server hands to the page: its files, its live stream, its buttons."""

import http.client
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient

from sandbox import Sandbox, SandboxError

Parts = Iterator[tuple[str, Any]]


def get(url: str, **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


@contextmanager
def stream(sandbox: Sandbox, query: str) -> Iterator[Parts]:
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=5)
    connection.request("GET", f"/live/stream?{query}")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")

    def parts() -> Parts:
        name = ""
        for line in answer:
            words = line.decode().rstrip("\n")
            if words.startswith("event: "):
                name = words.removeprefix("event: ")
            elif words.startswith("data: "):
                yield name, json.loads(words.removeprefix("data: "))

    try:
        yield parts()
    finally:
        connection.close()


def next_of(parts: Parts, wanted: str, fits: Callable[[Any], Any] = lambda _: True) -> Any:
    return next(value for name, value in parts if name == wanted and fits(value))


def test_the_page_and_its_files(sandbox: Sandbox) -> None:
    status, headers, text = get(f"{sandbox.url}/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "https://" not in text
    assert get(f"{sandbox.url}/page/main.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
    assert get(f"{sandbox.url}/page/icon.svg")[1]["Content-Type"].startswith("image/svg+xml")
    for missing in ("/page/nothing.js", "/page/../sandbox.py", "/page/%2e%2e/sandbox.py", "/elsewhere"):
        assert get(f"{sandbox.url}{missing}")[0] == 404


@pytest.mark.parametrize("path", ["/control/users", "/live/stream"])
def test_other_sites_may_not_drive_the_sandbox(sandbox: Sandbox, path: str) -> None:
    assert get(f"{sandbox.url}{path}", Origin="https://example.org")[0] == 403
    assert get(f"{sandbox.url}/control/users", Origin=sandbox.url)[0] == 200


def test_the_stream_tells_what_changes(sandbox: Sandbox, client: WebClient) -> None:
    with stream(sandbox, "user=U0ADA&place=U0LUNCHBOT") as parts:
        assert next_of(parts, "workspace")["commands"] == ["/lunch"]
        assert {"U0ADA", "U0BEN"} <= {each["id"] for each in next_of(parts, "people")}
        assert [each["name"] for each in next_of(parts, "sidebar")] == ["general"]
        client.chat_postMessage(channel="U0ADA", text="hello")
        [direct] = [each for each in next_of(parts, "sidebar") if each["kind"] == "im"]
        assert direct["unread"] == 1
        shown = next_of(parts, "place", lambda place: place["messages"])
        assert (shown["messages"][0]["text"], shown["channel"]) == ("hello", direct["id"])
        sandbox.mark_read("U0ADA", direct["id"])
        assert next_of(parts, "sidebar")[0]["unread"] == 0


def test_each_sees_their_own(sandbox: Sandbox, client: WebClient) -> None:
    client.conversations_open(users=["U0ADA", "U0BEN"])
    sandbox.say("U0ADA", "C0GENERAL", "hello")
    with stream(sandbox, "user=U0CLEO&place=C0GENERAL") as cleo, stream(sandbox, "user=U0ADA&place=x") as ada:
        assert [(each["kind"], each["unread"]) for each in next_of(cleo, "sidebar")] == [("channel", 1)]
        assert sorted((each["kind"], each["unread"]) for each in next_of(ada, "sidebar")) == [
            ("channel", 0),
            ("mpim", 0),
        ]
        assert next_of(ada, "place")["kind"] == "nothing"


def test_the_stream_tells_the_traffic_where_it_is_wanted(sandbox: Sandbox, client: WebClient) -> None:
    with stream(sandbox, "user=U0ADA&place=home&traffic=1") as parts:
        next_of(parts, "place")
        client.auth_test()
        [entry] = next_of(parts, "traffic", lambda entries: entries[0]["status"] == 200)
        assert (entry["method"], json.loads(entry["answer"])["ok"]) == ("auth.test", True)


def test_stopping_ends_the_streams(sandbox: Sandbox) -> None:
    with stream(sandbox, "user=U0ADA&place=home") as parts:
        next_of(parts, "place")
        threading.Timer(0.1, sandbox.stop).start()
        assert list(parts) == []


def test_page_buttons(new_sandbox: Callable[..., Sandbox]) -> None:
    go_on, started = threading.Event(), threading.Event()

    def slow() -> str:
        started.set()
        go_on.wait(5)
        return "done"

    def broken() -> str:
        raise RuntimeError("no database")

    made = new_sandbox(page_buttons={"Slow": slow, "Broken": broken}, page_clock=lambda: "Monday")
    with stream(made, "user=&place=") as parts:
        shown = next_of(parts, "program")
        assert (shown["clock"], [each["label"] for each in shown["buttons"]]) == (
            "Monday",
            ["Slow", "Broken"],
        )
        said: list[str] = []
        pressed = threading.Thread(target=lambda: said.append(made.press_page_button("Slow")))
        pressed.start()
        assert started.wait(2)
        assert next_of(parts, "program")["buttons"][0]["is_running"] is True
        with pytest.raises(SandboxError, match="still running"):
            made.press_page_button("Slow")
        go_on.set()
        pressed.join()
        assert said == ["done"]
        assert next_of(parts, "program")["buttons"][0]["is_running"] is False
    with pytest.raises(SandboxError, match="'Broken' failed: no database"):
        made.press_page_button("Broken")
    with pytest.raises(SandboxError, match="there are: Slow, Broken"):
        made.press_page_button("Nothing")


def test_messages_carry_the_programs_clock(new_sandbox: Callable[..., Sandbox]) -> None:
    days = iter(["Monday", "Tuesday"])
    made = new_sandbox()
    made._workspace.stamp = lambda: next(days)
    made.add_user("U0ADA", name="Ada")
    for text in ("one", "two"):
        made.say("U0ADA", "C0GENERAL", text)
    with stream(made, "user=U0ADA&place=C0GENERAL") as parts:
        messages = next_of(parts, "place")["messages"]
    assert [message["stamp"] for message in messages] == ["Monday", "Tuesday"]
