"""The group DM that introduces two to eight people."""

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject

from domain.messages import Card, IntroductionMessage, Why
from slack_handlers.blocks.message import Message, escaped, message, moment, people, section
from slack_handlers.blocks.starters import starter

# Slack takes 3,000 characters in a section, and three people must fit into one.
LONGEST_FACT, LONGEST_INTERESTS, IN_ONE = 200, 450, 3
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def introduction(content: IntroductionMessage) -> Message:
    """Who, why you two, one question to start with, who suggests a time, and when the next round is."""
    first, *others = [card.slack_user_id for card in content.people]
    greeting = f"*{people([first])}, meet {people(others)}.*"
    cards = [f"• {_line(card)}" for card in content.people]
    why = f"*Why you {NUMBERS[len(content.people)]}:* {_why(content)}"
    start = f"*To start:* {starter(content.starter)}"
    plan = f"*Next:* {_plan(content)}"
    coming = (
        f"The next introductions go out on {moment(content.next_at, content.today)} "
        f"({_city(str(content.next_at.tzinfo))} time). To stop, type `/lunch leave`; nobody is told."
    )
    return message(
        _plain(greeting, *cards, why, start, plan, coming),
        section("\n".join([greeting, *cards[:IN_ONE]])),
        *(section("\n".join(cards[at : at + IN_ONE])) for at in range(IN_ONE, len(cards), IN_ONE)),
        section(f"{why}\n{start}"),
        section(plan),
        ContextBlock(elements=[MarkdownTextObject(text=coming)]),
    )


def _line(card: Card) -> str:
    facts = [fact for fact in (card.department, card.office) if fact]
    line = ", ".join([people([card.slack_user_id]), *(escaped(fact, most=LONGEST_FACT) for fact in facts)])
    interests = escaped(card.interests or "", most=LONGEST_INTERESTS)
    return f"{line}. Ask about: {interests}." if interests else f"{line}."


def _why(content: IntroductionMessage) -> str:
    two = len(content.people) == 2
    if Why.REPEAT in content.why:
        some, each = ("you", "both") if two else ("some of you", "each")
        met = f"{some} have met or been introduced before; this time there was nobody new for {each} of you"
    else:
        met = "you haven't been introduced before"
    departments = {card.department for card in content.people if card.department}
    if len(departments) == len(content.people):
        where = "work in different departments"
    else:
        where = "don't all work in the same department" if len(departments) > 1 else ""
    offices = {card.office for card in content.people}
    office = offices.pop() if len(offices) == 1 else None
    place = f"are {'both' if two else 'all'} in {escaped(office, most=LONGEST_FACT)}" if office else ""
    first = " but ".join(part for part in (place, where) if part)
    three = " You are three so that nobody is left over." if Why.TRIO in content.why else ""
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
    others = [card.slack_user_id for card in content.people if card.slack_user_id != content.proposer]
    first = "go ahead if you're first" if len(others) == 1 else "go ahead if one of you is first"
    zones = {card.timezone for card in content.people if card.timezone}
    apart = " Your time zones differ, so say whose time you mean." if len(zones) > 1 else ""
    return (
        f"<@{content.proposer}>, would you suggest a time this week? {people(others)}, {first}. "
        f"45 minutes is plenty; lunch, coffee or a video call all count.{apart}"
    )


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _plain(*parts: str) -> str:
    """The same words without the marks that only eyes need."""
    return "\n".join(part.replace("*", "") for part in parts)
