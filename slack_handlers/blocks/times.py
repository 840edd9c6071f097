"""Times as people read them: each in the reader's own time zone, or said whose it is."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import format_date

from domain.messages import Card, IntroductionMessage
from slack_handlers.blocks.message import people

LONGEST_LABEL = 75
LOCALE = "en_GB"
AT_ONE_TIME = "{day}, {time}"
AT_THEIR_TIME = "{day}, {time} for {people}"
THEN = "{time} for {people}"
AT_A_PLACE = "{day}, {time} {city}"


def moment_for_all(content: IntroductionMessage, at: datetime) -> str:
    """A moment in a sentence: once for all, or for each time zone with the people who live in it."""
    clocks = _clocks(content, at)
    if len(clocks) == 1:
        [local] = clocks
        return AT_ONE_TIME.format(day=_day(local), time=f"{local:%H:%M}")
    days = [local.date() for local in clocks]
    return "; ".join(
        (THEN if number and day == days[0] else AT_THEIR_TIME).format(
            day=_day(day), time=f"{local:%H:%M}", people=people(card.slack_user_id for card in cards)
        )
        for number, (day, (local, cards)) in enumerate(zip(days, clocks.items(), strict=True))
    )


def moment_on_button(content: IntroductionMessage, at: datetime) -> str:
    """A moment on a button, which shows the same to everybody."""
    clocks = _clocks(content, at)
    if len(clocks) == 1:
        [local] = clocks
        return AT_ONE_TIME.format(day=_day(local), time=f"{local:%H:%M}")
    first, *others = [(local, _city(zone_of(content, cards[0]))) for local, cards in clocks.items()]
    label = AT_A_PLACE.format(day=_day(first[0]), time=f"{first[0]:%H:%M}", city=first[1])
    for local, city in others:
        day = "" if local.date() == first[0].date() else f"{_day(local)}, "
        longer = f"{label} / {day}{local:%H:%M} {city}"
        label = longer if len(longer) <= LONGEST_LABEL else label
    return label[:LONGEST_LABEL]


def is_one_clock(content: IntroductionMessage, at: datetime) -> bool:
    """Whether everybody's clock shows the same then."""
    return len(_clocks(content, at)) == 1


def zone_of(content: IntroductionMessage, card: Card) -> tzinfo:
    """Where somebody is; whoever's time zone is unknown is where the program is."""
    return ZoneInfo(card.timezone) if card.timezone else content.next_at.tzinfo or ZoneInfo("UTC")


def _clocks(content: IntroductionMessage, at: datetime) -> dict[datetime, list[Card]]:
    """What each of the people's clocks shows then, without its zone, and whose it is."""
    clocks: dict[datetime, list[Card]] = {}
    for card in content.people:
        clocks.setdefault(at.astimezone(zone_of(content, card)).replace(tzinfo=None), []).append(card)
    return clocks


def _day(local: date) -> str:
    return format_date(local, "EEE d MMM", locale=LOCALE)


def _city(zone: tzinfo) -> str:
    return str(zone).rsplit("/", 1)[-1].replace("_", " ")
