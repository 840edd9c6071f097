"""A word to somebody who is not introduced this time: why, as far as it may be told, and what is next."""

from domain.messages import NoticeMessage
from domain.rounds import ToldReason
from slack_handlers.blocks.message import Message, message, moment, section

WHY = {
    ToldReason.ODD_NUMBER: "An odd number of people took part, and there was no group that you could join.",
    ToldReason.NO_SHARED_TIME: "This time nobody shared a place or a time for lunch with you.",
    ToldReason.NOBODY_NEW: "This time there was nobody new for you to meet.",
    ToldReason.CALLED_OFF: "This lunch won't happen, and there was nobody else free to meet you.",
}


def notice(content: NoticeMessage) -> Message:
    """The notice, with the next date."""
    text = (
        f"No introduction for you this round, sorry. {WHY[content.reason]} The next introductions go out on "
        f"{moment(content.next_at, content.today)}, and you're in; there is nothing that you need to do."
    )
    return message(text, section(text))
