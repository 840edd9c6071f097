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
from slack_handlers.blocks.message import Message, message, people, section

MET, MET_ONE, PLANNED, NOT_THIS_TIME = "answer_met", "answer_met_one", "answer_planned", "answer_not"
LONGEST_LABEL = 75
PROMISE = (
    "HR never sees your answer, and neither does anybody else. HR sees rounded totals: how many answered, "
    "and how many met."
)


def check_in(content: CheckInMessage) -> Message:
    """The question, or the answer that was given; it can be changed as long as the buttons stand there."""
    others = people(other.slack_user_id for other in content.others)
    two = "the two of you" if len(content.others) == 1 else "you"
    asked = f"You were introduced to {others}. Did {two} meet?"
    said = asked if content.answer is None else _noted(content, others)
    small = PROMISE if content.answer is None else f"{PROMISE} You can still change it."
    return message(
        f"{said}\n{small}",
        section(said),
        ActionsBlock(elements=_buttons(content)),
        ContextBlock(elements=[MarkdownTextObject(text=small)]),
    )


def _noted(content: CheckInMessage, others: str) -> str:
    match content.answer:
        case AnswerWord.MET:
            met = [one.slack_user_id for one in content.others if one.slack_user_id in content.met]
            return f"Noted: you met {people(met)}. Good to hear."
        case AnswerWord.PLANNED:
            return f"Noted: meeting {others} is planned. Enjoy it."
        case _:
            return f"Noted: you didn't meet {others} this time. That's fine, there is always a next one."


def _buttons(content: CheckInMessage) -> list[ButtonElement]:
    trio = len(content.others) > 1
    said, everybody = content.answer, {other.slack_user_id for other in content.others}
    met = content.met if said == AnswerWord.MET else frozenset()
    about = content.introduction_id
    buttons = [_button("We all met" if trio else "We met", MET, about, chosen=met == everybody)]
    if trio:
        buttons += [_only_with(one, number, content, met) for number, one in enumerate(content.others)]
    return [
        *buttons,
        _button("It's planned", PLANNED, about, chosen=said == AnswerWord.PLANNED),
        _button("Not this time", NOT_THIS_TIME, about, chosen=said == AnswerWord.NOT_THIS_TIME),
    ]


def _only_with(other: Card, number: int, content: CheckInMessage, met: frozenset[str]) -> ButtonElement:
    # In the order in which the question names them.
    label = f"Only with {other.name or f'person {number + 1}'}"[:LONGEST_LABEL]
    value = f"{content.introduction_id} {other.slack_user_id}"
    return _button(label, f"{MET_ONE}_{number}", value, chosen=met == {other.slack_user_id})


def _button(label: str, action_id: str, value: str, *, chosen: bool) -> ButtonElement:
    """One answer; the one that was given stands out, and the sentence above names it, too."""
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False),
        action_id=action_id,
        value=value,
        style="primary" if chosen else None,
    )
