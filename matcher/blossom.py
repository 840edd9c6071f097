"""Maximum-weight matching of given pairs, by NetworkX or rustworkx."""

from collections.abc import Callable, Iterable, Sequence

import networkx as nx
import rustworkx as rx

Pair = tuple[int, int]
Blossom = Callable[[int, Sequence[Pair], Sequence[int], bool], list[Pair]]

# Up to here NetworkX is quick; it needs no other library, and is what the other engine is held against.
NETWORKX_SIZE = 100
# rustworkx calculates in 128 bits, and a matching needs room for some sums of its weights.
RUSTWORKX_WEIGHT = 1 << 118


def heaviest(size: int, pairs: Sequence[Pair], weights: Sequence[int], perfect: bool) -> list[Pair]:
    """The matching of most weight, or, of those with most pairs, the one of most weight.

    Parameters
    ----------
    size : int
        People 0 to n - 1.
    pairs : sequence of (int, int)
        Who may be paired; their order decides among equals.
    weights : sequence of int
        One for each pair, of any size.
    perfect : bool
        Whether as many pairs as possible come first.

    Returns
    -------
    list of (int, int)
        Ascending, each with the smaller number first; empty for no pairs.

    References
    ----------
    .. [1] Edmonds: Paths, trees, and flowers. Canadian Journal of Mathematics 17 (1965) 449-467.
       doi:10.4153/CJM-1965-045-4
    .. [2] Galil: Efficient algorithms for finding maximum matching in graphs. ACM Computing Surveys 18
       (1986) 23-38. doi:10.1145/6462.6502

    Examples
    --------
    >>> heaviest(4, [(0, 1), (1, 2), (2, 3)], [1, 9, 1], perfect=True)
    [(0, 1), (2, 3)]
    """
    large = size > NETWORKX_SIZE and max(map(abs, weights), default=0) < RUSTWORKX_WEIGHT
    return (with_rustworkx if large else with_networkx)(size, pairs, weights, perfect)


def with_networkx(size: int, pairs: Sequence[Pair], weights: Sequence[int], perfect: bool) -> list[Pair]:
    """The same as `heaviest`, always by NetworkX."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from((i, j, weight) for (i, j), weight in zip(pairs, weights, strict=True))
    return _ordered(nx.max_weight_matching(graph, maxcardinality=perfect))


def with_rustworkx(size: int, pairs: Sequence[Pair], weights: Sequence[int], perfect: bool) -> list[Pair]:
    """The same as `heaviest`, always by rustworkx; weights must be below 2**118."""
    graph: rx.PyGraph[None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * size)
    graph.add_edges_from([(i, j, weight) for (i, j), weight in zip(pairs, weights, strict=True)])
    return _ordered(rx.max_weight_matching(graph, max_cardinality=perfect, weight_fn=int))


def _ordered(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted((min(pair), max(pair)) for pair in pairs)
