"""A message as Slack takes it: blocks to see, and a text that says all of it to a screen reader."""

from dataclasses import dataclass
from html import escape
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, MarkdownTextObject, SectionBlock

from slack_handlers.blocks.words import Words


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and the text that says the same."""

    text: str
    blocks: list[dict[str, Any]]


def message(words: Words, text: str, *blocks: Block) -> Message:
    """A message of these blocks; Slack's limits are checked here, not by Slack."""
    labels = [
        element.text.text
        for block in blocks
        if isinstance(block, ActionsBlock)
        for element in block.elements
        if isinstance(element, ButtonElement) and element.text
    ]
    heard = [text, words.say("Buttons: {labels}.", labels=", ".join(labels))] if labels else [text]
    return Message(text="\n".join(heard), blocks=[block.to_dict() for block in blocks])


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
