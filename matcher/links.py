"""The allowed introductions among people who are linked by them, and what each costs."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from matcher.burdens import BurdenKind
from matcher.look_ahead import MOST, look_ahead
from matcher.objective import Objective
from matcher.prices import PairCosts
from matcher.rules import AllowedPairs
from matcher.scale import Words


class Links:
    """One component of the allowed pairs, its people renumbered 0 to n - 1.

    Parameters
    ----------
    component : sequence of int
        The people by their number in the round.
    allowed : AllowedPairs
        The hard rules of the round.
    objective : Objective
        The costs of the round.
    seed : int, optional
        With it, the costs look ahead to later rounds; see `matcher.look_ahead`.

    Attributes
    ----------
    pairs : PairCosts
        Cost of each pair, and which pairs are allowed.
    scale : Scale
        How the levels of a cost make one integer.
    seats : list of int, shape (n,)
        Price of leaving each person over: one price, more than everything else can cost together.
    sit_outs : list of int, shape (n,)
        What it costs each person to sit out, beyond the seat.
    in_trio : list of int, shape (n,)
        What it costs each person to be in a trio, beyond its links.
    most_points : int
        No pair has more points.
    """

    def __init__(
        self, component: Sequence[int], allowed: AllowedPairs, objective: Objective, seed: int | None = None
    ) -> None:
        people = np.array(component, np.int64)
        self._component = component
        self._objective = objective
        self.most_points = objective.lunches.most
        self.size = len(component)
        self.same_department = objective.same_department(people, people)
        self._levels = objective.links(people, people)
        may_meet = allowed.among(people, people)
        later = None
        if seed is not None:
            unmet = may_meet & ~self.same_department & (objective.history.ranks(people, people) < 0)
            later = look_ahead(unmet, seed, self._levels["missed_points"].astype(np.int64))
        if later is not None:
            self._levels["later_rounds"] = later
        self.scale = objective.scale(people, 0 if later is None else MOST)
        pairs = self._levels | {"same_department": self.same_department}
        self.pairs = PairCosts(self.scale.pack(pairs), may_meet, self.scale.bases, self.scale.seat_in_word)
        self.seats = [self.scale.seat] * self.size
        twice, unfair = self.scale.unit("twice_running"), self.scale.unit("unfairness")
        standing = objective.standing
        self.sit_outs = [
            twice * again + unfair * cost
            for again, cost in zip(
                standing.sat_out_last[people].tolist(),
                standing.costs(BurdenKind.SAT_OUT)[people].tolist(),
                strict=True,
            )
        ]
        self._in_trio = standing.costs(BurdenKind.TRIO_THIRD)[people]
        self.in_trio = [unfair * cost for cost in self._in_trio.tolist()]
        self.department_unit = self.scale.unit("same_department")

    def cost(self, members: Sequence[int]) -> int:
        """Cost of introducing two or three people whose links are all allowed."""
        cost = self.department_cost(members) + sum(self.link_cost(i, j) for i, j in combinations(members, 2))
        return cost + sum(self.in_trio[i] for i in members) if len(members) == 3 else cost

    def link_cost(self, i: int, j: int) -> int:
        """Cost of an allowed pair whatever the departments, which count once for an introduction."""
        own = zip(self.pairs.words, self.pairs.bases, strict=True)
        cost = sum(base * int(word[i, j]) for word, base in own)
        return cost - self.department_unit * bool(self.same_department[i, j])

    def department_cost(self, members: Sequence[int]) -> int:
        """Cost of an introduction as far as it is one of a single department."""
        first = self.same_department[members[0]]
        return self.department_unit * all(bool(first[i]) for i in members)

    def most_cross_department(self, introductions: int) -> int:
        """No choice of so many introductions has more of at least two departments."""
        return self._objective.most_cross_department(self._component, introductions)

    def in_trios(self, group: Sequence[int]) -> Words:
        """Four times the cost of each link in a group, with half of what a trio costs its two ends beyond.

        Three of them are four times the cost of a trio, unless its people are of one department.
        """
        block = np.ix_(group, group)
        levels = {name: 4 * level[block].astype(np.int64) for name, level in self._levels.items()}
        burden = self._in_trio[list(group)]
        levels["unfairness"] = levels.get("unfairness", 0) + 2 * (burden[:, None] + burden)
        return self.scale.pack(levels)

    def people(self, members: Sequence[int]) -> tuple[int, ...]:
        """The members by their number in the round."""
        return tuple(self._component[i] for i in members)
