"""Rounds and pairs that are tight or infeasible, against NetworkX on every pair with exact weights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import PastPair, Person, PersonId, Rules, match
from matcher.blossom import with_networkx, with_rustworkx
from matcher.pairs import DENSE_LIMIT, best_pairs
from matcher.prices import PairCosts
from matcher.scale import ROOM
from tests.matcher.brute_force import Pair, past_of, values_of

FEW = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), max_examples=50)
MANY = settings(FEW, max_examples=2_000)
MONDAY = date(2026, 1, 5)
# Each level of a cost is below it, so that no sum of one level reaches the next.
RADIX = 1 << 12


@dataclass(frozen=True)
class Instance:
    """People, who of them may be paired, and in which order they are listed the second time."""

    people: tuple[Person, ...]
    history: tuple[PastPair, ...]
    rules: Rules
    order: tuple[int, ...]
    seed: int


@st.composite
def instances(draw: st.DrawFn, sizes: st.SearchStrategy[int]) -> Instance:
    """Islands of odd size, all pairs but a few, or hardly any, and mostly in history."""
    size = draw(sizes)
    pairs = [*combinations(range(size), 2)]
    some = st.lists(st.sampled_from(pairs), max_size=size, unique=True)
    kind = draw(st.sampled_from(["islands", "nearly all", "sparse"]))
    if kind == "islands":
        first = draw(st.integers(0, (size - 1) // 2)) * 2 + 1
        bridges = {*draw(st.lists(st.sampled_from(pairs), max_size=3))}
        allowed = {(i, j) for i, j in pairs if (i < first) == (j < first)} | bridges
        allowed -= {*draw(st.lists(st.sampled_from(pairs), max_size=4))}
    elif kind == "nearly all":
        allowed = {*pairs} - {*draw(some)}
    else:
        allowed = {*draw(some)}
    department = st.sampled_from(draw(st.sampled_from(["a", "aab", "abc"])))
    people = tuple(Person(n, draw(department)) for n in range(size))
    known = {*pairs} - {*draw(some)} if draw(st.booleans()) else {*draw(some)}
    spread = draw(st.integers(1, 50))
    history = tuple(
        PastPair(i, j, MONDAY + timedelta((spread * i + j * j) % 11), confirmed=(i + j) % 5 == 0)
        for i, j in sorted(known)
    )
    excluded = frozenset(frozenset(pair) for pair in pairs if pair not in allowed)
    rules = Rules(excluded, cross_department_first=draw(st.booleans()))
    return Instance(
        people, history, rules, tuple(draw(st.permutations(range(size)))), draw(st.integers(0, 9))
    )


SIZES = st.integers(4, 14)
# Beyond this many, not all pairs are offered to blossom.
THINNED = st.integers(DENSE_LIMIT + 1, DENSE_LIMIT + 6)


def on_all_pairs(given_: Instance) -> tuple[int, tuple[int, ...]]:
    """How many people every matching leaves over, and the least that one costs, level by level."""
    cost = _costs(given_)
    graph: nx.Graph[PersonId] = nx.Graph()
    graph.add_nodes_from(person.id for person in given_.people)
    for pair, levels in cost.items():
        graph.add_edge(
            *pair, weight=-sum(level * RADIX**place for place, level in enumerate(reversed(levels)))
        )
    found = [frozenset(pair) for pair in nx.max_weight_matching(graph, maxcardinality=True)]
    return len(graph) - 2 * len(found), tuple(map(sum, zip(*(cost[pair] for pair in found), strict=True)))


def _costs(given_: Instance) -> dict[Pair, tuple[int, ...]]:
    """Each allowed pair: what it costs in each level, heaviest first."""
    past = past_of(given_.people, given_.history, given_.rules, seed=given_.seed)
    found = {}
    for one, other in combinations(given_.people, 2):
        pair = frozenset((one.id, other.id))
        if pair not in given_.rules.exclusions:
            repeats = (int(pair in past.ranks), past.ranks.get(pair, 0))
            same = (int(one.department == other.department),)
            heavy = (*same, *repeats) if given_.rules.cross_department_first else (*repeats, *same)
            found[pair] = (*heavy, past.later.get(pair, 0))
    return found


def assert_pairs_agree(given_: Instance) -> None:
    """Both engines, in both orders, on words of which the second only decides among equals."""
    cost = _costs(given_)
    left_over, least = on_all_pairs(given_)
    for order in (range(len(given_.people)), given_.order):
        ids = [given_.people[n].id for n in order]
        levels = np.zeros((4, len(ids), len(ids)), np.int64)
        allowed = np.zeros((len(ids), len(ids)), np.bool_)
        for i, j in combinations(range(len(ids)), 2):
            own = cost.get(frozenset((ids[i], ids[j])))
            if own is not None:
                levels[:, i, j] = levels[:, j, i] = own
                allowed[i, j] = allowed[j, i] = True
        words = (levels[0] * RADIX + levels[1], levels[2] * RADIX + levels[3])
        costs = PairCosts(words, allowed, (RADIX**2 * ROOM, 1), seat=RADIX**2)
        for engine in (with_networkx, with_rustworkx):
            found = best_pairs(costs, range(len(ids)), engine)
            assert len(found.left_over) == left_over
            paid = [cost[frozenset((ids[i], ids[j]))] for i, j in found.pairs]
            assert tuple(map(sum, zip(*paid, strict=True))) == least


def assert_rounds_agree(given_: Instance) -> None:
    """Where a round has no trio, it is a matching, and so as good as the best one; else it seats more."""
    left_over, least = on_all_pairs(given_)
    found = match(given_.people, given_.history, given_.rules, seed=given_.seed)
    listed = [given_.people[n] for n in given_.order]
    assert match(listed, given_.history[::-1], given_.rules, seed=given_.seed) == found
    assert found.proven
    # Each trio is a pair of a maximum matching and one more whom that leaves over.
    assert found.values.sit_outs + found.values.extra_seats == left_over
    by_id = {person.id: person for person in given_.people}
    groups = [tuple(by_id[one] for one in each.members) for each in found.introductions]
    past = past_of(given_.people, given_.history, given_.rules, seed=given_.seed)
    assert found.values == values_of(groups, [each.person for each in found.sit_outs], past)
    values = found.values
    repeats = (values.repeats, values.repeat_recency)
    same = (len(groups) - values.cross_department,)
    heavy = (*same, *repeats) if given_.rules.cross_department_first else (*repeats, *same)
    reached = (*heavy, values.later_rounds)
    if values.extra_seats:
        # Some pair of each trio costs no more than the trio.
        assert reached >= least
    else:
        assert reached == (least or (0, 0, 0, 0))


AGREE: dict[str, tuple[st.SearchStrategy[int], Callable[[Instance], None]]] = {
    "rounds": (SIZES, assert_rounds_agree),
    "pairs": (SIZES, assert_pairs_agree),
    "pairs, thinned out": (THINNED, assert_pairs_agree),
}


@pytest.mark.parametrize("name", AGREE)
def test_no_matching_is_better(name: str) -> None:
    sizes, check = AGREE[name]
    FEW(given(instances(sizes))(check))()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rounds", "pairs"])
def test_no_matching_is_better_two_thousand_times(name: str) -> None:
    sizes, check = AGREE[name]
    MANY(given(instances(sizes))(check))()
