"""Links that open a calendar with an agreed time filled in."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from domain.lunch_times import LENGTH
from domain.messages import Card, IntroductionMessage
from domain.proposals import AgreedTime, LunchKind
from slack_handlers.blocks.words import Words, marked

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/deeplink/compose"
LONGEST_NAME, LONGEST_PLACE, MOST_NAMES = 40, 80, 4
"""A button takes 3,000 characters of address, in which one sign can need nine."""
TITLES = {
    LunchKind.LUNCH: marked("Lunch: {names}"),
    LunchKind.COFFEE: marked("Coffee: {names}"),
    LunchKind.WALK: marked("A walk: {names}"),
    LunchKind.VIDEO: marked("Video call: {names}"),
}


def google_link(words: Words, content: IntroductionMessage, agreed: AgreedTime) -> str:
    """Opens Google Calendar."""
    starts, ends = _span(agreed)
    return _address(
        GOOGLE,
        action="TEMPLATE",
        text=_title(words, content, agreed),
        dates=f"{starts:%Y%m%dT%H%M%SZ}/{ends:%Y%m%dT%H%M%SZ}",
        details=_details(words),
        location=_place(content, agreed),
    )


def outlook_link(words: Words, content: IntroductionMessage, agreed: AgreedTime) -> str:
    """Opens Outlook on the web."""
    starts, ends = _span(agreed)
    return _address(
        OUTLOOK,
        path="/calendar/action/compose",
        rru="addevent",
        subject=_title(words, content, agreed),
        startdt=f"{starts:%Y-%m-%dT%H:%M:%SZ}",
        enddt=f"{ends:%Y-%m-%dT%H:%M:%SZ}",
        body=_details(words),
        location=_place(content, agreed),
    )


def _address(start: str, **fields: str) -> str:
    return f"{start}?{urlencode({name: value for name, value in fields.items() if value})}"


def _span(agreed: AgreedTime) -> tuple[datetime, datetime]:
    starts = agreed.starts_at.astimezone(UTC)
    return starts, starts + LENGTH


def _title(words: Words, content: IntroductionMessage, agreed: AgreedTime) -> str:
    names = [_name(card) for card in content.people]
    shown = [*names[:MOST_NAMES], *(["…"] if names[MOST_NAMES:] else [])]
    named = ", ".join(name for name in shown if name) or "Lunchmates"
    return words.say(TITLES[agreed.kind], names=named)


def _details(words: Words) -> str:
    return words.say("Arranged in Slack with Lunchmates. 45 minutes is plenty.")


def _name(card: Card) -> str:
    return card.name[:LONGEST_NAME]


def _place(content: IntroductionMessage, agreed: AgreedTime) -> str:
    offices = {card.office for card in content.people}
    office = offices.pop() if len(offices) == 1 else None
    return (office or "")[:LONGEST_PLACE] if agreed.kind != LunchKind.VIDEO else ""
