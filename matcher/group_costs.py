"""What groups of people cost: priorities as exact integers, and the sizes that groups should have."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

# Slack opens a group DM for at most eight people beside the app.
MOST_TOGETHER = 8
# Sums of one word stay below 2**53, so that SciPy's assignment, which computes in float64, is exact.
WORD = 2**50

# Up to so many people the links of all of them are kept in words: some 100 megabytes.
SQUARE = 2_500

# The priorities before all others: nobody is alone, then groups are of the wanted size.
SEATING = ("sit_outs", "missing_seats", "extra_seats")


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One priority of groups: what is summed over all of them, less being better.

    Parameters
    ----------
    name : str
        Its name in the result.
    links : int64 array of shape (n, n), or function of two int64 arrays (r,) and (c,) to one (r, c), optional
        Cost from 0 of each pair of people in one group; symmetric, the diagonal is not read. A function
        computes the costs between some people and others, so that a large round needs no square.
    most_link : int, optional
        No pair costs more; read from an array, and needed with a function.
    sit_outs : int64 array of shape (n,), optional
        Cost from 0 of each person sitting out.
    one_department : int
        Cost from 0 of a group whose people are all of one department.

    Raises
    ------
    MatcherError
        If a cost is negative, or `links` is a function without `most_link`.

    Examples
    --------
    >>> Level("repeats", links=np.array([[0, 1], [1, 0]])).most_link
    1
    """

    name: str
    links: IntArray | Callable[[IntArray, IntArray], IntArray] | None = None
    most_link: int | None = None
    sit_outs: IntArray | None = None
    one_department: int = 0

    def __post_init__(self) -> None:
        if callable(self.links) and self.most_link is None:
            raise MatcherError(f"The links of level {self.name!r} are a function; say what the most is.")
        if not callable(self.links):
            most = 0 if self.links is None else int(self.links.max(initial=0))
            object.__setattr__(self, "most_link", most)
        given = [each for each in (self.links, self.sit_outs) if each is not None and not callable(each)]
        if self.one_department < 0 or any(each.min(initial=0) < 0 for each in given):
            raise MatcherError(f"Level {self.name!r} has a cost below 0; count what is missed instead.")

    def between(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Costs of the links between some people and others, shape (r, c)."""
        if self.links is None:
            return np.zeros((len(rows), len(columns)), np.int64)
        return self.links(rows, columns) if callable(self.links) else self.links[np.ix_(rows, columns)]


@dataclass(frozen=True, slots=True, eq=False)
class GroupProblem:
    """Who is to be put in groups of which size, and what that costs.

    Parameters
    ----------
    allowed : bool array of shape (n, n), or function of two int64 arrays (r,) and (c,) to a bool one (r, c)
        Which two people may be in one group; symmetric, the diagonal is not read.
    department : int64 array, shape (n,)
        The department of each person, as numbers from 0.
    levels : tuple of Level
        The priorities after the sizes, heaviest first; names are distinct.
    size : int
        The wanted size of a group, 3 to 8.

    Raises
    ------
    MatcherError
        If the size is another, shapes differ, or the costs of one level can add up to 2**50 or more.
    """

    allowed: BoolArray | Callable[[IntArray, IntArray], BoolArray]
    department: IntArray
    levels: tuple[Level, ...]
    size: int

    def __post_init__(self) -> None:
        if not 3 <= self.size <= MOST_TOGETHER:
            raise MatcherError(f"A group of {self.size} is not possible; choose 3 to {MOST_TOGETHER}.")
        square = (self.people, self.people)
        squares = [self.allowed, *(level.links for level in self.levels)]
        rows = [level.sit_outs for level in self.levels if level.sit_outs is not None]
        if any(not callable(each) and each is not None and each.shape != square for each in squares) or any(
            each.shape != square[:1] for each in rows
        ):
            raise MatcherError(f"There are {self.people} departments; give costs for as many people.")
        for level in self.levels:
            if self.span(level) >= WORD:
                raise MatcherError(f"Level {level.name!r} can cost 2**50 or more; count it in larger units.")

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.department)

    @property
    def most(self) -> int:
        """People in the largest group that is formed: one more than wanted, but not more than Slack takes."""
        return min(self.size + 1, MOST_TOGETHER)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all priorities, heaviest first."""
        return (*SEATING, *(level.name for level in self.levels))

    def allows(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Whether the people of `rows` may be with those of `columns`, shape (r, c)."""
        return self.allowed(rows, columns) if callable(self.allowed) else self.allowed[np.ix_(rows, columns)]

    def span(self, level: Level) -> int:
        """No arrangement costs more in this level."""
        links = self.people * (self.most - 1) // 2 * (level.most_link or 0)
        sit_outs = 0 if level.sit_outs is None else sum(level.sit_outs.tolist())
        return links + sit_outs + self.people // 2 * level.one_department

    def values(self, groups: Iterable[Sequence[int]], left_over: Iterable[int]) -> dict[str, int]:
        """What given groups and sit-outs amount to in each priority, heaviest first."""
        costs = [0] * len(self.names)
        for members in groups:
            for place, cost in enumerate(self.group_costs(members)):
                costs[place] += cost
        for i in left_over:
            costs[0] += 1
            for place, level in enumerate(self.levels, start=len(SEATING)):
                costs[place] += 0 if level.sit_outs is None else int(level.sit_outs[i])
        return dict(zip(self.names, costs, strict=True))

    def group_costs(self, members: Sequence[int]) -> tuple[int, ...]:
        """What one group of two or more costs in each priority."""
        people = np.array(members)
        upper = np.triu_indices(len(people), 1)
        one = len(set(self.department[people].tolist())) == 1
        return (
            0,
            *misfit(len(people), self.size),
            *(
                int(level.between(people, people)[upper].sum()) + level.one_department * one
                for level in self.levels
            ),
        )


class Words:
    """The levels of a problem packed into words, so that one sum of int64 compares several levels at once.

    A word holds neighbouring levels in mixed radix. Every radix exceeds what its level can reach over the
    whole round, so no level leaks into the one above; levels that do not fit into 2**50 together stand in
    several words, which are compared one after the other. The heaviest digit of the first word counts the
    pairs that are not allowed. Sizes are not in it.

    Parameters
    ----------
    problem : GroupProblem
        Whose levels they are.

    Attributes
    ----------
    count : int
        Number of words, at least 1.
    alone : int64 array, shape (words, n)
        Cost of each person sitting out.
    one_department : int64 array, shape (words,)
        Cost of a group of a single department.
    tiers : list of (int, int)
        The word and the unit of each level, heaviest first; the first is of pairs that are not allowed.
    """

    def __init__(self, problem: GroupProblem) -> None:
        self.problem = problem
        broken = problem.people * (problem.most - 1) // 2
        radices = [broken + 1, *(problem.span(level) + 1 for level in problem.levels)]
        words: list[list[int]] = [[]]
        size = 1
        for radix in radices:
            if size * radix > WORD:
                words.append([])
                size = 1
            words[-1].append(radix)
            size *= radix
        self.count = len(words)
        self.tiers = [
            (word, int(np.prod(own[place + 1 :], dtype=np.int64)))
            for word, own in enumerate(words)
            for place in range(len(own))
        ]
        self.alone = np.zeros((self.count, problem.people), np.int64)
        self.one_department = np.zeros(self.count, np.int64)
        for level, (word, unit) in zip(problem.levels, self.tiers[1:], strict=True):
            self.one_department[word] += level.one_department * unit
            if level.sit_outs is not None:
                self.alone[word] += level.sit_outs * unit
        everybody = np.arange(problem.people)
        self._square = self._packed(everybody, everybody) if problem.people <= SQUARE else None

    def between(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Costs of the links between some people and others, shape (words, r, c)."""
        if self._square is not None:
            return np.stack([word[np.ix_(rows, columns)] for word in self._square])
        return self._packed(rows, columns)

    def _packed(self, rows: IntArray, columns: IntArray) -> IntArray:
        costs = np.zeros((self.count, len(rows), len(columns)), np.int64)
        costs[0] = ~self.problem.allows(rows, columns) * np.int64(self.tiers[0][1])
        for level, (word, unit) in zip(self.problem.levels, self.tiers[1:], strict=True):
            if level.most_link:
                costs[word] += level.between(rows, columns) * np.int64(unit)
        return costs


def wanted_sizes(people: int, size: int) -> tuple[int, ...]:
    """Sizes of the groups into which people are split where everybody may be with everybody.

    Groups have the wanted size, and a remainder makes some of them one larger. Where there are too few
    groups for the remainder, or a larger group would not fit into a group DM, there is one group more and
    the sizes are as even as possible: 7 people in groups of 4 are 4 and 3, since a table of 7 is two
    conversations.

    Parameters
    ----------
    people : int
        From 0.
    size : int
        Wanted size, 3 to 8.

    Returns
    -------
    tuple of int
        From large to small, at least 2 each; empty for nobody and for one person alone.

    Examples
    --------
    >>> wanted_sizes(14, 4), wanted_sizes(5, 3), wanted_sizes(9, 8), wanted_sizes(3, 8)
    ((5, 5, 4), (3, 2), (5, 4), (3,))
    """
    if people < 2:
        return ()
    groups = max(1, people // size)
    while groups * min(size + 1, MOST_TOGETHER) < people:
        groups += 1
    even, larger = divmod(people, groups)
    return (even + 1,) * larger + (even,) * (groups - larger)


def misfit(members: int, size: int) -> tuple[int, int]:
    """How far one group is from the wanted size: seats that are missing, squared, and seats too many.

    Missing seats come first, so that a remainder makes groups larger; the square evens them out. The sizes
    of `wanted_sizes` are the ones of least misfit.

    Examples
    --------
    >>> misfit(2, 4), misfit(5, 4)
    ((4, 0), (0, 1))
    """
    return max(0, size - members) ** 2, max(0, members - size)
