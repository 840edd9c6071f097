"""Pairs among many people: a good start, made better block by block."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from matcher.objective import BLOCK, Levels, Objective
from matcher.pair_table import People
from matcher.pairs import best_pairs
from matcher.prices import PairCosts, assign
from matcher.rules import AllowedPairs
from matcher.scale import Scale

# Every level that a pair can cost something in, and the one that no pair may.
NEVER = "forbidden"


class BlockSearch:
    """Pairs of an even number of people.

    It starts with a matching that has as few same-department pairs as possible, and improves it by taking
    some pairs at a time: one side of each stays, and the other sides are assigned to them anew, exactly. No
    step makes the whole worse, and blocks are apart, so that the result does not depend on the number of
    threads.

    Parameters
    ----------
    people : sequence of int
        Whom to pair, by their number in the round.
    allowed : AllowedPairs
        The hard rules of the round.
    objective : Objective
        The costs of the round.
    seed : int
        Decides which pairs are taken together.
    threads : int
        How many blocks are looked at side by side.

    Attributes
    ----------
    pairs : array of int, shape (n / 2, 2)
        The pairs so far, by number in the round.
    levels : dict of str to array of int, shape (n / 2,)
        What each pair costs in each level; `forbidden` where it breaks a hard rule.

    References
    ----------
    .. [1] Ahuja, Ergun, Orlin, Punnen: A survey of very large-scale neighborhood search techniques. Discrete
       Applied Mathematics 123 (2002) 75-102. doi:10.1016/S0166-218X(01)00338-9
    """

    def __init__(
        self,
        people: Sequence[int],
        allowed: AllowedPairs,
        objective: Objective,
        *,
        seed: int,
        threads: int = 2,
    ) -> None:
        self._allowed = allowed
        self._objective = objective
        self._random = np.random.Generator(np.random.PCG64(seed % (1 << 64)))
        self._threads = threads
        own = np.array(people, np.int64)
        department = objective.department[own]
        sizes = np.bincount(department)
        # Whoever is half of the people further on is of another department, if that is possible at all.
        own = own[np.lexsort((own, department, -sizes[department]))]
        half = len(own) // 2
        self.pairs = np.stack((own[:half], own[half:]), axis=1)
        self.levels = {name: np.zeros(half, np.int64) for name in (NEVER, *objective.names)}
        for first in range(0, half, BLOCK):
            self._put(np.arange(first, min(half, first + BLOCK)), self.pairs[first : first + BLOCK, 1])

    def improve(
        self, size: int, chosen: People | None = None, expired: Callable[[], bool] = lambda: False
    ) -> None:
        """Take pairs together at random, `size` at a time: all of them once, or the chosen ones."""
        order = self._random.permutation(len(self.pairs) if chosen is None else chosen)
        flip = self._random.random(len(order)) < 0.5
        taken = order[flip]
        self.pairs[taken] = self.pairs[taken, ::-1]
        blocks = [order[first : first + size] for first in range(0, len(order), size)]
        with ThreadPoolExecutor(self._threads) as pool:
            for _ in pool.map(lambda block: None if expired() else self._reassign(block), blocks):
                pass

    def solve(self, chosen: People) -> None:
        """Pair the people of the chosen pairs as well as possible, with a proof."""
        people = np.sort(self.pairs[chosen].ravel())
        costs = self._costs(people, people)
        scale = self._scale(people, len(people))
        never = costs.pop(NEVER).astype(np.bool_)
        found = best_pairs(
            PairCosts(scale.pack(costs), ~never, scale.bases, scale.seat_in_word), range(len(people))
        )
        over = np.array(found.left_over, np.int64).reshape(-1, 2)
        places = np.concatenate((np.array(found.pairs, np.int64).reshape(-1, 2), over))
        self.pairs[chosen] = people[places]
        for first in range(0, len(chosen), BLOCK):
            some = chosen[first : first + BLOCK]
            self._put(some, self.pairs[some, 1])

    def totals(self) -> dict[str, int]:
        """What all pairs cost together in each level."""
        return {name: int(level.sum()) for name, level in self.levels.items()}

    def _reassign(self, block: People) -> None:
        rows, columns = self.pairs[block].T
        costs = self._costs(rows, columns)
        scale = self._scale(self.pairs[block].ravel(), len(block))
        self._put(block, columns[assign(scale.pack(costs))])

    def _scale(self, people: People, count: int) -> Scale:
        return Scale([(NEVER, count), *self._objective.totals(people, count)])

    def _costs(self, rows: People, columns: People) -> Levels:
        return self._objective.links(rows, columns) | {
            NEVER: ~self._allowed.among(rows, columns),
            "same_department": self._objective.same_department(rows, columns),
        }

    def _put(self, block: People, partners: People) -> None:
        rows: NDArray[np.int64] = self.pairs[block, 0]
        self.pairs[block, 1] = partners
        costs = self._costs(rows, partners)
        for name, level in self.levels.items():
            level[block] = np.diagonal(costs[name]) if name in costs else 0
