"""Rounds too large to try them all: what must hold of every one, and the rounds of a whole company."""

import datetime
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

import numpy as np
import pytest

from matcher import Burden, BurdenKind, Matching, PastPair, Person, Reason, Rules, Values, match
from matcher.links import Links
from matcher.objective import Objective
from matcher.packing import Packing, Proof, best_packing
from matcher.rules import AllowedPairs
from matcher.scale import Toll
from matcher.values import achieved_values, proven_bounds
from matcher.wire import MatchInput
from tests.matcher.brute_force import may_meet, past_of, values_of
from tests.matcher.costs import exact_cost
from tests.seeds import seeds

MONDAY = datetime.date(2026, 1, 5)


def week(number: int) -> datetime.date:
    return MONDAY + datetime.timedelta(weeks=number)


def drawn_round(number: int) -> MatchInput:
    """A round of 20 to 60 people with every rule; later numbers have denser histories."""
    random = Random(number)
    size = random.randint(20, 60)
    in_person, hourly = random.choice([0, 0.3, 0.9]), random.choice([0, 0.5])
    people = tuple(
        Person(
            f"U{n}",
            department=random.choice([None, "a", "a", "a", "b", "c"]),
            office=random.choice([None, "x", "y", "z"]),
            manager=f"U{random.randrange(size)}" if random.random() < 0.5 else None,
            takes_virtual=random.random() >= in_person,
            lunch_hours=frozenset(random.sample(range(10, 15), 2)) if random.random() < hourly else None,
        )
        for n in range(size)
    )
    pairs = list(combinations([person.id for person in people], 2))
    known = random.sample(pairs, len(pairs) * (number % 4) // 3)
    history = tuple(
        PastPair(b, a, random.choice([None, week(random.randrange(30))]), random.random() < 0.3)
        for a, b in known
    )
    excluded = frozenset(map(frozenset, random.sample(pairs, len(pairs) // random.choice([2, 50]))))
    return MatchInput(people, history, Rules(excluded, random.random() < 0.5), number)


def told_more(given: MatchInput) -> MatchInput:
    """The same round with burdens, levels, first days and interests for most of its people."""
    random = Random(given.seed)
    people = tuple(
        replace(
            person,
            level=random.choice([None, "junior", "senior", "chief"]),
            started_on=random.choice([None, MONDAY - datetime.timedelta(random.randrange(3000))]),
            interests=frozenset(random.sample(["tea", "chess", "running", "jazz"], random.randint(0, 2))),
        )
        for person in given.people
    )
    burdens = tuple(
        Burden(person.id, random.choice(list(BurdenKind)), random.randint(1, 12))
        for person in random.choices(people, k=random.choice([3, len(people)]))
    )
    return replace(given, people=people, burdens=burdens)


def assert_kept(given: MatchInput, matching: Matching, looks_ahead: bool = True) -> None:
    by_id = {person.id: person for person in given.people}
    groups = [tuple(by_id[member] for member in each.members) for each in matching.introductions]
    placed = [person.id for group in groups for person in group]
    placed += [sit_out.person for sit_out in matching.sit_outs]
    assert sorted(placed) == sorted(by_id)
    past = past_of(given.people, given.history, given.rules, given.burdens, seed=given.seed)
    for group, introduction in zip(groups, matching.introductions, strict=True):
        assert len(group) in (2, 3)
        assert all(may_meet(a, b, given.rules) for a, b in combinations(group, 2))
        own = values_of([group], [], past)
        assert introduction.members == tuple(sorted(introduction.members))
        assert introduction.repeats == own.repeats
        assert (Reason.NEW in introduction.reasons) == (own.repeats == 0)
        assert (Reason.REPEAT in introduction.reasons) == (own.repeats > 0)
        assert (Reason.CROSS_DEPARTMENT in introduction.reasons) == bool(own.cross_department)
        assert (Reason.SAME_DEPARTMENT in introduction.reasons) == (not own.cross_department)
        assert (Reason.TRIO in introduction.reasons) == bool(own.extra_seats)
        shared = frozenset.intersection(*(person.interests for person in group))
        assert (Reason.SHARED_INTEREST in introduction.reasons) == bool(shared)
    values = values_of(groups, [each.person for each in matching.sit_outs], past)
    assert matching.values == (values if looks_ahead else replace(values, later_rounds=0))
    assert_within(matching.values, matching.bounds)
    assert matching.proven == (matching.values == matching.bounds)


def before_the_plan(values: Values) -> Values:
    """The priorities that are the same for every seed: each draws another plan of later rounds."""
    return replace(values, later_rounds=0, use_of_lunch=0)


def assert_within(values: Values, bounds: Values) -> None:
    assert bounds.sit_outs <= values.sit_outs
    assert bounds.extra_seats <= values.extra_seats
    assert bounds.repeats <= values.repeats
    assert bounds.repeat_recency <= values.repeat_recency
    assert bounds.cross_department >= values.cross_department
    assert bounds.sit_outs_twice_running <= values.sit_outs_twice_running
    assert bounds.unfairness <= values.unfairness
    assert bounds.later_rounds <= values.later_rounds
    # What it costs later rounds comes before.
    assert bounds.later_rounds < values.later_rounds or bounds.use_of_lunch >= values.use_of_lunch


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("number", seeds(20, 60))
def test_a_round_keeps_every_rule_and_counts_right(number: int, more: bool) -> None:
    given = told_more(drawn_round(number)) if more else drawn_round(number)
    matching = match(given.people, given.history, given.rules, seed=given.seed, burdens=given.burdens)
    assert_kept(given, matching)
    people, history, burdens = list(given.people), list(given.history), list(given.burdens)
    for each in (people, history, burdens):
        Random(number).shuffle(each)
    history = [PastPair(past.b, past.a, past.last_on, past.confirmed) for past in history]
    assert match(people, history, given.rules, seed=given.seed, burdens=burdens) == matching
    other = match(people, history, given.rules, seed=given.seed + 1, burdens=burdens)
    if matching.proven and other.proven:
        assert before_the_plan(other.values) == before_the_plan(matching.values)


@pytest.mark.parametrize("size", [21, 61, 101])
@pytest.mark.parametrize("cross_department_first", [False, True])
def test_an_odd_group_in_which_all_have_met_is_proven(size: int, cross_department_first: bool) -> None:
    random = Random(size)
    people = [Person(n, random.choice("abc")) for n in range(size)]
    history = [PastPair(a, b, week(random.randrange(size))) for a, b in combinations(range(size), 2)]
    matching = match(people, history, Rules(cross_department_first=cross_department_first), seed=1)
    assert matching.proven
    assert matching.values.repeats == size // 2 + 2


def test_a_person_who_has_met_all_costs_one_repeat() -> None:
    people = [Person(n, str(n)) for n in range(151)]
    matching = match(people, [PastPair(0, n, MONDAY) for n in range(1, 151)], seed=1)
    assert matching.values == matching.bounds == Values(0, 1, 1, 0, 75)


def counted(links: Links, packing: Packing) -> Values:
    return achieved_values(links, packing.introductions, packing.left_over)


@cache
def optima(number: int, more: bool) -> list[tuple[Links, Packing]]:
    """The components of a round, and the best of each."""
    given = told_more(drawn_round(number)) if more else drawn_round(number)
    allowed = AllowedPairs(given.people, given.rules)
    objective = Objective(given.people, given.history, given.rules, given.burdens)
    found = []
    for component in allowed.components():
        links = Links(component, allowed, objective, given.seed)
        best, proof = best_packing(links, 10**9)
        assert (proof.sit_outs, proof.cost) == (len(best.left_over), best.cost)
        found.append((links, best))
    return found


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize("number", seeds(2, 8))
@pytest.mark.parametrize("budget", [0, 100, 2000, 400_000])
def test_what_is_not_proven_is_not_claimed(budget: int, number: int, more: bool) -> None:
    for links, best in optima(number, more):
        optimum = counted(links, best)
        found, claimed = best_packing(links, budget)
        values = counted(links, found)
        assert_within(values, proven_bounds(links, values, claimed))
        assert claimed.sit_outs <= optimum.sit_outs <= values.sit_outs
        if claimed.sit_outs == optimum.sit_outs:
            assert claimed.cost <= best.cost
        if values.sit_outs == optimum.sit_outs:
            assert found.cost >= best.cost


def test_a_bound_says_nothing_below_a_priority_that_is_not_reached() -> None:
    people = [Person(n, "ab"[n % 2]) for n in range(6)]
    history = [PastPair(a, b, week(a)) for a, b in combinations(range(6), 2)]
    links = Links(range(6), AllowedPairs(people, Rules()), Objective(people, history, Rules()))
    cost = links.cost((0, 1)) + links.cost((2, 4)) + links.cost((3, 5))
    achieved = Values(0, 0, 3, 5, 1)

    def bounds(sit_outs: int, least: int) -> Values:
        return proven_bounds(links, achieved, Proof(sit_outs, least))

    assert bounds(0, cost) == achieved
    assert bounds(0, cost - 1) == Values(0, 0, 3, 5, 2)
    assert bounds(0, links.cost((0, 1)) * 3) == Values(0, 0, 3, 0, 3)
    assert bounds(0, links.cost((0, 1))) == Values(0, 0, 1, 0, 3)
    assert proven_bounds(links, Values(2, 0, 2, 3, 1), Proof(0, 0)) == Values(0, 0, 0, 0, 2)


def test_no_number_of_old_repeats_outweighs_one_repeat_more() -> None:
    """30 unmet pairs each save a repeat and force a late one, where two of rank 0 were to be had."""
    people = [Person(n) for n in range(120)]
    unmet = {(n, n + 1) for n in range(0, 120, 4)}
    tempting = {(n, n + 2) for n in range(0, 120, 4)} | {(n + 1, n + 3) for n in range(0, 120, 4)}
    history = [
        PastPair(a, b, MONDAY if (a, b) in tempting else MONDAY + datetime.timedelta(1000 + 121 * a + b))
        for a, b in combinations(range(120), 2)
        if (a, b) not in unmet
    ]
    matching = match(people, history, seed=1)
    assert matching.proven
    assert matching.values.repeats == 30
    assert unmet <= {introduction.members for introduction in matching.introductions}


@pytest.mark.parametrize("cross_department_first", [False, True])
def test_levels_stay_apart_beyond_what_a_float_can_hold(cross_department_first: bool) -> None:
    size = 20_000
    people = [Person(n, "even" if n % 2 == 0 else "odd") for n in range(size)]
    first = datetime.date(1800, 1, 1)
    history = [PastPair(n, n + 1, first + datetime.timedelta(n)) for n in range(size - 1)]
    history += [PastPair(n, n + 2, first + datetime.timedelta(size + n)) for n in range(size - 2)]
    objective = Objective(people, history, Rules(cross_department_first=cross_department_first))
    scale = objective.scale(np.arange(size))

    def cost(*members: int) -> int:
        return exact_cost(objective, scale, members)

    repeated = [n for n in range(size - 2) if n % 4 < 2]
    total = sum(cost(n, n + 2) for n in repeated)
    last = size - 1
    assert scale.apart(total) == Toll(size // 2, sum(last + n for n in repeated), size // 2)
    assert scale.seat > 2**53
    assert total < scale.seat
    assert scale.apart(cost(last - 2, last) - cost(0, 1)) == Toll(0, 2 * size - 4, 1)


def test_a_company_of_217_meets_anew_every_week() -> None:
    """Twelve skewed departments, most people having met their own: NetworkX alone takes 2.5 s a round."""
    random = Random(217)
    people = [Person(f"W{n:04}", f"department {int(12 * random.random() ** 2)}") for n in range(217)]
    own = [(a.id, b.id) for a, b in combinations(people, 2) if a.department == b.department]
    history = [PastPair(a, b, confirmed=True) for a, b in own if random.random() < 0.8]
    everybody = [person.id for person in people]
    history += [PastPair(*random.sample(everybody, 2), confirmed=True) for _ in range(2000)]
    for number in range(12):
        matching = match(people, history, seed=number)
        assert before_the_plan(matching.values) == Values(0, 1, 0, 0, 108)
        assert matching.proven
        for introduction in matching.introductions:
            history += [PastPair(a, b, week(number)) for a, b in combinations(introduction.members, 2)]
