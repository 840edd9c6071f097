""" "Did you meet?": asked in the bot's own DM, where an answer changes the question in place."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
)

from domain.messages import Card, CheckInMessage
from domain.rounds import AnswerWord, Thumb
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.words import Words

MET, MET_ONE, PLANNED, NOT_THIS_TIME = "answer_met", "answer_met_one", "answer_planned", "answer_not"
LONGEST_LABEL = 75
THUMBS = {Thumb.UP: "thumb_up", Thumb.DOWN: "thumb_down"}
SIGNS = {Thumb.UP: "👍", Thumb.DOWN: "👎"}


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
    rating = []
    if content.answer == AnswerWord.MET:
        asked = _rated(words, content.thumb)
        said = f"{said} {asked}"
        rating = [ActionsBlock(elements=_thumbs(content))]
    return message(
        words,
        f"{said}\n{small}",
        section(said),
        ActionsBlock(elements=_buttons(words, content)),
        *rating,
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
            noted = words.say("Noted: you met {people}. Good to hear.", people=words.people(met))
            if len(content.others) <= 2:
                return noted
            more = words.say("Press a name to add somebody, or to take them away.")
            return f"{noted} {more}"
        case AnswerWord.PLANNED:
            return words.say("Noted: meeting {people} is planned. Enjoy it.", people=others)
        case _:
            return words.say(
                "Noted: you didn't meet {people} this time. That's fine, there is always a next one.",
                people=others,
            )


def _rated(words: Words, thumb: Thumb | None) -> str:
    """How it was, which takes no answer."""
    match thumb:
        case None:
            return words.say("How was it? Only the matcher sees a thumb, and you need not give one.")
        case Thumb.UP:
            return words.say("You gave a thumb up, which only the matcher sees.")
        case Thumb.DOWN:
            return words.say(
                "You gave a thumb down, which only the matcher sees: I won't bring you together again as "
                "long as there is anybody else."
            )


def _thumbs(content: CheckInMessage) -> list[ButtonElement]:
    return [
        _button(SIGNS[thumb], THUMBS[thumb], content.introduction_id, chosen=content.thumb == thumb)
        for thumb in Thumb
    ]


def _buttons(words: Words, content: CheckInMessage) -> list[ButtonElement]:
    several = len(content.others) > 1
    said, everybody = content.answer, {other.slack_user_id for other in content.others}
    met = content.met if said == AnswerWord.MET else frozenset()
    about = content.introduction_id
    we_met = words.say("We all met") if several else words.say("We met")
    buttons = [_button(we_met, MET, about, chosen=met == everybody)]
    if several:
        with_one = _only_with if len(content.others) == 2 else _with
        buttons += [with_one(words, one, number, content, met) for number, one in enumerate(content.others)]
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


def _with(
    words: Words, other: Card, number: int, content: CheckInMessage, met: frozenset[str]
) -> ButtonElement:
    """One of a larger group: pressed one after the other, these buttons say who was there."""
    label = (
        words.say("With {name}", name=other.name)
        if other.name
        else words.say("With person {number}", number=number + 1)
    )
    some = met if len(met) < len(content.others) else frozenset[str]()
    # An answer that they met names somebody: the last one can't be taken away.
    there = sorted(some ^ {other.slack_user_id} or some)
    value = " ".join([content.introduction_id, *there])
    return _button(label[:LONGEST_LABEL], f"{MET_ONE}_{number}", value, chosen=other.slack_user_id in some)


def _button(label: str, action_id: str, value: str, *, chosen: bool) -> ButtonElement:
    """One answer; the one that was given stands out, and the sentence above names it, too."""
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False),
        action_id=action_id,
        value=value,
        style="primary" if chosen else None,
    )
