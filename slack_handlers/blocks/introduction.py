"""The group DM that introduces two to eight people."""

from slack_sdk.models.blocks import ActionsBlock, ContextBlock, MarkdownTextObject

from domain.messages import Card, IntroductionMessage, Why
from slack_handlers.blocks.message import Message, escaped, message, section
from slack_handlers.blocks.private_buttons import privately_button
from slack_handlers.blocks.starters import shared_interest, starter
from slack_handlers.blocks.table import arrangement, arranging_buttons
from slack_handlers.blocks.words import Words, marked

# Slack takes 3,000 characters in a section, and three people must fit into one.
LONGEST_FACT, LONGEST_INTERESTS, IN_ONE = 200, 450, 3

WHY = {2: marked("*Why you two:* {reasons}"), 3: marked("*Why you three:* {reasons}")}
WHY_MORE = marked("*Why all of you:* {reasons}")


def introduction(words: Words, content: IntroductionMessage) -> Message:
    """Who, why you two, one question to start with, what is arranged, and when the next round is."""
    first, *others = [card.slack_user_id for card in content.people]
    greeting = words.say(
        "*{person}, meet {people}.*", person=words.people([first]), people=words.people(others)
    )
    cards = [f"• {_line(words, card)}" for card in content.people]
    reasons = " ".join(_reasons(words, content))
    why = words.say(WHY.get(len(content.people), WHY_MORE), reasons=reasons)
    start = words.say("*To start:* {question}", question=starter(words, content))
    plan = arrangement(words, content)
    coming = words.say(
        "The next introductions go out on {when} ({city} time). To stop, type `/lunch leave`; nobody is "
        "told.",
        when=words.moment(content.next_at, content.today),
        city=words.city(content.next_at),
    )
    return message(
        words,
        _plain(greeting, *cards, why, start, plan, coming),
        section("\n".join([greeting, *cards[:IN_ONE]])),
        *(section("\n".join(cards[at : at + IN_ONE])) for at in range(IN_ONE, len(cards), IN_ONE)),
        section(f"{why}\n{start}"),
        section(plan),
        ActionsBlock(
            elements=[*arranging_buttons(words, content), privately_button(words, content.introduction_id)]
        ),
        ContextBlock(elements=[MarkdownTextObject(text=coming)]),
    )


def _line(words: Words, card: Card) -> str:
    known = [escaped(fact, most=LONGEST_FACT) for fact in (card.department, card.office) if fact]
    facts = ", ".join([words.people([card.slack_user_id]), *known])
    interests = escaped(card.ask_about or card.interests or "", most=LONGEST_INTERESTS)
    if not interests:
        return words.say("{facts}.", facts=facts)
    if interests.endswith((".", "!", "?", "…")):
        return words.say("{facts}. Ask about: {interests}", facts=facts, interests=interests)
    return words.say("{facts}. Ask about: {interests}.", facts=facts, interests=interests)


def _reasons(words: Words, content: IntroductionMessage) -> list[str]:
    """Sentences that each stand alone: the place and the departments, the history, what is shared."""
    reasons = [_place(words, content), _history(words, content), _shared(words, content)]
    if Why.TRIO in content.why:
        reasons.append(words.say("You are three so that nobody is left over."))
    return [reason for reason in reasons if reason]


def _place(words: Words, content: IntroductionMessage) -> str:
    departments = {card.department for card in content.people if card.department}
    all_differ = len(departments) == len(content.people)
    offices = {card.office for card in content.people}
    office = escaped(offices.pop() or "", most=LONGEST_FACT) if len(offices) == 1 else ""
    if office:
        return _in_one_office(words, office, len(content.people), all_differ, len(departments) > 1)
    if all_differ:
        return words.say("You work in different departments.")
    return words.say("You don't all work in the same department.") if len(departments) > 1 else ""


def _in_one_office(words: Words, office: str, people: int, all_differ: bool, some_differ: bool) -> str:
    if people == 2:
        if all_differ:
            return words.say("You are both in {office} but work in different departments.", office=office)
        return words.say("You are both in {office}.", office=office)
    if all_differ:
        return words.say("You are all in {office} but work in different departments.", office=office)
    if some_differ:
        return words.say("You are all in {office} but don't all work in the same department.", office=office)
    return words.say("You are all in {office}.", office=office)


def _history(words: Words, content: IntroductionMessage) -> str:
    if Why.REPEAT not in content.why:
        return words.say("You haven't been introduced before.")
    if len(content.people) == 2:
        return words.say(
            "You have met or been introduced before: it was long ago, or there was nobody new for both of "
            "you this time."
        )
    return words.say(
        "Some of you have met or been introduced before: it was long ago, or there was nobody new for each "
        "of you this time."
    )


def _shared(words: Words, content: IntroductionMessage) -> str:
    interest = escaped(shared_interest(content), most=LONGEST_FACT)
    if not interest:
        return ""
    if len(content.people) == 2:
        return words.say("You both like to be asked about {interest}.", interest=interest)
    return words.say("You all like to be asked about {interest}.", interest=interest)


def _plain(*parts: str) -> str:
    """The same words without the marks that only eyes need."""
    return "\n".join(part.replace("*", "") for part in parts)
