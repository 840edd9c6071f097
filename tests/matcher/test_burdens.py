"""Fairness over weeks: who sits out next, who is in the next trio, and what never outweighs what."""

import datetime
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest

from matcher import Burden, BurdenError, BurdenKind, Matching, PastPair, Person, Rules, Values, match
from matcher.burdens import Standing
from matcher.objective import Objective
from tests.matcher.brute_force import best_values
from tests.matcher.costs import exact_cost

MONDAY = datetime.date(2026, 1, 5)


def burdens_of(rounds: Sequence[Matching]) -> list[Burden]:
    """What people carried in the given rounds, the last of which was one round ago."""
    burdens = []
    for ago, matching in enumerate(reversed(rounds), start=1):
        burdens += [Burden(each.person, BurdenKind.SAT_OUT, ago) for each in matching.sit_outs]
        for introduction in matching.introductions:
            kinds = [BurdenKind.TRIO_THIRD] * (len(introduction.members) == 3)
            kinds += [BurdenKind.REPEAT] * (introduction.repeats > 0)
            burdens += [Burden(person, kind, ago) for person in introduction.members for kind in kinds]
    return burdens


def played(people: Sequence[Person], rules: Rules, rounds: int, memory: int = 52) -> list[Matching]:
    """Rounds one after the other; pairs are forgotten after `memory` rounds."""
    done: list[Matching] = []
    for number in range(rounds):
        history = [
            PastPair(a, b, MONDAY + datetime.timedelta(weeks=week))
            for week, matching in enumerate(done)
            if week >= number - memory
            for introduction in matching.introductions
            for a, b in combinations(introduction.members, 2)
        ]
        burdens = burdens_of(done)
        matching = match(people, history, rules, seed=number, burdens=burdens)
        assert matching.proven
        if len(people) <= 8:
            assert matching.values == best_values(people, history, rules, burdens, seed=number)
        done.append(matching)
    return done


def in_two_teams(size: int, first: int) -> tuple[list[Person], Rules]:
    """An office of which nobody lunches with the own team, so that no three people can meet."""
    people = [Person(f"p{n}", office="x", takes_virtual=False) for n in range(size)]
    teams = [people[:first], people[first:]]
    own = [frozenset((a.id, b.id)) for team in teams for a, b in combinations(team, 2)]
    return people, Rules(frozenset(own))


@pytest.mark.parametrize("memory", [0, 52])
def test_nobody_of_seven_sits_out_twice_running_while_somebody_else_could(memory: int) -> None:
    people, rules = in_two_teams(7, 3)
    rounds = played(people, rules, 12, memory)
    alone = [each.person for matching in rounds for each in matching.sit_outs]
    assert len(alone) == 12
    assert all(one != next_ for one, next_ in pairwise(alone))
    assert Counter(alone) == {"p3": 3, "p4": 3, "p5": 3, "p6": 3}
    assert {matching.values.sit_outs_twice_running for matching in rounds} == {0}


def test_who_alone_can_sit_out_does_so_again_and_that_is_proven() -> None:
    people = [Person(n, office="x" if n < 4 else "y", takes_virtual=False) for n in range(5)]
    rounds = played(people, Rules(), 3)
    assert [[each.person for each in matching.sit_outs] for matching in rounds] == [[4]] * 3
    assert [matching.bounds.sit_outs_twice_running for matching in rounds] == [0, 1, 1]


@pytest.mark.parametrize(("size", "rounds", "memory"), [(9, 3, 52), (21, 14, 0), (51, 17, 0)])
def test_everybody_is_in_one_trio_before_anybody_is_in_two(size: int, rounds: int, memory: int) -> None:
    people = [Person(f"p{n}", f"department {n}", office="x", takes_virtual=False) for n in range(size)]
    in_trios: Counter[int | str] = Counter()
    for matching in played(people, Rules(), rounds, memory):
        [trio] = [each.members for each in matching.introductions if len(each.members) == 3]
        in_trios.update(trio)
        assert max(in_trios.values()) - min(in_trios[person.id] for person in people) <= 1


def test_trios_of_seven_rotate_though_all_have_met() -> None:
    people = [Person(n, office="x", takes_virtual=False) for n in range(7)]
    trios = [
        set(each.members)
        for matching in played(people, Rules(), 12, memory=0)
        for each in matching.introductions
        if len(each.members) == 3
    ]
    assert all(not one & next_ for one, next_ in pairwise(trios))
    assert {sum(person.id in trio for trio in trios) for person in people} <= {5, 6}


def test_a_repeat_goes_to_whom_the_last_ones_spared() -> None:
    people = [Person(person, person) for person in "abcd"]
    history = [PastPair(a, b) for a, b in combinations("abcd", 2) if (a, b) not in {("a", "b"), ("c", "d")}]
    excluded = Rules(frozenset({frozenset("ab"), frozenset("cd")}))
    for burdens in ([], [Burden("a", BurdenKind.REPEAT, 1)]):
        values = match(people, history, excluded, seed=1, burdens=burdens).values
        assert (values.repeats, values.unfairness) == (2, 2 * 2 * 2520 * len(burdens))
    people, rules = in_two_teams(5, 2)
    history = [PastPair("p0", f"p{n}") for n in (2, 3, 4)]
    for spared in ("p2", "p3", "p4"):
        burdens = [Burden(f"p{n}", BurdenKind.REPEAT, 1) for n in (2, 3, 4) if f"p{n}" != spared]
        burdens += [Burden(spared, BurdenKind.TRIO_THIRD, 9)]
        [repeat] = [each for each in match(people, history, rules, seed=1).introductions if each.repeats]
        assert "p0" in repeat.members
        matching = match(people, history, rules, seed=1, burdens=burdens)
        [repeat] = [each for each in matching.introductions if each.repeats]
        # Sitting out is heavier than a repeat, so that the spared one sits out.
        assert [each.person for each in matching.sit_outs] == [spared]


def test_no_other_burdens_outweigh_a_second_sit_out_running() -> None:
    """A hundred sit-outs two rounds ago are more than one of last round, but nobody else sat out then."""
    people, rules = in_two_teams(5, 2)
    heavy = [Burden(f"p{n}", BurdenKind.SAT_OUT, 2) for n in (3, 4) for _ in range(50)]
    matching = match(people, [], rules, seed=1, burdens=[Burden("p2", BurdenKind.SAT_OUT, 1), *heavy])
    assert [each.person for each in matching.sit_outs] != ["p2"]
    assert matching.values.sit_outs_twice_running == 0


def test_the_longest_ago_sits_out_again() -> None:
    people, rules = in_two_teams(5, 2)
    burdens = [Burden(f"p{n}", BurdenKind.SAT_OUT, ago) for n, ago in ((2, 4), (3, 7), (4, 5))]
    matching = match(people, [], rules, seed=1, burdens=[*burdens, Burden("gone", BurdenKind.REPEAT, 1)])
    assert [each.person for each in matching.sit_outs] == ["p3"]
    assert matching.values == matching.bounds == Values(1, 0, 0, 0, 0, 0, 3 * 3 * 360, 0)


def test_fairness_never_costs_a_repeat() -> None:
    people, rules = in_two_teams(5, 2)
    burdens = [Burden("p2", BurdenKind.SAT_OUT, 1)]
    history = [PastPair(a, "p2", MONDAY) for a in ("p0", "p1")]
    matching = match(people, history, rules, seed=1, burdens=burdens)
    assert matching.values == matching.bounds == Values(1, 0, 0, 0, 0, 1, 9 * 2520, 0)


def test_nobody_has_no_standing() -> None:
    standing = Standing([], [Burden("gone", BurdenKind.SAT_OUT, 1)])
    nobody = np.array([], np.int64)
    assert (len(standing.carried), len(standing.sat_out_last), standing.most(nobody)) == (0, 0, 0)


@pytest.mark.parametrize(("kind", "rounds_ago"), [("late", 1), ("sat_out", 0), ("sat_out", True)])
def test_a_burden_of_no_kind_or_no_earlier_round(kind: BurdenKind, rounds_ago: int) -> None:
    with pytest.raises(BurdenError, match=r"'ana'.*; .+\.$"):
        Burden("ana", kind, rounds_ago)


@pytest.mark.parametrize("least", [0, 30, 200])
def test_no_use_of_the_lunch_outweighs_the_least_unfairness(least: int) -> None:
    """A ring of 201 people: who sits out decides all pairs, and only one choice has points."""
    size = 201
    named = [f"{n:03}" for n in range(size)]
    # Leaving out 100, the pairs are (101, 102) … (199, 200), (0, 1) … (98, 99).
    pair_of = {(101 + n) % size: n // 2 for n in range(size - 1)}
    people = [
        Person(
            name,
            level=name,
            started_on=MONDAY - datetime.timedelta(731 * (n % 2)),
            interests=frozenset({f"interest {pair_of.get(n)}"}),
        )
        for n, name in enumerate(named)
    ]
    ring = {frozenset((named[n], named[(n + 1) % size])) for n in range(size)}
    rules = Rules(frozenset(map(frozenset, combinations(named, 2))) - ring)
    # One part in 2,520 of one burden speaks for `least`, and for nobody else.
    burdens = [
        Burden(name, BurdenKind.SAT_OUT, ago)
        for n, name in enumerate(named)
        for ago in ([2] if n == least else [2, 2520])
    ]
    matching = match(people, [], rules, seed=1, burdens=burdens)
    assert [each.person for each in matching.sit_outs] == [named[least]]
    assert matching.values.unfairness == matching.bounds.unfairness == 9 * 1260
    assert matching.proven
    tempting = match(people, [], rules, seed=1)
    assert [each.person for each in tempting.sit_outs] == ["100"]
    assert tempting.values.use_of_lunch == 100 * 4 > matching.values.use_of_lunch


def test_six_levels_stay_apart_where_one_float_cannot_hold_them() -> None:
    size = 10_000
    people = [Person(n, level=str(n % 3)) for n in range(size)]
    history = [PastPair(n, n + 1, datetime.date(1900, 1, 1) + datetime.timedelta(n)) for n in range(size - 1)]
    burdens = [Burden(n, kind, 1) for n in range(size) for kind in BurdenKind]
    objective = Objective(people, history, Rules(), burdens)
    scale = objective.scale(np.arange(size))
    trios = [(n, n + 1, n + 2) for n in range(0, size - 100, 3)]
    total = sum(exact_cost(objective, scale, trio) for trio in trios)
    total += 100 * scale.unit("twice_running") + 3 * 6 * 2520 * 100 * scale.unit("unfairness")
    toll = scale.apart(total)
    carried = 6 * 2520
    assert toll.repeats == 2 * len(trios)
    assert toll.recency == sum(2 * trio[0] + 1 for trio in trios)
    assert toll.same_department == len(trios)
    assert toll.twice_running == 100
    assert toll.unfairness == carried * (len(trios) * (3 * 1 + 4 * 2) + 100 * 3)
    assert toll.missed_points == len(trios) * 3 * 5
    assert total < scale.seat
    other = total + 1
    assert other != total
    assert float(other) == float(total)
    assert scale.apart(other).missed_points == toll.missed_points + 1
    # Prices have their room, so that no word runs into the next.
    assert len(scale.bases) > 1
    assert scale.seat_in_word * 4 < 2**53
