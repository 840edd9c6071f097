""" "Did you meet?": asked in the bot's own DM, where an answer changes the question in place."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from domain.messages import Card, CheckInMessage
from domain.rounds import AnswerWord
from slack_handlers.blocks.message import Message, message

MET, MET_ONE, PLANNED, NOT_THIS_TIME = "answer_met", "answer_met_one", "answer_planned", "answer_not"
LONGEST_LABEL = 75


def check_in(content: CheckInMessage) -> Message:
    """The question, or the answer that was given; it can be changed as long as the buttons stand there."""
    people = " and ".join(f"<@{other.slack_user_id}>" for other in content.others)
    if content.answer is None:
        two = "the two of you" if len(content.others) == 1 else "you"
        said = f"You were introduced to {people}. Did {two} meet?"
    else:
        said = _noted(content)
    promise = "HR never sees your answer, and neither does anybody else."
    more = "" if content.answer is None else " You can still change it."
    return message(
        f"{said}\n{promise}{more}",
        SectionBlock(text=MarkdownTextObject(text=said)),
        ActionsBlock(elements=_buttons(content)),
        ContextBlock(elements=[MarkdownTextObject(text=f"{promise}{more}")]),
    )


def _noted(content: CheckInMessage) -> str:
    match content.answer:
        case AnswerWord.MET:
            met = [other for other in content.others if other.slack_user_id in content.met]
            people = " and ".join(f"<@{other.slack_user_id}>" for other in met)
            return f"Noted: you met {people}. Good to hear."
        case AnswerWord.PLANNED:
            return "Noted: it's planned. Enjoy it."
        case _:
            return "Noted: not this time. That's fine, there is always a next one."


def _buttons(content: CheckInMessage) -> list[ButtonElement]:
    trio = len(content.others) > 1
    buttons = [_button("We all met" if trio else "We met", MET, content.introduction_id)]
    if trio:
        buttons += [_only_with(other, number, content) for number, other in enumerate(content.others)]
    return [
        *buttons,
        _button("It's planned", PLANNED, content.introduction_id),
        _button("Not this time", NOT_THIS_TIME, content.introduction_id),
    ]


def _only_with(other: Card, number: int, content: CheckInMessage) -> ButtonElement:
    label = f"Only with {other.name or 'one of them'}"
    return _button(
        label[:LONGEST_LABEL], f"{MET_ONE}_{number}", f"{content.introduction_id} {other.slack_user_id}"
    )


def _button(label: str, action_id: str, value: str) -> ButtonElement:
    return ButtonElement(text=PlainTextObject(text=label, emoji=False), action_id=action_id, value=value)
