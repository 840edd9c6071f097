"""Pairs, prices and groups against NetworkX on all pairs and against their definitions."""

from itertools import combinations
from random import Random

import networkx as nx
import numpy as np
import pytest

from matcher.blossom import with_networkx, with_rustworkx
from matcher.decomposition import leavable_groups
from matcher.pairs import DENSE_LIMIT, best_pairs, matching
from matcher.prices import PairCosts, relax

SEAT = 10**11
# Two words, so that what is compared first leaves ties that only the other decides.
BASES = {1: (1,), 2: (10**6 * 64, 1)}


def drawn_costs(size: int, density: float, most: int, seed: int, words: int = 1) -> PairCosts:
    random = np.random.default_rng(seed)
    allowed = np.triu(random.random((size, size)) < density, 1)
    drawn = [np.triu(random.integers(0, limit, (size, size), endpoint=True), 1) for limit in (most, 1000)]
    if words == 2:
        drawn[0] = drawn[0] % 3
    return PairCosts(
        tuple((each + each.T).astype(np.int64) for each in drawn[:words]),
        allowed | allowed.T,
        BASES[words],
        SEAT,
    )


def cost_of(costs: PairCosts, i: int, j: int) -> int:
    return sum(base * int(word[i, j]) for word, base in zip(costs.words, costs.bases, strict=True))


@pytest.mark.parametrize("words", [1, 2])
@pytest.mark.parametrize("density", [0.03, 0.06, 0.15, 0.5, 1.0])
@pytest.mark.parametrize("most", [0, 1, 1000, 10**9])
@pytest.mark.parametrize("size", [DENSE_LIMIT - 1, DENSE_LIMIT + 1, DENSE_LIMIT + 2, 61])
def test_thinned_out_pairs_are_as_good_as_all(size: int, most: int, density: float, words: int) -> None:
    costs = drawn_costs(size, density, most, size, words)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(
        (i, j, -cost_of(costs, i, j)) for i, j in combinations(range(size), 2) if costs.allowed[i, j]
    )
    expected = nx.max_weight_matching(graph, maxcardinality=True)
    for blossom in (with_networkx, with_rustworkx):
        found = best_pairs(costs, range(size), blossom)
        assert len(found.pairs) == len(expected)
        assert found.cost == -sum(graph.edges[pair]["weight"] for pair in expected)
        assert found.cost == sum(cost_of(costs, i, j) for i, j in found.pairs)
        assert sorted([*(i for pair in found.pairs for i in pair), *found.left_over]) == list(range(size))


def test_members_may_be_some_of_the_people() -> None:
    costs = drawn_costs(60, 1.0, 100, seed=1)
    members = [*range(0, 60, 2), 1]
    found = best_pairs(costs, members)
    assert {i for pair in found.pairs for i in pair} | set(found.left_over) == set(members)
    assert len(found.left_over) == 1


def test_nobody_has_no_pairs() -> None:
    nobody = drawn_costs(0, 1.0, 1, seed=1)
    assert best_pairs(nobody, []) == matching([], [], [])
    assert [len(word) for word in relax(nobody).doubled] == [0]


@pytest.mark.parametrize("words", [1, 2])
@pytest.mark.parametrize("size", [1, 2, 7, 30])
@pytest.mark.parametrize("density", [0.2, 1.0])
def test_prices_never_exceed_a_pair_or_a_seat(size: int, density: float, words: int) -> None:
    costs = drawn_costs(size, density, 50, size, words)
    own = relax(costs).doubled
    doubled = [
        sum(base * int(price[i]) for price, base in zip(own, costs.bases, strict=True)) for i in range(size)
    ]
    assert all(price <= 2 * costs.exact_seat for price in doubled)
    for i, j in combinations(range(size), 2):
        assert not costs.allowed[i, j] or doubled[i] + doubled[j] <= 2 * cost_of(costs, i, j)
    found = best_pairs(costs, range(size))
    assert sum(doubled) <= 2 * (found.cost + costs.exact_seat * len(found.left_over))


@pytest.mark.parametrize("seed", range(80))
def test_groups_hold_whom_a_maximum_matching_can_leave_over(seed: int) -> None:
    random = Random(seed)
    size = random.randint(1, 24)
    costs = drawn_costs(size, random.choice([0.05, 0.1, 0.15, 0.3]), 5, seed)
    pairing = best_pairs(costs, range(size))
    groups = leavable_groups(costs.allowed, pairing)
    leavable = {
        i
        for i in range(size)
        if len(best_pairs(costs, [j for j in range(size) if j != i]).pairs) == len(pairing.pairs)
    }
    graph = nx.Graph([(i, j) for i in leavable for j in leavable if costs.allowed[i, j]])
    graph.add_nodes_from(leavable)
    assert groups == sorted(sorted(component) for component in nx.connected_components(graph))
