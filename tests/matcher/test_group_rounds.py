"""Rounds of three to eight: against all rounds there are, and what holds for any of them."""

import datetime
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

import pytest

from matcher import (
    Burden,
    BurdenKind,
    GroupSizeError,
    Matching,
    PastPair,
    PastPairs,
    Person,
    Reason,
    Remedy,
    Rules,
    SitOut,
    SitOutCause,
    Values,
    match,
    place,
)
from matcher.group_costs import misfit, wanted_sizes
from matcher.wire import MatchInput, input_from_json, input_to_json
from tests.matcher.all_groups import partitions
from tests.matcher.brute_force import may_meet, past_of, values_of
from tests.seeds import seeds


def drawn(number: int, people: int, size: int) -> MatchInput:
    """A round with every rule, dense enough that sit-outs, odd sizes and repeats are forced."""
    random = Random(number)
    persons = tuple(
        Person(
            n,
            random.choice([None, "a", "b"]),
            office=random.choice("xxy"),
            takes_virtual=random.random() < 0.7,
            manager=random.choice([None, 0, 1, 2]),
            level=random.choice([None, "junior", "senior"]),
            interests=frozenset(random.sample(["tea", "chess", "rivers"], random.randint(0, 2))),
        )
        for n in range(people)
    )
    pairs = list(combinations(range(people), 2))
    history = tuple(
        PastPair(a, b, datetime.date(2026, 1, random.randint(1, 5)), random.random() < 0.3)
        for a, b in pairs
        if random.random() < 0.4
    )
    excluded = frozenset(frozenset(pair) for pair in pairs if random.random() < 0.1)
    rules = Rules(excluded, cross_department_first=random.random() < 0.5, group_size=size)
    burdens = tuple(
        Burden(random.randrange(people), random.choice(list(BurdenKind)), random.randint(1, 3))
        for _ in range(4)
    )
    return MatchInput(persons, history, rules, number, burdens)


def matched(given: MatchInput) -> Matching:
    return match(given.people, given.history, given.rules, seed=given.seed, burdens=given.burdens)


def counted(given: MatchInput, groups: Sequence[tuple[int, ...]]) -> Values | None:
    """The priorities of a round, pair by pair; None where a rule is broken. Whoever is alone sits out."""
    people = {int(person.id): person for person in given.people}
    for group in groups:
        if not all(may_meet(people[a], people[b], given.rules) for a, b in combinations(group, 2)):
            return None
    assert not isinstance(given.history, PastPairs)
    past = past_of(given.people, given.history, given.rules, given.burdens, seed=given.seed)
    seated = [tuple(people[i] for i in group) for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    values = values_of(seated, alone, past)
    misfits = [misfit(len(group), given.rules.group_size) for group in seated]
    # Of three in a round of groups nobody carries anything for that.
    threes = sum(past.carried[person.id] for group in seated if len(group) == 3 for person in group)
    return Values(
        sit_outs=len(alone),
        missing_seats=sum(missing for missing, _ in misfits),
        extra_seats=sum(extra for _, extra in misfits),
        repeats=values.repeats,
        repeat_recency=values.repeat_recency,
        cross_department=values.cross_department,
        sit_outs_twice_running=values.sit_outs_twice_running,
        unfairness=values.unfairness - threes,
        use_of_lunch=values.use_of_lunch,
    )


def weight(values: Values, rules: Rules) -> tuple[int, ...]:
    repeats = (values.repeats, values.repeat_recency)
    levels = (
        (-values.cross_department, *repeats)
        if rules.cross_department_first
        else (*repeats, -values.cross_department)
    )
    last = (values.sit_outs_twice_running, values.unfairness, -values.use_of_lunch)
    return (values.sit_outs, values.missing_seats, values.extra_seats, *levels, *last)


def rounds(given: MatchInput) -> Iterator[Values]:
    most = min(given.rules.group_size + 1, 8)
    for groups in partitions(range(len(given.people)), most):
        values = counted(given, groups)
        if values is not None:
            yield values


def groups_of(matching: Matching) -> list[tuple[int, ...]]:
    groups = [tuple(int(i) for i in each.members) for each in matching.introductions]
    return [*groups, *((int(each.person),) for each in matching.sit_outs)]


@pytest.mark.parametrize("number", seeds(8, 30))
def test_a_few_people_have_the_best_of_all_rounds(number: int) -> None:
    given = drawn(number, people=3 + number % 6, size=3 + number % 3)
    matching = matched(given)
    assert counted(given, groups_of(matching)) == matching.values
    assert matching.values == min(rounds(given), key=lambda values: weight(values, given.rules))
    assert matching.proven


@pytest.mark.parametrize("number", range(6))
def test_the_order_of_the_input_does_not_matter(number: int) -> None:
    given = drawn(number, people=9 + 3 * number, size=3 + number)
    assert isinstance(given.history, tuple)
    turned = MatchInput(given.people[::-1], given.history[::-1], given.rules, given.seed, given.burdens[::-1])
    assert matched(turned) == matched(given)


@pytest.mark.parametrize("number", range(6))
def test_no_rule_is_broken_and_bounds_hold(number: int) -> None:
    given = drawn(number, people=24, size=3 + number)
    matching = matched(given)
    assert counted(given, groups_of(matching)) == matching.values
    assert sorted(i for group in groups_of(matching) for i in group) == list(range(24))
    assert weight(matching.bounds, given.rules) <= weight(matching.values, given.rules)


@pytest.mark.parametrize("size", range(3, 9))
@pytest.mark.parametrize("people", [2, 3, 7, 9, 17, 31])
def test_nobody_is_alone_where_everybody_may_meet(people: int, size: int) -> None:
    matching = match([Person(n, str(n % 4)) for n in range(people)], [], Rules(group_size=size), seed=1)
    assert matching.sit_outs == ()
    sizes = sorted((len(each.members) for each in matching.introductions), reverse=True)
    assert tuple(sizes) == wanted_sizes(people, size)
    assert matching.values == matching.bounds


def test_one_person_and_nobody() -> None:
    alone = match([Person("ana")], [], Rules(group_size=4), seed=1)
    assert alone.sit_outs == (SitOut("ana", SitOutCause.ODD_NUMBER, Remedy.ONE_MORE),)
    assert match([], [], Rules(group_size=4), seed=1).values == Values(0, 0, 0, 0, 0)


def test_nobody_is_told_of_an_odd_number_where_there_is_none() -> None:
    apart = frozenset(frozenset(("hub", other)) for other in "abcd")
    people = [Person(person) for person in ("hub", "a", "b", "c", "d")]
    matching = match(people, [], Rules(apart, group_size=4), seed=1)
    assert matching.sit_outs == (SitOut("hub", SitOutCause.NOBODY_FREE, Remedy.SOMEBODY_NEW),)


def test_three_are_a_trio_only_in_a_round_of_pairs() -> None:
    people = [Person(person, person) for person in "abc"]
    assert Reason.TRIO in match(people, [], seed=1).introductions[0].reasons
    assert Reason.TRIO not in match(people, [], Rules(group_size=3), seed=1).introductions[0].reasons


def test_departments_can_come_before_repeats() -> None:
    people = [Person(n, "Law" if n < 3 else "Sales") for n in range(6)]
    history = [PastPair(a, b) for a in range(3) for b in range(3, 6)]
    strangers = match(people, history, Rules(group_size=3), seed=1).values
    mixed = match(people, history, Rules(group_size=3, cross_department_first=True), seed=1).values
    assert (strangers.repeats, strangers.cross_department) == (0, 0)
    assert (mixed.repeats, mixed.cross_department) == (4, 2)


def test_the_outlook_counts_everybody_in_a_group() -> None:
    people = [Person(n, str(n % 4)) for n in range(16)]
    assert match(people, [], Rules(group_size=4), seed=1).outlook.weeks == 5
    assert match(people, [], seed=1).outlook.weeks == 12
    lone = [Person(n, "Sales" if n < 14 else "Law") for n in range(16)]
    assert match(lone, [], Rules(group_size=8), seed=1).outlook.too_large == ()
    assert match(lone, [], Rules(group_size=4), seed=1).outlook.too_large == ("Sales",)


@pytest.mark.parametrize("in_time", [pytest.param(True, marks=pytest.mark.slow), False])
def test_many_people_are_dealt_into_blocks(monkeypatch: pytest.MonkeyPatch, in_time: bool) -> None:
    monkeypatch.setattr(sys.modules["matcher.group_round"], "AT_ONCE", 50)
    # Each laboratory has somebody who takes a video call, and all else only lunch there.
    labs = [Person(130 + n, "Lab", office=f"lab {n // 4}", takes_virtual=n % 4 == 0) for n in range(8)]
    people = [*(Person(n, str(n % 7)) for n in range(130)), *labs]
    history = [PastPair(n, (7 * n + 1) % 130) for n in range(130) if n != (7 * n + 1) % 130]
    given = MatchInput(tuple(people), tuple(history), Rules(group_size=4), 1)
    found = match(people, history, given.rules, seed=1, expired=lambda: not in_time)
    assert counted(given, groups_of(found)) == found.values
    assert sorted(i for group in groups_of(found) for i in group) == list(range(138))
    assert found.values.sit_outs == 0
    assert weight(found.bounds, given.rules) <= weight(found.values, given.rules)
    if in_time:
        assert (found.values.repeats, found.values.missing_seats) == (0, 0)
        assert match(people[::-1], history, given.rules, seed=1) == found


def test_a_round_that_has_no_time_left_is_sound() -> None:
    given = drawn(3, people=60, size=5)
    found = match(given.people, given.history, given.rules, seed=3, expired=lambda: True)
    assert counted(MatchInput(given.people, given.history, given.rules, 3), groups_of(found)) == found.values


@pytest.mark.parametrize("size", [1, 9, 0, -3, True, 3.0, "4", None])
def test_a_size_that_is_not_possible_is_refused(size: int) -> None:
    with pytest.raises(GroupSizeError, match="choose a whole number from 2 to 8"):
        Rules(group_size=size)


def test_the_size_survives_json() -> None:
    given = MatchInput((), (), Rules(group_size=5), 1)
    assert input_from_json(input_to_json(given)) == given
    assert input_from_json('{"people": [], "seed": 1}').rules.group_size == 2
    with pytest.raises(GroupSizeError, match="rules: A group size of 9"):
        input_from_json('{"people": [], "rules": {"group_size": 9}, "seed": 1}')


# Late joiners


def placed(
    people: int, standing: Sequence[tuple[int, ...]], size: int, **rules: object
) -> list[tuple[int, ...]]:
    waiting = sorted(set(range(people)) - {i for group in standing for i in group})
    given = Rules(group_size=size, **rules)  # type: ignore[arg-type]
    found = place(waiting, standing, [Person(n, str(n)) for n in range(people)], [], given, seed=1)
    return [tuple(int(i) for i in group) for group in found]


def test_one_who_is_late_joins_a_group() -> None:
    assert placed(5, [(0, 1, 2, 3)], 4) == [(0, 1, 2, 3, 4)]


def test_a_smaller_group_comes_first() -> None:
    assert placed(8, [(0, 1, 2, 3), (4, 5, 6)], 4) == [(4, 5, 6, 7)]


def test_a_group_of_eight_takes_nobody() -> None:
    assert placed(9, [tuple(range(8))], 8) == []
    assert placed(10, [tuple(range(8))], 8) == [(8, 9)]


def test_a_group_that_is_one_larger_takes_nobody() -> None:
    assert placed(6, [tuple(range(5))], 4) == []


def test_those_who_wait_are_a_group_where_they_are_enough() -> None:
    assert placed(8, [(0, 1, 2, 3)], 4) == [(4, 5, 6, 7)]


def test_nobody_joins_somebody_they_may_not_meet() -> None:
    apart = frozenset({frozenset({4, 0})})
    assert placed(5, [(0, 1, 2, 3)], 4, exclusions=apart) == []
