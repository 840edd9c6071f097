"""An answer for one person's eyes: what there is to say, and the buttons for what may come next."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, ContextBlock, MarkdownTextObject

from slack_handlers.blocks.buttons import by_typing
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.words import Words


def private_answer(words: Words, *paragraphs: str, buttons: Sequence[ButtonElement] = ()) -> Message:
    """The paragraphs, then the buttons and how to do without them."""
    alone = words.say("Only you see this.")
    small = f"{by_typing(words, buttons)} {alone}" if buttons else alone
    return message(
        words,
        "\n".join((*paragraphs, small)),
        *(section(paragraph) for paragraph in paragraphs),
        *([ActionsBlock(elements=list(buttons))] if buttons else []),
        ContextBlock(elements=[MarkdownTextObject(text=small)]),
    )
