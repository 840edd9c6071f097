"""A word to somebody who is not introduced this time: why, as far as it may be told, and what is next."""

from domain.messages import NoticeMessage
from domain.rounds import ToldReason
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.words import Words, marked

NOBODY = marked(
    "This time nobody was left for you to meet. With an odd number of people, for one, that happens."
)
WHY = {
    ToldReason.ODD_NUMBER: NOBODY,
    ToldReason.NO_SHARED_TIME: marked("This time nobody shared a place or a time for lunch with you."),
    ToldReason.NOBODY_NEW: NOBODY,
    ToldReason.CALLED_OFF: marked("This lunch won't happen, and there was nobody else free to meet you."),
}


def notice(words: Words, content: NoticeMessage) -> Message:
    """The notice, with the next date."""
    sorry = words.say("No introduction for you this round, sorry.")
    coming = words.say(
        "The next introductions go out on {when}, and you're in; there is nothing that you need to do.",
        when=words.moment(content.next_at, content.today),
    )
    text = f"{sorry} {words.say(WHY[content.reason])} {coming}"
    return message(words, text, section(text))
