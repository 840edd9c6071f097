"""The best use of a lunch: what two people have to tell each other, in points."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.history import History
from matcher.pair_table import People
from matcher.people import Common, Difference, Person, Rules

# Two people whose tenure is further apart have seen different times of the company.
TENURE_DAYS = 730

DIFFERENCE_POINTS = 1
COMMON_POINTS = 2
# For a link between departments with at most half, and with at most all, of the usual coverage.
LINK_POINTS = (2, 1)


class Lunches:
    """Points of each pair among n people.

    A pair has 1 point for each difference that the program values, 2 for each thing in common, and 2 or 1
    for a link between departments that have few. Levels and offices differ if they are not equal, tenure
    if the first days are more than 730 days apart, skills if none is shared; interests and languages are
    in common if one is shared. A missing value gives no point. Texts in sets are compared without regard
    to case or surrounding spaces.

    The coverage of a link is the share of its possible pairs, among the people of this round, that are in
    history. It gives 2 points up to half of the coverage of all links together, 1 up to that coverage, and
    none above. So each introduction makes the next one on that link worth less, and a small department is
    not behind for being small. What this round itself adds to a link is not seen until the next round.

    Where nobody gives anything that the program values, no pair has points, links included.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    history : History
        The distinct pairs that have met among them.
    rules : Rules
        Which differences are valued, and what in common.

    Attributes
    ----------
    most : int
        No pair has more points; 0 if no pair has any.
    department : array of int, shape (n,)
        Equal for people of one department.

    Examples
    --------
    >>> people = [Person(1, "Law", level="senior"), Person(2, "Sales", level="junior")]
    >>> Lunches(people, History(people, []), Rules()).points(np.array([0]), np.array([1])).tolist()
    [[3]]
    """

    def __init__(self, people: Sequence[Person], history: History, rules: Rules) -> None:
        self.department, _ = _codes([person.department for person in people])
        told = {name for name in (*Difference, *Common) if any(_value(person, name) for person in people)}
        valued = [
            name for name in (*Difference, *Common) if name in told & {*rules.differences, *rules.common}
        ]
        differences = [name for name in Difference if name in rules.differences]
        common = [name for name in Common if name in rules.common]
        most = DIFFERENCE_POINTS * len(differences) + COMMON_POINTS * len(common) + LINK_POINTS[0]
        self.most = most if valued else 0
        self._codes = {
            name: _codes([_value(person, name) or None for person in people])
            for name in (Difference.LEVEL, Difference.OFFICE)
            if name in valued
        }
        self._days = np.array([_value(person, Difference.TENURE) or 0 for person in people], np.int64)
        self._bits = {
            name: _bits([_texts(getattr(person, name)) for person in people])
            for name in (Difference.SKILLS, *Common)
            if name in valued
        }
        self._skilled = np.array([bool(_texts(person.skills)) for person in people], np.bool_)
        self._valued = frozenset(valued)
        self._interests = [_texts(person.interests) for person in people]
        self._link = _link_points(self.department, history) if valued else np.zeros((0, 0), np.int8)

    def points(self, rows: People, columns: People) -> NDArray[np.int8]:
        """Points of each pair of one of `rows` and one of `columns`, shape (r, c), 0 to `most`."""
        if not self.most:
            return np.zeros((len(rows), len(columns)), np.int8)
        points = self._link[self.department[rows][:, None], self.department[columns]]
        for code, known in self._codes.values():
            differ = code[rows][:, None] != code[columns]
            points += differ & known[rows][:, None] & known[columns]
        if Difference.TENURE in self._valued:
            day, other = self._days[rows][:, None], self._days[columns]
            points += (np.abs(day - other) > TENURE_DAYS) & (day > 0) & (other > 0)
        for name, bits in self._bits.items():
            shared = np.zeros(points.shape, np.bool_)
            for word in bits:
                shared |= (word[rows][:, None] & word[columns]) != 0
            if name in Common:
                points += np.int8(COMMON_POINTS) * shared
            else:
                points += ~shared & self._skilled[rows][:, None] & self._skilled[columns]
        return points

    def most_of_each(self) -> NDArray[np.int64]:
        """An upper bound of the points of any pair of each person, shape (n,)."""
        if not self.most:
            return np.zeros(len(self.department), np.int64)
        most: NDArray[np.int64] = self._link.max(axis=1)[self.department].astype(np.int64)
        for _, known in self._codes.values():
            most += DIFFERENCE_POINTS * known
        most += DIFFERENCE_POINTS * ((self._days > 0) & (Difference.TENURE in self._valued))
        for name, bits in self._bits.items():
            if name in Common:
                most += COMMON_POINTS * bits.any(axis=0)
            else:
                most += DIFFERENCE_POINTS * self._skilled
        return most

    def share_interest(self, members: Sequence[int]) -> bool:
        """Whether all of some people name one interest."""
        return bool(frozenset.intersection(*(self._interests[i] for i in members)))


def _value(person: Person, name: Difference | Common) -> str | int | frozenset[str] | None:
    """What a person says of one thing; the first day as a number, None or something empty if nothing."""
    if name is Difference.TENURE:
        return person.started_on.toordinal() if person.started_on else None
    value: str | frozenset[str] | None = getattr(person, name)
    return value


def _texts(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text.strip().casefold() for text in texts) - {""}


def _codes(values: Sequence[object]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """A number for each distinct value, and which values are known."""
    numbers: dict[object, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return np.array(codes, np.int32), np.array([value is not None for value in values], np.bool_)


def _bits(texts: Sequence[frozenset[str]]) -> NDArray[np.uint64]:
    """One bit for each text that at least two people name, in words of 64, shape (words, n)."""
    named: dict[str, list[int]] = {}
    for i, own in enumerate(texts):
        for text in own:
            named.setdefault(text, []).append(i)
    shared = [people for _, people in sorted(named.items()) if len(people) > 1]
    bits = np.zeros((len(shared) // 64 + 1, len(texts)), np.uint64)
    for number, people in enumerate(shared):
        bits[number // 64, people] |= np.uint64(1 << number % 64)
    return bits


def _link_points(department: NDArray[np.int32], history: History) -> NDArray[np.int8]:
    sizes = np.bincount(department)
    count = len(sizes)
    one, other = department[history.low].astype(np.int64), department[history.high]
    known = np.bincount(one * count + other, minlength=count * count).reshape(count, count)
    known = known + known.T
    np.fill_diagonal(known, 0)
    pairs = np.outer(sizes, sizes)
    np.fill_diagonal(pairs, 0)
    # Shares compared as products of whole numbers, which are exact: both stay far below 2**63.
    usual, own = (known.sum() // 2) * pairs, known * (pairs.sum() // 2)
    points = np.where(2 * own <= usual, LINK_POINTS[0], np.where(own <= usual, LINK_POINTS[1], 0))
    np.fill_diagonal(points, 0)
    return points.astype(np.int8)
