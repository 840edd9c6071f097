"""The best trio of a group: who is introduced as three, so that everything together is best."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.candidates import Listing, Trio, TrioPrices
from matcher.links import Links
from matcher.pairs import Pair, best_pairs
from matcher.prices import prices

# The part of the budget that finds a first good trio, after which few trios remain to be listed.
FIRST_PART = 20


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
    """

    def __init__(self, links: Links, group: Sequence[int]) -> None:
        self._links = links
        self._group = group
        self._pairing = best_pairs(links.pairs, group, links.seats)
        doubled = prices([[links.pairs[i][j] for j in group] for i in group], [links.seats[i] for i in group])
        self._paid = sum(doubled)
        self._trio_prices = TrioPrices(links, dict(zip(group, doubled, strict=True)))
        self._steps = 0
        self._best: GroupPacking | None = None
        self._unexplored: int | None = None

    def best(self, budget: int) -> tuple[GroupPacking | None, int | None]:
        """The packing of least cost, and a proven lower bound of that cost.

        Parameters
        ----------
        budget : int
            Steps after which to give up; one is about 10 µs.

        Returns
        -------
        packing : GroupPacking or None
            None if none was found.
        bound : int or None
            Equal to the packing's cost if it is proven to be the least; None if there is no packing.
        """
        self._explore(self._trio_prices.of_pairs(self._pairing.pairs), budget // FIRST_PART)
        # Every better packing has a trio up to here.
        limit = None if self._best is None else 2 * (self._best.cost - 1) - self._paid
        self._explore(self._trio_prices.up_to(limit), budget)
        # Without a member of the trio, its other two and the pairs leave one person over, as this does.
        least = self._pairing.cost
        if self._best is None:
            return None, None if self._unexplored is None else least
        if self._unexplored is None:
            return self._best, self._best.cost
        return self._best, max(least, min(self._best.cost, -(-(self._paid + self._unexplored) // 2)))

    def _explore(self, listing: Listing, budget: int) -> None:
        self._unexplored = listing.others
        for reduced, trio in listing.trios:
            if self._cannot_beat(reduced):
                return
            if self._steps > budget:
                self._unexplored = reduced
                return
            self._complete(trio)

    def _cannot_beat(self, reduced: int) -> bool:
        if self._best is None:
            return False
        return self._best.cost == self._pairing.cost or self._paid + reduced > 2 * (self._best.cost - 1)

    def _complete(self, trio: Trio) -> None:
        rest = [i for i in self._group if i not in trio]
        self._steps += 1 + len(rest) ** 2
        pairing = best_pairs(self._links.pairs, rest, self._links.seats)
        cost = pairing.cost + self._links.cost(trio)
        if not pairing.left_over and (self._best is None or cost < self._best.cost):
            self._best = GroupPacking((trio, *pairing.pairs), cost)
