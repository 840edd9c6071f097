"""The answers to `/lunch`: where you stand, what happens next, and how to undo it."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    SectionBlock,
)

from domain.programs import Change, Standing
from slack_handlers.blocks.buttons import join_button, leave_button, pause_button, resume_button
from slack_handlers.blocks.message import Message, day, escaped, message, moment

WORDS = (
    ("join", "be introduced to a colleague of another department, every round"),
    ("leave", "stop; nobody is told"),
    ("pause 2w", "take a break that ends by itself; `pause until 2027-01-15` works, too"),
    ("resume", "end the break now"),
    ("status", "where you stand, and when the next introductions go out"),
    ("help", "this list"),
)


def standing(result: Standing) -> Message:
    """What a word to `/lunch` did, and what happens next."""
    return _ephemeral(sentence(result), result)


def unknown_word(word: str, result: Standing) -> Message:
    """An answer to a word that is none of ours, or to no word at all: status and help."""
    shown = word if len(word) <= 40 else word[:40] + "…"
    sorry = f"I don't know “{escaped(shown)}”, sorry. " if word else ""
    return _ephemeral(f"{sorry}{sentence(result)}", result, with_help=True)


def guide(result: Standing) -> Message:
    """What Lunchmates does, and every word that it knows."""
    return _ephemeral(
        "Lunchmates introduces you to a colleague of another department whom you haven't met, in a group "
        "message. You two pick a time for lunch, coffee or a call. Only people who typed `/lunch join` are "
        "ever introduced.",
        result,
        with_help=True,
    )


def problem(text: str) -> Message:
    """What went wrong, and what to do."""
    return message(text, SectionBlock(text=MarkdownTextObject(text=text)))


def sentence(result: Standing) -> str:
    """Where somebody stands, in a sentence or two."""
    promise = f"{moment(result.next_at)}, I'll introduce you to someone from another department."
    met = ""
    if result.introduced_to:
        people = " and ".join(f"<@{slack_id}>" for slack_id in result.introduced_to)
        met = f"This round you were introduced to {people}: look for the group message. "
    changed = {
        Change.JOINED: f"You're in. {promise}",
        Change.RESUMED: f"You're back. {promise}",
        Change.LEFT: "You're out: no more introductions, and nobody is told. You can come back any time.",
        Change.NOT_IN: f"You weren't in, so there was nothing to leave. If you join: {promise}",
        Change.ALREADY_IN: f"You were in already, and nothing has changed. {promise}",
    }
    if result.change in changed:
        return changed[result.change]
    if result.paused_until is not None:
        until = f"You're paused until {day(result.paused_until)}; nobody is told."
        return f"{until} {met}Then you're in again by itself. {promise}"
    if result.is_in:
        return f"You're in. {met}{'Next: ' if met else ''}{promise}"
    return f"You're not in. If you join: {promise}"


def choices(result: Standing) -> list[ButtonElement]:
    """What somebody can do about it, as buttons."""
    if not result.is_in:
        return [join_button()]
    if result.paused_until is not None:
        return [resume_button(), leave_button()]
    return [leave_button(), pause_button(2)]


def _ephemeral(text: str, result: Standing, *, with_help: bool = False) -> Message:
    words = "\n".join(f"`/lunch {word}`: {meaning}" for word, meaning in WORDS) if with_help else ""
    typed = {"Join": "join", "Leave": "leave", "Resume": "resume", "Pause 2 weeks": "pause 2w"}
    buttons = choices(result)
    same = " or ".join(f"`/lunch {typed[button.text.text]}`" for button in buttons if button.text)
    press = f"By typing: {same}. Only you see this."
    blocks = [SectionBlock(text=MarkdownTextObject(text=text))]
    if with_help:
        blocks.append(SectionBlock(text=MarkdownTextObject(text=words)))
    return message(
        "\n".join(part for part in (text, words, press) if part),
        *blocks,
        ActionsBlock(elements=list(buttons)),
        ContextBlock(elements=[MarkdownTextObject(text=press)]),
    )
