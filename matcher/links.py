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
        Price of leaving each person over: one price, more than all introductions together can cost.
    """

    def __init__(self, component: Sequence[int], allowed: AllowedPairs, objective: Objective) -> None:
        self._component = component
        self._objective = objective
        self.size = len(component)
        self.seats = [objective.seat] * self.size
        self.pairs: list[list[int | None]] = [[None] * self.size for _ in component]
        for i, one in enumerate(component):
            for j in range(i):
                if allowed.allows(one, component[j]):
                    self.pairs[i][j] = self.pairs[j][i] = objective.cost((one, component[j]))
        self.neighbours = [[j for j, cost in enumerate(row) if cost is not None] for row in self.pairs]

    def cost(self, members: Sequence[int]) -> int:
        """Cost of introducing two or three people whose links are all allowed."""
        return self._objective.cost([self._component[i] for i in members])

    def repeat_cost(self, i: int, j: int) -> int:
        """Cost of an allowed pair as far as history causes it."""
        return self._objective.repeat_cost(self._component[i], self._component[j])

    def people(self, members: Sequence[int]) -> tuple[int, ...]:
        """The members by their number in the round."""
        return tuple(self._component[i] for i in members)
