"""The words of a report: what happened in a period, by person; nothing of this is ever released."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from insights.errors import RecordsError

COMPANY_WEEKS = 4
DEPARTMENT_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Eligible:
    """Somebody who may take part.

    Parameters
    ----------
    person : int
        Stable key, distinct within a period.
    department : str, optional
        A missing or blank department is a department of its own.
    """

    person: int
    department: str | None = None


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
    met : bool
        Whether it is confirmed: one said yes and nobody said no.
    answered : bool
        Whether anybody answered. What is met counts as answered, even where the answers were since erased.

    Raises
    ------
    RecordsError
        If there are not two to eight different people.
    """

    people: tuple[int, ...]
    new: bool
    cross_department: bool
    met: bool
    answered: bool

    def __post_init__(self) -> None:
        if not 2 <= len(self.people) <= 8 or len(set(self.people)) < len(self.people):
            raise RecordsError("An introduction must have two to eight different people; correct the query.")


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
        Everybody who was in the directory at some time of the period; may be empty.
    opted_in : frozenset of int
        Those who were participants at some time of the period.
    introduced : frozenset of int
        Those of `opted_in` who are in an introduction of the period.
    introductions : tuple of IntroductionRecord
        Those delivered in the period and not withdrawn; their people are in `introduced`.
    ties : tuple of (int, int)
        Pairs that were first confirmed in the period, in either order. Meetings that were imported or
        "already known" are no ties.

    Raises
    ------
    RecordsError
        If a person is listed twice or is not eligible, a step of the funnel has people whom the one before
        it lacks, a tie joins somebody with themself, or the period has neither 4 nor 12 weeks.

    Examples
    --------
    >>> PeriodRecords(datetime.date(2026, 1, 5), 4, (Eligible(1),), ties=((1, 2),))
    Traceback (most recent call last):
    insights.errors.RecordsError: Of the people with ties, 1 are not eligible; correct the query.
    """

    period_on: datetime.date
    weeks: int
    eligible: tuple[Eligible, ...]
    opted_in: frozenset[int] = frozenset()
    introduced: frozenset[int] = frozenset()
    introductions: tuple[IntroductionRecord, ...] = ()
    ties: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.weeks not in (COMPANY_WEEKS, DEPARTMENT_WEEKS):
            raise RecordsError("A period has 4 or 12 weeks; choose one of the two.")
        known = frozenset(each.person for each in self.eligible)
        if len(known) < len(self.eligible):
            raise RecordsError("Some people are eligible twice; list each person once.")
        if any(a == b for a, b in self.ties):
            raise RecordsError("A tie joins somebody with themself; remove it.")
        seated = (person for each in self.introductions for person in each.people)
        _check("who opted in", self.opted_in, known, "are not eligible")
        _check("introduced", self.introduced, self.opted_in, "did not opt in")
        _check("in introductions", seated, self.introduced, "are not among those introduced")
        _check("with ties", (person for tie in self.ties for person in tie), known, "are not eligible")


def _check(what: str, people: Iterable[int], among: frozenset[int], are_not: str) -> None:
    strangers = len(frozenset(people) - among)
    if strangers:
        raise RecordsError(f"Of the people {what}, {strangers} {are_not}; correct the query.")
