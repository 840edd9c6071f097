"""The contestants keep to the rules of the game, and what they are judged by is counted right."""

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from benchmarks.company import draw_company
from benchmarks.contestants import PEERS, Contestant, Group, Lunchmates, Week, pairs_in
from benchmarks.peers import (
    SIZES,
    Counts,
    Setting,
    bounds,
    count,
    departments,
    drawn_setting,
    play,
    shortfalls,
    weekly_bounds,
)

CONTESTANTS = [*PEERS, "Lunchmates"]
NEVER_REPEAT = {
    "blossom on the unmet, all weights 1, others left out",
    "depth-first search with a deadline",
}


def contestant(name: str, setting: Setting) -> Contestant:
    return PEERS[name] if name in PEERS else Lunchmates(setting.met)


@pytest.mark.parametrize("name", CONTESTANTS)
@pytest.mark.parametrize("size", [0, 1, 3, 12])
def test_nobody_is_introduced_twice_in_a_week_or_while_away(name: str, size: int) -> None:
    met = frozenset({(0, 1), (0, 2), (1, 2)}) if size > 2 else frozenset()
    setting = drawn_setting(departments(size), size, met)
    rounds = play(setting, contestant(name, setting), 3)
    for present, groups in zip(setting.weeks, rounds, strict=True):
        placed = [one for group in groups for one in group]
        assert len(placed) == len(set(placed))
        assert set(placed) <= set(present)
        assert {len(group) for group in groups} <= ({2, 3} if name == "Lunchmates" else {2})
    counts = count(setting, rounds)
    if name in NEVER_REPEAT:
        assert counts.repeats == 0
    if name not in NEVER_REPEAT | {"Lunchmates"}:
        assert counts.left_out == sum(len(present) % 2 for present in setting.weeks)
    assert play(setting, contestant(name, setting), 3) == rounds


def pairs_of_week(name: str, department: str, met: set[tuple[int, int]]) -> list[tuple[int, int]]:
    week = Week(tuple(range(len(department))), tuple(department), met, Random(1))
    return sorted(pairs_in(PEERS[name](week)))


def test_what_sets_the_peers_apart() -> None:
    blossom, search, weighted = list(PEERS)[2:]
    # 0 and 1 are of one department, and only they have not met.
    met = {(0, 2), (0, 3), (1, 2), (1, 3), (2, 3)}
    assert pairs_of_week(blossom, "aabb", met) == []
    assert pairs_of_week(search, "aabb", met) == [(0, 1)]
    assert pairs_of_week(weighted, "aabb", met) == [(0, 1), (2, 3)]
    assert pairs_of_week(weighted, "aabb", met | {(0, 1)}) in ([(0, 2), (1, 3)], [(0, 3), (1, 2)])
    # The first choice of a person must be taken back.
    path = {(low, high) for low in range(6) for high in range(low + 1, 6)} - {(0, 1), (1, 2), (2, 3)}
    for name in (blossom, search):
        assert pairs_of_week(name, "abcdef", path - {(4, 5)}) == [(0, 1), (2, 3), (4, 5)]


def test_counts_worked_by_hand() -> None:
    setting = Setting(
        ("a", "a", "b", "b", "c"), ((0, 1, 2, 3, 4), (0, 1, 2, 3), (0, 2, 3)), frozenset({(2, 4)})
    )
    rounds: list[list[Group]] = [
        [(0, 1), (4, 2, 3)],  # within a; of the trio's pairs 2-4 has met, 3-4 is new across, 2-3 within b
        [(3, 2), (1, 0)],  # both have met, both within a department
        [(2, 0)],  # new across; 3 is left out
    ]
    assert count(setting, rounds) == Counts(1 + 2, 1 + 2, 1, 2, 2)
    assert count(setting, [[(0, 2, 4)], [], [(0, 2)]]) == Counts(1 + 1, 0, 2 + 4 + 1, 2, 1)


def test_bounds_worked_by_hand() -> None:
    # Three people have three pairs, and a trio takes them all at once.
    trio = Setting(("a", "a", "b"), ((0, 1, 2),) * 2)
    assert bounds(trio, 3) == Counts(3, 0, 0, 2, 2)
    # 0 has met 3, so has two partners for three weeks: a repeat, and of the others' pairs two are new.
    four = Setting(("a", "a", "a", "b"), ((0, 1, 2, 3),) * 3, frozenset({(0, 3)}))
    assert bounds(four, 1) == Counts(1, 3, 0, 2, 2)


def every_pairing(people: tuple[int, ...]) -> Iterator[list[Group]]:
    if not people:
        yield []
    for other in people[1:]:
        for pairs in every_pairing(tuple(each for each in people[1:] if each != other)):
            yield [(people[0], other), *pairs]


def every_round(present: tuple[int, ...]) -> Iterator[list[Group]]:
    """All ways to leave nobody out in pairs, and one trio where the number is odd."""
    if len(present) % 2 == 0:
        yield from every_pairing(present)
    elif len(present) == 1:
        yield []
    for trio in combinations(present, 3) if len(present) % 2 else ():
        for pairs in every_pairing(tuple(each for each in present if each not in trio)):
            yield [*pairs, trio]


@pytest.mark.parametrize("number", range(12))
def test_no_plan_beats_the_bounds(number: int) -> None:
    random = Random(number)
    everybody = range(random.randint(4, 6))
    setting = Setting(
        tuple(random.choice("aaabc") for _ in everybody),
        tuple(tuple(one for one in everybody if random.random() < 0.9) for _ in range(3)),
        frozenset(pair for pair in combinations(everybody, 2) if random.random() < 0.2),
    )
    for plan in product(*map(every_round, setting.weeks)):
        found = count(setting, plan)
        limit = bounds(setting, found.repeats)
        assert found.left_out == limit.left_out
        assert found.repeats >= limit.repeats
        assert found.same_department >= limit.same_department
        assert found.new_across <= limit.new_across
        assert found.introductions_across <= limit.introductions_across


@pytest.mark.parametrize("size", [3, 12, 15])
def test_ours_is_within_the_bounds(size: int) -> None:
    setting = drawn_setting(departments(size), size)
    lunchmates = Lunchmates(setting.met)
    found = count(setting, play(setting, lunchmates, 1))
    weekly, ahead = weekly_bounds(lunchmates.rounds), bounds(setting, found.repeats)
    for limit in (weekly, ahead):
        assert all(least <= achieved for least, achieved in zip(limit[:3], found[:3], strict=True))
    assert found.new_across <= ahead.new_across
    assert found.introductions_across <= min(found.new_across, ahead.introductions_across)
    assert len(lunchmates.rounds) == len(setting.weeks)


def test_shortfalls() -> None:
    none = Counts(0, 0, 0, 9, 9)
    peers = {"one": Counts(4, 2, 1, 5, 5), "other": Counts(0, 0, 8, 5, 5)}
    assert shortfalls(peers, Counts(0, 2, 0, 6, 5), Counts(0, 2, 0, 0, 0), none) == []
    assert len(shortfalls(peers, Counts(0, 2, 1, 5, 5), Counts(0, 1, 0, 0, 0), none)) == 4
    # A peer who leaves people out is no measure of what nobody being left out takes.
    assert len(shortfalls(peers, Counts(4, 3, 0, 6, 5), Counts(4, 3, 0, 0, 0), none)) == 1
    everybody = {"one": Counts(4, 2, 0, 5, 5)}
    assert len(shortfalls(everybody, Counts(4, 3, 0, 6, 5), Counts(4, 3, 0, 0, 0), none)) == 2
    # Where repeats are forced, leaving people out to have fewer is no merit.
    forced = Counts(3, 0, 0, 9, 9)
    assert shortfalls(peers, Counts(4, 3, 0, 6, 5), Counts(4, 3, 0, 0, 0), forced) == []
    assert len(shortfalls(peers, Counts(4, 3, 0, 6, 5), Counts(3, 3, 0, 0, 0), forced)) == 1


@pytest.mark.parametrize("size", SIZES)
def test_five_departments_hold_everybody(size: int) -> None:
    assert len(departments(size)) == size
    assert len(set(departments(size))) == 5


@pytest.mark.parametrize("size", [12, 13, 217, 1000])
def test_a_company_has_everything_for_everybody(size: int) -> None:
    company = draw_company(size, 7)
    people = company.people()
    assert [person.id for person in people] == list(range(size))
    assert sum(person.manager is None for person in people) == 1
    for sets, (values, most) in ((company.interests, (60, 4)), (company.skills, (200, 6))):
        assert sets.shape == (size, most)
        assert sets.min() >= -1
        assert sets.max() < values
        assert ((np.diff(sets) > 0) | (sets[:, :-1] == -1)).all()
    assert (company.languages.max(axis=1) >= 0).all()
    reports = company.manager >= 0
    own = company.department[company.manager] == company.department
    assert (company.level[company.manager] >= company.level)[reports & own].all()
    for _ in range(size):
        company.manager[:] = np.where(company.manager < 0, -1, company.manager[company.manager])
    assert (company.manager == -1).all()


@pytest.mark.parametrize(("size", "expected"), [(12, 3), (40, 5), (217, 12), (100_000, 40)])
def test_departments_of_a_company(size: int, expected: int) -> None:
    sizes = np.bincount(draw_company(size, 7).department)
    assert len(sizes) == expected
    assert sizes.sum() == size
    assert (np.diff(sizes) <= 0).all()
    assert sizes[-1] > 0


def test_a_company_is_the_same_for_the_same_seed() -> None:
    one, same, other = draw_company(100, 1), draw_company(100, 1), draw_company(100, 2)
    assert one.people() == same.people() != other.people()
    assert all(np.array_equal(a, b) for a, b in zip(one.history(9), same.history(9), strict=True))
    assert not np.array_equal(one.history(9).low, other.history(9).low)


@pytest.mark.parametrize(("size", "weeks"), [(12, 11), (13, 13), (1000, 104), (1001, 3), (20, 0)])
def test_the_pairs_of_a_history_are_distinct(size: int, weeks: int) -> None:
    company = draw_company(size, 1)
    low, high, day, confirmed = company.history(weeks)
    assert len(low) == len(high) == len(day) == len(confirmed) == weeks * (size // 2)
    assert low.dtype == high.dtype == day.dtype == np.int32
    assert (low < high).all()
    assert len(np.unique(low.astype(np.int64) * size + high)) == len(low)
    assert (np.diff(day) >= 0).all()
    assert len(np.unique(day)) == weeks
    for week in np.split(np.stack([low, high]), weeks, axis=1) if weeks else []:
        assert len(np.unique(week)) == size // 2 * 2


def test_what_a_company_cannot_be() -> None:
    with pytest.raises(ValueError, match="12 to 100000 people, not 11"):
        draw_company(11, 1)
    with pytest.raises(ValueError, match="at most 11 weeks of distinct pairs, not 12"):
        draw_company(12, 1).history(12)
