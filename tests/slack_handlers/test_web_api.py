"""Every way in which a call to Slack can fail, and the error that the use cases read."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from slack_sdk import WebClient

from domain.errors import (
    Ambiguous,
    MessengerError,
    NotDone,
    NotPermitted,
    PersonUnreachable,
    RateLimited,
    Refused,
)
from sandbox import Fault, Sandbox
from slack_handlers.web_api import call, field, patient_client, prompt_client
from tests.slack_handlers.conftest import TOKEN

POST = "chat.postMessage"


@pytest.fixture
def posting(slack: Sandbox) -> WebClient:
    return prompt_client(TOKEN, slack.api_url)


def post(client: WebClient) -> None:
    call(client.chat_postMessage, channel="U0ADA", text="hello")


def refused(client: WebClient) -> MessengerError:
    with pytest.raises(MessengerError) as caught:
        post(client)
    return caught.value


@pytest.mark.parametrize(
    ("fault", "expected", "posted"),
    [
        (Fault("http_500", POST), Ambiguous, 0),
        (Fault("drop", POST), Ambiguous, 0),
        (Fault("drop_after", POST), Ambiguous, 1),
        (Fault("reset", POST), Ambiguous, 0),
        (Fault("reset_after", POST), Ambiguous, 1),
        (Fault("error_after", POST, error="internal_error"), Ambiguous, 1),
        (Fault("error_after", POST, error="fatal_error"), Ambiguous, 1),
        (Fault("error", POST, error="service_unavailable"), Ambiguous, 0),
        (Fault("error", POST, error="request_timeout"), Ambiguous, 0),
        (Fault("error", POST, error="invalid_auth"), NotPermitted, 0),
        (Fault("error", POST, error="account_inactive"), NotPermitted, 0),
        (Fault("error", POST, error="token_revoked"), NotPermitted, 0),
        (Fault("error", POST, error="missing_scope"), NotPermitted, 0),
        (Fault("error", POST, error="user_disabled"), PersonUnreachable, 0),
        (Fault("error", POST, error="user_not_visible"), PersonUnreachable, 0),
        (Fault("error", POST, error="user_not_found"), PersonUnreachable, 0),
        (Fault("error", POST, error="channel_not_found"), Refused, 0),
        (Fault("error", POST, error="invalid_blocks"), Refused, 0),
        (Fault("error", POST, error="something_new"), Refused, 0),
        (Fault("ratelimited", POST), RateLimited, 0),
    ],
    ids=lambda value: f"{value.kind} {value.error}" if isinstance(value, Fault) else "",
)
def test_a_failed_post_is_tried_once_and_named(
    slack: Sandbox, posting: WebClient, fault: Fault, expected: type[MessengerError], posted: int
) -> None:
    slack.inject(fault)
    error = refused(posting)
    assert type(error) is expected
    assert error.code in str(error) or isinstance(error, RateLimited)
    assert len(slack.messages()) == posted
    assert [entry["method"] for entry in slack.traffic()] == [POST]
    post(posting)
    assert len(slack.messages()) == posted + 1


def test_slack_says_how_long_to_wait(slack: Sandbox, posting: WebClient) -> None:
    slack.inject(Fault("ratelimited", POST, retry_after=17))
    error = refused(posting)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 17
    assert str(error) == "Slack asks to wait 17.0 s before the next chat_postMessage."


def test_a_real_rate_limit_is_named_too() -> None:
    with Sandbox(signing_secret="s", bot_token=TOKEN) as slack:
        slack.add_user("U0ADA", name="Ada")
        posting = prompt_client(TOKEN, slack.api_url)
        for _ in range(5):
            post(posting)
        assert isinstance(refused(posting), RateLimited)
        assert len(slack.messages()) == 5


@pytest.mark.parametrize(("kind", "posted"), [("slow", 0), ("slow_after", 1)])
def test_an_answer_after_the_timeout_is_ambiguous(slack: Sandbox, kind: str, posted: int) -> None:
    hasty = WebClient(token=TOKEN, base_url=slack.api_url, timeout=0.1, retry_handlers=[])  # type: ignore[arg-type]
    slack.inject(Fault(kind, POST, seconds=0.4))
    assert type(refused(hasty)) is Ambiguous
    assert len(slack.messages()) == posted


def test_nothing_was_done_where_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{unused.getsockname()[1]}/api/"
        assert type(refused(prompt_client(TOKEN, closed))) is NotDone


def test_a_wrong_token_and_a_disabled_account(slack: Sandbox, posting: WebClient) -> None:
    wrong = refused(prompt_client("xoxb-wrong", slack.api_url))
    assert (type(wrong), wrong.code) == (NotPermitted, "invalid_auth")
    slack.update_app(account_inactive=True)
    inactive = refused(posting)
    assert (type(inactive), inactive.code) == (NotPermitted, "account_inactive")


def test_a_missing_scope(slack: Sandbox, posting: WebClient) -> None:
    slack.update_app(scopes=["commands"])
    error = refused(posting)
    assert (type(error), error.code) == (NotPermitted, "missing_scope")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="no answer"),
        pytest.param(b"HTTP/1.1 200 OK\r\n", id="cut in the headers"),
        pytest.param(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ok": true', id="cut in the body"),
        pytest.param(b"gibberish\r\n\r\n", id="not HTTP"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nokay", id="not JSON"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", id="a JSON list"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", id="neither ok nor an error"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe", id="not UTF-8"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", id="empty"),
        pytest.param(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5\r\n\r\n<html", id="a proxy's page"),
        pytest.param(b'HTTP/1.1 503 Busy\r\nContent-Length: 11\r\n\r\n{"ok":false', id="503 cut short"),
    ],
)
def test_an_answer_that_is_no_answer_is_ambiguous(answer: bytes) -> None:
    with answering(answer) as url:
        assert type(refused(prompt_client(TOKEN, url))) is Ambiguous


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30), ("0", 1), ("-5", 1), ("1e9", 3600), ("soon", 30), ("nan", 30), ("inf", 3600), (None, 30)],
)
def test_whatever_stands_in_retry_after_the_wait_is_sane(header: str | None, seconds: float) -> None:
    line = f"Retry-After: {header}\r\n" if header is not None else ""
    with answering(f"HTTP/1.1 429 Slow down\r\n{line}Content-Length: 2\r\n\r\n{{}}".encode()) as url:
        error = refused(prompt_client(TOKEN, url))
    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds


def test_a_default_client_posts_twice_and_ours_once(slack: Sandbox, posting: WebClient) -> None:
    slack.inject(Fault("drop_after", POST))
    assert isinstance(refused(posting), Ambiguous)
    assert len(slack.messages()) == 1
    slack.inject(Fault("drop_after", POST))
    post(WebClient(token=TOKEN, base_url=slack.api_url))
    assert len(slack.messages()) == 1 + 2


@pytest.mark.parametrize("kind", ["drop", "reset", "drop_after", "reset_after", "ratelimited"])
def test_a_patient_client_asks_again_by_itself_and_a_prompt_one_does_not(slack: Sandbox, kind: str) -> None:
    slack.inject(Fault(kind, "users.list"))
    answer = call(patient_client(TOKEN, slack.api_url).users_list)
    assert {"U0ADA", "U0BEN", "U0CLEO"} <= {member["id"] for member in answer["members"]}
    slack.inject(Fault(kind, "users.list"))
    with pytest.raises(MessengerError):
        call(prompt_client(TOKEN, slack.api_url).users_list)
    assert len(slack.traffic()) == 3


@pytest.mark.parametrize("answer", [{}, {"channel": None}, {"channel": {"id": ""}}, {"channel": {"id": 7}}])
def test_an_answer_without_what_was_asked_for_is_ambiguous(answer: dict[str, object]) -> None:
    with pytest.raises(Ambiguous, match=r"channel\.id"):
        field(answer, "channel", "id")


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that answers one request with exactly these bytes, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                received = connection.recv(65536)
                while b"\r\n\r\n" not in received or b"hello" not in received:
                    received += connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api/"
        thread.join(5)
