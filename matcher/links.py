"""The allowed introductions among people who are linked by them, and what each costs."""

from collections.abc import Sequence

from matcher.objective import Objective
from matcher.rules import AllowedPairs


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

    Attributes
    ----------
    pairs : list of list of (int or None), shape (n, n)
        Symmetric cost of each pair; None where it is not allowed.
    neighbours : list of list of int, shape (n,)
        With whom each person may be introduced, ascending.
    seats : list of int, shape (n,)
        Price of leaving each person over: one price, more than everything else can cost together.
    sit_outs : list of int, shape (n,)
        What it costs each person to sit out, beyond the seat.
    in_trio : list of int, shape (n,)
        What it costs each person to be in a trio, beyond its links.
    last_radix : int
        Costs that are equal after division by it differ in the last priority alone; 1 if that is not used.
    """

    def __init__(self, component: Sequence[int], allowed: AllowedPairs, objective: Objective) -> None:
        self._component = component
        self._objective = objective
        self.size = len(component)
        self.seats = [objective.seat] * self.size
        self.sit_outs = [objective.sit_out_cost(i) for i in component]
        self.in_trio = [objective.trio_cost(i) for i in component]
        self.last_radix = objective.last_radix
        self.pairs: list[list[int | None]] = [[None] * self.size for _ in component]
        for i, one in enumerate(component):
            for j in range(i):
                if allowed.allows(one, component[j]):
                    self.pairs[i][j] = self.pairs[j][i] = objective.pair_cost(one, component[j])
        self.neighbours = [[j for j, cost in enumerate(row) if cost is not None] for row in self.pairs]

    def cost(self, members: Sequence[int]) -> int:
        """Cost of introducing two or three people whose links are all allowed."""
        return self._objective.cost([self._component[i] for i in members])

    def link_cost(self, i: int, j: int) -> int:
        """Cost of an allowed pair whatever the departments, which count once for an introduction."""
        return self._objective.link_cost(self._component[i], self._component[j])

    def department_cost(self, members: Sequence[int]) -> int:
        """Cost of an introduction as far as it is one of a single department."""
        return self._objective.department_cost([self._component[i] for i in members])

    def people(self, members: Sequence[int]) -> tuple[int, ...]:
        """The members by their number in the round."""
        return tuple(self._component[i] for i in members)
