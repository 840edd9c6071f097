"""It has been quiet: the reader is paused until they come back, and nobody is told."""

from slack_sdk.models.blocks import ActionsBlock

from domain.messages import RestingMessage
from slack_handlers.blocks.buttons import back_button, leave_button
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.words import Words


def resting(words: Words, content: RestingMessage) -> Message:
    """The one message of such a pause."""
    said = words.say(
        "It's been quiet: nobody answered about your last {number} introductions, so I've paused you. Nobody "
        "is told, and I won't write again.",
        number=content.rounds,
    )
    back = words.say("Whenever it suits you, one press brings you back; so does `/lunch resume`.")
    text = f"{said} {back}"
    return message(
        words, text, section(text), ActionsBlock(elements=[back_button(words), leave_button(words)])
    )
