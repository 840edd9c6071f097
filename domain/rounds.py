"""The states of a round and of a delivery, and what a round or a delivery run comes to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum


class RoundState(StrEnum):
    CLAIMED = "claimed"
    MATCHED = "matched"
    CLOSED = "closed"
    MISSED = "missed"
    SKIPPED = "skipped"


class DeliveryState(StrEnum):
    PENDING = "pending"
    OPENED = "opened"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class DeliveryKind(StrEnum):
    INTRODUCTION = "introduction"
    NOTICE = "notice"
    NUDGE = "nudge"
    CHECK_IN = "check_in"
    HEADS_UP = "heads_up"
    RESTING = "resting"
    WELCOME_BACK = "welcome_back"


class MeetingSource(StrEnum):
    """How we know that two people have met."""

    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    ALREADY_KNOW = "already know each other"


class AnswerWord(StrEnum):
    """What a person may say to "Did you meet?"."""

    MET = "met"
    PLANNED = "planned"
    NOT_THIS_TIME = "not this time"


class Thumb(IntEnum):
    """How a meeting was, for the matcher alone."""

    UP = 1
    DOWN = -1


class ToldReason(StrEnum):
    """All that anybody is ever told about not being introduced. Each hides what is private."""

    ODD_NUMBER = "odd number"
    """Stands in old rows only: that the number was even told what NOBODY_NEW was about."""
    NO_SHARED_TIME = "no shared time or format"
    NOBODY_NEW = "nobody new this week"
    CALLED_OFF = "this lunch won't happen"


class CancelReason(StrEnum):
    """Why a delivery was not sent after all. For operators; people read a ToldReason."""

    MEMBERSHIP = "somebody is no longer taking part"
    RULES = "the rules no longer allow it"
    ROUND_OVER = "the round is over"
    INTRODUCED = "introduced after all"
    ANSWERED = "answered already"
    CALLED_OFF = "the lunch won't happen"
    ARRANGED = "arranged already"
    TOO_LATE = "too late to help"


@dataclass(frozen=True, slots=True)
class Claim:
    """A round that this process alone may match until the lease runs out."""

    round_id: int
    seed: int
    lease_token: str


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things may take in real time, so that two processes never do the same work."""

    round_lease: timedelta = timedelta(minutes=10)
    delivery_lease: timedelta = timedelta(seconds=60)
    lookup_wait: timedelta = timedelta(seconds=60)
    """How long after its lease an interrupted post is looked up: Slack may still be writing it."""
    retry_wait: timedelta = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What a round achieved, each value beside its proven bound."""

    round_id: int
    people: int
    introductions: int
    values: dict[str, int]
    bounds: dict[str, int]
    proven: bool


@dataclass(frozen=True, slots=True)
class ListedDelivery:
    """A delivery as the admin's list shows it: no names, no text."""

    delivery_id: str
    kind: DeliveryKind
    state: DeliveryState
    reason: str | None
    round_id: int | None
    slot_at: datetime | None
    period_on: date | None

    @property
    def may_be_lost(self) -> bool:
        """Whether it is an interrupted note to one person: nobody can look it up, and nobody has to."""
        return self.state == DeliveryState.UNCERTAIN and self.kind != DeliveryKind.INTRODUCTION
