"""Rounds matched block by block: no rule is broken, every bound holds, and the search is worth its time."""

import datetime
import sys
from random import Random

import numpy as np
import pytest

from matcher import Burden, BurdenKind, Matching, PastPair, PastPairs, Person, Rules, match
from matcher.block_search import NEVER, BlockSearch
from matcher.objective import Objective
from matcher.rules import AllowedPairs
from tests.matcher.test_larger import assert_kept, drawn_round, told_more

DAY = datetime.date(2016, 1, 1)


@pytest.fixture
def block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds of any size are too large to be matched at once."""
    monkeypatch.setattr(sys.modules["matcher.match"], "EXACT_SIZE", 1)


def company(size: int, seed: int = 1) -> tuple[list[Person], list[PastPair]]:
    random = Random(seed)
    people = [
        Person(
            n,
            f"department {int(8 * random.random() ** 1.4)}",
            level=random.choice([None, "one", "two", "three", "four"]),
            started_on=DAY - datetime.timedelta(random.randrange(4000)),
            interests=frozenset(random.sample([f"topic {n}" for n in range(20)], random.randrange(4))),
        )
        for n in range(size)
    ]
    history = []
    for week in range(20):
        order = random.sample(range(size), size)
        day = DAY + datetime.timedelta(weeks=week)
        history += [PastPair(a, b, day) for a, b in zip(order[::2], order[1::2], strict=False)]
    return people, history


@pytest.mark.usefixtures("block_by_block")
@pytest.mark.parametrize(("number", "certify"), [(n, n % 2 == 0) for n in range(24)])
def test_no_rule_is_broken_and_every_bound_holds(number: int, certify: bool) -> None:
    given = told_more(drawn_round(number)) if number % 3 else drawn_round(number)
    found = match(
        given.people, given.history, given.rules, seed=number, burdens=given.burdens, certify=certify
    )
    assert_kept(given, found, looks_ahead=False)
    again = match(
        given.people[::-1], given.history, given.rules, seed=number, burdens=given.burdens, certify=certify
    )
    assert again == found


@pytest.mark.parametrize("number", range(20))
def test_no_bound_is_better_than_the_best(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = told_more(drawn_round(number))
    # Larger rounds have no plan of later ones.
    monkeypatch.setattr(sys.modules["matcher.links"], "look_ahead", lambda unmet, seed: None)
    best = match(given.people, given.history, given.rules, seed=1, burdens=given.burdens)
    monkeypatch.setattr(sys.modules["matcher.match"], "EXACT_SIZE", 1)
    found = match(given.people, given.history, given.rules, seed=1, burdens=given.burdens, certify=True)
    assert in_order(found, given.rules) >= in_order(best, given.rules)
    if found.proven:
        assert found.values == best.values


def in_order(matching: Matching, rules: Rules) -> tuple[int, ...]:
    """The values in order of priority; less is better."""
    values = matching.values
    cross, repeats = (-values.cross_department,), (values.repeats, values.repeat_recency)
    levels = (*cross, *repeats) if rules.cross_department_first else (*repeats, *cross)
    last = (values.sit_outs_twice_running, values.unfairness, -values.use_of_lunch)
    return (values.sit_outs, values.extra_seats, *levels, *last)


@pytest.mark.parametrize("size", [2_600, 2_601])
def test_a_company_of_thousands_is_near_its_bound(size: int) -> None:
    people, history = company(size)
    burdens = [Burden(n, BurdenKind.TRIO_THIRD, 1) for n in range(0, size, 2)]
    found = match(people, history, seed=1, burdens=burdens)
    values, bounds = found.values, found.bounds
    assert (values.sit_outs, values.extra_seats, values.repeats, values.unfairness) == (0, size % 2, 0, 0)
    assert values.cross_department == bounds.cross_department == size // 2
    assert 0.985 * bounds.use_of_lunch <= values.use_of_lunch <= bounds.use_of_lunch
    columns = match(people, PastPairs.of(history), seed=1, burdens=burdens)
    assert columns == found


def test_a_department_of_more_than_a_half_has_as_few_of_its_own_as_possible() -> None:
    people, history = company(2_700)
    people = [
        Person(person.id, "Sales" if n < 1_500 else person.department) for n, person in enumerate(people)
    ]
    found = match(people, history, seed=1)
    assert found.proven
    assert found.values.cross_department == 1_200


def test_the_number_of_threads_changes_nothing() -> None:
    people, history = company(600)
    objective, allowed = Objective(people, history, Rules()), AllowedPairs(people, Rules())
    found = []
    for threads in (1, 2, 5):
        search = BlockSearch(range(600), allowed, objective, seed=3, threads=threads)
        for size in (20, 50, 70):
            search.improve(size)
        found.append(search.pairs)
        assert not search.levels[NEVER].any()
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])


def test_no_pass_and_no_piece_makes_anything_worse() -> None:
    people, history = company(400)
    objective, allowed = Objective(people, history, Rules()), AllowedPairs(people, Rules())
    search = BlockSearch(range(400), allowed, objective, seed=3)
    before = search.totals()
    for size in (10, 40, 200):
        search.improve(size)
        now = search.totals()
        assert [now[name] for name in (NEVER, *objective.names)] <= [
            before[name] for name in (NEVER, *objective.names)
        ]
        before = now
    search.solve(np.arange(0, 200, 2))
    assert search.totals()["missed_points"] <= before["missed_points"]
    assert sorted(search.pairs.ravel().tolist()) == list(range(400))


def test_when_the_time_is_up_what_is_found_is_the_result() -> None:
    people, history = company(2_600)
    found = match(people, history, seed=1, certify=True, expired=lambda: True)
    members = [member for each in found.introductions for member in each.members]
    assert sorted(map(int, members)) == list(range(2_600))
    assert not found.proven
    assert "use_of_lunch" in found.unproven or "repeats" in found.unproven


@pytest.mark.usefixtures("block_by_block")
def test_who_can_meet_nobody_sits_out() -> None:
    people = [Person(n, str(n)) for n in range(6)]
    alone = frozenset(frozenset((0, n)) for n in range(1, 5))
    rest = frozenset(frozenset((5, n)) for n in range(1, 5))
    found = match(people, [], Rules(alone | rest), seed=1)
    assert {introduction.members for introduction in found.introductions} > {(0, 5)}
    assert found.values.sit_outs == 0
