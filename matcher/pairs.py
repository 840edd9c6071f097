"""The best pairs among some people: a maximum matching of least cost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import networkx as nx

from matcher.prices import Costs, prices

Pair = tuple[int, int]

# Up to here NetworkX on all pairs is as fast as thinning them out first.
DENSE_LIMIT = 24
# A perfect matching on the cheapest few of each person nearly always exists.
NEAREST = 8


@dataclass(frozen=True, slots=True)
class Pairing:
    """Disjoint pairs, whom they leave over, and what the pairs cost together."""

    pairs: tuple[Pair, ...]
    left_over: tuple[int, ...]
    cost: int


def matching(members: Sequence[int], edges: Iterable[tuple[int, int, int]], seats: Sequence[int]) -> Pairing:
    """Matching over given edges of which the pairs and the seats of all others cost least together.

    If each seat costs more than all pairs together, it is a maximum matching of least cost.

    Parameters
    ----------
    members : sequence of int
        People to place; their order decides among equals.
    edges : iterable of (int, int, int)
        Two people and the cost of their pair.
    seats : sequence of int
        Cost of leaving each person over.

    Returns
    -------
    Pairing
        Its cost is that of the pairs. Empty for no edges.

    References
    ----------
    .. [1] Edmonds: Paths, trees, and flowers. Canadian Journal of Mathematics 17 (1965) 449-467.
       doi:10.4153/CJM-1965-045-4
    .. [2] Galil: Efficient algorithms for finding maximum matching in graphs. ACM Computing Surveys 18
       (1986) 23-38. doi:10.1145/6462.6502

    Examples
    --------
    >>> matching([0, 1, 2, 3], [(0, 1, 0), (1, 2, 0), (2, 3, 5)], seats=[9] * 4)
    Pairing(pairs=((0, 1), (2, 3)), left_over=(), cost=5)
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(members)
    for i, j, cost in edges:
        graph.add_edge(i, j, weight=seats[i] + seats[j] - cost, cost=cost)
    found = nx.max_weight_matching(graph)
    pairs = tuple(sorted((min(pair), max(pair)) for pair in found))
    placed = {i for pair in pairs for i in pair}
    left_over = tuple(i for i in members if i not in placed)
    return Pairing(pairs, left_over, sum(graph.edges[pair]["cost"] for pair in pairs))


def best_pairs(costs: Costs, members: Sequence[int], seats: Sequence[int]) -> Pairing:
    """The matching of all allowed pairs of the members that costs least, seats of all others included.

    Larger groups are thinned out first; see `PricedPairs`.

    Parameters
    ----------
    costs : sequence of sequence of (int or None), shape (n, n)
        Symmetric; None where a pair is not allowed.
    members : sequence of int
        Rows of `costs` to place.
    seats : sequence of int, shape (n,)
        Cost of leaving each person over.

    Returns
    -------
    Pairing
        Proven to be the best; its cost is that of the pairs. Empty for nobody.

    Examples
    --------
    >>> best_pairs([[None, 2, None], [2, None, 1], [None, 1, None]], [0, 1, 2], [10, 10, 10])
    Pairing(pairs=((1, 2),), left_over=(0,), cost=1)
    """
    if len(members) <= DENSE_LIMIT:
        return matching(members, _all_edges(costs, members), seats)
    nobody = len(members)
    chosen: list[list[int | None]] = [[costs[i][j] for j in members] for i in members]
    chosen_seats = [seats[i] for i in members]
    least = min(chosen_seats)
    extra = [seat - least for seat in chosen_seats]
    if nobody % 2 and least > max(extra):
        # Somebody is left over in any case: without their seat for the least price the bound misses by it.
        chosen = [[*row, more] for row, more in zip(chosen, extra, strict=True)] + [[*extra, None]]
        chosen_seats.append(least)
    found = PricedPairs(chosen, chosen_seats).best()
    pairs = tuple(sorted(_ordered(members[i], members[j]) for i, j in found.pairs if nobody not in (i, j)))
    placed = {i for pair in pairs for i in pair}
    seated = sum(extra[i] for i, j in found.pairs if j == nobody)
    return Pairing(pairs, tuple(i for i in members if i not in placed), found.cost - seated)


class PricedPairs:
    """Pairs of people 0 to n - 1 and a price for each person, which finds the best pairs of any of them.

    Blossom runs on the pairs whose reduced cost is least. The sum of the reduced costs of its result is its
    distance to the bound that the prices prove, so a better result can only use pairs below that sum; those
    are offered in the second and last run. Where everybody can be placed, it runs on the reduced costs
    themselves, of which most are zero: that is several times as fast.

    Parameters
    ----------
    costs : sequence of sequence of (int or None), shape (n, n)
        Symmetric; None where a pair is not allowed.
    seats : sequence of int, shape (n,)
        Cost of leaving each person over.

    Attributes
    ----------
    doubled : list of int, shape (n,)
        Twice the price of each person; see `matcher.prices.prices`.
    """

    def __init__(self, costs: Costs, seats: Sequence[int]) -> None:
        size = len(costs)
        self._costs = costs
        self._seats = seats
        self.doubled = price = prices(costs, seats)
        self._reduced = [
            sorted(
                (2 * cost - price[i] - price[j], (j - i) % size, j)
                for j, cost in enumerate(row)
                if cost is not None
            )
            for i, row in enumerate(costs)
        ]
        self._nearest = sorted(
            {_ordered(i, j) for i, row in enumerate(self._reduced) for _, _, j in row[:NEAREST]}
        )

    def best(self, without: Collection[int] = ()) -> Pairing:
        """The best pairs of everybody but some, as `best_pairs` finds them.

        Parameters
        ----------
        without : collection of int
            People who are not there at all.

        Returns
        -------
        Pairing
            Proven to be the best; empty if nobody is left.
        """
        members = [i for i in range(len(self._costs)) if i not in without]
        offered = [(i, j) for i, j in self._nearest if i not in without and j not in without]
        pairing, gap = self._offer(members, offered)
        # Twice the costs of two results differ by an even number.
        if gap <= 1:
            return pairing
        within = {
            _ordered(i, j)
            for i in members
            for distance, _, j in takewhile(lambda each: each[0] < gap, self._reduced[i])
            if j not in without
        }
        return self._offer(members, sorted(within.union(offered)), gap)[0]

    def _offer(self, members: Sequence[int], pairs: Sequence[Pair], gap: int = -1) -> tuple[Pairing, int]:
        """The best of the given pairs, or any perfect ones, and how far above the bound they are.

        Whoever is left over adds their slack to that distance. So if all slacks exceed `gap`, the distance
        of a known result, nothing but perfect pairs can be better.
        """
        slack = [2 * self._seats[i] - self.doubled[i] for i in members]
        if len(members) % 2 == 0 and min(slack, default=0) > gap:
            perfect = self._perfect(members, pairs)
            if perfect is not None:
                return perfect, self._gap(members, perfect)
        pairing = matching(members, _priced(self._costs, pairs), self._seats)
        return pairing, self._gap(members, pairing)

    def _perfect(self, members: Sequence[int], pairs: Sequence[Pair]) -> Pairing | None:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(members)
        for i, j, cost in _priced(self._costs, pairs):
            graph.add_edge(i, j, weight=self.doubled[i] + self.doubled[j] - 2 * cost, cost=cost)
        found = nx.max_weight_matching(graph, maxcardinality=True)
        if 2 * len(found) < len(members):
            return None
        return Pairing(
            tuple(sorted(_ordered(i, j) for i, j in found)),
            (),
            sum(graph.edges[pair]["cost"] for pair in found),
        )

    def _gap(self, members: Sequence[int], pairing: Pairing) -> int:
        paid = pairing.cost + sum(self._seats[i] for i in pairing.left_over)
        return 2 * paid - sum(self.doubled[i] for i in members)


def _all_edges(costs: Costs, members: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    for place, i in enumerate(members):
        row = costs[i]
        for j in members[place + 1 :]:
            cost = row[j]
            if cost is not None:
                yield i, j, cost


def _priced(costs: Costs, pairs: Iterable[Pair]) -> Iterable[tuple[int, int, int]]:
    for i, j in pairs:
        cost = costs[i][j]
        assert cost is not None
        yield i, j, cost


def _ordered(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)
