"""The Web API as slack_sdk's own client sees it."""

import json
import threading
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox

Refusal = Callable[..., dict[str, Any]]


def test_auth_test_names_the_bot(client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"] == "U0LUNCHBOT"
    assert answer["bot_id"] == "B0LUNCHBOT"
    assert answer["team_id"] == "T0LUNCH"
    assert answer.headers["x-oauth-scopes"].startswith("commands,")


def test_scope_headers_stand_on_errors_too(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.users_info(user="U0NOBODY")
    assert caught.value.response.headers["x-accepted-oauth-scopes"] == "users:read"


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
def test_tokens(
    sandbox: Sandbox, connect_to: Callable[..., WebClient], refusal: Refusal, token: str, error: str
) -> None:
    assert refusal(connect_to(sandbox, token).auth_test)["error"] == error


def test_token_as_an_argument(sandbox: Sandbox) -> None:
    with urllib.request.urlopen(f"{sandbox.api_url}auth.test?token=xoxb-sandbox") as answer:
        assert json.load(answer)["ok"] is True
    assert sandbox.traffic()[-1]["args"] == {}


def test_inactive_account(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    sandbox.installation.account_inactive = True
    assert refusal(client.auth_test)["error"] == "account_inactive"


@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        ("users.list", {}, "users:read"),
        ("chat.postMessage", {"channel": "C0GENERAL", "text": "x"}, "chat:write"),
        ("conversations.open", {"users": "U0ADA"}, "im:write,mpim:write"),
        ("team.info", {}, "team:read"),
    ],
)
def test_missing_scope(
    new_sandbox: Callable[..., Sandbox],
    connect_to: Callable[..., WebClient],
    refusal: Refusal,
    method: str,
    args: dict[str, Any],
    needed: str,
) -> None:
    made = new_sandbox(scopes=["commands"])
    answer = refusal(connect_to(made).api_call, method, params=args)
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", needed, "commands")


def test_scope_follows_the_kind_of_channel(
    new_sandbox: Callable[..., Sandbox], connect_to: Callable[..., WebClient], refusal: Refusal
) -> None:
    made = new_sandbox(scopes=["im:write", "mpim:history", "chat:write"])
    made.add_users([{"id": "U0ADA", "name": "Ada"}, {"id": "U0BEN", "name": "Ben"}])
    client = connect_to(made)
    assert refusal(client.conversations_open, users=["U0ADA", "U0BEN"])["needed"] == "mpim:write"
    channel = client.conversations_open(users="U0ADA")["channel"]["id"]
    assert refusal(client.conversations_history, channel=channel)["needed"] == "im:history"
    assert refusal(client.conversations_members, channel=channel)["needed"].startswith("channels:read")


@pytest.mark.parametrize(
    ("method", "args", "error", "message"),
    [
        ("users.smile", {}, "unknown_method", None),
        ("users.info", {}, "invalid_arguments", "missing required field: user"),
        ("users.info", {"user": "U0ADA", "colour": "1"}, "invalid_arguments", "unsupported argument: colour"),
        ("users.list", {"limit": "many"}, "invalid_arguments", "must be of type integer"),
        ("users.list", {"include_locale": "maybe"}, "invalid_arguments", "must be of type boolean"),
        ("users.list", {"cursor": "!!!"}, "invalid_cursor", None),
        ("users.list", {"cursor": "aGlzdG9yeTox"}, "invalid_cursor", None),
        ("users.list", {"limit": "1001"}, "invalid_limit", None),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found", None),
        ("conversations.open", {}, "users_list_not_supplied", None),
        ("conversations.open", {"users": "U0LUNCHBOT"}, "not_enough_users", None),
        ("conversations.open", {"users": "U0ADA,U0NOBODY"}, "user_not_found", None),
        ("conversations.open", {"channel": "C0NOTHING"}, "channel_not_found", None),
        ("conversations.open", {"channel": "C0GENERAL"}, "method_not_supported_for_channel_type", None),
        ("conversations.open", {"users": "U0ADA", "prevent_creation": "1"}, "channel_not_found", None),
        ("conversations.history", {"channel": "C0NOTHING"}, "channel_not_found", None),
        ("chat.postMessage", {"channel": "C0NOTHING", "text": "x"}, "channel_not_found", None),
        ("chat.postMessage", {"channel": "C0GENERAL", "text": "x"}, "not_in_channel", None),
        ("chat.postMessage", {"channel": "U0ADA"}, "no_text", None),
        ("chat.postMessage", {"channel": "U0ADA", "blocks": "[]"}, "no_text", None),
        ("chat.postMessage", {"channel": "U0ADA", "text": "x" * 40_001}, "msg_too_long", None),
        ("chat.postMessage", {"channel": "U0ADA", "blocks": "{"}, "invalid_blocks_format", None),
        (
            "chat.postMessage",
            {"channel": "U0ADA", "text": "x", "metadata": "3"},
            "invalid_metadata_format",
            None,
        ),
        (
            "chat.postMessage",
            {"channel": "U0ADA", "text": "x", "metadata": '{"event_type": "a", "event_payload": []}'},
            "invalid_metadata_schema",
            None,
        ),
        (
            "chat.postEphemeral",
            {"channel": "U0ADA", "user": "U0BEN", "text": "x"},
            "user_not_in_channel",
            None,
        ),
        ("chat.update", {"channel": "U0ADA", "ts": "1.2", "text": "x"}, "channel_not_found", None),
        ("views.open", {"trigger_id": "1.2.3", "view": "{}"}, "invalid_trigger_id", None),
        ("views.publish", {"user_id": "U0NOBODY", "view": "{}"}, "user_not_found", None),
        (
            "views.publish",
            {"user_id": "U0ADA", "view": "{}"},
            "invalid_arguments",
            "missing required field: type",
        ),
    ],
)
def test_refusals(
    client: WebClient, refusal: Refusal, method: str, args: dict[str, Any], error: str, message: str | None
) -> None:
    answer = refusal(client.api_call, method, params=args)
    assert answer["error"] == error
    if message:
        assert any(message in each for each in answer["response_metadata"]["messages"])


@pytest.mark.parametrize(
    ("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object"), (b"\xff", "invalid_json")]
)
def test_broken_json(sandbox: Sandbox, body: bytes, error: str) -> None:
    asked = urllib.request.Request(f"{sandbox.api_url}users.list", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["error"] == error


def test_users_list_shows_everybody_page_by_page(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.add_user("U0GONE", name="Gone", deleted=True)
    sandbox.add_user("U0HIDDEN", name="Hidden", hidden=True)
    sandbox.add_user("U0GUEST", name="Guest", is_ultra_restricted=True, team_id="T0OTHER")
    pages = [page["members"] for page in client.users_list(limit=3)]
    members = {member["id"]: member for page in pages for member in page}
    assert [len(page) for page in pages] == [3, 3, 1]
    assert set(members) == {"USLACKBOT", "U0LUNCHBOT", "U0ADA", "U0BEN", "U0CLEO", "U0GONE", "U0GUEST"}
    assert members["U0GONE"]["deleted"] is True
    assert "tz" not in members["U0GONE"]
    assert members["U0LUNCHBOT"]["is_bot"] is True
    assert members["U0GUEST"]["team_id"] == "T0OTHER"
    assert members["U0ADA"]["profile"]["real_name"] == "Ada Example"
    assert "fields" not in members["U0ADA"]["profile"]


def test_email_and_locale_are_shown_only_where_asked_and_allowed(sandbox: Sandbox, client: WebClient) -> None:
    shown = client.users_info(user="U0ADA")["user"]
    assert "email" not in shown["profile"]
    assert "locale" not in shown
    sandbox.installation.scopes = (*sandbox.installation.scopes, "users:read.email")
    shown = client.users_info(user="U0ADA", include_locale=True)["user"]
    assert (shown["profile"]["email"], shown["locale"]) == ("ada@example.org", "en-GB")


def test_the_same_people_reopen_the_same_conversation(client: WebClient) -> None:
    first = client.conversations_open(users=["U0ADA", "U0BEN"])
    again = client.conversations_open(users=["U0BEN", "U0ADA", "U0LUNCHBOT"], return_im=True)
    assert first["channel"] == {"id": again["channel"]["id"]}
    assert "already_open" not in first
    assert again["already_open"] is True
    assert again["channel"]["is_mpim"] is True
    alone = client.conversations_open(users=["U0ADA"], return_im=True)["channel"]
    assert (alone["is_im"], alone["user"]) == (True, "U0ADA")
    assert client.conversations_open(channel=alone["id"])["channel"]["id"] == alone["id"]


def test_conversations_open_limits(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    users = [sandbox.add_user(name=f"User {n}")["id"] for n in range(9)]
    assert client.conversations_open(users=users[:8])["ok"]
    assert refusal(client.conversations_open, users=users)["error"] == "too_many_users"
    sandbox.update_user(users[0], deleted=True)
    sandbox.update_user(users[1], hidden=True)
    assert refusal(client.conversations_open, users=users[:1])["error"] == "user_disabled"
    assert refusal(client.conversations_open, users=users[1:3])["error"] == "user_not_visible"


def test_channel_facts(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.installation.scopes = (*sandbox.installation.scopes, "mpim:read", "channels:read")
    channel = client.conversations_open(users=["U0ADA", "U0BEN"])["channel"]["id"]
    assert client.conversations_members(channel=channel)["members"] == ["U0ADA", "U0BEN", "U0LUNCHBOT"]
    assert client.conversations_info(channel=channel, include_num_members=True)["channel"]["num_members"] == 3
    assert client.conversations_info(channel="C0GENERAL")["channel"]["is_member"] is False


def test_history_pages_and_metadata(client: WebClient) -> None:
    channel = client.conversations_open(users=["U0ADA", "U0BEN"])["channel"]["id"]
    metadata = {"event_type": "delivery", "event_payload": {"id": "d1"}}
    posted = [
        client.chat_postMessage(channel=channel, text=f"{n}", metadata=metadata)["ts"] for n in range(5)
    ]
    pages = [dict(page.data) for page in client.conversations_history(channel=channel, limit=2)]
    assert [[m["text"] for m in page["messages"]] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    assert [page["has_more"] for page in pages] == [True, True, False]
    assert "metadata" not in pages[0]["messages"][0]
    shown = client.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    assert shown[0]["metadata"] == metadata

    def between(**bounds: Any) -> list[str]:
        found = client.conversations_history(channel=channel, oldest=posted[1], latest=posted[3], **bounds)
        return [m["text"] for m in found["messages"]]

    assert between() == ["2"]
    assert between(inclusive=True) == ["3", "2", "1"]


def test_posting_to_a_user_writes_in_the_direct_message(sandbox: Sandbox, client: WebClient) -> None:
    answer = client.chat_postMessage(channel="U0ADA", text="hello")
    [dm] = sandbox.dms_of("U0ADA")
    assert (dm["id"], dm["kind"], dm["messages"][0]["text"]) == (answer["channel"], "im", "hello")
    assert answer["message"]["bot_id"] == "B0LUNCHBOT"
    assert sandbox.dms_of("U0BEN") == []


def test_update_keeps_what_it_does_not_mention(sandbox: Sandbox, client: WebClient) -> None:
    metadata = {"event_type": "delivery", "event_payload": {}}
    blocks = [{"type": "divider"}]
    posted = client.chat_postMessage(channel="U0ADA", text="one", blocks=blocks, metadata=metadata)
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    [message] = sandbox.messages(posted["channel"])
    assert (message["text"], message["metadata"], message["edited"]) == ("two", metadata, True)
    assert message["blocks"][0]["type"] == "divider"
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="three", blocks=[])
    assert sandbox.messages(posted["channel"])[0]["blocks"] == []


def test_ephemeral_messages_are_seen_by_one(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    channel = client.conversations_open(users=["U0ADA", "U0BEN"])["channel"]["id"]
    ts = client.chat_postEphemeral(channel=channel, user="U0ADA", text="psst")["message_ts"]
    assert [m["ts"] for m in sandbox.ephemeral_of("U0ADA")] == [ts]
    assert sandbox.ephemeral_of("U0BEN") == sandbox.messages() == []
    assert client.conversations_history(channel=channel)["messages"] == []
    update = refusal(client.chat_update, channel=channel, ts=ts, text="no")
    assert update["error"] == "message_not_found"


def test_home_tab_and_its_hash(sandbox: Sandbox, client: WebClient, refusal: Refusal) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = client.views_publish(user_id="U0ADA", view=view)["view"]
    client.views_publish(user_id="U0ADA", view=view, hash=first["hash"])
    old = refusal(client.views_publish, user_id="U0ADA", view=view, hash=first["hash"])
    assert old["error"] == "hash_conflict"
    home = sandbox.home_of("U0ADA")
    assert home is not None
    assert home["type"] == "home"


def test_eight_threads_lose_nothing(sandbox: Sandbox, connect_to: Callable[..., WebClient]) -> None:
    users = [sandbox.add_user(name=f"User {n}")["id"] for n in range(8)]
    seen: list[str] = []

    def post(user: str) -> None:
        client = connect_to(sandbox)
        for n in range(5):
            seen.append(client.chat_postMessage(channel=user, text=f"{user} {n}")["ts"])

    threads = [threading.Thread(target=post, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    messages = sandbox.messages()
    assert len(set(seen)) == len(messages) == 40
    assert [m["ts"] for m in messages] == sorted(seen)
    assert [m["seq"] for m in messages] == list(range(1, 41))
    assert len({m["channel"] for m in messages}) == 8
    calls = sandbox.traffic()
    assert len(calls) == 40
    assert {call["status"] for call in calls} == {200}
