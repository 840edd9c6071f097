"""The result of a round: introductions, sit-outs, and the priorities beside their bounds."""

from dataclasses import dataclass, fields

from matcher.outlook import Outlook
from matcher.people import PersonId
from matcher.reasons import Reason, Remedy, SitOutCause
from matcher.values import Values


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two to eight people to bring together, in ascending order, with the reasons and repeated pairs."""

    members: tuple[PersonId, ...]
    reasons: tuple[Reason, ...]
    repeats: int


@dataclass(frozen=True, slots=True)
class SitOut:
    """Somebody who is in no introduction, the cause that they can be told, and what would change it."""

    person: PersonId
    cause: SitOutCause
    would_help: Remedy


@dataclass(frozen=True, slots=True)
class Matching:
    """The result of one round.

    Attributes
    ----------
    introductions : tuple of Introduction
        Ascending by their members. Everybody is in one of them or in `sit_outs`.
    sit_outs : tuple of SitOut
        Ascending by person.
    values : Values
        What the introductions achieve.
    bounds : Values
        What no choice can beat, each given the best of the priorities above it: lower bounds, but upper
        bounds for `cross_department` and `use_of_lunch`. Where a higher priority is not proven, the lower
        ones have the bounds that hold in any case.
    seed : int
        The seed that chose among equals.
    outlook : Outlook
        How long the lunches can go on, counted before this round.
    """

    introductions: tuple[Introduction, ...]
    sit_outs: tuple[SitOut, ...]
    values: Values
    bounds: Values
    seed: int
    outlook: Outlook

    @property
    def proven(self) -> bool:
        """Whether every priority reaches its bound, so that no better choice exists."""
        return self.values == self.bounds

    @property
    def unproven(self) -> tuple[str, ...]:
        """The priorities that are not proven to be as good as possible."""
        return tuple(
            field.name
            for field in fields(Values)
            if getattr(self.values, field.name) != getattr(self.bounds, field.name)
        )
