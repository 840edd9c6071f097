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

CALLBACK, WHEN, WHAT, PICKED = "other_time", "when", "what", "picked"
KINDS = {
    LunchKind.LUNCH: "Lunch",
    LunchKind.COFFEE: "Coffee",
    LunchKind.WALK: "A walk",
    LunchKind.VIDEO: "A video call",
}


def other_time(question: TimeQuestion, private_metadata: str) -> dict[str, Any]:
    """When, in the reader's own time, and what for."""
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=private_metadata,
        title=_plain("Suggest a time"),
        submit=_plain("Suggest"),
        close=_plain("Cancel"),
        blocks=[
            InputBlock(
                block_id=WHEN,
                label=_plain("When?"),
                hint=_plain("In your own time zone, and within three weeks. The others see it in theirs."),
                element=DateTimePickerElement(
                    action_id=PICKED, initial_date_time=int(question.starts_at.timestamp())
                ),
            ),
            InputBlock(
                block_id=WHAT,
                label=_plain("What for?"),
                element=RadioButtonsElement(
                    action_id=PICKED,
                    options=[_option(kind) for kind in KINDS],
                    initial_option=_option(question.kind),
                ),
            ),
        ],
    ).to_dict()


def _option(kind: LunchKind) -> Option:
    return Option(text=_plain(KINDS[kind]), value=kind.value)


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
