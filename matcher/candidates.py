"""Trios worth trying, by what they cost beyond the prices of their members."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matcher.links import Links
from matcher.pairs import Pair

Trio = tuple[int, int, int]

# Trios looked at for one list: some seconds' worth.
MOST_VISITED = 1_500_000
# Trios on one list.
MOST_LISTED = 20_000


@dataclass(frozen=True, slots=True)
class Listing:
    """Reduced costs and their trios, cheapest first; a trio that is missing costs at least `others`."""

    trios: tuple[tuple[int, Trio], ...]
    others: int | None


class TrioPrices:
    """What trios cost beyond the prices of their members.

    The reduced cost of a trio is twice its cost minus its members' doubled prices. Twice that is the sum of
    an excess of each of the three links, and more for a trio of one department. So a cheap trio has cheap
    links, and the others are never looked at.

    Parameters
    ----------
    links : Links
        Whom each person may meet, and what it costs.
    price : mapping of int to int
        Twice the price of each person who can be in a trio; see `matcher.prices.prices`.

    Attributes
    ----------
    floor : int
        No trio has a smaller reduced cost.
    """

    def __init__(self, links: Links, price: Mapping[int, int]) -> None:
        self._links = links
        self._price = price
        self._excess = {
            i: {j: 4 * links.repeat_cost(i, j) - own - price[j] for j in links.neighbours[i] if j in price}
            for i, own in price.items()
        }
        self._least = min((min(row.values()) for row in self._excess.values() if row), default=0)
        self.floor = -(-3 * self._least // 2)

    def of_pairs(self, pairs: Iterable[Pair]) -> Listing:
        """Trios of one of the given pairs and a third."""
        trios = {
            _ascending(a, b, third)
            for a, b in pairs
            for third in self._excess[a].keys() & self._excess[b].keys()
        }
        return Listing(tuple(sorted((self._reduced(trio), trio) for trio in trios)), self.floor)

    def up_to(self, most: int | None) -> Listing:
        """Trios whose reduced cost is at most `most`, or all; the cheapest of them if they are too many."""
        visited = [0]
        priced = ((self._reduced(trio), trio) for trio in self._visit(most, visited))
        cheapest = heapq.nsmallest(
            MOST_LISTED + 1, (each for each in priced if most is None or each[0] <= most)
        )
        others = None
        if visited[0] > MOST_VISITED:
            others = self.floor
        elif len(cheapest) > MOST_LISTED:
            others = cheapest.pop()[0]
        return Listing(tuple(cheapest), others)

    def _visit(self, most: int | None, visited: list[int]) -> Iterator[Trio]:
        least = self._least
        for a, row in sorted(self._excess.items()):
            later = sorted((excess, b) for b, excess in row.items() if b > a)
            for place, (to_b, b) in enumerate(later):
                if most is not None and to_b + 2 * least > 2 * most:
                    break
                row_b = self._excess[b]
                for to_c, c in later[place + 1 :]:
                    if most is not None and to_b + to_c + least > 2 * most:
                        break
                    visited[0] += 1
                    if visited[0] > MOST_VISITED:
                        return
                    if c in row_b and (most is None or to_b + to_c + row_b[c] <= 2 * most):
                        yield _ascending(a, b, c)

    def _reduced(self, trio: Trio) -> int:
        return 2 * self._links.cost(trio) - sum(self._price[i] for i in trio)


def _ascending(a: int, b: int, c: int) -> Trio:
    first, second, third = sorted((a, b, c))
    return first, second, third
