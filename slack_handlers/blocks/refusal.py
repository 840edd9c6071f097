"""A wish that can't be met, or something that broke: why, and what to do instead."""

from slack_sdk.models.blocks import ButtonElement

from domain.errors import (
    LunchmatesError,
    NotTakingPart,
    PauseTooLong,
    UnclearPause,
    UnknownPerson,
)
from slack_handlers.blocks.buttons import join_button, leave_button, pause_button
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.private_answer import private_answer


def refusal(error: LunchmatesError) -> Message:
    """Why not, and the buttons for what would go."""
    return private_answer(str(error), buttons=_instead(error))


def trouble(reference: str) -> Message:
    """Something broke on our side; the log has the rest under the same number."""
    text = (
        "Something went wrong on my side, sorry. `/lunch status` shows where you stand; please try again "
        f"in a minute. If it happens again, give your admin this number: {reference}."
    )
    return message(text, section(text))


def _instead(error: LunchmatesError) -> list[ButtonElement]:
    match error:
        case UnclearPause():
            return [pause_button(2), pause_button(4)]
        case PauseTooLong():
            return [pause_button(2), pause_button(4), leave_button()]
        case NotTakingPart() | UnknownPerson():
            return [join_button()]
        case _:
            return []
