"""Modals over the Web API and the control API: stacks, limits, and what a fast clock does not hurry."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.sandbox.test_sandbox_control import ask

Refusal = Callable[..., dict[str, Any]]


def modal(title: str = "Lunch", **more: Any) -> dict[str, Any]:
    name = {"type": "plain_text_input", "action_id": "in"}
    label = {"type": "plain_text", "text": "Name"}
    go = {"type": "button", "action_id": "go", "text": label}
    blocks = [
        {"type": "input", "block_id": "name", "label": label, "element": name, "optional": True},
        {"type": "actions", "elements": [go]},
    ]
    shown = {"title": {"type": "plain_text", "text": title}, "submit": {"type": "plain_text", "text": "Save"}}
    return {"type": "modal", "callback_id": "form", **shown, "blocks": blocks, **more}


def opened(sandbox: Sandbox, app: App, client: WebClient, view: dict[str, Any]) -> dict[str, Any]:
    app.command("/lunch")(lambda ack: ack())
    trigger = sandbox.command("U0ADA", "/lunch", wait=0).trigger_id
    return dict(client.views_open(trigger_id=trigger, view=view)["view"])


def pressed_in(sandbox: Sandbox, app: App) -> str:
    """A trigger from a button in the modal on top."""
    app.action("go")(lambda ack: ack())
    return sandbox.press("U0ADA", sandbox.modals_of("U0ADA")[-1], "go", wait=0).trigger_id


def test_three_modals_lie_on_each_other_at_most(
    sandbox: Sandbox, bolt_app: App, client: WebClient, refusal: Refusal
) -> None:
    opened(sandbox, bolt_app, client, modal("one", notify_on_close=True))
    for title in ("two", "three"):
        client.views_push(trigger_id=pressed_in(sandbox, bolt_app), view=modal(title))
    full = refusal(client.views_push, trigger_id=pressed_in(sandbox, bolt_app), view=modal("four"))
    assert full["error"] == "push_limit_reached"
    from_command = sandbox.command("U0ADA", "/lunch", wait=0).trigger_id
    no_modal = refusal(client.views_push, trigger_id=from_command, view=modal("five"))
    assert no_modal["error"] == "invalid_trigger_id"
    top = sandbox.modals_of("U0ADA")[-1]
    bolt_app.view_closed("form")(lambda ack: ack())
    result = sandbox.close_view("U0ADA", top["id"], every=True)
    assert (result.status, sandbox.modals_of("U0ADA")) == (200, [])


def test_an_app_that_did_not_ask_is_not_told_of_a_closed_modal(
    sandbox: Sandbox, bolt_app: App, client: WebClient
) -> None:
    view = opened(sandbox, bolt_app, client, modal())
    assert sandbox.close_view("U0ADA", view["id"]).status is None
    assert [request["kind"] for request in sandbox.requests_to_app()] == ["command"]
    assert sandbox.modals_of("U0ADA") == []


def test_external_ids(sandbox: Sandbox, bolt_app: App, client: WebClient, refusal: Refusal) -> None:
    first = opened(sandbox, bolt_app, client, modal(external_id="mine"))
    changed = client.views_update(external_id="mine", view=modal("Changed", external_id="mine"))["view"]
    assert (changed["id"], changed["title"]["text"]) == (first["id"], "Changed")
    assert changed["hash"] != first["hash"]
    again = refusal(
        client.views_push, trigger_id=pressed_in(sandbox, bolt_app), view=modal(external_id="mine")
    )
    assert again["error"] == "duplicate_external_id"
    neither = refusal(client.api_call, "views.update", json={"view": modal()})
    assert neither["error"] == "invalid_arguments"


def test_a_home_tab_can_be_updated_by_its_id(client: WebClient, sandbox: Sandbox) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = client.views_publish(user_id="U0ADA", view=home)["view"]
    client.views_update(view_id=first["id"], view={**home, "private_metadata": "2"})
    shown = sandbox.home_of("U0ADA")
    assert shown is not None
    assert (shown["id"], shown["private_metadata"]) == (first["id"], "2")


def test_a_fast_clock_does_not_hurry_apps(
    new_sandbox: Callable[..., Sandbox], connect_to: Callable[..., WebClient], raw_app_at: Any
) -> None:
    made = new_sandbox(speed=10_000)
    made.add_user("U0ADA", name="Ada")
    made.app_url = raw_app_at
    trigger = made.command("U0ADA", "/lunch", wait=0).trigger_id
    assert connect_to(made).views_open(trigger_id=trigger, view=modal())["ok"]


def test_a_modal_through_the_control_api(sandbox: Sandbox, bolt_app: App, client: WebClient) -> None:
    bolt_app.view("form")(lambda ack: ack(response_action="errors", errors={"name": "No."}))
    bolt_app.event("app_home_opened")(lambda: None)
    url, view = sandbox.url, opened(sandbox, bolt_app, client, modal())
    assert [each["id"] for each in ask(url, "GET", "/users/U0ADA/modals")[1]] == [view["id"]]
    sent = {"user_id": "U0ADA", "view_id": view["id"], "values": {"name": "Ada"}}
    status, result = ask(url, "POST", "/views/submit", sent)
    assert (status, result["status"], result["errors"]) == (200, 200, {"name": "No."})
    closed = ask(url, "POST", "/views/close", {"user_id": "U0ADA", "view_id": view["id"]})
    assert (closed[0], closed[1]["view"]) == (200, None)
    gone = ask(url, "POST", "/views/submit", sent)
    assert (gone[0], "does not see the modal" in gone[1]) == (400, True)
    unknown = {"user_id": "U0ADA", "message": {"id": "V404"}, "action_id": "a", "choice": None}
    assert ask(url, "POST", "/choose", unknown)[0] == 400
    assert ask(url, "POST", "/home", {"user_id": "U0ADA", "wait": 0})[1]["delivered"] is True
    said = {"user_id": "U0ADA", "channel_id": "U0LUNCHBOT", "text": "hello"}
    channel = ask(url, "POST", "/say", said)[1]["channel"]
    assert ask(url, "POST", "/read", {"user_id": "U0ADA", "channel_id": channel}) == (200, None)
    assert ask(url, "POST", "/page-button", {"label": "x"})[0] == 400
    assert ask(url, "GET", "/sockets") == (200, 0)
    assert ask(url, "POST", "/sockets/disconnect", {}) == (200, 0)


def test_wrong_values(sandbox: Sandbox, bolt_app: App, client: WebClient) -> None:
    view = opened(sandbox, bolt_app, client, modal())
    for values, why in (
        ({"elsewhere": "x"}, "has 0 inputs"),
        ({"name": {"other": "x"}}, "no input 'other'"),
        ({"name": 3}, "takes a string"),
    ):
        answer = ask(
            sandbox.url,
            "POST",
            "/views/submit",
            {"user_id": "U0ADA", "view_id": view["id"], "values": values},
        )
        assert answer[0] == 400
        assert why in answer[1]
