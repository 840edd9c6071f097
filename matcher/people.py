"""The words of a match: people, the pairs that history knows, and the rules."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.errors import GroupSizeError, PairError, PersonError

PersonId = int | str
SETS = ("interests", "skills", "languages")
SMALLEST_GROUP, LARGEST_GROUP = 2, 8


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in the round.

    Parameters
    ----------
    id : int or str
        Stable key; all people of one call use the same type.
    department : str, optional
        A missing department is a value of its own: two people without one share it.
    office : str, optional
        Where the person can lunch in person; a missing office is a value of its own.
    manager : int or str, optional
        Id of the own manager, who need not take part.
    takes_virtual : bool
        Whether a lunch over video will do. People of two offices meet only if both say so.
    lunch_hours : frozenset of int, optional
        Hours of the day in UTC, 0 to 23, in which a lunch can start. None is any hour; the empty set is none.
    level : str, optional
        Seniority, in any words; only whether two are equal counts. It weighs, and is never told.
    started_on : datetime.date, optional
        First day at the company; it weighs, and is never told.
    interests, skills, languages : frozenset of str
        What the person likes to talk about, is good at, and speaks; see `matcher.lunches.Lunches`.
    takes_in_person : bool
        Whether a lunch at one table will do. Who takes neither that nor video meets nobody.

    Raises
    ------
    PersonError
        If an hour is not in 0 to 23, or interests, skills or languages are not a frozenset.

    Examples
    --------
    >>> Person("U1", department="Design").takes_virtual
    True
    """

    id: PersonId
    department: str | None = None
    office: str | None = None
    manager: PersonId | None = None
    takes_virtual: bool = True
    lunch_hours: frozenset[int] | None = None
    level: str | None = None
    started_on: datetime.date | None = None
    interests: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    takes_in_person: bool = True

    def __post_init__(self) -> None:
        if self.lunch_hours is not None and not all(0 <= hour <= 23 for hour in self.lunch_hours):
            raise PersonError(
                f"Person {self.id!r} has a lunch hour outside 0 to 23; give hours of the day in UTC."
            )
        for name in SETS:
            if not isinstance(getattr(self, name), frozenset):
                raise PersonError(
                    f"Person {self.id!r} has {name} that are no set; give a frozenset of texts."
                )


@dataclass(frozen=True, slots=True)
class PastPair:
    """Two people who count as introduced or met before.

    Parameters
    ----------
    a, b : int or str
        The two, in either order. Ids that are not in the round are ignored.
    last_on : datetime.date, optional
        When last; an unknown date counts as the oldest of all.
    confirmed : bool
        Whether they are known to have met. Unanswered pairs are repeated before confirmed ones.

    Raises
    ------
    PairError
        If the two are the same person.
    """

    a: PersonId
    b: PersonId
    last_on: datetime.date | None = None
    confirmed: bool = False

    def __post_init__(self) -> None:
        if self.a == self.b:
            raise PairError(f"History pairs person {self.a!r} with themself; remove that row.")


@dataclass(frozen=True, slots=True, eq=False)
class PastPairs:
    """Many past pairs in columns, for companies whose history fills memory as objects.

    Parameters
    ----------
    a, b : array of int, shape (m,)
        The two of each pair, in either order; ids that are not in the round are ignored.
    day : array of int, shape (m,)
        When last, as `datetime.date.toordinal`; 0 is an unknown date.
    confirmed : array of bool, shape (m,)
        Whether they are known to have met.

    Raises
    ------
    PairError
        If the columns are not of one length, or a pair is one person twice.

    Examples
    --------
    >>> PastPairs.of([PastPair(1, 2), PastPair(3, 1, datetime.date(2026, 1, 5))]).day.tolist()
    [0, 739621]
    """

    a: NDArray[np.integer]
    b: NDArray[np.integer]
    day: NDArray[np.integer]
    confirmed: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if len({len(column) for column in (self.a, self.b, self.day, self.confirmed)}) > 1:
            raise PairError("The columns of the history differ in length; give one value of each to a pair.")
        if np.any(self.a == self.b):
            raise PairError("History pairs a person with themself; remove that row.")

    @classmethod
    def of(cls, past: Iterable[PastPair]) -> "PastPairs":
        """The same in columns; ids must be numbers."""
        rows = list(past)
        return cls(
            np.array([row.a for row in rows], np.int64),
            np.array([row.b for row in rows], np.int64),
            np.array([row.last_on.toordinal() if row.last_on else 0 for row in rows], np.int32),
            np.array([row.confirmed for row in rows], np.bool_),
        )


class Difference(StrEnum):
    """What a program can value two people for differing in."""

    LEVEL = "level"
    TENURE = "tenure"
    OFFICE = "office"
    SKILLS = "skills"


class Common(StrEnum):
    """What a program can value two people for sharing."""

    INTERESTS = "interests"
    LANGUAGES = "languages"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the round must respect beyond the people's own formats and managers, and what it values.

    Parameters
    ----------
    exclusions : frozenset of frozenset of (int or str)
        Unordered pairs who must never be introduced. Ids that are not in the round are ignored.
    cross_department_first : bool
        Whether a cross-department introduction weighs more than an avoided repeat.
    differences : frozenset of Difference
        Which differences between two people make a better lunch.
    common : frozenset of Common
        What two people had better share.
    group_size : int
        People in an introduction, 2 to 8. A remainder makes introductions one larger, but none of more
        than 8 people, since a group DM in Slack has no more beside the app; see
        `matcher.group_costs.wanted_sizes`.

    Raises
    ------
    PairError
        If an exclusion does not name exactly two people.
    GroupSizeError
        If the group size is no whole number from 2 to 8.
    """

    exclusions: frozenset[frozenset[PersonId]] = frozenset()
    cross_department_first: bool = False
    differences: frozenset[Difference] = frozenset({Difference.LEVEL, Difference.TENURE})
    common: frozenset[Common] = frozenset({Common.INTERESTS})
    group_size: int = 2

    def __post_init__(self) -> None:
        # Exact, since in Python true is an integer.
        if type(self.group_size) is not int or not SMALLEST_GROUP <= self.group_size <= LARGEST_GROUP:
            raise GroupSizeError(
                f"A group size of {self.group_size!r} is not possible; "
                f"choose a whole number from {SMALLEST_GROUP} to {LARGEST_GROUP}."
            )
        for exclusion in self.exclusions:
            if len(exclusion) != 2:
                # The ids stay out of the message: an exclusion is seen by its owner alone.
                raise PairError("An exclusion must name two different people; correct or remove it.")


def check_people(people: Iterable[Person]) -> list[Person]:
    """Return `people` as a list, or raise `PersonError` if ids repeat or mix types."""
    checked = list(people)
    seen: set[PersonId] = set()
    for person in checked:
        if isinstance(person.id, bool) or not isinstance(person.id, int | str):
            raise PersonError(f"Person id {person.id!r} is neither a number nor a text; use one of the two.")
        if person.id in seen:
            raise PersonError(f"Person {person.id!r} is listed twice; list each person once.")
        seen.add(person.id)
    if len({type(person.id) for person in checked}) > 1:
        raise PersonError("Some ids are numbers and some are texts; use one type for all people.")
    return checked
