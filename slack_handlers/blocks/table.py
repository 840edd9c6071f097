"""The part of an introduction that arranges the lunch: what is suggested, what is agreed, and the buttons."""

from datetime import UTC, datetime

from slack_sdk.models.blocks import ButtonElement, PlainTextObject

from domain.messages import IntroductionMessage
from domain.proposals import AgreedTime, LunchKind, SuggestedTime
from slack_handlers.blocks.calendar_links import google_link, outlook_link
from slack_handlers.blocks.message import people
from slack_handlers.blocks.times import is_one_clock, moment_for_all, moment_on_button

PROPOSE, ACCEPT, OTHER_TIME, CALENDAR = "propose_time", "accept_time", "other_time", "calendar"
PICK = "<@{first}>, pick a time; {others}, go ahead if you're first."
PICK_ONE_OF_MANY = "<@{first}>, pick a time; {others}, go ahead if one of you is first."
COUNTS = "45 minutes is plenty; coffee, a walk or a video call counts like lunch."
NO_OFFER = "I found no time in the next two weeks that suits everybody, so say what would."
OFFERED = "• {when}"
SUGGESTED = {
    LunchKind.LUNCH: "<@{who}> suggests lunch on {when}.",
    LunchKind.COFFEE: "<@{who}> suggests coffee on {when}.",
    LunchKind.WALK: "<@{who}> suggests a walk on {when}.",
    LunchKind.VIDEO: "<@{who}> suggests a video call on {when}.",
}
MOVED = {
    LunchKind.LUNCH: "<@{who}> suggests lunch on {when} instead.",
    LunchKind.COFFEE: "<@{who}> suggests coffee on {when} instead.",
    LunchKind.WALK: "<@{who}> suggests a walk on {when} instead.",
    LunchKind.VIDEO: "<@{who}> suggests a video call on {when} instead.",
}
AGREED = {
    LunchKind.LUNCH: "*You're on:* lunch on {when}.",
    LunchKind.COFFEE: "*You're on:* coffee on {when}.",
    LunchKind.WALK: "*You're on:* a walk on {when}.",
    LunchKind.VIDEO: "*You're on:* a video call on {when}.",
}
SAID_YES = "{people} said yes."
ASKED = "{people}, does that work?"


def arrangement(content: IntroductionMessage) -> str:
    """What is arranged so far, or who begins."""
    parts = []
    if content.agreed is not None:
        when = moment_for_all(content, content.agreed.starts_at)
        parts.append(AGREED[content.agreed.kind].format(when=when))
    if content.suggested is not None:
        parts.append(_suggestion(content, content.suggested))
    return " ".join(parts) if parts else _beginning(content)


def arranging_buttons(content: IntroductionMessage) -> list[ButtonElement]:
    """Say yes, offered times, another time; and calendars, as soon as something is agreed."""
    buttons = []
    if content.suggested is not None:
        value = f"{content.introduction_id} {content.suggested.proposal_id}"
        buttons.append(_button("Works for me", ACCEPT, value, style="primary"))
    if content.agreed is not None:
        buttons += _calendars(content, content.agreed)
    else:
        buttons += _offers(content)
    return [*buttons, _button("Other time", OTHER_TIME, content.introduction_id)]


def _beginning(content: IntroductionMessage) -> str:
    others = [card.slack_user_id for card in content.people if card.slack_user_id != content.proposer]
    sentence = PICK if len(others) == 1 else PICK_ONE_OF_MANY
    first = sentence.format(first=content.proposer, others=people(others))
    if not content.offers:
        return f"{first} {COUNTS} {NO_OFFER}"
    if all(is_one_clock(content, at) for at in content.offers):
        return f"{first} {COUNTS}"
    offered = [OFFERED.format(when=moment_for_all(content, at)) for at in content.offers]
    return "\n".join([f"{first} {COUNTS}", *offered])


def _suggestion(content: IntroductionMessage, suggested: SuggestedTime) -> str:
    said = (SUGGESTED if content.agreed is None else MOVED)[suggested.kind]
    parts = [said.format(who=suggested.suggested_by, when=moment_for_all(content, suggested.starts_at))]
    if suggested.accepted_by:
        parts.append(SAID_YES.format(people=people(suggested.accepted_by)))
    if suggested.waiting_for:
        parts.append(ASKED.format(people=people(suggested.waiting_for)))
    return " ".join(parts)


def _offers(content: IntroductionMessage) -> list[ButtonElement]:
    taken = content.suggested.starts_at if content.suggested else None
    return [
        _button(moment_on_button(content, at), f"{PROPOSE}_{number}", f"{content.introduction_id} {_iso(at)}")
        for number, at in enumerate(content.offers)
        if at != taken
    ]


def _calendars(content: IntroductionMessage, agreed: AgreedTime) -> list[ButtonElement]:
    links = [
        _button("Google Calendar", f"{CALENDAR}_google", url=google_link(content, agreed)),
        _button("Outlook", f"{CALENDAR}_outlook", url=outlook_link(content, agreed)),
    ]
    if content.calendar_file is not None:
        links.append(_button("Calendar file", f"{CALENDAR}_file", url=content.calendar_file))
    return links


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _button(
    label: str, action_id: str, value: str | None = None, *, url: str | None = None, style: str | None = None
) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=False), action_id=action_id, value=value, url=url, style=style
    )
