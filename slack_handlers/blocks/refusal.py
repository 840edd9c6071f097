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
from slack_handlers.blocks.words import Words


def refusal(words: Words, error: LunchmatesError) -> Message:
    """Why not, and the buttons for what would go."""
    return private_answer(words, words.say_error(error), buttons=_instead(words, error))


def trouble(words: Words, reference: str) -> Message:
    """Something broke on our side; the log has the rest under the same number."""
    text = words.say(
        "Something went wrong on my side, sorry. `/lunch status` shows where you stand; please try again in "
        "a minute. If it happens again, give your admin this number: {reference}.",
        reference=reference,
    )
    return message(words, text, section(text))


def _instead(words: Words, error: LunchmatesError) -> list[ButtonElement]:
    match error:
        case UnclearPause():
            return [pause_button(words, 2), pause_button(words, 4)]
        case PauseTooLong():
            return [pause_button(words, 2), pause_button(words, 4), leave_button(words)]
        case NotTakingPart() | UnknownPerson():
            return [join_button(words)]
        case _:
            return []
