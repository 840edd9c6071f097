"""All groups there are, counted pair by pair: independent of the matcher's own search, for a few people."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.group_costs import GroupProblem, Level

Ints = NDArray[np.int64]
Group = tuple[int, ...]


def symmetric(random: np.random.Generator, people: int, most: int, density: float = 1.0) -> Ints:
    """Costs from 0 to `most` of some of the pairs."""
    costs = random.integers(0, most + 1, (people, people)) * (random.random((people, people)) < density)
    upper = np.triu(costs, 1).astype(np.int64)
    return upper + upper.T


def drawn(
    people: int, size: int, seed: int, density: float = 1.0, cross_department_first: bool = False
) -> GroupProblem:
    """A round with every kind of level; `density` is the share of pairs that are allowed."""
    random = np.random.default_rng([people, size, seed])
    repeats = symmetric(random, people, 1, 0.5)
    history = [Level("repeats", repeats), Level("recency", repeats * symmetric(random, people, 3))]
    same = [Level("same_department", one_department=1)]
    levels = [
        *(same + history if cross_department_first else history + same),
        Level("unfairness", repeats * 7, sit_outs=random.integers(0, 5, people)),
        Level("missed_points", symmetric(random, people, 6)),
    ]
    allowed = (
        symmetric(random, people, 1) == 0 if density == 0.5 else random.random((people, people)) < density
    )
    allowed = np.triu(allowed, 1)
    return GroupProblem(allowed | allowed.T, random.integers(0, 3, people), tuple(levels), size)


def free_for_all(people: int, size: int, levels: Sequence[Level]) -> GroupProblem:
    """A round in which everybody may be with everybody."""
    return GroupProblem(np.ones((people, people), bool), np.arange(people) % 3, tuple(levels), size)


def partitions(people: Sequence[int], most: int) -> Iterator[list[Group]]:
    if not people:
        yield []
        return
    first, *rest = people
    for more in range(min(most, len(people))):
        for others in combinations(rest, more):
            for groups in partitions([i for i in rest if i not in others], most):
                yield [(first, *others), *groups]


def counted(problem: GroupProblem, groups: Sequence[Group]) -> list[int] | None:
    """What groups cost, pair by pair; None where a rule is broken. Whoever is alone sits out."""
    allowed: Any = problem.allowed
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    if not all(allowed[pair] for pair in pairs):
        return None
    seated = [group for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    costs = [
        len(alone),
        sum((problem.size - len(group)) ** 2 for group in seated if len(group) < problem.size),
        sum(len(group) - problem.size for group in seated if len(group) > problem.size),
    ]
    for level in problem.levels:
        links: Any = level.links
        cost = 0 if links is None else sum(int(links[pair]) for pair in pairs)
        cost += sum(
            level.one_department for group in seated if len({int(problem.department[i]) for i in group}) == 1
        )
        costs.append(cost + (0 if level.sit_outs is None else sum(int(level.sit_outs[i]) for i in alone)))
    return costs


def best_of_all(problem: GroupProblem) -> list[int]:
    everybody = range(problem.people)
    most = min(problem.size + 1, 8)
    return min(cost for each in partitions(everybody, most) if (cost := counted(problem, each)) is not None)


def repeat_free(unmet: NDArray[np.bool_], size: int) -> bool:
    """Whether people can be split into groups of strangers, by trying the groups of the rarest person."""
    groups = [
        frozenset(group)
        for group in combinations(range(len(unmet)), size)
        if all(unmet[pair] for pair in combinations(group, 2))
    ]

    def cover(left: frozenset[int], possible: list[frozenset[int]]) -> bool:
        if not left:
            return True
        rarest = min(left, key=lambda i: sum(i in group for group in possible))
        return any(
            cover(left - group, [other for other in possible if not other & group])
            for group in possible
            if rarest in group
        )

    return cover(frozenset(range(len(unmet))), groups)
