"""A message as Slack takes it: blocks to see, and a text that says all of it to a screen reader."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from babel.dates import format_datetime
from slack_sdk.models.blocks import Block


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and the text that says the same."""

    text: str
    blocks: list[dict[str, Any]]


def message(text: str, *blocks: Block) -> Message:
    """A message of these blocks; Slack's limits are checked here, not by Slack."""
    return Message(text=text, blocks=[block.to_dict() for block in blocks])


def escaped(text: str, *, most: int = 1000) -> str:
    """Somebody else's words, so that Slack shows them and does not act on them; cut after `most` signs."""
    whole = escape(text, quote=False)
    if len(whole) <= most:
        return whole
    text = text[:most]
    while len(escape(text, quote=False)) >= most:
        text = text[:-1]
    return escape(text, quote=False) + "…"


def day(at: datetime) -> str:
    """A date as people say it: Monday 30 November."""
    return format_datetime(at, "EEEE d MMMM", locale="en_GB")


def moment(at: datetime) -> str:
    """A date with a rough time: Monday 30 November, about 10:00."""
    return f"{day(at)}, about {at:%H:%M}"
