"""What is said to people, as values; `slack_handlers.blocks` turns them into words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.proposals import AgreedTime, LunchKind, Pressed, SuggestedTime
from domain.rounds import AnswerWord, ToldReason

Locales = tuple[str | None, ...]
"""The Slack locale of everybody who reads a message, None where it isn't known."""


class Why(StrEnum):
    """A reason for an introduction that may be told to the people of it."""

    NEW = "new"
    CROSS_DEPARTMENT = "cross_department"
    TRIO = "trio"
    REPEAT = "repeat"
    SAME_DEPARTMENT = "same_department"
    SHARED_INTEREST = "shared_interest"


@dataclass(frozen=True, slots=True)
class Card:
    """What the others are told about one person: nothing that the person's directory does not show."""

    slack_user_id: str
    department: str | None = None
    office: str | None = None
    interests: str | None = None
    timezone: str | None = None
    name: str = ""
    """For buttons, which can't link a person."""
    ask_about: str | None = None
    """In the person's own words; it stands in the place of the interests."""


@dataclass(frozen=True, slots=True)
class IntroductionMessage:
    """The group DM that introduces people, two to eight of them, and all that is arranged in it."""

    introduction_id: str
    people: tuple[Card, ...]
    why: frozenset[Why]
    starter: int
    proposer: str
    """Slack id of the person who suggests a time."""
    next_at: datetime
    """The next round, in the program's time zone."""
    today: date
    """The day on which this is said, in the same zone."""
    experience_differs: bool = False
    """Whether their levels or their years here differ: never said, it only picks a question."""
    offers: tuple[datetime, ...] = ()
    """Times that suit everybody; those that are past are left out."""
    suggested: SuggestedTime | None = None
    agreed: AgreedTime | None = None
    calendar_file: str | None = None
    """The address of the agreed time as a file, where browsers reach the app."""
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a press on a time came to, and the group DM as it is now."""

    pressed: Pressed
    message: IntroductionMessage


@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """Which other time, and what for: asked of one member of an introduction."""

    introduction_id: str
    kind: LunchKind
    starts_at: datetime
    """What the question begins with."""


@dataclass(frozen=True, slots=True)
class NoticeMessage:
    """A word in the bot's own DM to somebody who is not introduced this time."""

    reason: ToldReason
    next_at: datetime
    """The next round, in the person's own time zone."""
    today: date
    """The day on which this is said, in the same zone."""
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class CheckInMessage:
    """ "Did you meet?", to one member of an introduction, with the answer so far."""

    introduction_id: str
    others: tuple[Card, ...]
    answer: AnswerWord | None = None
    met: frozenset[str] = frozenset()
    """Slack ids of those who were there, where the answer is that they met."""
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class WelcomeBackMessage:
    """A pause is over, or nearly: it is said before the introductions go out."""

    next_at: datetime
    """The next round, in the person's own time zone."""
    today: date
    """The day on which this is said, in the same zone."""
    is_over: bool = True
    across_departments: bool = True
    """Whether the directory knows another department to introduce them to."""
    in_groups: bool = False
    """Whether introductions are of more than two people."""
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """Everything that is stored about somebody, for that somebody alone."""

    name: str
    content: bytes
    locales: Locales = ()


Content = IntroductionMessage | NoticeMessage | CheckInMessage | WelcomeBackMessage
