"""Injected faults, seen by slack_sdk and on the socket."""

import http.client
from collections.abc import Callable
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Fault, Sandbox, SandboxError


def post(client: WebClient) -> Any:
    return client.chat_postMessage(channel="U0ADA", text="hello")


@pytest.mark.parametrize(
    ("kind", "broken", "posted"),
    [
        ("drop", http.client.RemoteDisconnected, 0),
        ("drop_after", http.client.RemoteDisconnected, 1),
        ("reset", ConnectionResetError, 0),
        ("reset_after", ConnectionResetError, 1),
    ],
)
def test_cut_connections(
    sandbox: Sandbox, client: WebClient, kind: str, broken: type[Exception], posted: int
) -> None:
    sandbox.inject(Fault(kind, method="chat.postMessage"))
    with pytest.raises((broken, URLError)) as caught:
        post(client)
    reason = caught.value.reason if isinstance(caught.value, URLError) else caught.value
    assert type(reason) is broken
    assert len(sandbox.messages()) == posted
    assert sandbox.traffic()[-1]["fault"] == kind
    assert post(client)["ok"]


def test_a_reset_is_a_reset_on_the_wire(sandbox: Sandbox) -> None:
    for kind, expected in (("drop", http.client.RemoteDisconnected), ("reset", ConnectionResetError)):
        sandbox.inject(Fault(kind))
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(sandbox.url).port, timeout=5)
        connection.request("POST", "/api/api.test")
        with pytest.raises(ConnectionResetError) as caught:
            connection.getresponse()
        assert type(caught.value) is expected
        connection.close()


def test_slack_sdk_posts_twice_by_default(sandbox: Sandbox) -> None:
    default = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
    sandbox.inject(Fault("drop_after", method="chat.postMessage"))
    assert post(default)["ok"]
    assert len(sandbox.messages()) == 2


def test_a_dropped_answer_is_found_in_the_history(sandbox: Sandbox, client: WebClient) -> None:
    channel = client.conversations_open(users=["U0ADA", "U0BEN"])["channel"]["id"]
    metadata = {"event_type": "delivery", "event_payload": {"id": "d1"}}
    sandbox.inject({"kind": "reset_after", "method": "chat.postMessage"})
    with pytest.raises(OSError):  # noqa: PT011
        client.chat_postMessage(channel=channel, text="hello", metadata=metadata)
    [found] = client.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    assert found["metadata"]["event_payload"] == {"id": "d1"}


@pytest.mark.parametrize(
    ("fault", "status", "error", "posted"),
    [
        (Fault("ratelimited", retry_after=7), 429, "ratelimited", 0),
        (Fault("error", error="fatal_error"), 200, "fatal_error", 0),
        (Fault("error_after"), 200, "internal_error", 1),
    ],
)
def test_answered_faults(
    sandbox: Sandbox, client: WebClient, fault: Fault, status: int, error: str, posted: int
) -> None:
    sandbox.inject(fault)
    with pytest.raises(SlackApiError) as caught:
        post(client)
    assert caught.value.response.status_code == status
    assert caught.value.response["error"] == error
    assert len(sandbox.messages()) == posted
    if status == 429:
        assert caught.value.response.headers["Retry-After"] == "7"


def test_http_500(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.inject(Fault("http_500"))
    with pytest.raises(SlackApiError) as caught:
        post(client)
    assert caught.value.response.status_code == 500
    assert sandbox.messages() == []


@pytest.mark.parametrize(("kind", "posted_meanwhile"), [("slow", 0), ("slow_after", 1)])
def test_slow(sandbox: Sandbox, kind: str, posted_meanwhile: int) -> None:
    hasty = WebClient(token="xoxb-sandbox", base_url=sandbox.api_url, retry_handlers=[], timeout=0.1)  # type: ignore[arg-type]
    sandbox.inject(Fault(kind, seconds=1))
    with pytest.raises(OSError):  # noqa: PT011
        post(hasty)
    [entry] = sandbox.traffic()
    assert entry["status"] is None, "the answer is still owed"
    assert len(sandbox.messages()) == posted_meanwhile


def test_times_skip_and_method(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.inject(Fault("error", method="users.info", times=2, skip=1, error="boom"))
    outcomes = []
    for _ in range(5):
        client.users_list(limit=1)
        try:
            outcomes.append(client.users_info(user="U0ADA")["ok"])
        except SlackApiError as error:
            outcomes.append(error.response["error"])
    assert outcomes == [True, "boom", "boom", True, True]
    assert sandbox.faults() == []


def test_probability_is_the_same_for_the_same_seed(new_sandbox: Callable[..., Sandbox]) -> None:
    def strikes(seed: int) -> list[bool]:
        faults = new_sandbox(seed=seed)._faults
        faults.inject(Fault("drop", times=None, probability=0.5))
        return [faults.take("api.test") is not None for _ in range(200)]

    assert strikes(1) == strikes(1) != strikes(2)
    assert 60 < sum(strikes(1)) < 140


def test_clear_faults(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.inject(Fault("drop", times=None))
    sandbox.clear_faults()
    assert client.auth_test()["ok"]


@pytest.mark.parametrize(
    "fault", [{"kind": "explode"}, {}, {"kind": "drop", "when": 1}, {"kind": "drop", "skip": -1}]
)
def test_wrong_faults(sandbox: Sandbox, fault: dict[str, Any]) -> None:
    with pytest.raises(SandboxError):
        sandbox.inject(fault)
