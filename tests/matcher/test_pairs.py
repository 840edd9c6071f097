"""Pairs, prices and groups against NetworkX on all pairs and against their definitions."""

from itertools import combinations
from random import Random

import networkx as nx
import pytest

from matcher.decomposition import leavable_groups
from matcher.pairs import DENSE_LIMIT, best_pairs, matching
from matcher.prices import prices

Square = list[list[int | None]]
SEATS = [10**12] * 61


def drawn_costs(size: int, density: float, most: int, seed: int) -> Square:
    random = Random(seed)
    costs: Square = [[None] * size for _ in range(size)]
    for i, j in combinations(range(size), 2):
        if random.random() < density:
            costs[i][j] = costs[j][i] = random.randint(0, most)
    return costs


@pytest.mark.parametrize("density", [0.03, 0.06, 0.15, 0.5, 1.0])
@pytest.mark.parametrize("most", [0, 1, 1000, 10**9])
@pytest.mark.parametrize("size", [DENSE_LIMIT - 1, DENSE_LIMIT + 1, DENSE_LIMIT + 2, 61])
def test_thinned_out_pairs_are_as_good_as_all(size: int, most: int, density: float) -> None:
    costs = drawn_costs(size, density, most, seed=size)
    found = best_pairs(costs, range(size), SEATS)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(
        (i, j, -cost)
        for i, row in enumerate(costs)
        for j, cost in enumerate(row)
        if cost is not None and i < j
    )
    expected = nx.max_weight_matching(graph, maxcardinality=True)
    assert len(found.pairs) == len(expected)
    assert found.cost == -sum(graph.edges[pair]["weight"] for pair in expected)
    assert found.cost == sum(costs[i][j] or 0 for i, j in found.pairs)
    assert sorted([*(i for pair in found.pairs for i in pair), *found.left_over]) == list(range(size))


def test_members_may_be_some_of_the_people() -> None:
    costs = drawn_costs(60, 1.0, 100, seed=1)
    members = [*range(0, 60, 2), 1]
    found = best_pairs(costs, members, SEATS)
    assert {i for pair in found.pairs for i in pair} | set(found.left_over) == set(members)
    assert len(found.left_over) == 1


def test_nobody_has_no_pairs() -> None:
    assert best_pairs([], [], SEATS) == matching([], [], [])
    assert prices([], []) == []


@pytest.mark.parametrize("size", [1, 2, 7, 30])
@pytest.mark.parametrize("density", [0.2, 1.0])
def test_prices_never_exceed_a_pair_or_a_seat(size: int, density: float) -> None:
    costs = drawn_costs(size, density, 50, seed=size)
    doubled = prices(costs, SEATS[:size])
    assert all(price <= 2 * SEATS[0] for price in doubled)
    for i, j in combinations(range(size), 2):
        cost = costs[i][j]
        assert cost is None or doubled[i] + doubled[j] <= 2 * cost
    found = best_pairs(costs, range(size), SEATS)
    assert sum(doubled) <= 2 * (found.cost + SEATS[0] * len(found.left_over))


@pytest.mark.parametrize("seed", range(80))
def test_groups_hold_whom_a_maximum_matching_can_leave_over(seed: int) -> None:
    random = Random(seed)
    size = random.randint(1, 24)
    costs = drawn_costs(size, random.choice([0.05, 0.1, 0.15, 0.3]), 5, seed)
    pairing = best_pairs(costs, range(size), SEATS)
    neighbours = [[j for j, cost in enumerate(row) if cost is not None] for row in costs]
    groups = leavable_groups(neighbours, pairing)
    leavable = {
        i
        for i in range(size)
        if len(best_pairs(costs, [j for j in range(size) if j != i], SEATS).pairs) == len(pairing.pairs)
    }
    graph = nx.Graph([(i, j) for i in leavable for j in neighbours[i] if j in leavable])
    graph.add_nodes_from(leavable)
    assert groups == sorted(sorted(component) for component in nx.connected_components(graph))
