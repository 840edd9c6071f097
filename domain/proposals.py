"""Times that members of an introduction suggest and agree on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LATEST = timedelta(weeks=3)
"""A lunch that is further away is forgotten until then."""


class LunchKind(StrEnum):
    """Everything that counts as a lunch."""

    LUNCH = "lunch"
    COFFEE = "coffee"
    WALK = "walk"
    VIDEO = "video"


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REPLACED = "replaced"


class Pressed(StrEnum):
    """What a press on a time came to."""

    SUGGESTED = "suggested"
    AGREED = "agreed"
    ONE_MORE = "one more says yes"
    """Of a larger group, somebody is still to answer."""
    NOTHING_NEW = "nothing new"
    OWN = "own suggestion"
    OUTDATED = "outdated"
    """Another time has been suggested since the message was drawn."""


@dataclass(frozen=True, slots=True)
class SuggestedTime:
    """A time that waits for the others to say yes."""

    proposal_id: str
    suggested_by: str
    """A Slack id, as are the others."""
    kind: LunchKind
    starts_at: datetime
    accepted_by: tuple[str, ...]
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedTime:
    """A time that everybody has said yes to."""

    kind: LunchKind
    starts_at: datetime
