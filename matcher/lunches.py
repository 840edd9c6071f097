"""The best use of a lunch: what two people have to tell each other, in points."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from matcher.people import Person

Pair = tuple[int, int]

# Two people whose tenure is further apart have seen different times of the company.
TENURE_DAYS = 730

LEVEL_POINTS = 1
TENURE_POINTS = 1
INTEREST_POINTS = 2
# For a link between departments with at most half, and with at most all, of the usual coverage.
LINK_POINTS = (2, 1)
MOST_POINTS = LEVEL_POINTS + TENURE_POINTS + INTEREST_POINTS + LINK_POINTS[0]


class Lunches:
    """Points of each pair among n people, from 0 to `MOST_POINTS`.

    A pair has 1 point for different levels, 1 for first days more than 730 days apart, 2 for an interest
    that both name, and 2 or 1 for a link between departments that have few. A missing value gives no
    point. Interests are compared without regard to case or surrounding spaces.

    The coverage of a link is the share of its possible pairs, among the people of this round, that are in
    history. It gives 2 points up to half of the coverage of all links together, 1 up to that coverage, and
    none above. So each introduction makes the next one on that link worth less, and a small department is
    not behind for being small. What this round itself adds to a link is not seen until the next round.

    Without any level, first day or interest in the whole round no pair has points, links included.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    known : iterable of (int, int)
        The distinct pairs in history.

    Attributes
    ----------
    most : int
        No pair has more points: 0 or `MOST_POINTS`.
    interests : list of frozenset of str, shape (n,)
        What each person names, made comparable.

    Examples
    --------
    >>> people = [Person(1, "Law", level="senior"), Person(2, "Sales", level="junior")]
    >>> Lunches(people, []).points(0, 1)
    3
    """

    def __init__(self, people: Sequence[Person], known: Iterable[Pair]) -> None:
        told = any(person.level or person.started_on or person.interests for person in people)
        self.most = MOST_POINTS if told else 0
        self._level = [person.level or None for person in people]
        self._day = [
            None if person.started_on is None else person.started_on.toordinal() for person in people
        ]
        self.interests = [
            frozenset(interest.strip().casefold() for interest in person.interests) - {""}
            for person in people
        ]
        numbers: dict[str | None, int] = {}
        self._department = [numbers.setdefault(person.department, len(numbers)) for person in people]
        self._link = _link_points(self._department, known) if told else []

    def points(self, i: int, j: int) -> int:
        """Points of two different people."""
        if not self.most:
            return 0
        points = self._link[self._department[i]][self._department[j]]
        level, other_level = self._level[i], self._level[j]
        if level is not None and other_level is not None and level != other_level:
            points += LEVEL_POINTS
        day, other_day = self._day[i], self._day[j]
        if day is not None and other_day is not None and abs(day - other_day) > TENURE_DAYS:
            points += TENURE_POINTS
        if not self.interests[i].isdisjoint(self.interests[j]):
            points += INTEREST_POINTS
        return points

    def share_interest(self, members: Sequence[int]) -> bool:
        """Whether all of some people name one interest."""
        return bool(frozenset.intersection(*(self.interests[i] for i in members)))


def _link_points(department: Sequence[int], known: Iterable[Pair]) -> list[list[int]]:
    sizes = Counter(department)
    counts = Counter(
        (min(a, b), max(a, b)) for a, b in ((department[i], department[j]) for i, j in known) if a != b
    )
    links = list(combinations(sorted(sizes), 2))
    all_known = counts.total()
    all_pairs = sum(sizes[a] * sizes[b] for a, b in links)
    points = [[0] * len(sizes) for _ in sizes]
    for a, b in links:
        # Shares compared as products, which are exact.
        usual, own = all_known * sizes[a] * sizes[b], counts[a, b] * all_pairs
        points[a][b] = points[b][a] = LINK_POINTS[0] if 2 * own <= usual else LINK_POINTS[1] * (own <= usual)
    return points
