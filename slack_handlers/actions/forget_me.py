"""The buttons "Forget me" and "Keep everything"."""

from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.answer import answer
from slack_handlers.blocks.my_data import forgotten, nothing_forgotten
from slack_handlers.home import publish_home
from slack_handlers.readers import HomeTab, WordsOf
from use_cases.forget_me import forget_me as forget
from use_cases.show_status import show_status


def forget_me(
    ack: Ack,
    respond: Respond,
    client: WebClient,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    workspace_id: int,
    words_of: WordsOf,
) -> None:
    """Erase, and say so in the language that is known until then."""
    ack()
    user, now = body["user"]["id"], clock.now()
    words = words_of(user)
    forget(sessions, user, int(action["value"]), workspace_id=workspace_id, now=now)
    answer(respond, forgotten(words), in_place=True)
    result = show_status(sessions, user, workspace_id=workspace_id, now=now)
    # Slack keeps what a Home tab showed: past lunches and preferences go from there, too.
    publish_home(client, user, words, result, HomeTab())


def keep_everything(ack: Ack, respond: Respond, body: dict[str, Any], words_of: WordsOf) -> None:
    """Nothing happens."""
    ack()
    answer(respond, nothing_forgotten(words_of(body["user"]["id"])), in_place=True)
