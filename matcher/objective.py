"""What a round costs, from repeats down to the use of each lunch."""

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.burdens import Burden, BurdenKind, Standing
from matcher.history import History
from matcher.lunches import Lunches
from matcher.pair_table import People
from matcher.people import PastPair, PastPairs, Person, Rules
from matcher.scale import Scale

# Links that are looked up together, of which only one in so many is wanted.
BLOCK = 64

Levels = dict[str, NDArray[np.integer] | NDArray[np.bool_]]


class Objective:
    """Costs among people numbered 0 to n - 1, level by level; smaller is better.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    history : iterable of PastPair, or PastPairs
        Who has been introduced or has met.
    rules : Rules
        Which level comes first, and what makes a lunch better.
    burdens : iterable of Burden
        What people carried in earlier rounds.

    Attributes
    ----------
    history : History
        The pairs that have met among them.
    lunches : Lunches
        The points of each pair.
    standing : Standing
        What each person carried.
    department : array of int, shape (n,)
        Equal for people of one department.
    names : tuple of str
        The levels, heaviest first.
    """

    def __init__(
        self,
        people: Sequence[Person],
        history: Iterable[PastPair] | PastPairs,
        rules: Rules,
        burdens: Iterable[Burden] = (),
    ) -> None:
        self.history = History(people, history)
        self.lunches = Lunches(people, self.history, rules)
        self.standing = Standing(people, burdens)
        self.department = self.lunches.department
        self._cross_department_first = rules.cross_department_first
        self.names = tuple(name for name, _ in self.totals(np.arange(len(people)), len(people)))

    def scale(self, members: People, later_rounds: int = 0, partners: int = 2) -> Scale:
        """How the levels of what these people cost make one number.

        Nobody is with more than so many partners: p pairs and t trios cover 2 p + 3 t ≤ n people and hold
        p + 3 t ≤ n pairs.
        """
        return Scale(self.totals(members, len(members) * partners // 2, later_rounds, partners))

    def totals(
        self, members: People, pairs: int, later_rounds: int = 0, partners: int = 2
    ) -> list[tuple[str, int]]:
        """The levels, heaviest first, and what no introductions of so many pairs of these people exceed.

        A pair costs later rounds at most `later_rounds`.
        """
        repeats = [("repeats", pairs), ("recency", pairs * max(0, self.history.states - 1))]
        same = [("same_department", pairs)]
        levels = same + repeats if self._cross_department_first else repeats + same
        levels.append(("twice_running", int(self.standing.sat_out_last[members].sum())))
        levels.append(("unfairness", self.standing.most(members, partners)))
        levels.append(("later_rounds", later_rounds * pairs))
        levels.append(("missed_points", self.lunches.most * pairs))
        return levels

    def links(self, rows: People, columns: People) -> Levels:
        """What each pair costs, whoever else is in its introduction and whatever the departments.

        Parameters
        ----------
        rows, columns : array of int, shapes (r,) and (c,)
            Whom to pair with whom.

        Returns
        -------
        dict of str to array, shape (r, c)
            By the names of the levels of `scale`; a level in which no pair costs anything is missing.
        """
        levels: Levels = {"missed_points": self.lunches.most - self.lunches.points(rows, columns)}
        rank = self.history.ranks(rows, columns)
        met = rank >= 0
        if met.any():
            unfair = self.standing.costs(BurdenKind.REPEAT)
            levels["repeats"] = met
            levels["recency"] = np.maximum(rank, 0)
            if unfair.any():
                levels["unfairness"] = met * (unfair[rows][:, None] + unfair[columns])
        return levels

    def of_each(self, introductions: Sequence[Sequence[int]]) -> dict[str, NDArray[np.int64]]:
        """What the links of each introduction cost in each level, departments apart."""
        found = {name: np.zeros(len(introductions), np.int64) for name in self.names}
        for one, other in combinations(range(max(map(len, introductions), default=0)), 2):
            large = [place for place, members in enumerate(introductions) if len(members) > other]
            for first in range(0, len(large), BLOCK):
                places = large[first : first + BLOCK]
                rows = np.array([introductions[place][one] for place in places])
                columns = np.array([introductions[place][other] for place in places])
                for name, level in self.links(rows, columns).items():
                    found[name][places] += np.diagonal(level)
        return found

    def same_department(self, rows: People, columns: People) -> NDArray[np.bool_]:
        """Whether two are of one department, shape (r, c)."""
        same: NDArray[np.bool_] = self.department[rows][:, None] == self.department[columns]
        return same

    def most_cross_department(self, members: Sequence[int], introductions: int) -> int:
        """An upper bound, since each such introduction has somebody from outside the largest department."""
        return min(introductions, len(members) - int(np.bincount(self.department[list(members)]).max()))
