"""A pause ends: said once, before the next introductions go out, with a way to stay away longer."""

from slack_sdk.models.blocks import ActionsBlock

from domain.messages import WelcomeBackMessage
from slack_handlers.blocks.buttons import leave_button, pause_button
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.standing import next_introduction
from slack_handlers.blocks.words import Words


def welcome_back(words: Words, content: WelcomeBackMessage) -> Message:
    """The end of a pause."""
    when = words.moment(content.next_at, content.today)
    ends = (
        words.say("Welcome back: your pause is over.")
        if content.is_over
        else words.say("Your pause is nearly over.")
    )
    coming = next_introduction(words, content, when)
    yet = words.say("Not yet? Pause again, or leave; nobody is told either way.")
    text = f"{ends} {coming} {yet}"
    return message(
        words,
        text,
        section(text),
        ActionsBlock(elements=[pause_button(words, 2), pause_button(words, 4), leave_button(words)]),
    )
