"""The question "Which other time?", as a modal."""

from typing import Any

from slack_sdk.models.blocks import (
    DateTimePickerElement,
    InputBlock,
    Option,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from domain.messages import TimeQuestion
from domain.proposals import LunchKind
from slack_handlers.blocks.words import Words, marked

CALLBACK, WHEN, WHAT, PICKED = "other_time", "when", "what", "picked"
KINDS = {
    LunchKind.LUNCH: marked("Lunch"),
    LunchKind.COFFEE: marked("Coffee"),
    LunchKind.WALK: marked("A walk"),
    LunchKind.VIDEO: marked("A video call"),
}


def other_time(words: Words, question: TimeQuestion, private_metadata: str) -> dict[str, Any]:
    """When, in the reader's own time, and what for."""
    hint = words.say("In your own time zone, and within three weeks. The others see it in theirs.")
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=private_metadata,
        title=_plain(words.say("Suggest a time")),
        submit=_plain(words.say("Suggest")),
        close=_plain(words.say("Cancel")),
        blocks=[
            InputBlock(
                block_id=WHEN,
                label=_plain(words.say("When?")),
                hint=_plain(hint),
                element=DateTimePickerElement(
                    action_id=PICKED, initial_date_time=int(question.starts_at.timestamp())
                ),
            ),
            InputBlock(
                block_id=WHAT,
                label=_plain(words.say("What for?")),
                element=RadioButtonsElement(
                    action_id=PICKED,
                    options=[_option(words, kind) for kind in KINDS],
                    initial_option=_option(words, question.kind),
                ),
            ),
        ],
    ).to_dict()


def _option(words: Words, kind: LunchKind) -> Option:
    return Option(text=_plain(words.say(KINDS[kind])), value=kind.value)


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
