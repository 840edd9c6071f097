"""A pause ends: said once, before the next introductions go out, with a way to stay away longer."""

from slack_sdk.models.blocks import ActionsBlock

from domain.messages import WelcomeBackMessage
from slack_handlers.blocks.buttons import leave_button, pause_button
from slack_handlers.blocks.message import Message, message, moment, section
from slack_handlers.blocks.standing import someone


def welcome_back(content: WelcomeBackMessage) -> Message:
    """The end of a pause."""
    when = moment(content.next_at, content.today)
    whom = someone(across=content.across_departments, in_groups=content.in_groups)
    text = (
        f"Welcome back: your pause is over. On {when}, I'll introduce you to {whom}."
        if content.is_over
        else f"Your pause is nearly over: on {when}, I'll introduce you to {whom}."
    )
    text += " Not yet? Pause again, or leave; nobody is told either way."
    return message(
        text,
        section(text),
        ActionsBlock(elements=[pause_button(2), pause_button(4), leave_button()]),
    )
