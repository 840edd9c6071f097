"""A program's schedule, and where a person stands in it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a program's rounds begin: every `cadence_weeks`, on a weekday, at a local time; and how large."""

    cadence_weeks: int
    weekday: int
    """0 is Monday."""
    local_time: time
    timezone: str
    anchor_on: date
    """The Monday that one of the periods begins with; the others follow by the cadence."""
    group_size: int = 2
    """People in an introduction."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment at which a round is due, and the period that the round is for."""

    at: datetime
    period_on: date


class ParticipantState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class Change(StrEnum):
    """What a word to `/lunch` changed for the person who typed it."""

    JOINED = "joined"
    ALREADY_IN = "already in"
    LEFT = "left"
    NOT_IN = "not in"
    PAUSED = "paused"
    RESUMED = "resumed"
    NOT_PAUSED = "not paused"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ProgramRules:
    """What every round of a program keeps to, and what makes a lunch better, in the matcher's words."""

    differences: tuple[str, ...]
    common: tuple[str, ...]
    cross_department_first: bool
    in_person_only: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands, and what happens next."""

    change: Change
    is_in: bool
    next_at: datetime
    """When the next introductions go out, in the person's own time zone."""
    today: date
    """The day on which this is said, in the same zone."""
    across_departments: bool = True
    """Whether the directory knows another department to introduce them to."""
    paused_until: date | None = None
    is_resting: bool = False
    """Whether they are paused because nobody answered, until they come back."""
    in_groups: bool = False
    """Whether introductions are of more than two people."""
    introduced_to: tuple[str, ...] = ()
    """Slack ids of the people of this round's introduction, where there is one."""
    has_full_hands: bool = False
    """Whether so many lunches will still be open then that there is no new introduction, as far as known."""
