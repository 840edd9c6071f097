"""The part of an introduction that arranges the lunch: what is suggested, what is agreed, and the buttons."""

from datetime import UTC, datetime

from slack_sdk.models.blocks import ButtonElement, PlainTextObject

from domain.messages import IntroductionMessage
from domain.proposals import AgreedTime, LunchKind, SuggestedTime
from slack_handlers.blocks.calendar_links import google_link, outlook_link
from slack_handlers.blocks.times import is_one_clock, moment_for_all, moment_on_button
from slack_handlers.blocks.words import Words, marked

PROPOSE, ACCEPT, OTHER_TIME, CALENDAR = "propose_time", "accept_time", "other_time", "calendar"
SUGGESTED = {
    LunchKind.LUNCH: marked("{person} suggests lunch on {when}."),
    LunchKind.COFFEE: marked("{person} suggests coffee on {when}."),
    LunchKind.WALK: marked("{person} suggests a walk on {when}."),
    LunchKind.VIDEO: marked("{person} suggests a video call on {when}."),
}
MOVED = {
    LunchKind.LUNCH: marked("{person} suggests lunch on {when} instead."),
    LunchKind.COFFEE: marked("{person} suggests coffee on {when} instead."),
    LunchKind.WALK: marked("{person} suggests a walk on {when} instead."),
    LunchKind.VIDEO: marked("{person} suggests a video call on {when} instead."),
}
AGREED = {
    LunchKind.LUNCH: marked("*You're on:* lunch on {when}."),
    LunchKind.COFFEE: marked("*You're on:* coffee on {when}."),
    LunchKind.WALK: marked("*You're on:* a walk on {when}."),
    LunchKind.VIDEO: marked("*You're on:* a video call on {when}."),
}


def arrangement(words: Words, content: IntroductionMessage) -> str:
    """What is arranged so far, or who begins."""
    parts = []
    if content.agreed is not None:
        when = moment_for_all(words, content, content.agreed.starts_at)
        parts.append(words.say(AGREED[content.agreed.kind], when=when))
    if content.suggested is not None:
        parts += _suggestion(words, content, content.suggested)
    return " ".join(parts) if parts else _beginning(words, content)


def arranging_buttons(words: Words, content: IntroductionMessage) -> list[ButtonElement]:
    """Say yes, offered times, another time; and calendars, as soon as something is agreed."""
    buttons = []
    if content.suggested is not None:
        value = f"{content.introduction_id} {content.suggested.proposal_id}"
        buttons.append(_button(words.say("Works for me"), ACCEPT, value, style="primary"))
    if content.agreed is not None:
        buttons += _calendars(words, content, content.agreed)
    else:
        buttons += _offers(words, content)
    return [*buttons, _button(words.say("Other time"), OTHER_TIME, content.introduction_id)]


def _beginning(words: Words, content: IntroductionMessage) -> str:
    others = [card.slack_user_id for card in content.people if card.slack_user_id != content.proposer]
    first, people = words.people([content.proposer]), words.people(others)
    said = [
        words.say("{person}, pick a time; {other}, go ahead if you're first.", person=first, other=people)
        if len(others) == 1
        else words.say(
            "{person}, pick a time; {others}, go ahead if one of you is first.", person=first, others=people
        ),
        words.say("45 minutes is plenty; coffee, a walk or a video call counts like lunch."),
    ]
    if not content.offers:
        said.append(
            words.say("I found no time in the next two weeks that suits everybody, so say what would.")
        )
    offered: list[str] = []
    if not all(is_one_clock(content, at) for at in content.offers):
        offered = [f"• {moment_for_all(words, content, at)}" for at in content.offers]
    return "\n".join([" ".join(said), *offered])


def _suggestion(words: Words, content: IntroductionMessage, suggested: SuggestedTime) -> list[str]:
    said = (SUGGESTED if content.agreed is None else MOVED)[suggested.kind]
    when = moment_for_all(words, content, suggested.starts_at)
    parts = [words.say(said, person=words.people([suggested.suggested_by]), when=when)]
    if suggested.accepted_by:
        parts.append(words.say("{people} said yes.", people=words.people(suggested.accepted_by)))
    if suggested.waiting_for:
        parts.append(words.say("{people}, does that work?", people=words.people(suggested.waiting_for)))
    return parts


def _offers(words: Words, content: IntroductionMessage) -> list[ButtonElement]:
    taken = content.suggested.starts_at if content.suggested else None
    return [
        _button(
            moment_on_button(words, content, at),
            f"{PROPOSE}_{number}",
            f"{content.introduction_id} {_iso(at)}",
        )
        for number, at in enumerate(content.offers)
        if at != taken
    ]


def _calendars(words: Words, content: IntroductionMessage, agreed: AgreedTime) -> list[ButtonElement]:
    google, outlook = google_link(words, content, agreed), outlook_link(words, content, agreed)
    links = [
        _button(words.say("Google Calendar"), f"{CALENDAR}_google", url=google),
        _button(words.say("Outlook"), f"{CALENDAR}_outlook", url=outlook),
    ]
    if content.calendar_file is not None:
        links.append(_button(words.say("Calendar file"), f"{CALENDAR}_file", url=content.calendar_file))
    return links


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _button(
    label: str, action_id: str, value: str | None = None, *, url: str | None = None, style: str | None = None
) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False), action_id=action_id, value=value, url=url, style=style
    )
