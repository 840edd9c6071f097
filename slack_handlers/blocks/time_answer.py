"""A word to whoever pressed a button that could not do what it says."""

from domain.proposals import Pressed
from slack_handlers.blocks.message import Message
from slack_handlers.blocks.private_answer import private_answer
from slack_handlers.blocks.words import Words, marked

TOLD = {
    Pressed.OWN: marked("You suggested this time yourself, so it's for the others to say whether it works."),
    Pressed.OUTDATED: marked("Another time was suggested just before you pressed. The message shows it now."),
}


def time_answer(words: Words, pressed: Pressed) -> Message:
    """Why nothing has changed."""
    return private_answer(words, words.say(TOLD[pressed]))
