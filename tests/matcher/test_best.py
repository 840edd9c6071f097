"""The values of a round are those of the best of all rounds, found by trying every one."""

import datetime
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher import Burden, BurdenKind, PastPair, Person, Rules, match
from matcher.wire import MatchInput
from tests.matcher.brute_force import best_values
from tests.seeds import seeds

DATES = st.sampled_from([None, *(datetime.date(2026, month, 1) for month in range(1, 5))])
DAYS = st.sampled_from([None, *(datetime.date(year, 1, 1) for year in range(2018, 2024))])
SLOW = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def small_rounds(draw: DrawFn, sizes: st.SearchStrategy[int], plain: bool = False) -> MatchInput:
    """Rounds with every rule, dense enough that sit-outs, trios and repeats are forced."""
    size = draw(sizes)
    offices = st.sampled_from(draw(st.sampled_from([["x"], ["x", "y"], ["x", "y", None]])))
    hours = st.none() if plain else st.none() | st.frozensets(st.integers(11, 13), max_size=2)
    managers = st.none() if plain else st.none() | st.integers(0, size)
    people = tuple(
        Person(
            n,
            department=draw(st.sampled_from([None, "a", "b"])),
            office=None if plain else draw(offices),
            manager=draw(managers),
            takes_virtual=plain or draw(st.booleans()),
            takes_in_person=plain or draw(st.integers(0, 3)) > 0,
            lunch_hours=draw(hours),
        )
        for n in range(size)
    )
    pairs = list(combinations(range(size), 2))
    some = st.lists(st.sampled_from(pairs), max_size=2 * size) if pairs else st.just([])
    known = pairs if draw(st.booleans()) else draw(some)
    history = tuple(PastPair(a, b, draw(DATES), draw(st.booleans())) for a, b in known)
    excluded = frozenset(frozenset(pair) for pair in draw(some)) if draw(st.booleans()) else frozenset()
    return MatchInput(people, history, Rules(excluded, draw(st.booleans())), draw(st.integers(0, 3)))


@st.composite
def told_more(draw: DrawFn, rounds: st.SearchStrategy[MatchInput]) -> MatchInput:
    """The same rounds with burdens, levels, first days and interests."""
    given_ = draw(rounds)
    people = tuple(
        replace(
            person,
            level=draw(st.sampled_from([None, "", "junior", "senior"])),
            started_on=draw(
                st.sampled_from([None, *(datetime.date(year, 1, 1) for year in range(2018, 2024))])
            ),
            interests=draw(st.frozensets(st.sampled_from(["tea", " Tea", "chess", "jazz"]), max_size=2)),
        )
        for person in given_.people
    )
    burden = st.builds(
        Burden,
        st.integers(0, len(people)),
        st.sampled_from(BurdenKind),
        st.integers(1, 3) | st.integers(1, 3000),
    )
    told = replace(given_, burdens=tuple(draw(st.lists(burden, max_size=12))))
    return replace(told, people=people) if draw(st.booleans()) else told


def assert_best(given_: MatchInput) -> None:
    matching = match(given_.people, given_.history, given_.rules, seed=given_.seed, burdens=given_.burdens)
    best = best_values(given_.people, given_.history, given_.rules, given_.burdens, seed=given_.seed)
    assert matching.values == best
    assert matching.proven


@settings(SLOW, max_examples=100)
@given(small_rounds(st.integers(0, 7)))
def test_no_round_of_few_people_is_better(given_: MatchInput) -> None:
    assert_best(given_)


@settings(SLOW, max_examples=70)
@given(small_rounds(st.sampled_from([5, 7]), plain=True))
def test_no_round_with_a_trio_is_better(given_: MatchInput) -> None:
    assert_best(given_)


@settings(SLOW, max_examples=20)
@given(small_rounds(st.integers(8, 9)))
def test_no_round_of_eight_or_nine_people_is_better(given_: MatchInput) -> None:
    assert_best(given_)


@settings(SLOW, max_examples=70)
@given(told_more(small_rounds(st.integers(0, 7))))
def test_no_round_is_fairer_or_a_better_use_of_the_lunch(given_: MatchInput) -> None:
    assert_best(given_)


@settings(SLOW, max_examples=100)
@given(told_more(small_rounds(st.sampled_from([5, 7]), plain=True)))
def test_no_round_with_a_trio_is_fairer_or_a_better_use(given_: MatchInput) -> None:
    assert_best(given_)


@settings(SLOW, max_examples=15)
@given(told_more(small_rounds(st.just(8))))
def test_no_round_of_eight_is_fairer_or_a_better_use(given_: MatchInput) -> None:
    assert_best(given_)


@pytest.mark.parametrize("seed", seeds(6, 24))
def test_groups_that_are_joined_by_a_few_flexible_people(seed: int) -> None:
    """Odd groups that share no hour: who has time for all of them saves a group its trio."""
    random = Random(seed)
    groups, flexible = 3 + seed % 2, 1 + seed // 2 % 2
    size = 3 * groups + flexible
    people = [
        Person(n, random.choice("ab"), lunch_hours=frozenset({n // 3}) if n < 3 * groups else None)
        for n in range(size)
    ]
    history = [
        PastPair(a, b, datetime.date(2026, 1, random.randint(1, 9)))
        for a, b in combinations(range(size), 2)
        if random.random() < 0.7
    ]
    matching = match(people, history, seed=seed)
    assert matching.values == best_values(people, history, Rules(), seed=seed)
    assert matching.values.extra_seats == groups - flexible
    assert matching.proven
