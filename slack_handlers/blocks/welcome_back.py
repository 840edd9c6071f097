"""A pause is over: said once, with the next date and a way to stay away longer."""

from slack_sdk.models.blocks import ActionsBlock, MarkdownTextObject, SectionBlock

from domain.messages import WelcomeBackMessage
from slack_handlers.blocks.buttons import leave_button, pause_button
from slack_handlers.blocks.message import Message, message, moment


def welcome_back(content: WelcomeBackMessage) -> Message:
    """The end of a pause."""
    text = (
        f"Welcome back: your pause is over. {moment(content.next_at)}, I'll introduce you to someone from "
        "another department. Not yet? The buttons, or `/lunch pause 2w`, give you more time."
    )
    return message(
        text,
        SectionBlock(text=MarkdownTextObject(text=text)),
        ActionsBlock(elements=[pause_button(2), leave_button()]),
    )
