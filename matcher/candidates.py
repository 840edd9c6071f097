"""Trios worth trying, by what they cost beyond the prices of their members."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.blossom import Pair
from matcher.links import Links
from matcher.pairs import Numbers, PricedPairs
from matcher.scale import ENDLESS, combined

Trio = tuple[int, int, int]

# Trios looked at for one list: about a second's worth.
MOST_VISITED = 40_000_000
# Of each person, the links of which trios are tried first.
CHEAPEST = 10
# Trios on one list.
MOST_LISTED = 20_000
# Trios among those tried first.
MOST_LIKELY = 2_000


@dataclass(frozen=True, slots=True)
class Listing:
    """Reduced costs and their trios, cheapest first; a trio that is missing costs at least `others`."""

    trios: tuple[tuple[int, Trio], ...]
    others: int | None


class TrioPrices:
    """What trios cost beyond the prices of their members.

    The reduced cost of a trio is twice its cost minus its members' doubled prices. Twice that is the sum of
    an excess of each of the three links, to which each member contributes half of what being in a trio
    costs them, and more for a trio of one department. So a cheap trio has cheap links, and the others are
    never looked at.

    Parameters
    ----------
    links : Links
        Whom each person may meet, and what it costs.
    group : sequence of int
        Who can be in a trio.
    priced : PricedPairs
        The prices of the group, whose people have their place in it as number.
    least : int
        Cost of the best pairs of the group, one of whom they leave over. If somebody of a trio is left
        over instead, its other two and the pairs beside it are such pairs. So they cost together with
        the trio at least `least` and what the trio costs beyond its cheapest pair. Where the prices miss the
        best pairs by much, the reduced cost of a trio is raised to what follows from that.

    Attributes
    ----------
    floor : int
        No trio has a smaller reduced cost.
    """

    def __init__(self, links: Links, group: Sequence[int], priced: PricedPairs, least: int) -> None:
        self._links = links
        self._group = group
        self._price = priced.doubled
        self._gap = 2 * least - sum(priced.doubled)
        self._may = links.pairs.allowed[np.ix_(group, group)]
        own = zip(links.in_trios(group), priced.prices, strict=True)
        words = tuple(word - price[:, None] - price for word, price in own)
        self._excess = combined(words, links.pairs.bases, self._may)
        self._least = int(self._excess.min(initial=ENDLESS, where=self._may)) if self._may.any() else 0
        self.floor = -(-3 * self._least // 2)

    def likely(self, pairs: Iterable[Pair]) -> Listing:
        """Trios of one of the given pairs and a third, and trios of which two links are cheap."""
        place = {i: number for number, i in enumerate(self._group)}
        one, other = np.array([(place[a], place[b]) for a, b in pairs], np.int64).reshape(-1, 2).T
        row, third = np.nonzero(self._may[one] & self._may[other])
        found = [(one[row], other[row], third)]
        near = np.argsort(np.where(self._may, self._excess, 4 * ENDLESS), axis=1, kind="stable")[:, :CHEAPEST]
        left, right = np.triu_indices(near.shape[1], 1)
        middle = np.repeat(np.arange(len(near)), len(left))
        b, c = near[:, left].ravel(), near[:, right].ravel()
        closed = self._may[middle, b] & self._may[middle, c] & self._may[b, c]
        found.append((middle[closed], b[closed], c[closed]))
        trios = np.unique(np.sort(np.concatenate([np.stack(each, axis=1) for each in found]), axis=1), axis=0)
        return Listing(self._priced(self._cheapest(trios, MOST_LIKELY)[0]), self.floor)

    def up_to(self, most: int | None, visits: int = MOST_VISITED) -> Listing:
        """Trios whose reduced cost is at most `most`, or all; the cheapest of them if they are too many."""
        limit = 4 * ENDLESS if most is None else min(2 * most, 4 * ENDLESS)
        kept = np.zeros((0, 3), np.int64)
        missing: int | None = None
        for a, row in enumerate(self._excess):
            near = np.flatnonzero(self._may[a, a + 1 :] & (row[a + 1 :] + 2 * self._least <= limit)) + a + 1
            visits -= len(near) ** 2
            if visits < 0:
                missing = self.floor
                break
            three = self._excess[np.ix_(near, near)] + row[near][:, None] + row[near]
            b, c = np.nonzero(np.triu(self._may[np.ix_(near, near)] & (three <= limit), 1))
            kept = np.concatenate((kept, np.stack((np.full(len(b), a), near[b], near[c]), axis=1)))
            if len(kept) > MOST_LISTED:
                kept, beyond = self._cheapest(kept, MOST_LISTED)
                missing = beyond if missing is None else min(missing, beyond)
        listed = self._priced(kept)
        return Listing(tuple(each for each in listed if most is None or each[0] <= most), missing)

    def _cheapest(self, trios: Numbers, count: int) -> tuple[Numbers, int]:
        """The trios with the least excess, and a bound on the reduced cost of the first that is cut off."""
        a, b, c = trios.T
        excess = self._excess[a, b] + self._excess[a, c] + self._excess[b, c]
        order = np.lexsort((c, b, a, excess)) if excess.dtype != object else np.argsort(excess, kind="stable")
        cut = excess[order[count]] if len(order) > count else 0
        return trios[order[:count]], -(-int(cut) // 2)

    def _priced(self, trios: Numbers) -> tuple[tuple[int, Trio], ...]:
        members = [(self._group[a], self._group[b], self._group[c]) for a, b, c in trios.tolist()]
        prices = [self._price[a] + self._price[b] + self._price[c] for a, b, c in trios.tolist()]
        own = zip(members, prices, strict=True)
        return tuple(sorted((self._reduced(trio, price), _ascending(trio)) for trio, price in own))

    def _reduced(self, trio: Trio, price: int) -> int:
        links = self._links
        a, b, c = trio
        cost = links.cost(trio)
        pairs = ((a, b), (a, c), (b, c))
        cheapest = min(links.link_cost(i, j) + links.department_cost((i, j)) for i, j in pairs)
        return max(2 * cost - price, self._gap + 2 * (cost - cheapest))


def _ascending(trio: Trio) -> Trio:
    first, second, third = sorted(trio)
    return first, second, third
