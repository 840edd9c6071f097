"""Times as people read them: each in the reader's own time zone, or said whose it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.messages import Card, IntroductionMessage
from slack_handlers.blocks.words import Words

LONGEST_LABEL = 75


def moment_for_all(words: Words, content: IntroductionMessage, at: datetime) -> str:
    """A moment in a sentence: once for all, or for each time zone with the people who live in it."""
    clocks = _clocks(content, at)
    if len(clocks) == 1:
        [[(local, _)]] = [clocks]
        return words.say("{day}, {time}", day=words.day(local.date(), content.today), time=words.time(local))
    parts: list[str] = []
    said: date | None = None
    for local, cards in clocks:
        time, people = words.time(local), words.people(card.slack_user_id for card in cards)
        if local.date() == said:
            parts.append(words.say("{time} for {people}", time=time, people=people))
        else:
            said = local.date()
            day = words.day(said, content.today)
            parts.append(words.say("{day}, {time} for {people}", day=day, time=time, people=people))
    return "; ".join(parts)


def moment_on_button(words: Words, content: IntroductionMessage, at: datetime) -> str:
    """A moment on a button, which shows the same to everybody."""
    clocks = _clocks(content, at)
    first, *others = [local for local, _ in clocks]
    if not others:
        return words.say("{day}, {time}", day=words.short_day(first.date()), time=words.time(first))
    label = _at_a_place(words, first)
    said = first.date()
    for local in others:
        there = (
            words.say("{time} {city}", time=words.time(local), city=words.city(local))
            if local.date() == said
            else _at_a_place(words, local)
        )
        longer = f"{label} / {there}"
        if len(longer) <= LONGEST_LABEL:
            label, said = longer, local.date()
    return label[:LONGEST_LABEL]


def is_one_clock(content: IntroductionMessage, at: datetime) -> bool:
    """Whether everybody's clock shows the same then."""
    return len(_clocks(content, at)) == 1


def _at_a_place(words: Words, local: datetime) -> str:
    return words.say(
        "{day}, {time} {city}",
        day=words.short_day(local.date()),
        time=words.time(local),
        city=words.city(local),
    )


def _clocks(content: IntroductionMessage, at: datetime) -> list[tuple[datetime, list[Card]]]:
    """What each of the people's clocks shows then, and whose it is; zones that show the same are one."""
    clocks: dict[datetime, tuple[datetime, list[Card]]] = {}
    for card in content.people:
        # Whoever's time zone is unknown is where the program is.
        local = at.astimezone(ZoneInfo(card.timezone) if card.timezone else content.next_at.tzinfo)
        clocks.setdefault(local.replace(tzinfo=None), (local, []))[1].append(card)
    return list(clocks.values())
