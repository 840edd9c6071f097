"""The words of a report: what happened in a period, by person; nothing of this is ever released."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from insights.errors import RecordsError

COMPANY_WEEKS = 4
DEPARTMENT_WEEKS = 12
NEWCOMER_DAYS = 90
"""So long after their first day people are newcomers."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """Somebody whom the directory had when the period ended, whether they took part or not.

    Parameters
    ----------
    person : int
        Stable key, distinct within a period.
    department, office, level : str, optional
        A missing or blank one is a value of its own.
    started_on : datetime.date, optional
        First day in the company.
    """

    person: int
    department: str | None = None
    office: str | None = None
    level: str | None = None
    started_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class IntroductionRecord:
    """One introduction that was delivered in the period and not withdrawn.

    Parameters
    ----------
    people : tuple of int
        Two to eight different people.
    new : bool
        Whether no two of them had been introduced or had met before.
    cross_department : bool
        Whether they were of at least two departments at that time.
    met : tuple of int
        Those of `people` who are confirmed to have met another one: one said yes and the other did not say
        no. Empty where nobody is.
    open : bool
        Whether, though nobody is confirmed, two of them may have met for all that was said: they did not
        answer, or only that it is planned.

    Raises
    ------
    RecordsError
        If there are not two to eight different people, a stranger or only one person met, or it is open
        whether those met who did.
    """

    people: tuple[int, ...]
    new: bool
    cross_department: bool
    met: tuple[int, ...]
    open: bool

    def __post_init__(self) -> None:
        if not 2 <= len(self.people) <= 8 or len(set(self.people)) < len(self.people):
            raise RecordsError("An introduction must have two to eight different people; correct the query.")
        if len(self.met) == 1 or len(set(self.met)) < len(self.met) or not set(self.met) <= set(self.people):
            raise RecordsError("Nobody of an introduction met, or two and more of it did; correct the query.")
        if self.met and self.open:
            raise RecordsError("Whether people met is either confirmed or open; correct the query.")


@dataclass(frozen=True, slots=True)
class PeriodRecords:
    """What happened in one period that is closed; the order of the records means nothing.

    Parameters
    ----------
    period_on : datetime.date
        First day of the period.
    weeks : int
        4 for the company's tables, 12 for the departments'.
    eligible : tuple of Eligible
        Everybody who was in the directory when the period ended, and nobody else: whoever took part and has
        left is not among them, so that no group depends on what anybody did. May be empty.
    opted_in : frozenset of int
        Those of `eligible` who were participants at some time of the period.
    introduced : frozenset of int
        Those of `opted_in` who are in an introduction of the period.
    introductions : tuple of IntroductionRecord
        Those delivered in the period and not withdrawn; their eligible people are in `introduced`.
    ties : tuple of (int, int)
        Pairs of eligible people that were first confirmed in the period, in either order, each in one of the
        `introductions`. Meetings that were imported or "already known" are no ties.
    met_again : tuple of (int, int)
        Pairs of eligible people that were confirmed in the period and before it, likewise.
    sit_outs : tuple of int
        Those of `opted_in` who were not introduced in a round of the period, once for each such round.
    active_before : frozenset of int
        Those of `eligible` who were participants at some time of the period before.
    still_active : frozenset of int
        Those of `active_before` who are participants when the period ends; a pause is no leaving.
    first_met_on : mapping of int to datetime.date
        When those of `eligible` who are confirmed to have met somebody first did, the last `NEWCOMER_DAYS`
        before the period included; those who first met earlier than that may have any day since.

    Raises
    ------
    RecordsError
        If a person is listed twice or is not eligible, a step of the funnel has people whom the one before
        it lacks, a tie joins people who did not meet in an introduction or have met before, or the period has
        neither 4 nor 12 weeks.

    Examples
    --------
    >>> PeriodRecords(datetime.date(2026, 1, 5), 4, (Eligible(1),), opted_in=frozenset({1, 2}))
    Traceback (most recent call last):
    insights.errors.RecordsError: Of the people who opted in, 1 are not eligible; correct the query.
    """

    period_on: datetime.date
    weeks: int
    eligible: tuple[Eligible, ...]
    opted_in: frozenset[int] = frozenset()
    introduced: frozenset[int] = frozenset()
    introductions: tuple[IntroductionRecord, ...] = ()
    ties: tuple[tuple[int, int], ...] = ()
    met_again: tuple[tuple[int, int], ...] = ()
    sit_outs: tuple[int, ...] = ()
    active_before: frozenset[int] = frozenset()
    still_active: frozenset[int] = frozenset()
    first_met_on: Mapping[int, datetime.date] = field(default_factory=dict)
    met: frozenset[int] = field(init=False, repr=False, compare=False)
    """Everybody who is confirmed to have met somebody, those who have left included."""

    def __post_init__(self) -> None:
        met = frozenset(person for each in self.introductions for person in each.met)
        object.__setattr__(self, "met", met)
        if self.weeks not in (COMPANY_WEEKS, DEPARTMENT_WEEKS):
            raise RecordsError("A period has 4 or 12 weeks; choose one of the two.")
        known = frozenset(each.person for each in self.eligible)
        if len(known) < len(self.eligible):
            raise RecordsError("Some people are eligible twice; list each person once.")
        seated = {person for each in self.introductions for person in each.people}
        _check("who opted in", self.opted_in, known, "are not eligible")
        _check("introduced", self.introduced, self.opted_in, "did not opt in")
        _check("in introductions", seated & known, self.introduced, "are not among those introduced")
        _check("who sat out", self.sit_outs, self.opted_in, "did not opt in")
        _check("active before", self.active_before, known, "are not eligible")
        _check("still active", self.still_active, self.active_before, "were not active before")
        _check("who met", self.first_met_on, known, "are not eligible")
        self._check_pairs(known)

    def _check_pairs(self, known: frozenset[int]) -> None:
        met = (*self.ties, *self.met_again)
        _check("with ties", (person for pair in met for person in pair), known, "are not eligible")
        together = {frozenset(pair) for each in self.introductions for pair in combinations(each.met, 2)}
        if not {frozenset(pair) for pair in met} <= together:
            raise RecordsError("A tie joins people who did not meet in an introduction; remove it.")
        if {frozenset(tie) for tie in self.ties} & {frozenset(pair) for pair in self.met_again}:
            raise RecordsError("A pair has met for the first time, and again; remove one of the two.")

    @property
    def ends_on(self) -> datetime.date:
        """The day after the last one of the period."""
        return self.period_on + datetime.timedelta(weeks=self.weeks)


def _check(what: str, people: Iterable[int], among: frozenset[int], are_not: str) -> None:
    strangers = len(frozenset(people) - among)
    if strangers:
        raise RecordsError(f"Of the people {what}, {strangers} {are_not}; correct the query.")
