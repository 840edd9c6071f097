"""Who goes first with a time: never somebody new or junior while there is anybody else."""

from datetime import date, timedelta
from itertools import product

import pytest

import matcher
from db.tables import Person
from use_cases.compose_introductions import compose_introductions

TODAY = date(2026, 11, 23)


def person(number: int, days: int | None, level: str | None = None) -> Person:
    return Person(id=number, started_on=None if days is None else TODAY - timedelta(days=days), level=level)


def first(*people: Person, seed: int = 1) -> int:
    together = matcher.Introduction(tuple(one.id for one in people), (), 0)
    [composed] = compose_introductions([together], {one.id: one for one in people}, seed=seed, today=TODAY)
    return composed.proposer_id


@pytest.mark.parametrize(
    "other",
    [person(2, 90), person(2, 2000), person(2, None), person(2, 91, "Senior"), person(2, None, "IC4")],
)
@pytest.mark.parametrize(
    "spared",
    [
        person(1, 89),
        person(1, 0, "Head of Sales"),
        person(1, 3000, "Junior"),
        person(1, None, "junior engineer"),
        person(1, 3000, "Working Student"),
        person(1, None, "Praktikantin"),
        person(1, None, "Azubi"),
        person(1, None, "Intern"),
    ],
)
def test_a_newcomer_or_a_junior_never_goes_first_before_somebody_who_is_neither(
    spared: Person, other: Person
) -> None:
    assert {first(spared, other, seed=seed) for seed in range(8)} == {2}


def test_of_the_others_whoever_has_been_here_longest_goes_first() -> None:
    for seed in range(8):
        assert first(person(1, 500), person(2, 2000), person(3, None), seed=seed) == 2
        assert first(person(1, 30), person(2, 10), person(3, 60, "Junior"), seed=seed) == 3


def test_of_whom_nothing_is_known_it_is_drawn_by_lot() -> None:
    assert {first(person(1, None), person(2, None), seed=seed) for seed in range(20)} == {1, 2}


@pytest.mark.parametrize("level", ["International Manager", "Internal Audit"])
def test_a_word_that_only_begins_like_one_is_no_junior(level: str) -> None:
    assert first(person(1, 3000, level), person(2, 2000)) == 1


def test_it_does_not_hang_on_the_order() -> None:
    everybody = [person(1, 3000, "Junior"), person(2, 30), person(3, 400)]
    assert {
        first(*sorted(everybody, key=lambda one: order[one.id - 1])) for order in product(range(3), repeat=3)
    } == {3}
