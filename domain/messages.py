"""What is said to people, as values; `slack_handlers.blocks` turns them into words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.proposals import AgreedTime, LunchKind, Pressed, SuggestedTime
from domain.rounds import AnswerWord, Thumb, ToldReason

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
class NudgeMessage:
    """The one reminder of a round, to whoever can arrange a lunch with one press."""

    others: tuple[Card, ...]
    suggested: SuggestedTime | None
    """The time that waits for the reader's yes, in their own time zone."""
    today: date
    """The day on which this is said, in the same zone."""
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class HeadsUpMessage:
    """Introductions go out soon, to somebody who wants to be told; one press skips this round."""

    period_on: date
    next_at: datetime
    """The round, in the person's own time zone."""
    today: date
    """The day on which this is said, in the same zone."""
    is_skipped: bool | None = None
    """What the reader has pressed; None before that."""
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class RestingMessage:
    """Nobody answered for a while: the reader is not introduced until they come back."""

    rounds: int
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class CheckInMessage:
    """ "Did you meet?", to one member of an introduction, with the answer so far."""

    introduction_id: str
    others: tuple[Card, ...]
    answer: AnswerWord | None = None
    met: frozenset[str] = frozenset()
    """Slack ids of those who were there, where the answer is that they met."""
    thumb: Thumb | None = None
    """How it was, for the matcher alone."""
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
class CalledOffMessage:
    """A lunch won't happen: the same words whoever gave it up, and whatever for."""

    introduced_on: date
    """Which of the person's lunches it is; whom it was with is not said, since that says who gave it up."""
    next_at: datetime
    """The next round, in the person's own time zone."""
    today: date
    """The day on which this is said, in the same zone."""
    is_introduced_anew: bool = False
    is_left_over: bool = False
    """Whether somebody new was looked for and nobody was free."""
    locales: Locales = ()


class PrivateStep(StrEnum):
    """Where somebody is in what they say privately about an introduction."""

    CHOICES = "choices"
    NEVER_MIND = "never mind"
    WHOM_DO_YOU_KNOW = "whom do you know"
    KNOWN = "you know each other"
    LUNCH_ANYWAY = "lunch anyway"
    CANT = "can't"
    MOVED = "moved to next week"
    NOT_MOVED = "nothing suits next week"
    GIVEN_UP = "given up"
    SOMEBODY_NEW = "somebody new"
    WITH_WHOM_NOT = "rather not with whom"
    SURE = "are you sure"
    NEVER_AGAIN = "never again"


@dataclass(frozen=True, slots=True)
class PrivateAnswer:
    """What one member of an introduction is told for their eyes only, and what they can say next."""

    introduction_id: str
    step: PrivateStep
    others: tuple[Card, ...]
    about: tuple[Card, ...] = ()
    """Which of the others this step is about."""
    told_at: datetime | None = None
    """When the others are told that the lunch won't happen, in the reader's time zone."""
    is_agreed: bool = False
    """Whether a time is agreed."""
    is_past: bool = False
    """Whether that time has passed, the reader has said that they met, or has given the lunch up."""
    is_this_round: bool = True
    """Whether its round is still on, so that somebody new can be found in it."""


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """Everything that is stored about somebody, for that somebody alone."""

    name: str
    content: bytes
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class ReportPicture:
    """Who meets whom as it was released, as a picture for somebody of HR."""

    name: str
    content: bytes
    first_on: date
    last_on: date
    alt: str
    """What it says to whoever does not see it."""
    locales: Locales = ()


File = PersonalFile | ReportPicture

Content = (
    IntroductionMessage
    | NoticeMessage
    | CalledOffMessage
    | NudgeMessage
    | CheckInMessage
    | HeadsUpMessage
    | RestingMessage
    | WelcomeBackMessage
)
