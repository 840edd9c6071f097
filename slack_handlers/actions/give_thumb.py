"""The buttons with a thumb up and a thumb down."""

from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.rounds import Thumb
from slack_handlers.answer import answer
from slack_handlers.blocks.check_in import THUMBS, check_in
from slack_handlers.readers import WordsOf
from use_cases.give_thumb import give_thumb as give


def give_thumb(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    words_of: WordsOf,
) -> None:
    """Record it, and show it in place."""
    ack()
    user = body["user"]["id"]
    thumb = next(one for one in Thumb if THUMBS[one] == action["action_id"])
    answer(respond, check_in(words_of(user), give(sessions, action["value"], user, thumb)), in_place=True)
