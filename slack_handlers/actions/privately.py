"""The button "Privately …" in a group message."""

from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.messages import PrivateStep
from domain.ports import Clock
from slack_handlers.answer import answer
from slack_handlers.blocks.privately import private_choice
from slack_handlers.readers import WordsOf
from use_cases.ask_privately import ask_privately


def privately(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    words_of: WordsOf,
) -> None:
    """Show the choices to whoever pressed, and to nobody else; the group message stays as it is."""
    ack()
    user = body["user"]["id"]
    choices = ask_privately(sessions, action["value"], user, PrivateStep.CHOICES, now=clock.now())
    answer(respond, private_choice(words_of(user), choices))
