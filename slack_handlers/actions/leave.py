"""The button "Leave"."""

from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.home import show_standing
from slack_handlers.readers import HomeOf, WordsOf
from use_cases.leave_program import leave_program


def leave(
    ack: Ack,
    respond: Respond,
    client: WebClient,
    body: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    workspace_id: int,
    words_of: WordsOf,
    home_of: HomeOf,
) -> None:
    """The same as `/lunch leave`."""
    ack()
    user = body["user"]["id"]
    result = leave_program(sessions, user, workspace_id=workspace_id, now=clock.now())
    show_standing(body, respond, client, words_of(user), result, home_of)
