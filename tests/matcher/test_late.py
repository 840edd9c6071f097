"""A few people into a round that stands: against every way of placing them, tried one by one."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

import pytest

from matcher import Burden, BurdenKind, PastPair, Person, PersonError, PersonId, Rules, place
from tests.matcher.brute_force import Past, may_meet, past_of, values_of
from tests.seeds import seeds

Ids = tuple[PersonId, ...]


def placements(
    waiting: Sequence[Person], standing: Sequence[tuple[Person, Person]], rules: Rules
) -> Iterator[list[tuple[Person, ...]]]:
    """Every way: each waits on, joins a pair, or is in a new pair or trio."""
    if not waiting:
        yield []
        return
    first, rest = waiting[0], waiting[1:]
    yield from placements(rest, standing, rules)
    for pair in standing:
        if all(may_meet(first, other, rules) for other in pair):
            others = [each for each in standing if each != pair]
            yield from ([(*pair, first), *found] for found in placements(rest, others, rules))
    for size in (1, 2):
        for others_ in combinations(rest, size):
            group = (first, *others_)
            if all(may_meet(a, b, rules) for a, b in combinations(group, 2)):
                left = [each for each in rest if each not in others_]
                yield from ([group, *found] for found in placements(left, standing, rules))


def worth(
    found: Sequence[tuple[Person, ...]], waiting: set[PersonId], past: Past, rules: Rules
) -> tuple[int, ...]:
    """The priorities of the introductions that change, less what stood of them; less is better."""
    seated = sum(person.id in waiting for group in found for person in group)
    stood = [tuple(person for person in group if person.id not in waiting) for group in found]
    after, before = values_of(found, [], past), values_of([group for group in stood if group], [], past)
    cross = before.cross_department + sum(not group for group in stood) - after.cross_department
    repeats = (after.repeats - before.repeats, after.repeat_recency - before.repeat_recency)
    levels = (cross, *repeats) if rules.cross_department_first else (*repeats, cross)
    points = before.use_of_lunch - after.use_of_lunch
    return (len(waiting) - seated, after.extra_seats, *levels, after.unfairness - before.unfairness, points)


@pytest.mark.parametrize("number", seeds(20, 60))
def test_no_other_placement_is_better(number: int) -> None:
    random = Random(number)
    late, pairs = random.randint(0, 5), random.randint(0, 3)
    people = [
        Person(
            n,
            random.choice([None, "a", "b"]),
            office=random.choice("xxy"),
            takes_virtual=random.random() < 0.7,
            manager=random.choice([None, 0, 1, 2]),
        )
        for n in range(late + 2 * pairs)
    ]
    everybody = list(combinations(range(len(people)), 2))
    history = [
        PastPair(a, b, datetime.date(2026, 1, random.randint(1, 5)), random.random() < 0.3)
        for a, b in everybody
        if random.random() < 0.5
    ]
    excluded = frozenset(frozenset(pair) for pair in everybody if random.random() < 0.15)
    rules = Rules(excluded, cross_department_first=random.random() < 0.5)
    burdens = [
        Burden(random.randrange(9), random.choice(list(BurdenKind)), random.randint(1, 3)) for _ in range(4)
    ]
    waiting, standing = (
        people[:late],
        [(people[late + 2 * n], people[late + 2 * n + 1]) for n in range(pairs)],
    )
    ids: list[Ids] = [(a.id, b.id) for a, b in standing]
    found = place([one.id for one in waiting], ids, people, history, rules, seed=number, burdens=burdens)
    groups = [tuple(people[int(one)] for one in group) for group in found]
    late_ids = {one.id for one in waiting}
    for group in groups:
        stood = tuple(person.id for person in group if person.id not in late_ids)
        assert not stood or stood in ids
        assert all(may_meet(a, b, rules) for a, b in combinations(group, 2) if late_ids & {a.id, b.id})
    past = past_of(people, history, rules, burdens, seed=0)
    best = min(worth(each, late_ids, past, rules) for each in placements(waiting, standing, rules))
    # Points of fewer people mean a different link, so that only what comes before them is compared.
    assert worth(groups, late_ids, past, rules)[:-1] == best[:-1]


def test_nobody_waits() -> None:
    assert place([], [(1, 2)], [Person(1), Person(2)], [], seed=1) == []


def test_who_is_not_there_cannot_be_placed() -> None:
    with pytest.raises(PersonError, match="give all of them"):
        place(["ana"], [], [Person("bo")], [], seed=1)
