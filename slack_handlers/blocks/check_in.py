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
            more = " Press a name to add somebody, or to take them away." if len(content.others) > 2 else ""
            return f"Noted: you met {people(met)}. Good to hear.{more}"
        case AnswerWord.PLANNED:
            return f"Noted: meeting {others} is planned. Enjoy it."
        case _:
            return f"Noted: you didn't meet {others} this time. That's fine, there is always a next one."


def _buttons(content: CheckInMessage) -> list[ButtonElement]:
    several = len(content.others) > 1
    said, everybody = content.answer, {other.slack_user_id for other in content.others}
    met = content.met if said == AnswerWord.MET else frozenset()
    about = content.introduction_id
    buttons = [_button("We all met" if several else "We met", MET, about, chosen=met == everybody)]
    if several:
        with_one = _only_with if len(content.others) == 2 else _with
        buttons += [with_one(one, number, content, met) for number, one in enumerate(content.others)]
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


def _with(other: Card, number: int, content: CheckInMessage, met: frozenset[str]) -> ButtonElement:
    """One of a larger group: pressed one after the other, these buttons say who was there."""
    label = f"With {other.name or f'person {number + 1}'}"[:LONGEST_LABEL]
    some = met if len(met) < len(content.others) else frozenset[str]()
    # An answer that they met names somebody: the last one can't be taken away.
    there = sorted(some ^ {other.slack_user_id} or some)
    value = " ".join([content.introduction_id, *there])
    return _button(label, f"{MET_ONE}_{number}", value, chosen=other.slack_user_id in some)


def _button(label: str, action_id: str, value: str, *, chosen: bool) -> ButtonElement:
    """One answer; the one that was given stands out, and the sentence above names it, too."""
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False),
        action_id=action_id,
        value=value,
        style="primary" if chosen else None,
    )
