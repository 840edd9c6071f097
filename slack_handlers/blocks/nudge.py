"""The one reminder of a round, in the bot's own DM: what one press in the group message would arrange."""

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject

from domain.messages import NudgeMessage
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.table import SUGGESTED
from slack_handlers.blocks.words import Words


def nudge(words: Words, content: NudgeMessage) -> Message:
    """The suggestion that waits for the reader, or the way to make one."""
    small = words.say("This is the only reminder of this round. Nobody else gets to know of it.")
    text = _waiting(words, content) if content.suggested else _nothing_yet(words, content)
    return message(
        words, f"{text}\n{small}", section(text), ContextBlock(elements=[MarkdownTextObject(text=small)])
    )


def _waiting(words: Words, content: NudgeMessage) -> str:
    suggested = content.suggested
    assert suggested is not None
    at = suggested.starts_at
    when = words.say("{day}, {time}", day=words.day(at.date(), content.today), time=words.time(at))
    said = words.say(SUGGESTED[suggested.kind], person=words.people([suggested.suggested_by]), when=when)
    asked = words.say(
        "Does that work for you? *Works for me* in your group message says yes, and *Other time* is just as "
        "welcome."
    )
    return f"{said} {asked}"


def _nothing_yet(words: Words, content: NudgeMessage) -> str:
    people = words.people(other.slack_user_id for other in content.others)
    return words.say(
        "You and {people} haven't picked a time yet. If you would like to meet, one press on a time in your "
        "group message is enough; *Other time* takes any other.",
        people=people,
    )
