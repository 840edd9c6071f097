"""What is said when somebody asks for their data, or to be forgotten."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
)

from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.private_answer import private_answer
from slack_handlers.blocks.words import Words

FORGET, KEEP = "forget_me", "keep_everything"


def about_my_data(words: Words) -> str:
    """What the file is, said with it."""
    return words.say(
        "This is everything that Lunchmates has stored about you. Only you got it. Any text editor opens it; "
        "each part says what it is."
    )


def data_sent(words: Words) -> Message:
    """Where the file is."""
    return private_answer(
        words, words.say("I sent it to you: the file is in your own messages with this app.")
    )


def forget_question(words: Words, person_id: int) -> Message:
    """What is erased, what stays, and what happens then, before anything happens."""
    asked = words.say("Do you want me to forget you? This can't be undone.")
    erased = words.say(
        "*Erased at once:* your name, e-mail address and Slack account, your preferences, whom you would "
        "rather not be introduced to, your answers, and that you take part. Introductions that are still "
        "open end; nobody is told why."
    )
    kept = words.say(
        "*Kept, without your name:* that somebody of your department was introduced and met, so that the "
        "others' history and released numbers stay right. Messages in Slack stay where they are."
    )
    then = words.say(
        "*Then:* the company's directory is read every night, and there you are a stranger who has not "
        "joined. You get no messages. If you join again, it begins anew: I know neither whom you have met "
        "nor who would rather not meet you."
    )
    alone = words.say("Only you see this.")
    paragraphs = (asked, erased, kept, then)
    return message(
        words,
        "\n".join((*paragraphs, alone)).replace("*", ""),
        *(section(paragraph) for paragraph in paragraphs),
        ActionsBlock(
            elements=[
                _button(words.say("Forget me"), FORGET, str(person_id), style="danger"),
                _button(words.say("Keep everything"), KEEP),
            ]
        ),
        ContextBlock(elements=[MarkdownTextObject(text=alone)]),
    )


def forgotten(words: Words) -> Message:
    """It is done."""
    return private_answer(
        words,
        words.say(
            "Done: I have forgotten you, and nobody is told. `/lunch join` would get you in again, as "
            "somebody new."
        ),
    )


def nothing_forgotten(words: Words) -> Message:
    """It is not done."""
    return private_answer(words, words.say("Everything stays as it was. `/lunch leave` stops introductions."))


def _button(
    label: str, action_id: str, value: str | None = None, *, style: str | None = None
) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False), action_id=action_id, value=value, style=style
    )
