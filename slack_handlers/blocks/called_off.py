"""A lunch won't happen: the same words whoever gave it up, whatever for, and whoever was in it."""

from domain.messages import CalledOffMessage
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.words import Words


def called_off(words: Words, content: CalledOffMessage) -> Message:
    """Which lunch, whether there is somebody new, and the next date."""
    said = [
        words.say(
            "This lunch won't happen, sorry: the one of your introduction of {day}.",
            day=words.day(content.introduced_on, content.today),
        )
    ]
    if content.is_introduced_anew:
        said.append(words.say("I have introduced you to somebody new: look for the group message."))
    elif content.is_left_over:
        said.append(words.say("There was nobody else free to meet you this round."))
    said.append(
        words.say(
            "The next introductions go out on {when}.",
            when=words.moment(content.next_at, content.today),
        )
    )
    text = " ".join(said)
    return message(words, text, section(text))
