"""Rate limits, on a clock that the tests move."""

from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox


def limited(call: Callable[[], object]) -> int:
    """The Retry-After of a call that comes too early."""
    with pytest.raises(SlackApiError) as caught:
        call()
    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    return int(caught.value.response.headers["Retry-After"])


def test_tier_2_slides(sandbox: Sandbox, client: WebClient) -> None:
    for _ in range(10):
        client.users_list()
    sandbox.advance(30)
    for _ in range(10):
        client.users_list()
    assert 25 <= limited(client.users_list) <= 30
    assert client.users_info(user="U0ADA")["ok"]
    sandbox.advance(30)
    for _ in range(10):
        client.users_list()
    limited(client.users_list)


def test_a_refused_call_does_not_count(sandbox: Sandbox, client: WebClient) -> None:
    for _ in range(20):
        client.users_list()
    for _ in range(5):
        limited(client.users_list)
    sandbox.advance(61)
    assert client.users_list()["ok"]
    assert [c["error"] for c in sandbox.traffic()].count("ratelimited") == 5


def test_posts_in_one_channel(sandbox: Sandbox, client: WebClient) -> None:
    for _ in range(5):
        client.chat_postMessage(channel="U0ADA", text="x")
    assert 1 <= limited(lambda: client.chat_postMessage(channel="U0ADA", text="x")) <= 5
    assert client.chat_postMessage(channel="U0BEN", text="x")["ok"]
    sandbox.advance(5)
    assert client.chat_postMessage(channel="U0ADA", text="x")["ok"]
    assert len(sandbox.messages()) == 7


def test_posts_in_the_workspace(sandbox: Sandbox, client: WebClient) -> None:
    users = [sandbox.add_user(name=f"User {n}")["id"] for n in range(75)]
    for user in users * 4:
        client.chat_postMessage(channel=user, text="x")
    assert limited(lambda: client.chat_postMessage(channel="U0ADA", text="x")) > 30
    assert len(sandbox.messages()) == 300


def test_retry_after_is_in_real_seconds(
    new_sandbox: Callable[..., Sandbox], connect_to: Callable[..., WebClient]
) -> None:
    made = new_sandbox(speed=30)
    client = connect_to(made)
    before = made.now()
    for _ in range(20):
        client.users_list()
    assert limited(client.users_list) <= 2
    assert made.now() - before > 0


def test_a_fast_clock_lets_windows_pass(
    new_sandbox: Callable[..., Sandbox], connect_to: Callable[..., WebClient]
) -> None:
    client = connect_to(new_sandbox(speed=100_000))
    for _ in range(40):
        assert client.users_list()["ok"]
