"""A small Bolt app with something on every surface, for the page to show."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from werkzeug.serving import make_server

from sandbox import Sandbox

SECRET, TOKEN = "signing-secret", "xoxb-page"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, **more: str) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def field(label: str, block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    entered = {"action_id": "entered", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": entered, **more}


STATUS = [
    section("You're in. On *Monday* I'll introduce you to _someone_ from another department :wave:"),
    {
        "type": "actions",
        "elements": [button("Pause", "pause"), button("Leave", "leave", style="danger")],
    },
]

PREFERENCES = {
    "type": "modal",
    "callback_id": "preferences",
    "notify_on_close": True,
    "title": plain("Your lunches"),
    "submit": plain("Save"),
    "close": plain("Not now"),
    "blocks": [
        section("Only the next introductions use this; nobody else sees it."),
        field(
            "How do you like to meet?",
            "format",
            {"type": "radio_buttons", "options": options("Lunch", "Coffee", "Video")},
        ),
        field(
            "What do you like to talk about?",
            "topics",
            {"type": "plain_text_input", "placeholder": plain("Bread, bikes, graphs …")},
            hint=plain("A few words are enough."),
        ),
        field(
            "Who should we leave out?",
            "without",
            {"type": "multi_users_select", "placeholder": plain("Nobody")},
            optional=True,
        ),
        field(
            "Where?",
            "office",
            {"type": "static_select", "options": options("Berlin", "Paris")},
            optional=True,
        ),
        field(
            "Days",
            "days",
            {"type": "checkboxes", "options": options("Monday", "Tuesday", "Wednesday")},
            optional=True,
        ),
        field("Pause until", "until", {"type": "datepicker"}, optional=True),
        field("Earliest", "earliest", {"type": "timepicker", "initial_time": "12:00"}, optional=True),
    ],
}


def home(pressed: int = 0) -> dict[str, Any]:
    more = {"type": "overflow", "action_id": "more", "options": options("Export", "Forget me")}
    size = {
        "type": "static_select",
        "action_id": "size",
        "placeholder": plain("Group size"),
        "options": options("Two", "Three"),
    }
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Your next lunch")},
            section("*Monday 30 November*\nWith someone from another department.", accessory=more),
            {
                "type": "section",
                "fields": [
                    {"type": "mrkdwn", "text": "*Lunches so far*\n4"},
                    {"type": "mrkdwn", "text": f"*Pressed*\n{pressed}"},
                ],
            },
            {"type": "actions", "elements": [button("Press", "press", style="primary"), size]},
            {"type": "divider"},
            {
                "type": "context",
                "elements": [{"type": "mrkdwn", "text": "Only you see this. `/lunch leave` stops."}],
            },
        ],
    }


def lunch_app(client: WebClient) -> App:
    logging.getLogger("quiet-page").setLevel(logging.ERROR)
    app = App(signing_secret=SECRET, client=client, logger=logging.getLogger("quiet-page"))
    presses: dict[str, int] = {}

    @app.command("/lunch")
    def lunch(ack: Any, command: Any, client: WebClient) -> None:
        if command["text"] == "preferences":
            ack()
            client.views_open(trigger_id=command["trigger_id"], view=PREFERENCES)
            return
        ack(text="You're in.", blocks=STATUS)

    @app.action("pause")
    def pause(ack: Any, respond: Any) -> None:
        ack()
        respond(
            text="Paused until Monday.", replace_original=True, blocks=[section("*Paused* until Monday.")]
        )

    @app.action("leave")
    def leave(ack: Any, respond: Any) -> None:
        ack()
        respond(text="You left.", replace_original=True)

    @app.view("preferences")
    def save(ack: Any, view: Any, body: Any, client: WebClient) -> None:
        topics = view["state"]["values"]["topics"]["entered"]["value"]
        if "secret" in topics:
            ack(response_action="errors", errors={"topics": "Please choose something you can talk about."})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=f"Saved: {topics}")

    @app.view_closed("preferences")
    def closed(ack: Any, body: Any, client: WebClient) -> None:
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="Nothing was changed.")

    @app.event("app_home_opened")
    def opened(event: Any, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=home(presses.get(event["user"], 0)))

    @app.action("press")
    def press(ack: Any, body: Any, client: WebClient) -> None:
        ack()
        user = body["user"]["id"]
        presses[user] = presses.get(user, 0) + 1
        client.views_publish(user_id=user, view=home(presses[user]))

    for quiet in ("size", "more"):
        app.action(quiet)(lambda ack: ack())
    return app


def introduce(client: WebClient, *users: str) -> str:
    """A group message, as the app sends them."""
    channel: str = client.conversations_open(users=list(users))["channel"]["id"]
    names = " and ".join(f"<@{user}>" for user in users[1:])
    blocks = [
        section(
            f"*<@{users[0]}>, meet {names}.*\n• <@{users[0]}>, Finance. Ask about: bread.\n• {names}, Sales."
        ),
        section("*Why you two:* you work in different departments, and you haven't been introduced before."),
        {
            "type": "actions",
            "elements": [
                button("We picked a time", "picked", style="primary"),
                button("Can't this week", "cannot"),
            ],
        },
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "To stop, type `/lunch leave`; nobody is told."}],
        },
    ]
    client.chat_postMessage(channel=channel, text="Meet each other.", blocks=blocks)
    return channel


@contextmanager
def served(sandbox: Sandbox) -> Iterator[WebClient]:
    """The app on a port of its own, known to the sandbox; yields its Web API client."""
    client = WebClient(token=TOKEN, base_url=sandbox.api_url)
    handler = SlackRequestHandler(lunch_app(client))
    flask_app = Flask("page")
    flask_app.add_url_rule("/slack/events", "events", lambda: handler.handle(request), methods=["POST"])
    server = make_server("127.0.0.1", 0, flask_app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    sandbox.app_url = f"http://127.0.0.1:{server.port}/slack/events"
    try:
        yield client
    finally:
        server.shutdown()
