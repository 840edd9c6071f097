"""The best pairs among some people: a maximum matching of least cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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

    Larger groups are thinned out first: blossom runs on the pairs whose reduced cost is least. The sum of
    the reduced costs of its result is its distance to the bound that the prices prove, so a better result
    can only use pairs below that sum; those are offered in the second and last run.

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
    nobody = len(costs)
    names = list(members)
    chosen: list[list[int | None]] = [[costs[i][j] for j in members] for i in members]
    chosen_seats = [seats[i] for i in members]
    if len(members) % 2 and len(set(chosen_seats)) == 1:
        # Somebody is left over in any case: without a free seat for them the bound would miss by a seat.
        names.append(nobody)
        chosen = [[*row, 0] for row in chosen] + [[0] * len(members) + [None]]
        chosen_seats.append(chosen_seats[0])
    pairing = _thinned(chosen, chosen_seats)
    named = (_ordered(names[i], names[j]) for i, j in pairing.pairs)
    pairs = tuple(sorted(pair for pair in named if nobody not in pair))
    placed = {i for pair in pairs for i in pair}
    return Pairing(pairs, tuple(i for i in members if i not in placed), pairing.cost)


def _thinned(costs: Costs, seats: Sequence[int]) -> Pairing:
    size = len(costs)
    price = prices(costs, seats)
    reduced = [
        sorted(
            (2 * cost - price[i] - price[j], (j - i) % size, j)
            for j, cost in enumerate(row)
            if cost is not None
        )
        for i, row in enumerate(costs)
    ]
    offered = {_ordered(i, j) for i, row in enumerate(reduced) for _, _, j in row[:NEAREST]}
    everybody = list(range(size))
    pairing = matching(everybody, _priced(costs, offered), seats)
    gap = 2 * (pairing.cost + sum(seats[i] for i in pairing.left_over)) - sum(price)
    if gap > 0:
        offered |= {
            _ordered(i, j) for i, row in enumerate(reduced) for distance, _, j in row if distance < gap
        }
        pairing = matching(everybody, _priced(costs, offered), seats)
    return pairing


def _all_edges(costs: Costs, members: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    for place, i in enumerate(members):
        row = costs[i]
        for j in members[place + 1 :]:
            cost = row[j]
            if cost is not None:
                yield i, j, cost


def _priced(costs: Costs, pairs: Iterable[Pair]) -> Iterable[tuple[int, int, int]]:
    for i, j in sorted(pairs):
        cost = costs[i][j]
        assert cost is not None
        yield i, j, cost


def _ordered(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)
