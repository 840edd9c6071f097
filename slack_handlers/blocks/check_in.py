""" "Did you meet?": asked in the bot's own DM, where an answer changes the question in place."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
)

from domain.messages import Card, CheckInMessage
from domain.rounds import AnswerWord
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.words import Words

MET, MET_ONE, PLANNED, NOT_THIS_TIME = "answer_met", "answer_met_one", "answer_planned", "answer_not"
LONGEST_LABEL = 75


def check_in(words: Words, content: CheckInMessage) -> Message:
    """The question, or the answer that was given; it can be changed as long as the buttons stand there."""
    others = words.people(other.slack_user_id for other in content.others)
    said = _asked(words, content, others) if content.answer is None else _noted(words, content, others)
    small = words.say(
        "HR never sees your answer, and neither does anybody else. HR sees rounded totals: how many "
        "answered, and how many met."
    )
    if content.answer is not None:
        small = " ".join((small, words.say("You can still change it.")))
    return message(
        words,
        f"{said}\n{small}",
        section(said),
        ActionsBlock(elements=_buttons(words, content)),
        ContextBlock(elements=[MarkdownTextObject(text=small)]),
    )


def _asked(words: Words, content: CheckInMessage, others: str) -> str:
    if len(content.others) == 1:
        return words.say("You were introduced to {people}. Did the two of you meet?", people=others)
    return words.say("You were introduced to {people}. Did you meet?", people=others)


def _noted(words: Words, content: CheckInMessage, others: str) -> str:
    match content.answer:
        case AnswerWord.MET:
            met = [one.slack_user_id for one in content.others if one.slack_user_id in content.met]
            return words.say("Noted: you met {people}. Good to hear.", people=words.people(met))
        case AnswerWord.PLANNED:
            return words.say("Noted: meeting {people} is planned. Enjoy it.", people=others)
        case _:
            return words.say(
                "Noted: you didn't meet {people} this time. That's fine, there is always a next one.",
                people=others,
            )


def _buttons(words: Words, content: CheckInMessage) -> list[ButtonElement]:
    trio = len(content.others) > 1
    said, everybody = content.answer, {other.slack_user_id for other in content.others}
    met = content.met if said == AnswerWord.MET else frozenset()
    about = content.introduction_id
    we_met = words.say("We all met") if trio else words.say("We met")
    buttons = [_button(we_met, MET, about, chosen=met == everybody)]
    if trio:
        buttons += [_only_with(words, one, number, content, met) for number, one in enumerate(content.others)]
    return [
        *buttons,
        _button(words.say("It's planned"), PLANNED, about, chosen=said == AnswerWord.PLANNED),
        _button(words.say("Not this time"), NOT_THIS_TIME, about, chosen=said == AnswerWord.NOT_THIS_TIME),
    ]


def _only_with(
    words: Words, other: Card, number: int, content: CheckInMessage, met: frozenset[str]
) -> ButtonElement:
    # In the order in which the question names them.
    label = (
        words.say("Only with {name}", name=other.name)
        if other.name
        else words.say("Only with person {number}", number=number + 1)
    )
    value = f"{content.introduction_id} {other.slack_user_id}"
    return _button(label[:LONGEST_LABEL], f"{MET_ONE}_{number}", value, chosen=met == {other.slack_user_id})


def _button(label: str, action_id: str, value: str, *, chosen: bool) -> ButtonElement:
    """One answer; the one that was given stands out, and the sentence above names it, too."""
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False),
        action_id=action_id,
        value=value,
        style="primary" if chosen else None,
    )
