"""A message as Slack takes it: blocks to see, and a text that says all of it to a screen reader."""

from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from babel.dates import format_date
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and the text that says the same."""

    text: str
    blocks: list[dict[str, Any]]


def message(text: str, *blocks: Block) -> Message:
    """A message of these blocks; Slack's limits are checked here, not by Slack."""
    labels = [
        element.text.text
        for block in blocks
        if isinstance(block, ActionsBlock)
        for element in block.elements
        if isinstance(element, ButtonElement) and element.text
    ]
    heard = f"{text}\nButtons: {', '.join(labels)}." if labels else text
    return Message(text=heard, blocks=[block.to_dict() for block in blocks])


def escaped(text: str, *, most: int = 1000) -> str:
    """Somebody else's words, so that Slack shows them and does not act on them; cut after `most` signs."""
    whole = escape(text, quote=False)
    if len(whole) <= most:
        return whole
    text = text[:most]
    while len(escape(text, quote=False)) >= most:
        text = text[:-1]
    return escape(text, quote=False) + "…"


def day(at: date) -> str:
    """A date as people say it: Monday 30 November."""
    return format_date(at, "EEEE d MMMM", locale="en_GB")


def moment(at: datetime) -> str:
    """A date with a rough time: Monday 30 November, about 10:00."""
    return f"{day(at)}, about {at:%H:%M}"
