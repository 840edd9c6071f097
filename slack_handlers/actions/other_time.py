"""The button "Other time"."""

import json
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.blocks.other_time import other_time as modal
from slack_handlers.readers import WordsOf
from slack_handlers.web_api import call
from use_cases.ask_for_time import ask_for_time


def other_time(
    ack: Ack,
    client: WebClient,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    words_of: WordsOf,
) -> None:
    """Ask which; the question remembers the message, if any, that it was asked from."""
    ack()
    user = body["user"]["id"]
    question = ask_for_time(sessions, action["value"], user, now=clock.now())
    pressed = body["container"]
    # In the Home tab there is no message: the modal finds it by the introduction.
    at = [pressed["channel_id"], pressed["message_ts"]] if pressed["type"] == "message" else []
    origin = json.dumps([question.introduction_id, *at])
    call(client.views_open, trigger_id=body["trigger_id"], view=modal(words_of(user), question, origin))
