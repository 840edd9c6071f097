"""Prices of people that no group undercuts, and the limit of what all groups cost that follows."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from matcher.group_costs import BoolArray, GroupProblem, IntArray, Level

# Groups that are listed, and people with people looked at on the way: below a second, some 100 megabytes.
MOST_PEOPLE, MOST_GROUPS, MOST_LOOKED_AT = 400, 50_000, 4_000_000
# Prices are fractions of it; costs and tolls up to the others can be multiplied by it and added up.
UNIT, MOST_COST, MOST_TOLL = 2**20, 2**26, 2**12
# What rounding may take from a limit before it counts as less than a whole number.
ROUNDED = UNIT // 1000

# Groups as rows of members, and what each costs: in the level that is counted, then in those above.
Listed = tuple[IntArray, IntArray]


def priced_bound(
    problem: GroupProblem,
    level: Level,
    above: Sequence[tuple[Level, int]],
    sizes: Sequence[int],
    limit: int,
) -> int:
    """What groups of given sizes cost at least in one level, as far as it is below a limit.

    Prices of people are what the linear program says in which groups may be taken by fractions: together
    the people of no group that could still be part of something better pay more than it costs. They come
    from floating point; what they prove is added up in integers, so that an error makes the bound weaker,
    never wrong, and a margin makes it the same on every machine.

    Parameters
    ----------
    problem : GroupProblem
        Of n people.
    level : Level
        What is counted, sit-outs aside.
    above : sequence of (Level, int)
        Levels above, and what all groups together may cost in each.
    sizes : sequence of int
        Sizes of all groups; people beyond their sum sit out.
    limit : int
        What is achieved, from 0.

    Returns
    -------
    int
        From 0 to `limit`; 0 for more than 400 people, or if more than 50,000 groups would have to be listed.

    References
    ----------
    .. [1] Barnhart, Johnson, Nemhauser, Savelsbergh, Vance: Branch-and-price: column generation for solving
       huge integer programs. Operations Research 46 (1998) 316-329. doi:10.1287/opre.46.3.316

    Examples
    --------
    >>> met = np.kron(np.eye(2, dtype=np.int64), np.ones((3, 3), np.int64))
    >>> level = Level("repeats", met)
    >>> problem = GroupProblem(np.ones((6, 6), bool), np.zeros(6, np.int64), (level,), 3)
    >>> priced_bound(problem, level, [], [3, 3], limit=2)
    2
    """
    if problem.people > MOST_PEOPLE or max(limit, *(cap for _, cap in above), 0) > MOST_COST:
        return 0
    everybody = np.arange(problem.people)
    usable = problem.allows(everybody, everybody).copy()
    np.fill_diagonal(usable, False)
    for other, cap in above:
        usable &= other.between(everybody, everybody) <= cap
    # Whoever sits out is a group of one, which costs nothing here.
    counts = Counter([*sizes, *[1] * (problem.people - sum(sizes))])
    caps = np.array([limit - 1, *(cap for _, cap in above)])
    listed = []
    for size in counts:
        members = _groups(usable, level.between(everybody, everybody), size, limit)
        if members is None:
            return 0
        costs = np.stack([_costs(problem, each, members) for each in (level, *(each for each, _ in above))])
        kept = (costs <= caps[:, None]).all(axis=0)
        if not kept.any():
            return limit
        listed.append((members[kept], costs[:, kept]))
    if sum(len(members) for members, _ in listed) > MOST_GROUPS:
        return 0
    prices, tolls = _prices(problem.people, listed, [*counts.values()], caps)
    total = int(prices.sum()) - int(tolls @ caps[1:])
    for (members, costs), count in zip(listed, counts.values(), strict=True):
        beyond = costs[0] * UNIT + tolls @ costs[1:] - prices[members].sum(axis=1)
        total += count * int(beyond.min())
    return max(0, min(limit, -(-(total - ROUNDED) // UNIT)))


def _costs(problem: GroupProblem, level: Level, members: IntArray) -> IntArray:
    """What each group costs in one level; nothing if it is of one person."""
    everybody = np.arange(problem.people)
    links, size = level.between(everybody, everybody), members.shape[1]
    costs = np.zeros(len(members), np.int64)
    for one, other in combinations(range(size), 2):
        costs += links[members[:, one], members[:, other]]
    department = problem.department[members]
    same: BoolArray = (department == department[:, :1]).all(axis=1) & (size > 1)
    return costs + same * level.one_department


def _prices(
    people: int, listed: Sequence[Listed], counts: Sequence[int], caps: IntArray
) -> tuple[IntArray, IntArray]:
    """What people pay in the cheapest cover by fractions of so many groups of each list, and tolls.

    A toll is what one unit of a level above adds to the cost, so that together they keep to its cap.
    Whoever they cannot cover can be bought for what is achieved, so that there always is a cover.
    """
    members = [*(members for members, _ in listed), np.arange(people)[:, None]]
    alone = np.zeros((len(caps), people), np.int64)
    alone[0] = caps[0] + 1
    costs = np.concatenate([*(costs for _, costs in listed), alone], axis=1)
    widths = np.concatenate([np.full(len(each), each.shape[1]) for each in members])
    lists = np.concatenate([np.full(len(each), place) for place, each in enumerate(members)])
    rows = np.concatenate([each.ravel() for each in members])
    columns = np.arange(len(lists))
    cover = csr_array((np.ones(len(rows)), (rows, np.repeat(columns, widths))))
    in_list = csr_array((np.ones(len(lists)), (lists, columns)))
    # SciPy's types do not say that it takes sparse constraints.
    sparse: tuple[Any, Any] = vstack([in_list, csr_array(costs[1:])]), cover
    solved = linprog(
        costs[0],
        A_ub=sparse[0],
        b_ub=np.array([*counts, people, *caps[1:]]),
        A_eq=sparse[1],
        b_eq=np.ones(people),
        method="highs",
    )
    if solved.status != 0:
        return np.zeros(people, np.int64), np.zeros(len(caps) - 1, np.int64)
    # Any prices, and any tolls from 0, prove something; these sums stay below 2**63.
    prices = np.clip(solved.eqlin.marginals, -caps[0] - 1, caps[0] + 1)
    tolls = np.clip(-solved.ineqlin.marginals[len(counts) + 1 :], 0, MOST_TOLL)
    return np.asarray(np.rint(prices * UNIT), np.int64), np.asarray(np.rint(tolls * UNIT), np.int64)


def _groups(usable: BoolArray, links: IntArray, size: int, limit: int) -> IntArray | None:
    """All groups of usable links that cost less than the limit, as rows; None if too many."""
    members, costs = np.arange(len(usable))[:, None], np.zeros(len(usable), np.int64)
    for _ in range(size - 1):
        if len(members) * len(usable) > MOST_LOOKED_AT:
            return None
        more = np.repeat(costs[:, None], len(usable), axis=1)
        fits = np.arange(len(usable)) > members[:, -1:]
        for each in members.T:
            more += links[each]
            fits &= usable[each]
        group, last = np.nonzero(fits & (more < limit))
        members, costs = np.column_stack((members[group], last)), more[group, last]
    return members
