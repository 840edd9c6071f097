"""How, where and when somebody likes to have lunch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import UnmetWish

WORKDAYS = frozenset(range(5))
LUNCH_HOURS = frozenset({11, 12, 13})
EVERY_ROUNDS = (1, 2, 4)
MOST_INTERESTS, LONGEST_INTEREST, LONGEST_ASK_ABOUT = 20, 60, 300
MOST_LEFT_OUT = 100


class LunchFormat(StrEnum):
    IN_PERSON = "in person"
    VIDEO = "video"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody has said, or what is taken for granted of everybody who has said nothing."""

    format: LunchFormat = LunchFormat.EITHER
    office: str | None = None
    """Where they lunch, if not where the directory puts them."""
    weekdays: frozenset[int] = WORKDAYS
    """0 is Monday."""
    lunch_hours: frozenset[int] = LUNCH_HOURS
    """Hours of their own day in which a lunch can start."""
    languages: tuple[str, ...] = ()
    ask_about: str | None = None
    interests: tuple[str, ...] | None = None
    """Instead of the directory's; None leaves these."""
    every_rounds: int = 1
    """Introduced in every round, in every second or in every fourth one."""
    heads_up: bool = False
    names_hours: bool = False
    """Whether the person has named hours. Those that nobody named keep nobody apart."""


class PreferenceField(StrEnum):
    """What may be changed, one by one, and refused one by one."""

    FORMAT = "format"
    OFFICE = "office"
    WEEKDAYS = "weekdays"
    LUNCH_HOURS = "lunch_hours"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    ASK_ABOUT = "ask_about"
    EVERY_ROUNDS = "every_rounds"
    HEADS_UP = "heads_up"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class PreferencesQuestion:
    """What somebody has said so far, and what they can choose from."""

    said: Preferences
    left_out: tuple[str, ...] = ()
    """Slack ids of those whom they would rather not be introduced to; of these only who is still in Slack."""
    offices: tuple[str, ...] = ()
    """The offices that the directory knows, in order."""
    own_office: str | None = None
    """Where the directory puts them, as it says the rest."""
    own_interests: str | None = None
    cadence_weeks: int = 1


@dataclass(frozen=True, slots=True)
class SavedPreferences:
    """What somebody's wishes came to: what is stored now, or why nothing was changed."""

    said: Preferences
    left_out: int
    """How many people they are never introduced to."""
    cadence_weeks: int
    refused: Mapping[PreferenceField, UnmetWish] = field(default_factory=dict)
