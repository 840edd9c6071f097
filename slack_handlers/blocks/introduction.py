"""The group DM that introduces two or three people."""

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock

from domain.messages import Card, IntroductionMessage, Why
from slack_handlers.blocks.message import Message, escaped, message, moment
from slack_handlers.blocks.starters import starter

# Slack takes 3,000 characters in a section, and three people must fit into one.
LONGEST_FACT, LONGEST_INTERESTS = 200, 450


def introduction(content: IntroductionMessage) -> Message:
    """Who, why you two, one question to start with, who suggests a time, and when the next round is."""
    names = [mention(card) for card in content.people]
    greeting = f"*{names[0]}, meet {' and '.join(names[1:])}.*"
    cards = "\n".join(f"• {_line(card)}" for card in content.people)
    why = f"*Why you {'two' if len(names) == 2 else 'three'}:* {_why(content)}"
    start = f"*To start:* {starter(content.starter)}"
    plan = f"*Next:* {_plan(content)}"
    coming = (
        f"The next introductions go out on {moment(content.next_at)} "
        f"({_city(str(content.next_at.tzinfo))} time). To stop, type `/lunch leave`; nobody is told."
    )
    return message(
        _plain(greeting, cards, why, start, plan, coming),
        SectionBlock(text=MarkdownTextObject(text=f"{greeting}\n{cards}")),
        SectionBlock(text=MarkdownTextObject(text=f"{why}\n{start}")),
        SectionBlock(text=MarkdownTextObject(text=plan)),
        ContextBlock(elements=[MarkdownTextObject(text=coming)]),
    )


def mention(card: Card) -> str:
    """A person as Slack links them."""
    return f"<@{card.slack_user_id}>"


def _line(card: Card) -> str:
    facts = [fact for fact in (card.department, card.office) if fact]
    line = ", ".join([mention(card), *(escaped(fact, most=LONGEST_FACT) for fact in facts)])
    interests = escaped(card.interests or "", most=LONGEST_INTERESTS)
    return f"{line}. Ask about: {interests}." if interests else f"{line}."


def _why(content: IntroductionMessage) -> str:
    two = len(content.people) == 2
    if Why.REPEAT in content.why:
        met = "you have been introduced before, but it was a while ago and everybody else is taken"
    else:
        met = "you haven't been introduced before"
    if Why.CROSS_DEPARTMENT not in content.why:
        where = ""
    elif two or len({card.department for card in content.people}) == 3:
        where = "work in different departments"
    else:
        where = "don't all work in the same department"
    offices = {card.office for card in content.people}
    office = offices.pop() if len(offices) == 1 else None
    place = f"are {'both' if two else 'all'} in {escaped(office, most=LONGEST_FACT)}" if office else ""
    first = " but ".join(part for part in (place, where) if part)
    three = "" if two else " You are three because the number of people was odd this time."
    return f"{f'you {first}, and ' if first else ''}{met}.{_shared(content)}{three}"


def _shared(content: IntroductionMessage) -> str:
    if Why.SHARED_INTEREST not in content.why:
        return ""
    named = [
        {part.strip().casefold(): part.strip() for part in (card.interests or "").split(",") if part.strip()}
        for card in content.people
    ]
    shared = sorted(set.intersection(*(set(one) for one in named)))
    return f" You could start with {escaped(named[0][shared[0]], most=LONGEST_FACT)}." if shared else ""


def _plan(content: IntroductionMessage) -> str:
    others = [mention(card) for card in content.people if card.slack_user_id != content.proposer]
    first = "go ahead if you're first" if len(others) == 1 else "go ahead if one of you is first"
    zones = {card.timezone for card in content.people if card.timezone}
    apart = " Your time zones differ, so say whose time you mean." if len(zones) > 1 else ""
    return (
        f"<@{content.proposer}>, would you suggest a time this week? {' and '.join(others)}, {first}. "
        f"45 minutes is plenty; lunch, coffee or a video call all count.{apart}"
    )


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _plain(*parts: str) -> str:
    """The same words without the marks that only eyes need."""
    return "\n".join(part.replace("*", "") for part in parts)
