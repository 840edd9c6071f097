"""The buttons "Skip this round" and "I'm in after all"."""

from datetime import date
from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.answer import answer
from slack_handlers.blocks.heads_up import SKIP, heads_up
from slack_handlers.readers import WordsOf
from use_cases.skip_round import skip_round as skip


def skip_round(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    workspace_id: int,
    words_of: WordsOf,
) -> None:
    """Note it, in place of the question."""
    ack()
    user, period_on = body["user"]["id"], date.fromisoformat(action["value"])
    wants_to = action["action_id"] == SKIP
    noted = skip(sessions, user, period_on, skip=wants_to, workspace_id=workspace_id, now=clock.now())
    answer(respond, heads_up(words_of(user), noted), in_place=True)
