"""What a Home tab shows besides where somebody stands: about one person, and for that person alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.messages import IntroductionMessage
from domain.preferences import Preferences

LUNCHES_SHOWN = 5
OWN_WORD_COUNTS = timedelta(days=100)
"""So long at most answers are kept, and somebody reads of their own alone: what others said stays theirs.
Of a lunch that is longer ago only what followed from all answers is left."""


@dataclass(frozen=True, slots=True)
class OwnIntroduction:
    """An introduction as one of its people looks at it."""

    others: tuple[str, ...]
    """Slack ids."""
    message: IntroductionMessage


@dataclass(frozen=True, slots=True)
class PastLunch:
    """A lunch that somebody had, as they said themselves or as it is known long after."""

    people: tuple[str, ...]
    """Slack ids of the others; whoever has asked to be forgotten has none."""
    departments: tuple[str | None, ...]
    """The others' departments then."""
    on: date
    """When they had agreed to meet, or else when they were introduced."""
    is_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """One person's introductions, lunches, network and preferences."""

    said: Preferences
    left_out: int
    """How many people they are never introduced to, by their own wish."""
    cadence_weeks: int
    introductions: tuple[OwnIntroduction, ...] = ()
    """The newest first."""
    lunches: tuple[PastLunch, ...] = ()
    """The newest first, and not all of them."""
    more_lunches: int = 0
    departments: tuple[str, ...] = ()
    """Other departments of which they have met somebody."""
    not_yet: str | None = None
    """A department of which they have met nobody."""
