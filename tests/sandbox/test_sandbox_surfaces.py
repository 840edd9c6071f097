"""Commands, buttons, choices, modals, the Home tab and events, over HTTP and over Socket Mode alike."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Sandbox, SandboxError
from tests.sandbox.surfaces import APP_TOKEN, by_socket, over_http, until


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    entered = {"action_id": "in", **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": entered, **more}


def options(*values: str) -> list[dict[str, Any]]:
    return [{"text": plain(value), "value": value} for value in values]


def modal(*blocks: dict[str, Any], title: str = "Lunch", **more: Any) -> dict[str, Any]:
    shown = {"type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("Save")}
    return {**shown, "blocks": list(blocks), **more}


NAME = field("name", {"type": "plain_text_input", "min_length": 2})


@pytest.fixture(params=["http", "socket"])
def surface(
    request: pytest.FixtureRequest, new_sandbox: Callable[..., Sandbox]
) -> Iterator[tuple[Sandbox, App]]:
    made = new_sandbox(app_token=APP_TOKEN, message_events=("message.im",))
    for name in ("Ada", "Ben", "Cleo"):
        made.add_user(f"U0{name.upper()}", name=f"{name} Example")
    with {"http": over_http, "socket": by_socket}[request.param](made) as app:
        yield made, app
        assert {entry["via"] for entry in made.requests_to_app()} <= {request.param}


def open_modal(sandbox: Sandbox, app: App, view: dict[str, Any]) -> dict[str, Any]:
    @app.command("/lunch")
    def lunch(ack: Any, client: WebClient, body: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)

    sandbox.command("U0ADA", "/lunch")
    [opened] = sandbox.modals_of("U0ADA")
    return opened


def test_a_command_answers_in_its_acknowledgement_and_later(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface

    @app.command("/lunch")
    def lunch(ack: Any, respond: Any, command: Any) -> None:
        ack(f"one moment, {command['text']}")
        respond("done")

    result = sandbox.command("U0ADA", "/lunch", "join")
    assert result.status == 200
    assert {message["text"] for message in result.wait_for_messages(2)} == {"one moment, join", "done"}


def test_a_button_and_an_event(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    seen: list[Any] = []
    app.event("user_change")(lambda event: seen.append(event["user"]["id"]))

    @app.action("go")
    def go(ack: Any, respond: Any) -> None:
        ack()
        respond("gone", replace_original=True)

    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    app.client.chat_postMessage(channel="U0ADA", text="x", blocks=[{"type": "actions", "elements": [button]}])
    [message] = sandbox.messages()
    assert sandbox.press("U0ADA", message, "go").status == 200
    until(lambda: sandbox.messages()[0]["text"] == "gone")
    sandbox.update_user("U0BEN", notify=True, title="Cook")
    until(lambda: seen == ["U0BEN"])


def test_every_kind_of_choice_in_a_message(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    actions: list[Any] = []

    @app.action({"type": "block_actions", "action_id": "pick"})
    def pick(ack: Any, body: Any) -> None:
        ack()
        actions.append((body["actions"][0], body["state"]["values"]))

    cases: list[tuple[dict[str, Any], Any, str, Any]] = [
        ({"type": "static_select", "options": options("a", "b")}, "b", "selected_option", options("b")[0]),
        (
            {"type": "multi_static_select", "options": options("a", "b")},
            ["a"],
            "selected_options",
            options("a"),
        ),
        ({"type": "users_select"}, "U0BEN", "selected_user", "U0BEN"),
        ({"type": "multi_users_select"}, ["U0BEN"], "selected_users", ["U0BEN"]),
        ({"type": "datepicker"}, "2026-11-30", "selected_date", "2026-11-30"),
        ({"type": "timepicker"}, "12:30", "selected_time", "12:30"),
        ({"type": "checkboxes", "options": options("a", "b")}, ["b"], "selected_options", options("b")),
        ({"type": "radio_buttons", "options": options("a", "b")}, "a", "selected_option", options("a")[0]),
        ({"type": "overflow", "options": options("a", "b")}, "a", "selected_option", options("a")[0]),
    ]
    for element, choice, key, wanted in cases:
        accessory = {**element, "action_id": "pick"}
        blocks = [{"type": "section", "block_id": "s", "text": plain("x"), "accessory": accessory}]
        sandbox.advance(10)
        app.client.chat_postMessage(channel="U0ADA", text="x", blocks=blocks)
        sandbox.choose("U0ADA", sandbox.messages()[-1], "pick", choice, wait=0)
        until(lambda: len(actions) > 0)
        action, values = actions.pop()
        assert (action["type"], action[key]) == (element["type"], wanted)
        if element["type"] == "overflow":
            assert values == {}
        else:
            assert values["s"]["pick"] == {"type": element["type"], key: wanted}


def test_impossible_choices(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    element = {"type": "static_select", "action_id": "pick", "options": options("a")}
    app.client.chat_postMessage(
        channel="U0ADA", text="x", blocks=[{"type": "actions", "elements": [element]}]
    )
    [message] = sandbox.messages()
    with pytest.raises(SandboxError, match="no option 'z'; there are: a"):
        sandbox.choose("U0ADA", message, "pick", "z")
    with pytest.raises(SandboxError, match="choose in it"):
        sandbox.press("U0ADA", message, "pick")
    assert sandbox.requests_to_app() == []


def test_a_modal_is_filled_refused_and_accepted(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    days = field("days", {"type": "checkboxes", "options": options("mon", "tue")}, optional=True)
    bodies: list[Any] = []

    @app.view("form")
    def save(ack: Any, body: Any, view: Any) -> None:
        bodies.append(body)
        if view["state"]["values"]["name"]["in"]["value"] == "bad":
            ack(response_action="errors", errors={"name": "Not that one."})
        else:
            ack()

    opened = open_modal(sandbox, app, modal(NAME, days, private_metadata="7"))
    empty = sandbox.submit_view("U0ADA", opened["id"], {})
    assert (empty.status, dict(empty.errors)) == (None, {"name": "Please complete this required field."})
    short = sandbox.submit_view("U0ADA", opened["id"], {"name": "x"})
    assert (dict(short.errors), bodies) == ({"name": "Please enter at least 2 characters."}, [])
    refused = sandbox.submit_view("U0ADA", opened["id"], {"name": "bad", "days": {"in": ["tue"]}})
    assert (refused.status, dict(refused.errors)) == (200, {"name": "Not that one."})
    assert refused.view is not None
    accepted = sandbox.submit_view("U0ADA", opened["id"], {"name": "good"})
    assert (accepted.status, dict(accepted.errors), accepted.view) == (200, {}, None)
    view = bodies[-1]["view"]
    assert view["private_metadata"] == "7"
    assert view["state"]["values"]["name"]["in"] == {"type": "plain_text_input", "value": "good"}
    assert view["state"]["values"]["days"]["in"]["selected_options"] == options("tue")
    with pytest.raises(SandboxError, match="does not see the modal"):
        sandbox.close_view("U0ADA", opened["id"])


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(NAME, title="Updated")}, ["Updated"]),
        ({"response_action": "push", "view": modal(NAME, title="Pushed")}, ["Lunch", "Pushed"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_what_a_submission_may_answer(surface: tuple[Sandbox, App], answer: Any, titles: list[str]) -> None:
    sandbox, app = surface
    app.view("form")(lambda ack: ack(answer))
    opened = open_modal(sandbox, app, modal(NAME))
    assert sandbox.submit_view("U0ADA", opened["id"], {"name": "Ada"}).failure is None
    assert [view["title"]["text"] for view in sandbox.modals_of("U0ADA")] == titles


def test_a_bad_answer_to_a_submission_leaves_the_modal_open(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    app.view("form")(lambda ack: ack(response_action="errors", errors={"elsewhere": "x"}))
    opened = open_modal(sandbox, app, modal(NAME))
    result = sandbox.submit_view("U0ADA", opened["id"], {"name": "Ada"})
    assert (result.failure, len(sandbox.modals_of("U0ADA"))) == ("bad_response_action", 1)


def test_closing_is_told_where_the_app_asked_for_it(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    closed: list[Any] = []

    @app.view_closed("form")
    def gone(ack: Any, body: Any) -> None:
        ack()
        closed.append((body["type"], body["is_cleared"], body["view"]["id"]))

    opened = open_modal(sandbox, app, modal(NAME, notify_on_close=True))
    assert sandbox.close_view("U0ADA", opened["id"]).view is None
    assert closed == [("view_closed", False, opened["id"])]


def test_choosing_in_a_modal_updates_and_pushes(surface: tuple[Sandbox, App], refusal: Any) -> None:
    sandbox, app = surface
    choice = {"type": "static_select", "action_id": "kind", "options": options("update", "push")}
    first = modal(NAME, {"type": "actions", "block_id": "a", "elements": [choice]})
    seen: list[Any] = []

    @app.action("kind")
    def kind(ack: Any, body: Any, client: WebClient, action: Any) -> None:
        ack()
        seen.append(body)
        if action["selected_option"]["value"] == "update":
            view = body["view"]
            client.views_update(
                view_id=view["id"], hash=view["hash"], view={**first, "title": plain("Updated")}
            )
        else:
            client.views_push(trigger_id=body["trigger_id"], view=modal(NAME, title="Pushed"))

    opened = open_modal(sandbox, app, first)
    sandbox.choose("U0ADA", opened, "kind", "update", entered={"name": "Ada"})
    [updated] = sandbox.modals_of("U0ADA")
    assert (updated["id"], updated["title"]["text"]) == (opened["id"], "Updated")
    # What the user has typed outlives an update, as in Slack.
    assert updated["state"]["values"]["name"]["in"]["value"] == "Ada"
    assert (seen[0]["container"], "response_url" in seen[0]) == (
        {"type": "view", "view_id": opened["id"]},
        False,
    )
    sandbox.choose("U0ADA", updated, "kind", "push")
    below, top = sandbox.modals_of("U0ADA")
    assert (top["previous_view_id"], top["root_view_id"]) == (below["id"], below["id"])
    old = refusal(app.client.views_update, view_id=below["id"], hash="0", view=first)
    assert old["error"] == "hash_conflict"
    assert refusal(app.client.views_update, view_id="V404", view=first)["error"] == "not_found"
    with pytest.raises(SandboxError, match="does not see the view"):
        sandbox.choose("U0ADA", below, "kind", "push")
    sandbox.close_view("U0ADA", top["id"])
    assert [view["id"] for view in sandbox.modals_of("U0ADA")] == [below["id"]]


def test_the_home_tab(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    button = {"type": "button", "action_id": "more", "text": plain("More")}

    def tab(text: str) -> dict[str, Any]:
        words = {"type": "section", "text": plain(text)}
        return {"type": "home", "blocks": [words, {"type": "actions", "elements": [button]}]}

    @app.event("app_home_opened")
    def opened(event: Any, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=tab(f"{event['tab']} {'view' in event}"))

    @app.action("more")
    def more(ack: Any, body: Any, client: WebClient) -> None:
        ack()
        client.views_publish(user_id=body["user"]["id"], view=tab("more"), hash=body["view"]["hash"])

    assert sandbox.open_home("U0ADA").delivered
    home = sandbox.home_of("U0ADA")
    assert home is not None
    assert home["blocks"][0]["text"]["text"] == "home False"
    sandbox.press("U0ADA", home, "more")
    pressed = sandbox.home_of("U0ADA")
    assert pressed is not None
    assert (pressed["id"], pressed["blocks"][0]["text"]["text"]) == (home["id"], "more")


def test_what_a_user_says(surface: tuple[Sandbox, App]) -> None:
    sandbox, app = surface
    heard: list[Any] = []
    app.event("message")(lambda event: heard.append((event["text"], event["channel_type"])))
    said = sandbox.say("U0ADA", "U0LUNCHBOT", "hello")
    sandbox.say("U0ADA", "C0GENERAL", "good morning")
    until(lambda: heard == [("hello", "im")])
    assert sandbox.messages(said["channel"])[0]["user"] == "U0ADA"
    channel = app.client.conversations_open(users=["U0ADA", "U0BEN"])["channel"]["id"]
    sandbox.say("U0BEN", channel, "Tuesday?")
    [message] = app.client.conversations_history(channel=channel)["messages"]
    assert (message["user"], "bot_id" in message) == ("U0BEN", False)
    for user, place, text, why in (
        ("U0CLEO", channel, "x", "is not in"),
        ("U0ADA", "C404", "x", "no channel"),
        ("U0ADA", channel, " ", "empty"),
    ):
        with pytest.raises(SandboxError, match=why):
            sandbox.say(user, place, text)
