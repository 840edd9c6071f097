"""The answers to `/lunch`: where you stand, what happens next, and how to undo it."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from domain.programs import Change, Standing
from slack_handlers.blocks.message import Message, escaped, message, moment

JOIN, LEAVE = "join_program", "leave_program"

WORDS = (
    ("join", "be introduced to a colleague of another department, every round"),
    ("leave", "stop; nobody is told"),
    ("status", "where you stand, and when the next introductions go out"),
    ("help", "this list"),
)


def standing(result: Standing) -> Message:
    """What a word to `/lunch` did, and what happens next."""
    return _ephemeral(_sentence(result), is_in=result.is_in)


def unknown_word(word: str, result: Standing) -> Message:
    """An answer to a word that is none of ours, or to no word at all: status and help."""
    shown = word if len(word) <= 40 else word[:40] + "…"
    sorry = f"I don't know “{escaped(shown)}”, sorry. " if word else ""
    return _ephemeral(f"{sorry}{_sentence(result)}", is_in=result.is_in, with_help=True)


def guide(result: Standing) -> Message:
    """What Lunchmates does, and every word that it knows."""
    return _ephemeral(
        "Lunchmates introduces you to a colleague of another department whom you haven't met, in a group "
        "message. You two pick a time for lunch, coffee or a call. Only people who typed `/lunch join` are "
        "ever introduced.",
        is_in=result.is_in,
        with_help=True,
    )


def problem(sentence: str) -> Message:
    """What went wrong, and what to do."""
    return message(sentence, SectionBlock(text=MarkdownTextObject(text=sentence)))


def _sentence(result: Standing) -> str:
    when = moment(result.next_at)
    promise = f"{when}, I'll introduce you to someone from another department."
    met = ""
    if result.introduced_to:
        people = " and ".join(f"<@{slack_id}>" for slack_id in result.introduced_to)
        met = f"This round you were introduced to {people}: look for the group message. "
    match result.change, result.is_in:
        case Change.JOINED, _:
            return f"You're in. {promise}"
        case Change.ALREADY_IN, _:
            return f"You were in already, and nothing has changed. {promise}"
        case Change.LEFT, _:
            return "You're out: no more introductions, and nobody is told. You can come back any time."
        case Change.NOT_IN, _:
            return f"You weren't in, so there was nothing to leave. If you join: {promise}"
        case _, True:
            return f"You're in. {met}{'Next: ' if met else ''}{promise}"
        case _:
            return f"You're not in. If you join: {promise}"


def _ephemeral(text: str, *, is_in: bool, with_help: bool = False) -> Message:
    label, action_id = ("Leave", LEAVE) if is_in else ("Join", JOIN)
    press = f"The button does the same as `/lunch {label.lower()}`. Only you see this."
    words = "\n".join(f"`/lunch {word}`: {meaning}" for word, meaning in WORDS) if with_help else ""
    blocks = [SectionBlock(text=MarkdownTextObject(text=text))]
    if with_help:
        blocks.append(SectionBlock(text=MarkdownTextObject(text=words)))
    return message(
        "\n".join(part for part in (text, words, press) if part),
        *blocks,
        ActionsBlock(
            elements=[ButtonElement(text=PlainTextObject(text=label, emoji=False), action_id=action_id)]
        ),
        ContextBlock(elements=[MarkdownTextObject(text=press)]),
    )
