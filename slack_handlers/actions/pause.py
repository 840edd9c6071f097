"""The buttons "Pause … weeks", and the date picker "Pause until …"."""

from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.home import show_standing
from slack_handlers.readers import HomeOf, WordsOf
from use_cases.pause_program import pause_program


def pause(
    ack: Ack,
    respond: Respond,
    client: WebClient,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    workspace_id: int,
    words_of: WordsOf,
    home_of: HomeOf,
) -> None:
    """The same as `/lunch pause …`; a button says how long in its value."""
    ack()
    words = action.get("value") or f"until {action['selected_date']}"
    user = body["user"]["id"]
    result = pause_program(sessions, user, words, workspace_id=workspace_id, now=clock.now())
    show_standing(body, respond, client, words_of(user), result, home_of)
