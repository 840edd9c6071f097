"""Groups of three to eight against all groups there are, and against what is known of social golfers."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import MatcherError
from matcher.group_bounds import exact_groups
from matcher.group_costs import WORD, GroupProblem, Level, Words, misfit, wanted_sizes
from matcher.groups import EXACT, Grouping, best_groups
from tests.matcher.all_groups import best_of_all, counted, drawn, free_for_all, repeat_free, symmetric


def assert_sound(problem: GroupProblem, found: Grouping) -> None:
    """Everybody has one place, no rule is broken, the values are true, and no bound is above its value."""
    everybody = sorted([*(i for group in found.groups for i in group), *found.left_over])
    assert everybody == list(range(problem.people))
    assert all(2 <= len(group) <= problem.most for group in found.groups)
    assert list(found.values.values()) == counted(problem, [*found.groups, *((i,) for i in found.left_over)])
    assert tuple(found.values) == tuple(found.bounds) == problem.names
    proven = True
    for name, value in found.values.items():
        assert not proven or found.bounds[name] <= value
        proven = proven and found.bounds[name] == value


@pytest.mark.parametrize("size", range(3, 9))
@pytest.mark.parametrize("people", range(2, 31))
def test_nobody_is_alone_and_a_remainder_makes_groups_one_larger(people: int, size: int) -> None:
    sizes = wanted_sizes(people, size)
    most = min(size + 1, 8)
    assert sum(sizes) == people
    assert all(2 <= each <= most for each in sizes)
    assert max(sizes) - min(sizes) <= 1
    groups, remainder = divmod(people, size)
    if people < size:
        assert sizes == (people,)
    elif remainder <= groups and (size < 8 or remainder == 0):
        assert sizes == (size + 1,) * remainder + (size,) * (groups - remainder)
    else:
        assert len(sizes) == groups + 1


@pytest.mark.parametrize("size", range(3, 9))
def test_the_wanted_sizes_are_the_ones_of_least_misfit(size: int) -> None:
    least: dict[int, tuple[int, int]] = {0: (0, 0)}
    for people in range(2, 61):
        least[people] = min(
            (missing + more[0], extra + more[1])
            for last in range(2, min(size + 1, 8) + 1)
            if (more := least.get(people - last))
            for missing, extra in [misfit(last, size)]
        )
        wanted = [misfit(each, size) for each in wanted_sizes(people, size)]
        assert least[people] == (sum(missing for missing, _ in wanted), sum(extra for _, extra in wanted))


@settings(max_examples=40, deadline=None)
@given(
    people=st.integers(0, 8),
    size=st.integers(3, 4),
    seed=st.integers(0, 10**6),
    density=st.sampled_from([0.2, 0.6, 0.9, 1.0]),
    cross_department_first=st.booleans(),
)
def test_a_few_people_have_the_best_of_all_groups(
    people: int, size: int, seed: int, density: float, cross_department_first: bool
) -> None:
    problem = drawn(people, size, seed, density, cross_department_first)
    found = best_groups(problem, seed=seed)
    assert_sound(problem, found)
    assert list(found.values.values()) == best_of_all(problem)
    assert found.proven


@pytest.mark.parametrize("size", [3, 4, 6, 8])
def test_nine_people_have_the_best_of_all_groups(size: int) -> None:
    problem = drawn(9, size, 1, 0.9)
    assert list(best_groups(problem, seed=1).values.values()) == best_of_all(problem)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [3, 4])
def test_the_search_finds_the_best_of_a_few_more_people(size: int, seed: int) -> None:
    problem = drawn(EXACT + 1, size, seed)
    groups, left_over = exact_groups(problem)
    found = best_groups(problem, seed=seed, budget=5_000)
    assert_sound(problem, found)
    assert found.values == problem.values(groups, left_over)


@pytest.mark.parametrize("seed", range(10))
def test_tight_rules_seat_as_many_people_as_possible(seed: int) -> None:
    problem = drawn(EXACT + 1, 3 + seed % 3, seed, 0.35)
    best = problem.values(*exact_groups(problem))
    found = best_groups(problem, seed=1, budget=5_000)
    assert_sound(problem, found)
    assert found.values["sit_outs"] == best["sit_outs"]
    assert [*found.values.values()] >= [*best.values()]
    proven = True
    for name, bound in found.bounds.items():
        assert not proven or bound <= best[name]
        proven = proven and bound == best[name] == found.values[name]


@settings(max_examples=15, deadline=None)
@given(people=st.integers(12, 30), size=st.integers(3, 8), density=st.floats(0, 1), seed=st.integers(0, 99))
def test_rules_are_never_broken(people: int, size: int, density: float, seed: int) -> None:
    problem = drawn(people, size, seed, density)
    assert_sound(problem, best_groups(problem, seed=seed, budget=500))


def test_nobody_may_be_with_anybody() -> None:
    alone = Level("unfairness", sit_outs=np.arange(14))
    problem = GroupProblem(np.eye(14, dtype=bool), np.zeros(14, np.int64), (alone,), 4)
    found = best_groups(problem, seed=1, budget=500)
    assert found.groups == ()
    assert found.values == {"sit_outs": 14, "missing_seats": 0, "extra_seats": 0, "unfairness": 91}
    assert found.proven


def test_who_must_sit_out_is_who_it_costs_least() -> None:
    # Thirteen people share one partner, who can take one of them to lunch; the others are friends.
    allowed = np.zeros((20, 20), bool)
    allowed[:14, :14] = True
    allowed[14:19, 19] = allowed[19, 14:19] = True
    costs = np.array([0] * 14 + [5, 3, 9, 4, 1, 0])
    problem = GroupProblem(allowed, np.zeros(20, np.int64), (Level("unfairness", sit_outs=costs),), 7)
    found = best_groups(problem, seed=1, budget=2_000)
    assert found.left_over == (14, 15, 17, 18)
    assert (16, 19) in found.groups
    assert found.values["unfairness"] == 13


@pytest.mark.parametrize(
    ("people", "size", "weeks"), [(9, 3, 4), (15, 3, 5), (16, 4, 3), (20, 4, 3), (25, 5, 3), (28, 4, 6)]
)
def test_social_golfers_meet_strangers_until_no_groups_of_strangers_are_left(
    people: int, size: int, weeks: int
) -> None:
    met = np.zeros((people, people), np.int64)
    for week in range(20):
        found = best_groups(free_for_all(people, size, [Level("repeats", met)]), seed=week, budget=20_000)
        if found.values["repeats"]:
            break
        assert found.proven
        for group in found.groups:
            met[np.ix_(group, group)] = 1
    assert week >= weeks
    assert not repeat_free((met == 0) & ~np.eye(people, dtype=bool), size)


def test_departments_are_mixed_as_far_as_the_largest_one_allows() -> None:
    # 36 of 40 people are of one department: four groups of ten can have somebody else.
    department = np.array([0] * 36 + [1, 1, 2, 3])
    levels = (Level("repeats", np.zeros((40, 40), np.int64)), Level("same_department", one_department=1))
    found = best_groups(GroupProblem(np.ones((40, 40), bool), department, levels, 4), seed=1)
    assert found.values["same_department"] == 6
    assert found.proven


def test_the_same_seed_gives_the_same_groups() -> None:
    problem = drawn(30, 4, 1, 0.9)
    found = [best_groups(problem, seed=seed, budget=3_000) for seed in (5, 5, -5, 10**30)]
    assert found[0] == found[1]
    for each in found:
        assert_sound(problem, each)


def test_links_may_be_functions() -> None:
    problem = drawn(40, 4, 3)
    levels = []
    for level in problem.levels:
        links: Any = level.links
        lazy = None if links is None else (lambda rows, columns, links=links: links[np.ix_(rows, columns)])
        levels.append(Level(level.name, lazy, level.most_link, level.sit_outs, level.one_department))
    allowed: Any = problem.allowed
    same = GroupProblem(
        lambda rows, columns: allowed[np.ix_(rows, columns)], problem.department, tuple(levels), 4
    )
    assert best_groups(same, seed=1, budget=2_000) == best_groups(problem, seed=1, budget=2_000)


@pytest.mark.parametrize("seed", range(3))
def test_no_level_leaks_into_another_where_one_number_would_overflow(seed: int) -> None:
    people = EXACT + 1
    random = np.random.default_rng(seed)
    # One unit of the first level must outweigh 2**48 of the second, and so on: 146 bits in all.
    levels = [
        Level("first", symmetric(random, people, 1)),
        Level("second", symmetric(random, people, 2**43)),
        Level("third", symmetric(random, people, 2**43) // 2**40 * 2**40),
        Level("fourth", symmetric(random, people, 2**43)),
    ]
    problem = free_for_all(people, 3, levels)
    assert Words(problem).count == 4
    found = best_groups(problem, seed=seed, budget=5_000)
    assert found.values == problem.values(*exact_groups(problem))


def test_a_round_of_hundreds_is_proven_where_its_bounds_are_reached() -> None:
    random = np.random.default_rng(1)
    met = symmetric(random, 217, 1, 0.4)
    levels = (Level("repeats", met), Level("same_department", one_department=1))
    problem = GroupProblem(np.ones((217, 217), bool), random.integers(0, 12, 217), levels, 4)
    found = best_groups(problem, seed=1)
    assert found.proven
    assert found.values == {
        "sit_outs": 0,
        "missing_seats": 0,
        "extra_seats": 1,
        "repeats": 0,
        "same_department": 0,
    }


FOUR = np.zeros((4, 4), np.int64)


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: free_for_all(9, 2, []), "choose 3 to 8"),
        (lambda: free_for_all(9, 9, []), "choose 3 to 8"),
        (lambda: free_for_all(9, 3, [Level("repeats", FOUR)]), "There are 9 departments"),
        (lambda: free_for_all(9, 3, [Level("unfairness", sit_outs=FOUR[0])]), "There are 9 departments"),
        (lambda: Level("repeats", FOUR - 1), "below 0"),
        (lambda: Level("unfairness", sit_outs=FOUR[0] - 1), "below 0"),
        (lambda: Level("same_department", one_department=-1), "below 0"),
        (lambda: Level("repeats", lambda rows, columns: FOUR), "say what the most is"),
        (lambda: free_for_all(4, 3, [Level("points", FOUR + WORD)]), "larger units"),
    ],
)
def test_what_cannot_be_used_says_so(build: Any, says: str) -> None:
    with pytest.raises(MatcherError, match=says):
        build()
