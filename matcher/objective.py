"""What a round costs, from repeats down to the use of each lunch, as one exact integer."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from matcher.burdens import Burden, BurdenKind, Standing
from matcher.lunches import Lunches
from matcher.people import PastPair, Person, PersonId, Rules

Recency = tuple[bool, datetime.date]


@dataclass(frozen=True, slots=True)
class Toll:
    """A cost taken apart.

    Repeated pairs, the sum of their recency ranks, same-department introductions, people who sit out twice
    running, what the burdens weigh, and points that the pairs miss.
    """

    repeats: int
    recency: int
    same_department: int
    twice_running: int = 0
    unfairness: int = 0
    missed_points: int = 0


class Objective:
    """Costs among people numbered 0 to n - 1; smaller is better.

    One integer holds the six levels in mixed radix. Every radix exceeds the largest total that its level
    can reach over a whole round, so no number of small gains outweighs a larger one. A level that nobody
    gave anything for has radix 1. Python's integers do not overflow; a float would lose the lowest level
    from 2**53 on.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    history : iterable of PastPair
        Rows for one pair are merged: the latest known date, confirmed if any row is.
    rules : Rules
        Which level comes first.
    burdens : iterable of Burden
        What people carried in earlier rounds.

    Attributes
    ----------
    departments : list of (str or None), shape (n,)
        The department of each person.
    lunches : Lunches
        The points of each pair.
    levels : tuple of str, shape (6,)
        The fields of `Toll`, heaviest first.
    last_radix : int
        Costs that differ by a multiple of it have the same missed points; 1 if no points are given.
    seat : int
        More than everything else in a round can cost together: the price of one person sitting out.
    """

    def __init__(
        self,
        people: Sequence[Person],
        history: Iterable[PastPair],
        rules: Rules,
        burdens: Iterable[Burden] = (),
    ) -> None:
        self.departments = [person.department for person in people]
        self._rank: list[dict[int, int]] = [{} for _ in people]
        last = _merged(people, history)
        ranks = {recency: rank for rank, recency in enumerate(sorted(set(last.values())))}
        for (i, j), recency in last.items():
            self._rank[i][j] = self._rank[j][i] = ranks[recency]
        self.lunches = Lunches(people, last)
        self._standing = Standing(people, burdens)
        # p pairs and t trios cover 2 p + 3 t ≤ n people and hold p + 3 t ≤ n pairs.
        size = len(people) + 1
        repeats = [("repeats", size), ("recency", size * max(1, len(ranks)))]
        same = [("same_department", size)]
        radices = same + repeats if rules.cross_department_first else repeats + same
        radices.append(("twice_running", size if any(self._standing.sat_out_last) else 1))
        radices.append(("unfairness", self._standing.most + 1))
        radices.append(("missed_points", self.lunches.most * len(people) + 1))
        self.levels = tuple(name for name, _ in radices)
        self.last_radix = radices[-1][1]
        self._radices = radices
        self._unit: dict[str, int] = {}
        self.seat = 1
        for name, radix in reversed(radices):
            self._unit[name] = self.seat
            self.seat *= radix

    def pair_cost(self, i: int, j: int) -> int:
        """Cost of introducing two people to each other."""
        return self.link_cost(i, j) + self.department_cost((i, j))

    def link_cost(self, i: int, j: int) -> int:
        """Cost of one pair of an introduction, whoever else is in it and whatever the departments."""
        cost = self.lunches.most - self.lunches.points(i, j)
        rank = self._rank[i].get(j)
        if rank is not None:
            unit, standing = self._unit, self._standing
            unfair = standing.cost(i, BurdenKind.REPEAT) + standing.cost(j, BurdenKind.REPEAT)
            cost += unit["repeats"] + rank * unit["recency"] + unfair * unit["unfairness"]
        return cost

    def department_cost(self, members: Sequence[int]) -> int:
        """Cost of an introduction as far as all of its people are of one department."""
        first = self.departments[members[0]]
        same = all(self.departments[i] == first for i in members)
        return same * self._unit["same_department"]

    def trio_cost(self, i: int) -> int:
        """Cost of a person being in a trio, beyond its links."""
        return self._standing.cost(i, BurdenKind.TRIO_THIRD) * self._unit["unfairness"]

    def sit_out_cost(self, i: int) -> int:
        """Cost of a person sitting out, beyond the seat."""
        twice = self._standing.sat_out_last[i] * self._unit["twice_running"]
        return twice + self._standing.cost(i, BurdenKind.SAT_OUT) * self._unit["unfairness"]

    def cost(self, members: Sequence[int]) -> int:
        """Cost of introducing two or three people to each other."""
        cost = self.department_cost(members)
        cost += sum(self.link_cost(i, j) for i, j in combinations(members, 2))
        return cost + sum(map(self.trio_cost, members)) if len(members) == 3 else cost

    def toll(self, cost: int) -> Toll:
        """Take a cost, or a sum of costs within one round, apart."""
        parts: dict[str, int] = {}
        for name, radix in reversed(self._radices[1:]):
            cost, parts[name] = divmod(cost, radix)
        return Toll(**parts, **{self.levels[0]: cost})

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
