"""A word to whoever pressed a button that could not do what it says."""

from domain.proposals import Pressed
from slack_handlers.blocks.message import Message
from slack_handlers.blocks.private_answer import private_answer

TOLD = {
    Pressed.OWN: "You suggested this time yourself, so it's for the others to say whether it works.",
    Pressed.OUTDATED: "Another time was suggested just before you pressed. The message shows it now.",
}


def time_answer(pressed: Pressed) -> Message:
    """Why nothing has changed."""
    return private_answer(TOLD[pressed])
