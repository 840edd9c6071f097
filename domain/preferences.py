"""How, where and when somebody likes to have lunch."""

from dataclasses import dataclass
from enum import StrEnum

WORKDAYS = frozenset(range(5))
LUNCH_HOURS = frozenset({11, 12, 13})


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
    heads_up: bool = False
    is_given: bool = False
    """Whether the person has said any of this. Hours that nobody named keep nobody apart."""
