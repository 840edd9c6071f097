"""A message as Slack takes it: blocks to see, and a text that says all of it to a screen reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from babel.dates import format_date
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, MarkdownTextObject, SectionBlock

HALF_A_YEAR = timedelta(days=183)


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


def section(text: str) -> SectionBlock:
    """A paragraph."""
    return SectionBlock(text=MarkdownTextObject(text=text))


def escaped(text: str, *, most: int = 1000) -> str:
    """Somebody else's words, so that Slack shows them and does not act on them; cut after `most` signs."""
    whole = escape(text, quote=False)
    if len(whole) <= most:
        return whole
    text = text[:most]
    while len(escape(text, quote=False)) >= most:
        text = text[:-1]
    return escape(text, quote=False) + "…"


def people(slack_user_ids: Iterable[str]) -> str:
    """People as Slack links them: @Ada, @Ben and @Cleo."""
    *most, last = [f"<@{slack_user_id}>" for slack_user_id in slack_user_ids]
    return f"{', '.join(most)} and {last}" if most else last


def day(at: date, today: date) -> str:
    """A date as people say it: Monday 30 November, and the year where nobody would think of the right one."""
    is_near = at.year == today.year and at - today <= HALF_A_YEAR
    return format_date(at, "EEEE d MMMM" if is_near else "EEEE d MMMM y", locale="en_GB")


def moment(at: datetime, today: date) -> str:
    """A date with a rough time: Monday 30 November, about 10:00."""
    return f"{day(at.date(), today)}, about {at:%H:%M}"
