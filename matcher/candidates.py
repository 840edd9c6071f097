"""Trios worth trying, by what they cost beyond the prices of their members."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations

from matcher.links import Links
from matcher.pairs import Pair

Trio = tuple[int, int, int]

# Trios looked at for one list: some seconds' worth.
MOST_VISITED = 1_500_000
# Of each person, the links of which trios are tried first.
CHEAPEST = 10
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
    an excess of each of the three links, to which each member contributes half of what being in a trio
    costs them, and more for a trio of one department. So a cheap trio has cheap links, and the others are
    never looked at.

    Parameters
    ----------
    links : Links
        Whom each person may meet, and what it costs.
    price : mapping of int to int
        Twice the price of each person who can be in a trio; see `matcher.prices.prices`.
    least : int
        Cost of the best pairs of all those people, one of whom they leave over. If somebody of a trio is
        left over instead, its other two and the pairs beside it are such pairs. So they cost together with
        the trio at least `least` and what the trio costs beyond its cheapest pair. Where the prices miss the
        best pairs by much, the reduced cost of a trio is raised to what follows from that.

    Attributes
    ----------
    floor : int
        No trio has a smaller reduced cost.
    """

    def __init__(self, links: Links, price: Mapping[int, int], least: int) -> None:
        self._links = links
        self._price = price
        self._gap = 2 * least - sum(price.values())
        self._excess = {
            i: {
                j: 4 * links.link_cost(i, j) + 2 * (links.in_trio[i] + links.in_trio[j]) - own - price[j]
                for j in links.neighbours[i]
                if j in price
            }
            for i, own in price.items()
        }
        self._least = min((min(row.values()) for row in self._excess.values() if row), default=0)
        self.floor = -(-3 * self._least // 2)

    def likely(self, pairs: Iterable[Pair]) -> Listing:
        """Trios of one of the given pairs and a third, and trios of which two links are cheap."""
        trios = {
            _ascending(a, b, third)
            for a, b in pairs
            for third in self._excess[a].keys() & self._excess[b].keys()
        }
        for a, row in self._excess.items():
            near = nsmallest(CHEAPEST, ((excess, b) for b, excess in row.items()))
            trios |= {_ascending(a, b, c) for (_, b), (_, c) in combinations(near, 2) if c in self._excess[b]}
        return Listing(tuple(sorted((self._reduced(trio), trio) for trio in trios)), self.floor)

    def up_to(self, most: int | None, visits: int = MOST_VISITED) -> Listing:
        """Trios whose reduced cost is at most `most`, or all; the cheapest of them if they are too many."""
        visited = [0]
        priced = ((self._reduced(trio), trio) for trio in self._visit(most, visited, visits))
        cheapest = nsmallest(MOST_LISTED + 1, (each for each in priced if most is None or each[0] <= most))
        others = None
        if visited[0] > visits:
            others = self.floor
        elif len(cheapest) > MOST_LISTED:
            others = cheapest.pop()[0]
        return Listing(tuple(cheapest), others)

    def _visit(self, most: int | None, visited: list[int], visits: int) -> Iterator[Trio]:
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
                    if visited[0] > visits:
                        return
                    if c in row_b and (most is None or to_b + to_c + row_b[c] <= 2 * most):
                        yield _ascending(a, b, c)

    def _reduced(self, trio: Trio) -> int:
        a, b, c = trio
        excess = self._excess[a][b] + self._excess[a][c] + self._excess[b][c]
        reduced = excess // 2 + 2 * self._links.department_cost(trio)
        pairs = self._links.pairs
        cheapest = min(cost for cost in (pairs[a][b], pairs[a][c], pairs[b][c]) if cost is not None)
        beyond = reduced + self._price[a] + self._price[b] + self._price[c] - 2 * cheapest
        return max(reduced, self._gap + beyond)


def _ascending(a: int, b: int, c: int) -> Trio:
    first, second, third = sorted((a, b, c))
    return first, second, third
