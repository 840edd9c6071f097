"""The best trio of a group: who is introduced as three, so that everything together is best."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.blossom import Pair
from matcher.candidates import MOST_VISITED, Listing, Trio, TrioPrices
from matcher.links import Links
from matcher.pairs import Pairing, PricedPairs, best_pairs

# The part of the budget that finds a first good trio, after which few trios remain to be listed.
FIRST_PART = 20
# The part of the budget that is spent on the last priority, once all others are proven.
LAST_PART = 10
# Steps that finding the pairs beside a trio takes, since the prices are known.
COMPLETION = 600
# Trios that are looked at in the time of a step.
VISITS_A_STEP = 1_000


@dataclass(frozen=True, slots=True)
class GroupPacking:
    """One trio and pairs that together place a whole group, and their cost."""

    introductions: tuple[Trio | Pair, ...]
    cost: int


class TrioSearch:
    """One trio in a group of which any one can be left over, the others being paired as well as possible.

    The prices of the people bound what the pairs of the others cost, so trios are tried by their cost
    beyond their members' prices, and the search ends when even the next one cannot be part of a better
    result.

    Parameters
    ----------
    links : Links
        Whom each person may meet, and what it costs.
    group : sequence of int
        At least three people; see `matcher.decomposition.leavable_groups`.
    pairing : Pairing, optional
        The best pairs of the group, if they are known.
    """

    def __init__(self, links: Links, group: Sequence[int], pairing: Pairing | None = None) -> None:
        self._links = links
        self._group = group
        self._place = {i: place for place, i in enumerate(group)}
        self._pairing = pairing or best_pairs(links.pairs, group)
        self._priced = PricedPairs(links.pairs.among(np.array(group)))
        self._paid = sum(self._priced.doubled)
        self._trio_prices = TrioPrices(links, group, self._priced, self._pairing.cost)
        self._steps = 0
        self._best: GroupPacking | None = None
        self._unexplored: int | None = None

    def best(self, budget: int) -> tuple[GroupPacking | None, int | None]:
        """The packing of least cost, and a proven lower bound of that cost.

        Parameters
        ----------
        budget : int
            Steps after which to give up; one is about 10 µs. A part of them goes to the last priority.

        Returns
        -------
        packing : GroupPacking or None
            None if none was found.
        bound : int or None
            Equal to the packing's cost if it is proven to be the least; None if there is no packing.
        """
        self._explore(self._trio_prices.likely(self._pairing.pairs), budget // FIRST_PART)
        # Without a member of the trio, its other two and the pairs leave one person over, as this does.
        least = self._pairing.cost
        # What is found up to a limit can lower the limit, but what is missing up to it stays missing.
        limit = self._limit(self._links.scale.last)
        self._explore(self._trio_prices.up_to(limit), budget)
        last_remains = limit is not None and self._links.scale.last > 1
        if self._best is not None and self._unexplored is None and last_remains:
            # Every priority but the last is proven.
            least = max(least, self._best.cost - self._best.cost % self._links.scale.last)
            rest = budget // LAST_PART
            self._steps = 0
            listing = self._trio_prices.up_to(self._limit(1), min(MOST_VISITED, rest * VISITS_A_STEP))
            self._explore(listing, rest)
        if self._best is None:
            return None, None if self._unexplored is None else least
        if self._unexplored is None:
            return self._best, self._best.cost
        return self._best, max(least, min(self._best.cost, -(-(self._paid + self._unexplored) // 2)))

    def _limit(self, radix: int) -> int | None:
        """The largest reduced cost that a trio can have of a packing that is better by `radix` or more.

        Better in a priority above the last one, if `radix` is that of the last one.
        """
        if self._best is None:
            return None
        return 2 * (self._best.cost - self._best.cost % radix - 1) - self._paid

    def _explore(self, listing: Listing, budget: int) -> None:
        self._unexplored = listing.others
        for reduced, trio in listing.trios:
            if self._cannot_beat(reduced):
                break
            if self._steps > budget:
                self._unexplored = reduced if listing.others is None else min(reduced, listing.others)
                break
            self._complete(trio)
        if self._cannot_beat(self._unexplored):
            self._unexplored = None

    def _cannot_beat(self, reduced: int | None) -> bool:
        if self._best is None or reduced is None:
            return False
        return self._best.cost == self._pairing.cost or self._paid + reduced > 2 * (self._best.cost - 1)

    def _complete(self, trio: Trio) -> None:
        self._steps += COMPLETION
        pairing = self._priced.best([self._place[i] for i in trio])
        cost = pairing.cost + self._links.cost(trio)
        if not pairing.left_over and (self._best is None or cost < self._best.cost):
            pairs = tuple((self._group[i], self._group[j]) for i, j in pairing.pairs)
            self._best = GroupPacking((trio, *pairs), cost)
