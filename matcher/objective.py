"""What an introduction costs: repeats, their recency and same-department lunches, as one exact integer."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from matcher.people import PastPair, Person, PersonId, Rules

Recency = tuple[bool, datetime.date]


@dataclass(frozen=True, slots=True)
class Toll:
    """A cost taken apart: repeated pairs, the sum of their recency ranks, same-department introductions."""

    repeats: int
    recency: int
    same_department: int


class Objective:
    """Costs of introductions among people numbered 0 to n - 1; smaller is better.

    One integer holds the three levels in mixed radix. Every radix exceeds the largest total that the
    levels below it can reach over a whole round, so no number of small gains outweighs a larger one.
    Python's integers do not overflow; a float would lose the lowest level from 2**53 on.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    history : iterable of PastPair
        Rows for one pair are merged: the latest known date, confirmed if any row is.
    rules : Rules
        Which level comes first.

    Attributes
    ----------
    departments : list of (str or None), shape (n,)
        The department of each person.
    cross_department_first : bool
        Whether a same-department introduction costs more than repeats.
    seat : int
        More than all introductions of a round can cost together: the price of one person sitting out.
    """

    def __init__(self, people: Sequence[Person], history: Iterable[PastPair], rules: Rules) -> None:
        self.departments = [person.department for person in people]
        self._rank: list[dict[int, int]] = [{} for _ in people]
        last = _merged(people, history)
        ranks = {recency: rank for rank, recency in enumerate(sorted(set(last.values())))}
        for (i, j), recency in last.items():
            self._rank[i][j] = self._rank[j][i] = ranks[recency]
        # p pairs and t trios cover 2 p + 3 t ≤ n people and hold p + 3 t ≤ n pairs.
        size = len(people) + 1
        self._recency_radix = size * max(1, len(ranks))
        if rules.cross_department_first:
            self._same, self._recency = size * self._recency_radix, 1
            self._repeat = self._recency_radix
        else:
            self._same, self._recency = 1, size
            self._repeat = size * self._recency_radix
        self.cross_department_first = rules.cross_department_first
        self._size = size
        self.seat = size * size * self._recency_radix

    def repeat_cost(self, i: int, j: int) -> int:
        """Cost of the pair as far as history causes it."""
        rank = self._rank[i].get(j)
        return 0 if rank is None else self._repeat + rank * self._recency

    def cost(self, members: Sequence[int]) -> int:
        """Cost of introducing two or three people to each other."""
        first = self.departments[members[0]]
        same = all(self.departments[i] == first for i in members)
        return same * self._same + sum(self.repeat_cost(i, j) for i, j in combinations(members, 2))

    def toll(self, cost: int) -> Toll:
        """Take a cost, or a sum of costs within one round, apart."""
        if self.cross_department_first:
            same, rest = divmod(cost, self._same)
            repeats, recency = divmod(rest, self._recency_radix)
        else:
            rest, same = divmod(cost, self._size)
            repeats, recency = divmod(rest, self._recency_radix)
        return Toll(repeats, recency, same)

    def most_cross_department(self, component: Sequence[int], introductions: int) -> int:
        """An upper bound, since each such introduction has somebody from outside the largest department."""
        sizes = Counter(self.departments[i] for i in component)
        return min(introductions, len(component) - max(sizes.values()))


def _merged(people: Sequence[Person], history: Iterable[PastPair]) -> dict[tuple[int, int], Recency]:
    number: dict[PersonId, int] = {person.id: i for i, person in enumerate(people)}
    last: dict[tuple[int, int], Recency] = {}
    for past in history:
        i, j = number.get(past.a), number.get(past.b)
        if i is None or j is None:
            continue
        pair = (min(i, j), max(i, j))
        confirmed, last_on = last.get(pair, (False, datetime.date.min))
        last[pair] = (confirmed or past.confirmed, max(last_on, past.last_on or datetime.date.min))
    return last
