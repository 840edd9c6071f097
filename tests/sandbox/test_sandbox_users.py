"""Users who type commands and press buttons, before a real Bolt app."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from sandbox import Sandbox, SandboxError

Refusal = Callable[..., dict[str, Any]]


def button(action_id: str, value: str | None = None) -> dict[str, Any]:
    shown = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": action_id}
    return shown if value is None else {**shown, "value": value}


def with_buttons(*buttons: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "elements": list(buttons)}]


def test_a_command_and_its_answers(sandbox: Sandbox, bolt_app: App) -> None:
    seen: dict[str, Any] = {}

    @bolt_app.command("/lunch")
    def lunch(ack: Any, respond: Any, command: Any) -> None:
        seen.update(command)
        ack("one moment")
        respond(text="done", blocks=with_buttons(button("a")))

    result = sandbox.command("U0ADA", "/lunch", "join please")
    assert (result.status, result.failure) == (200, None)
    # Slack does not promise that the acknowledgement overtakes a quick response URL.
    second, first = sorted(result.wait_for_messages(2), key=lambda message: message["text"])
    assert (first["text"], first["response_type"], first["shown_to"]) == ("one moment", "ephemeral", "U0ADA")
    assert second["text"] == "done"
    assert second["blocks"][0]["block_id"]
    assert {m["ts"] for m in sandbox.ephemeral_of("U0ADA")} == {first["ts"], second["ts"]}
    assert sandbox.messages() == []
    assert (seen["text"], seen["user_id"], seen["channel_name"]) == ("join please", "U0ADA", "general")
    assert seen["team_domain"] == "lunchcompany"
    assert "enterprise_id" not in seen


def test_in_channel_answers_are_seen_by_all(sandbox: Sandbox, bolt_app: App) -> None:
    bolt_app.command("/lunch")(lambda ack: ack(text="hello all", response_type="in_channel"))
    [message] = sandbox.command("U0ADA", "/lunch").messages
    assert message["response_type"] == "in_channel"
    assert [m["text"] for m in sandbox.messages("C0GENERAL")] == ["hello all"]


def test_an_unknown_command_is_not_waited_for(sandbox: Sandbox, bolt_app: App) -> None:
    result = sandbox.command("U0ADA", "/dinner")
    assert result.status == 404
    assert result.messages == []


def test_nobody_answers(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="app_url"):
        sandbox.command("U0ADA", "/lunch")
    sandbox.app_url = "http://127.0.0.1:1/slack/events"
    result = sandbox.command("U0ADA", "/lunch")
    assert (result.status, result.failure) == (0, "connection_failed")


def test_bad_answers_are_not_shown(sandbox: Sandbox, bolt_app: App) -> None:
    answered = threading.Event()

    @bolt_app.command("/lunch")
    def lunch(ack: Any, respond: Any) -> None:
        ack(text="x", blocks=[{"type": "section"}])
        respond(text="y", blocks=[{"type": "sparkle"}])
        answered.set()

    result = sandbox.command("U0ADA", "/lunch")
    assert answered.wait(2)
    assert result.messages == []
    missing, unknown = sorted(result.errors)
    assert missing.startswith("invalid_blocks [ERROR] must have at least one of")
    assert unknown.startswith("invalid_blocks [ERROR] unsupported type: sparkle")
    [call] = [c for c in sandbox.traffic() if c["method"] == "response_url"]
    assert (call["status"], call["error"]) == (400, "invalid_blocks")


def test_a_response_url_works_five_times_in_thirty_minutes(sandbox: Sandbox, bolt_app: App) -> None:
    bolt_app.command("/lunch")(lambda ack: ack())
    url = sandbox.command("U0ADA", "/lunch", wait=0).response_url
    hook = WebhookClient(url)
    assert [hook.send(text=f"{n}").status_code for n in range(6)] == [200] * 5 + [404]
    assert hook.send(text="x").body == "used_url"
    assert len(sandbox.ephemeral_of("U0ADA")) == 5

    late = sandbox.command("U0ADA", "/lunch", wait=0)
    sandbox.advance(30 * 60 + 1)
    answer = WebhookClient(late.response_url).send(text="x")
    assert (answer.status_code, answer.body) == (404, "expired_url")
    assert late.errors == ["expired_url"]
    assert WebhookClient(f"{sandbox.url}/response/nothing").send(text="x").status_code == 404


def test_a_button_replaces_its_ephemeral_message(sandbox: Sandbox, bolt_app: App) -> None:
    bodies: list[dict[str, Any]] = []
    blocks = with_buttons(button("yes", "1"), button("no", "2"))
    bolt_app.command("/lunch")(lambda ack: ack(text="Did you meet?", blocks=blocks))

    @bolt_app.action("yes")
    def yes(ack: Any, body: Any, respond: Any) -> None:
        bodies.append(body)
        ack()
        respond(text="Noted", replace_original=True)

    [question] = sandbox.command("U0ADA", "/lunch").messages
    pressed = sandbox.press("U0ADA", question, "yes")
    assert pressed.status == 200
    [shown] = sandbox.ephemeral_of("U0ADA")
    assert (shown["ts"], shown["text"], shown["blocks"]) == (question["ts"], "Noted", [])
    [body] = bodies
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    assert body["actions"][0]["value"] == "1"
    with pytest.raises(SandboxError, match="no button 'yes'"):
        sandbox.press("U0ADA", question, "yes")


def test_a_button_of_a_posted_message(sandbox: Sandbox, bolt_app: App, client: WebClient) -> None:
    bodies: list[dict[str, Any]] = []

    @bolt_app.action("pick")
    def pick(ack: Any, body: Any, client: WebClient) -> None:
        bodies.append(body)
        ack()
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="picked", blocks=[])

    channel = client.conversations_open(users=["U0ADA", "U0BEN"])["channel"]["id"]
    blocks = with_buttons(button("pick", "mon"), button("other"))
    client.chat_postMessage(channel=channel, text="When?", blocks=blocks)
    [message] = sandbox.messages(channel)
    sandbox.press("U0BEN", message, "pick", "mon")
    [changed] = sandbox.messages(channel)
    assert (changed["text"], changed["ts"], changed["edited"]) == ("picked", message["ts"], True)
    [body] = bodies
    assert (body["user"]["id"], body["message"]["text"], body["team"]["id"]) == ("U0BEN", "When?", "T0LUNCH")
    assert body["actions"][0].keys() >= {"type", "action_id", "block_id", "value", "text", "action_ts"}


def test_delete_original(sandbox: Sandbox, bolt_app: App, client: WebClient) -> None:
    @bolt_app.action("gone")
    def gone(ack: Any, respond: Any) -> None:
        ack()
        respond(delete_original=True)

    client.chat_postMessage(channel="U0ADA", text="x", blocks=with_buttons(button("gone")))
    [message] = sandbox.messages()
    sandbox.press("U0ADA", message, "gone")
    assert sandbox.messages() == []
    with pytest.raises(SandboxError, match="no message"):
        sandbox.press("U0ADA", message, "gone")


def test_impossible_presses(sandbox: Sandbox, bolt_app: App, client: WebClient) -> None:
    blocks = with_buttons(button("a", "1"), button("b"))
    client.chat_postMessage(channel="U0ADA", text="x", blocks=[*blocks, *with_buttons(button("a", "2"))])
    [message] = sandbox.messages()
    for user, action, value, why in (
        ("U0ADA", "c", None, "there are: a=1, b=None, a=2"),
        ("U0ADA", "a", "3", "no button"),
        ("U0ADA", "a", None, "several"),
        ("U0BEN", "b", None, "does not see"),
        ("U0NOBODY", "b", None, "no user"),
    ):
        with pytest.raises(SandboxError, match=why):
            sandbox.press(user, message, action, value)
    assert sandbox.requests_to_app() == []
    sandbox.update_user("U0ADA", deleted=True)
    with pytest.raises(SandboxError, match="deactivated"):
        sandbox.press("U0ADA", message, "b")


MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Lunch"},
    "blocks": [{"type": "divider"}],
}


def test_a_trigger_opens_one_modal_within_three_seconds(
    sandbox: Sandbox, bolt_app: App, client: WebClient, refusal: Refusal
) -> None:
    bolt_app.command("/lunch")(lambda ack: ack())
    trigger = sandbox.command("U0ADA", "/lunch", wait=0).trigger_id
    bad = refusal(client.views_open, trigger_id=trigger, view={**MODAL, "title": 3})
    assert bad["error"] == "invalid_arguments"
    assert client.views_open(trigger_id=trigger, view=MODAL)["view"]["id"].startswith("V")
    assert sandbox.views()[0]["opened_by"] == "U0ADA"
    again = refusal(client.views_open, trigger_id=trigger, view=MODAL)
    assert again["error"] == "exchanged_trigger_id"

    late = sandbox.command("U0ADA", "/lunch", wait=0).trigger_id
    sandbox.advance(3.5)
    assert refusal(client.views_open, trigger_id=late, view=MODAL)["error"] == "expired_trigger_id"


def test_opening_a_modal_ends_the_wait(sandbox: Sandbox, bolt_app: App) -> None:
    @bolt_app.command("/lunch")
    def lunch(ack: Any, client: WebClient, body: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    sandbox.command("U0ADA", "/lunch", wait=30)
    assert len(sandbox.views()) == 1


def test_wrong_signatures(sandbox: Sandbox, bolt_app: App) -> None:
    bolt_app.event("app_home_opened")(lambda: None)
    body = b'{"type": "event_callback", "event": {"type": "app_home_opened", "user": "U0ADA"}}'
    json_type = {"Content-Type": "application/json"}
    good = sandbox.sign(body)
    old = sandbox.sign(body, timestamp=int(good["X-Slack-Request-Timestamp"]) - 600)
    assert sandbox.raw_request(body, {**json_type, **good})[0] == 200
    assert sandbox.raw_request(body + b" ", {**json_type, **good})[0] == 401
    assert sandbox.raw_request(body, {**json_type, **old})[0] == 401
    assert sandbox.raw_request(body, json_type)[0] == 401


def test_many_commands_at_once(sandbox: Sandbox, bolt_app: App) -> None:
    bolt_app.command("/lunch")(lambda ack, command: ack(f"hello {command['text']}"))
    answers: dict[int, str] = {}

    def run(n: int) -> None:
        answers[n] = sandbox.command("U0ADA", "/lunch", str(n)).messages[0]["text"]

    threads = [threading.Thread(target=run, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: f"hello {n}" for n in range(5)}
    assert len({m["ts"] for m in sandbox.ephemeral_of("U0ADA")}) == 5


def test_a_status_is_served_and_told(client: WebClient, sandbox: Sandbox) -> None:
    sandbox.add_user("U0AWAY", name="Away", status_emoji=":palm_tree:")
    changed = {"status_text": "Vacationing", "status_expiration": 1_800_000_000}
    sandbox.update_user("U0AWAY", **changed)
    for profile in (
        client.users_info(user="U0AWAY")["user"]["profile"],
        next(one for one in client.users_list()["members"] if one["id"] == "U0AWAY")["profile"],
    ):
        assert {name: profile[name] for name in changed} == changed
        assert profile["status_emoji"] == ":palm_tree:"
