"""The steps of the search for groups: reseating, swaps, chains of seats, bounds and draws."""

from itertools import permutations

import numpy as np
import pytest

from matcher.group_bounds import Bounds, exact_groups
from matcher.group_costs import Level, Words, wanted_sizes
from matcher.group_prices import priced_bound
from matcher.group_reseating import Draws, reseat
from matcher.group_seats import Seats
from matcher.group_swaps import Swaps
from matcher.groups import EXACT
from tests.matcher.all_groups import counted, drawn, free_for_all, symmetric


def test_draws_are_what_they_were_on_the_machine_that_wrote_this() -> None:
    draws = Draws(7)
    assert draws.order(6).tolist() == [3, 4, 0, 2, 5, 1]
    assert draws.below(np.array([10, 10, 10])).tolist() == [2, 1, 5]


@pytest.mark.parametrize("seed", range(5))
def test_reseating_is_the_best_of_all_orders_level_by_level(seed: int) -> None:
    random = np.random.default_rng(seed)
    levels = [
        Level(name, symmetric(random, 15, most)) for name, most in [("a", 1), ("b", 2**40), ("c", 2**40)]
    ]
    problem = free_for_all(15, 3, levels)
    place, tables = np.arange(15) % 5, np.arange(5)
    before = place.copy()
    reseat(Words(problem), place, tables, Draws(seed))
    # Who was taken is drawn first; here it is read from the same draws.
    draws = Draws(seed)
    draws.order(5)
    nth = draws.below(np.full(5, 3))
    taken = [int(np.flatnonzero(before == table)[nth[table]]) for table in range(5)]
    every = []
    for seats in permutations(range(5)):
        trial = before.copy()
        trial[taken] = seats
        every.append([*problem.values([np.flatnonzero(trial == k).tolist() for k in range(5)], []).values()])
    found = [*problem.values([np.flatnonzero(place == k).tolist() for k in range(5)], []).values()]
    assert found == min(every)


@pytest.mark.parametrize("people", [24, 90])
def test_swaps_count_what_they_change(people: int) -> None:
    problem = drawn(people, 3, 2, 0.9)
    everybody = np.arange(people)
    # The last three sit out.
    start = np.where(everybody < people - 3, everybody % ((people - 3) // 3), everybody)
    place = np.unique(start, return_inverse=True)[1]
    swaps = Swaps(problem, everybody, place, Draws(1), narrow=False)
    swaps.run(60)
    for current in (swaps._place, swaps.best):
        fresh = Swaps(problem, everybody, current, Draws(1), narrow=False)
        if current is swaps.best:
            assert fresh._least == swaps._least
        else:
            assert fresh._cost.tolist() == swaps._cost.tolist()
            assert np.array_equal(fresh._in, swaps._in)
            assert np.array_equal(fresh._lacks, swaps._lacks)


@pytest.mark.parametrize("seed", range(10))
def test_seats_are_found_along_chains(seed: int) -> None:
    problem = drawn(EXACT, 4, seed, 0.3)
    seats = Seats(problem, np.arange(EXACT) % 3)
    seats.fill()
    groups = [np.flatnonzero(seats.place == group).tolist() for group in np.unique(seats.place)]
    cost = counted(problem, [tuple(group) for group in groups])
    assert cost is not None
    assert cost[0] == problem.values(*exact_groups(problem))["sit_outs"]


@pytest.mark.parametrize("seed", range(10))
def test_prices_prove_no_more_than_is_true(seed: int) -> None:
    size = 3 + seed % 2
    points = Level("missed_points", symmetric(np.random.default_rng(seed), EXACT, 6))
    problem = free_for_all(EXACT, size, [points])
    best = problem.values(*exact_groups(problem))["missed_points"]
    sizes = wanted_sizes(EXACT, size)
    bounds = [priced_bound(problem, points, [], sizes, limit) for limit in (best, best + 1, best + 30)]
    assert all(bound <= best for bound in bounds)
    assert min(bounds) >= best - 2 - best // 10


@pytest.mark.parametrize("seed", range(10))
def test_prices_know_what_the_levels_above_may_cost(seed: int) -> None:
    random = np.random.default_rng(seed)
    repeats, points = (Level(name, symmetric(random, EXACT, most)) for name, most in [("a", 1), ("b", 6)])
    problem = free_for_all(EXACT, 4, [repeats, points])
    best = problem.values(*exact_groups(problem))
    assert best["a"] > 0
    freely, capped = (
        priced_bound(problem, points, above, [4, 4, 4], best["b"] + 20)
        for above in ([], [(repeats, best["a"])])
    )
    assert freely < capped <= best["b"]


def test_a_forced_repeat_is_in_the_bound() -> None:
    met = np.ones((16, 16), np.int64)
    met[0, 1:4] = met[1:4, 0] = 0
    problem = free_for_all(16, 4, [Level("repeats", met)])
    values = problem.values([(0, 1, 2, 3), *(tuple(range(i, i + 4)) for i in (4, 8, 12))], [])
    assert values["repeats"] == 21
    bounds = Bounds(problem).of(values, np.array([4, 4, 4, 4]))
    assert bounds["repeats"] == 21
