"""The look-ahead: plans that hold, companies that last as long as they can, and inputs of every shape."""

from collections.abc import Callable, Sequence
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher import PastPair, Person, match
from matcher.coming_rounds import coming_rounds
from matcher.links import Links
from matcher.look_ahead import CLOSE, LARGEST, MOST, YEAR, look_ahead
from matcher.objective import Objective
from matcher.packing import best_packing
from matcher.rules import AllowedPairs
from matcher.values import achieved_values, proven_bounds
from tests.matcher.test_larger import before_the_plan, drawn_round, told_more

Unmet = NDArray[np.bool_]
Costs = NDArray[np.int64]


def graph(size: int, pairs: Sequence[tuple[int, int]]) -> Unmet:
    unmet = np.zeros((size, size), dtype=bool)
    for i, j in pairs:
        unmet[i, j] = unmet[j, i] = True
    return unmet


def company(*sizes: int) -> Unmet:
    department = np.repeat(np.arange(len(sizes)), sizes)
    unmet: Unmet = department[:, None] != department
    return unmet


def shuffled(unmet: Unmet, seed: int) -> Unmet:
    order = np.random.default_rng(seed).permutation(len(unmet))
    return unmet[np.ix_(order, order)]


def one_round(unmet: Unmet, costs: Costs | None, points: Costs) -> list[tuple[int, int]]:
    """A largest matching of unmet pairs: least cost, then most points."""
    weights = points if costs is None else points - costs * (1 + int(points.sum()))
    links: nx.Graph[int] = nx.Graph()
    links.add_weighted_edges_from((i, j, int(weights[i, j])) for i, j in np.argwhere(np.triu(unmet)).tolist())
    return sorted((min(pair), max(pair)) for pair in nx.max_weight_matching(links, maxcardinality=True))


def rounds_played(unmet: Unmet, seed: int, look: Callable[[Unmet, int], Costs | None] = look_ahead) -> int:
    """How many rounds place everybody, in a company where points and places change from round to round."""
    random = np.random.default_rng(seed)
    unmet, count = shuffled(unmet, seed), 0
    while True:
        points = np.triu(random.integers(0, 9, unmet.shape), 1)
        pairs = one_round(unmet, look(unmet, seed + count), points + points.T)
        if 2 * len(pairs) < len(unmet):
            return count
        unmet &= ~graph(len(unmet), pairs)
        count += 1


def blind(unmet: Unmet, seed: int) -> None:
    """No look-ahead at all."""


@st.composite
def any_unmet(draw: st.DrawFn) -> Unmet:
    size = draw(st.integers(0, 14))
    pairs = [*combinations(range(size), 2)]
    return graph(size, draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])


@given(any_unmet(), st.integers(-3, 2**70))
@settings(deadline=None, derandomize=True)
def test_costs_are_small_symmetric_and_reproducible(unmet: Unmet, seed: int) -> None:
    before = unmet.copy()
    costs, again = look_ahead(unmet, seed), look_ahead(unmet, seed)
    assert (unmet == before).all()
    if costs is None:
        assert again is None
        return
    assert again is not None
    assert (costs == again).all()
    assert costs.shape == unmet.shape
    assert costs.dtype == np.int64
    assert (costs == costs.T).all()
    assert costs.min() >= 0
    assert 0 < costs.max() <= MOST


@given(any_unmet(), st.integers(0, 6), st.integers(0, 99))
@settings(deadline=None, derandomize=True)
def test_planned_rounds_are_disjoint_and_place_whoever_has_partners_left(
    unmet: Unmet, most: int, seed: int
) -> None:
    rounds = coming_rounds(unmet, most, seed)
    assert len(rounds) <= most
    used = np.zeros_like(unmet)
    for number, partner in enumerate(rounds):
        pairs = [(i, j) for i, j in enumerate(partner) if j >= 0]
        assert all(partner[j] == i for i, j in pairs)
        assert all(unmet[pair] and not used[pair] for pair in pairs)
        here = int((unmet.sum(axis=1) > number).sum())
        assert len(pairs) == here - here % 2
        used |= graph(len(unmet), pairs)


@given(st.integers(0, 999))
@settings(deadline=None, derandomize=True, max_examples=30)
def test_a_round_at_no_cost_exists_and_leaves_the_rest_of_the_plan(seed: int) -> None:
    # Everybody has some partners of a few regular rounds, and a few pairs more.
    random = np.random.default_rng(seed)
    unmet = shuffled(
        np.bitwise_or.reduce([np.roll(np.eye(16, dtype=bool), k, axis=1) for k in (1, 3, 4)]), seed
    )
    unmet |= random.random(unmet.shape) < 0.1
    unmet = (unmet | unmet.T) & ~np.eye(16, dtype=bool)
    costs = look_ahead(unmet, seed)
    assert costs is not None
    pairs = one_round(unmet, costs, np.zeros_like(costs))
    assert len(pairs) == 8
    assert sum(int(costs[pair]) for pair in pairs) == 0
    kept = costs.astype(bool) & unmet
    assert set(kept.sum(axis=1).tolist()) >= {int(unmet.sum(axis=1).min()) - 1}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "sizes", [[1] * 8, [1] * 12, [2] * 6, [3] * 4, [4] * 3, [6] * 2, [4] * 5, [5] * 4, [8] * 3]
)
def test_equal_departments_last_as_long_as_there_are_strangers(sizes: list[int], seed: int) -> None:
    assert rounds_played(company(*sizes), seed) == sum(sizes) - sizes[0]


def test_without_it_they_do_not() -> None:
    lasted = [rounds_played(company(4, 4, 4), seed, blind) for seed in range(8)]
    assert min(lasted) < 8


@pytest.mark.parametrize(
    ("sizes", "most"), [([8, 4, 4, 4], 12), ([9, 7, 5, 3], 15), ([18, 18, 4], 20), ([16, 8, 8, 8], 24)]
)
def test_unequal_departments_reach_the_whole_part_of_the_fractional_bound(
    sizes: list[int], most: int
) -> None:
    assert rounds_played(company(*sizes), 1) == most


@pytest.mark.parametrize("seed", range(10))
def test_three_rungs_between_two_triangles_are_never_one_round(seed: int) -> None:
    rungs = [(0, 3), (1, 4), (2, 5)]
    unmet = graph(6, [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), *rungs])
    tempting = graph(6, rungs).astype(np.int64)
    assert one_round(unmet, None, tempting) == rungs
    assert 2 * len(one_round(unmet & ~graph(6, rungs), None, tempting)) < 6
    for left in (2, 1, 0):
        pairs = one_round(unmet, look_ahead(unmet, seed), tempting)
        assert len(pairs) == 3
        unmet &= ~graph(6, pairs)
        assert set(unmet.sum(axis=1).tolist()) == {left}


def test_the_order_of_people_changes_nothing_for_them() -> None:
    unmet = company(5, 4, 4, 3)
    plans = {len(coming_rounds(shuffled(unmet, order), 99, seed=3)) for order in range(10)}
    assert plans == {11}
    assert {rounds_played(unmet, seed) for seed in range(4)} == {11}


def test_nobody_one_pair_and_no_pairs_have_nothing_to_steer() -> None:
    for size in (0, 1, 2, 5):
        assert look_ahead(np.zeros((size, size), dtype=bool), 1) is None
    assert look_ahead(graph(2, [(0, 1)]), 1) is None


def test_points_decide_alone_far_from_the_end_and_in_large_companies() -> None:
    assert look_ahead(company(YEAR, 30, 23), 1) is not None
    assert look_ahead(company(YEAR, 30, 24), 1) is None
    assert look_ahead(company(20, 20, 20), 1) is None
    chain = graph(LARGEST + 2, [(i, i + 1) for i in range(LARGEST + 1)])
    assert look_ahead(chain, 1) is None
    assert look_ahead(chain[:LARGEST, :LARGEST], 1) is not None


def test_where_some_are_left_over_today_there_is_no_plan() -> None:
    star = graph(6, [(0, i) for i in range(1, 6)])
    assert look_ahead(star, 1) is None
    assert look_ahead(company(8, 2), 1) is None


def test_people_without_a_partner_are_in_nobodys_way() -> None:
    unmet = np.pad(company(3, 3, 3, 3), (0, 3))
    costs, alone = look_ahead(unmet, 5), look_ahead(company(3, 3, 3, 3), 5)
    assert costs is not None
    assert alone is not None
    assert (costs[:12, :12] == alone).all()
    assert not costs[12:].any()


def test_islands_are_planned_apart() -> None:
    near, far = company(4, 4, 4), company(12, 12, 12)
    unmet = np.block([[near, np.zeros((12, 36), dtype=bool)], [np.zeros((36, 12), dtype=bool), far]])
    costs = look_ahead(unmet, 1)
    assert costs is not None
    assert costs[:12, :12].any()
    assert not costs[12:].any()


def test_a_trio_is_not_made_of_those_who_run_out_first() -> None:
    unmet = company(7, 4, 3, 3)
    costs = look_ahead(unmet, 1)
    assert costs is not None
    scarce, others = np.arange(17) < 7, np.arange(17) >= 7
    # Everybody of the large department adds 1 to each of their pairs, whatever the plan adds.
    assert costs[np.ix_(scarce, others)].min() == 1
    assert costs[np.ix_(others, others)].min() == 0
    assert costs[np.ix_(others, others)].max() <= 1


@pytest.mark.parametrize("seed", range(5))
def test_one_person_near_the_end_leaves_the_others_their_choice(seed: int) -> None:
    unmet = company(10, 10, 10, 10)
    unmet[0, 3 + CLOSE :] = unmet[3 + CLOSE :, 0] = False
    assert unmet[0].sum() == 3
    costs = look_ahead(shuffled(unmet, seed), seed)
    assert costs is not None
    choice = ((costs == 0) & shuffled(unmet, seed)).sum(axis=1)
    assert (np.sort(choice)[1:] >= 15).all()
    assert choice.min() == 1


@pytest.mark.parametrize("seed", range(3))
def test_a_company_that_looks_ahead_meets_to_the_last_pair(seed: int) -> None:
    people = [Person(n, "abc"[n % 3]) for n in range(12)]
    history: list[PastPair] = []
    for number in range(8):
        matching = match(people, history, seed=100 * seed + number)
        assert (matching.values.repeats, matching.values.cross_department) == (0, 6)
        history += [PastPair(*introduction.members) for introduction in matching.introductions]
    assert match(people, history, seed=seed).outlook.unmet == 0


@pytest.mark.parametrize("number", range(0, 30, 3))
def test_what_comes_before_is_as_good_as_without(number: int) -> None:
    given = told_more(drawn_round(number))
    allowed = AllowedPairs(given.people, given.rules)
    objective = Objective(given.people, given.history, given.rules, given.burdens)
    for component in allowed.components():
        values = []
        for seed in (None, number):
            links = Links(component, allowed, objective, seed)
            packing, proof = best_packing(links)
            achieved = achieved_values(links, packing.introductions, packing.left_over)
            assert achieved == proven_bounds(links, achieved, proof)
            values.append(before_the_plan(achieved))
        assert values[0] == values[1]
