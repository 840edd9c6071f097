"""The buttons of what somebody says privately about an introduction."""

from slack_sdk.models.blocks import ButtonElement, PlainTextObject

from domain.messages import Card, PrivateAnswer, PrivateStep
from slack_handlers.blocks.words import Words

PRIVATELY = "privately"
KNOW, ANYWAY, SOMEBODY_NEW = "private_know", "private_anyway", "private_new"
CANT, NEXT_WEEK, FREE = "private_cant", "private_next_week", "private_free"
RATHER_NOT, SURE, NEVER_MIND = "private_not", "private_sure", "private_never_mind"
LONGEST_LABEL = 75


def privately_button(words: Words, introduction_id: str) -> ButtonElement:
    """Stands in the group message; what it opens is seen by whoever presses it."""
    return _button(words.say("Privately …"), PRIVATELY, introduction_id)


def private_buttons(words: Words, content: PrivateAnswer) -> list[ButtonElement]:
    """What can be said next; nothing where everything is said."""
    asked = {
        PrivateStep.CHOICES: _choices,
        PrivateStep.WHOM_DO_YOU_KNOW: _whom_do_you_know,
        PrivateStep.CANT: _another_week_or_none,
        PrivateStep.NOT_MOVED: _another_week_or_none,
        PrivateStep.WITH_WHOM_NOT: _with_whom_not,
        PrivateStep.SURE: _sure,
    }
    if content.step == PrivateStep.KNOWN:
        return _lunch_or_none(words, content)
    if content.step not in asked:
        return []
    never_mind = _button(words.say("Never mind"), NEVER_MIND, content.introduction_id)
    return [*asked[content.step](words, content), never_mind]


def _choices(words: Words, content: PrivateAnswer) -> list[ButtonElement]:
    about = content.introduction_id
    rather_not = _button(words.say("Rather not"), RATHER_NOT, about)
    if content.is_past:
        return [rather_not]
    know = _button(words.say("We already know each other"), KNOW, about)
    return [know, _button(words.say("I can't"), CANT, about), rather_not]


def _whom_do_you_know(words: Words, content: PrivateAnswer) -> list[ButtonElement]:
    labels = [
        words.say("I know {name}", name=other.name)
        if other.name
        else words.say("I know person {number}", number=number)
        for number, other in enumerate(content.others, start=1)
    ]
    return _each(content, KNOW, labels, words.say("I know all of them"))


def _with_whom_not(words: Words, content: PrivateAnswer) -> list[ButtonElement]:
    labels = [
        words.say("Not with {name}", name=other.name)
        if other.name
        else words.say("Not with person {number}", number=number)
        for number, other in enumerate(content.others, start=1)
    ]
    return _each(content, RATHER_NOT, labels, words.say("Not with any of them"))


def _lunch_or_none(words: Words, content: PrivateAnswer) -> list[ButtonElement]:
    about = content.introduction_id
    anew = words.say("Yes, somebody new") if content.is_this_round else words.say("Yes, no lunch")
    return [
        _button(anew, SOMEBODY_NEW, about),
        _button(words.say("No, we'll have lunch anyway"), ANYWAY, about),
    ]


def _another_week_or_none(words: Words, content: PrivateAnswer) -> list[ButtonElement]:
    about = content.introduction_id
    give_up = _button(words.say("Give it up"), FREE, about)
    if content.step == PrivateStep.NOT_MOVED or content.is_agreed:
        return [give_up]
    return [_button(words.say("Move it to next week"), NEXT_WEEK, about), give_up]


def _sure(words: Words, content: PrivateAnswer) -> list[ButtonElement]:
    return [_button(words.say("Yes, never again"), SURE, _value(content, content.about))]


def _each(content: PrivateAnswer, action_id: str, labels: list[str], everybody: str) -> list[ButtonElement]:
    """One for each of the others, in the order in which messages name them, and one for all."""
    buttons = [
        _button(label, f"{action_id}_{number}", _value(content, (other,)))
        for number, (label, other) in enumerate(zip(labels, content.others, strict=True), start=1)
    ]
    return [*buttons, _button(everybody, f"{action_id}_all", _value(content, content.others))]


def _value(content: PrivateAnswer, about: tuple[Card, ...]) -> str:
    return " ".join((content.introduction_id, *(card.slack_user_id for card in about)))


def _button(label: str, action_id: str, value: str) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=label[:LONGEST_LABEL], emoji=False), action_id=action_id, value=value
    )
