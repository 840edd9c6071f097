"""A word before a round, to those who have asked for it, with a way to be left out of this one."""

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, PlainTextObject

from domain.messages import HeadsUpMessage
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.words import Words

SKIP, TAKE = "skip_round", "take_round"


def heads_up(words: Words, content: HeadsUpMessage) -> Message:
    """When the introductions go out, or what the reader has pressed; it can be changed until then."""
    when = words.moment(content.next_at, content.today)
    if content.is_skipped:
        text = words.say(
            "Noted: you are left out of the introductions on {when}, and nobody is told. After that you're "
            "in again.",
            when=when,
        )
        button = _button(words.say("I'm in after all"), TAKE, content)
    elif content.is_skipped is None:
        text = words.say(
            "The next introductions go out on {when}, and you're in. If it doesn't suit you, skip this one; "
            "nobody is told.",
            when=when,
        )
        button = _button(words.say("Skip this round"), SKIP, content)
    else:
        text = words.say("Noted: you're in. The next introductions go out on {when}.", when=when)
        button = _button(words.say("Skip this round"), SKIP, content)
    return message(words, text, section(text), ActionsBlock(elements=[button]))


def _button(label: str, action_id: str, content: HeadsUpMessage) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False),
        action_id=action_id,
        value=content.period_on.isoformat(),
    )
