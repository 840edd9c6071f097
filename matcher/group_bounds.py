"""What no groups can beat: limits of each priority, and for a few people the best of all groups."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import maximum_bipartite_matching

from matcher.group_costs import SEATING, BoolArray, GroupProblem, IntArray, Level, misfit, wanted_sizes
from matcher.group_prices import priced_bound

# People whose links are looked at together: some megabytes.
CHUNK = 256
# Costs below which listing groups anew is worth it whenever they are lower.
FEW = 10


class Bounds:
    """Proven lower bounds of the priorities, each given the best of those above it.

    People sit out at least as many as the best half-integral pairing leaves over. A level of links costs
    at least half of what everybody's cheapest partners cost, where partners who cost anything in a level
    above that is proven to be 0 do not count. Every group that is not of one department has somebody from
    outside the largest. Where all groups can be listed, `matcher.group_prices` says more.

    Parameters
    ----------
    problem : GroupProblem
        Whose bounds they are. What is once computed is kept.

    References
    ----------
    .. [1] Balinski: Integer programming: methods, uses, computations. Management Science 12 (1965) 253-313.
       doi:10.1287/mnsc.12.3.253
    """

    def __init__(self, problem: GroupProblem) -> None:
        self._problem = problem
        self._everybody = np.arange(problem.people)
        self._without_partner: IntArray | None = None
        self._least_sit_outs: int | None = None
        self._cheapest: dict[tuple[str, ...], IntArray] = {}
        self._priced: dict[tuple[object, ...], tuple[int, int]] = {}

    def of(self, values: Mapping[str, int], sizes: IntArray) -> dict[str, int]:
        """The bounds beside the values of some groups.

        Parameters
        ----------
        values : mapping of str to int
            What the groups achieve; a bound equal to its value is a proof, if those above it are.
        sizes : int64 array
            Sizes of the groups.

        Returns
        -------
        dict of str to int
            No choice has less. Below a priority that is not proven, what holds in any case.
        """
        bounds = dict.fromkeys(values, 0)
        bounds["sit_outs"] = self._sit_outs(values["sit_outs"])
        if bounds["sit_outs"] < values["sit_outs"]:
            return bounds
        wanted = wanted_sizes(self._problem.people - values["sit_outs"], self._problem.size)
        misfits = [misfit(members, self._problem.size) for members in wanted]
        bounds["missing_seats"] = sum(missing for missing, _ in misfits)
        bounds["extra_seats"] = sum(extra for _, extra in misfits)
        if any(bounds[name] < values[name] for name in SEATING):
            return bounds
        above: list[tuple[Level, int]] = []
        proven = True
        for level in self._problem.levels:
            value = values[level.name]
            alone = self._alone(level, values["sit_outs"])
            if value:
                bounds[level.name] = alone + self._groups(level, above, value - alone, sizes)
            proven = proven and bounds[level.name] == value
            if proven:
                above.append((level, value - alone))
        return bounds

    def _sit_outs(self, achieved: int) -> int:
        if not achieved:
            return 0
        if self._least_sit_outs is None:
            chunks = [self._partners_of(rows) for rows in self._chunks()]
            self._without_partner = np.flatnonzero(np.concatenate([each.sum(axis=1) == 0 for each in chunks]))
            matched = maximum_bipartite_matching(vstack([csr_array(each) for each in chunks], format="csr"))
            self._least_sit_outs = int((matched < 0).sum())
        return self._least_sit_outs

    def _chunks(self) -> list[IntArray]:
        return np.array_split(self._everybody, -(-len(self._everybody) // CHUNK))

    def _partners_of(self, rows: IntArray) -> BoolArray:
        """With whom some people may be, shape (r, n)."""
        partners = self._problem.allows(rows, self._everybody).copy()
        partners[np.arange(len(rows)), rows] = False
        return partners

    def _groups(self, level: Level, above: list[tuple[Level, int]], value: int, sizes: IntArray) -> int:
        """What the groups cost at least in one level, given what they may cost in those above."""
        clean = [other for other, cap in above if not cap]
        least = self._links(level, clean, sizes) + self._one_department(level, sizes)
        if least >= value:
            return least
        key = (level.name, *above, *sizes.tolist())
        limit, priced = self._priced.get(key, (2**63, 0))
        # What holds up to a higher limit holds up to this one; a much lower one leaves fewer groups to list.
        if priced < value and (2 * value < limit or value < min(limit, FEW)):
            priced = priced_bound(self._problem, level, above, sizes.tolist(), value)
            self._priced[key] = value, priced
        return max(least, min(priced, value))

    def _alone(self, level: Level, sit_outs: int) -> int:
        """What so many people cost at least who sit out, among them all without a partner."""
        if level.sit_outs is None or self._without_partner is None:
            return 0
        forced = level.sit_outs[self._without_partner]
        others = np.sort(np.delete(level.sit_outs, self._without_partner))
        return int(forced.sum() + others[: sit_outs - len(forced)].sum())

    def _one_department(self, level: Level, sizes: IntArray) -> int:
        largest = int(np.bincount(self._problem.department).max())
        return max(0, len(sizes) - (self._problem.people - largest)) * level.one_department

    def _links(self, level: Level, clean: list[Level], sizes: IntArray) -> int:
        if not level.most_link:
            return 0
        cheapest = self._partners(level, clean)
        doubled = 0
        for nth in range(int(sizes.max(initial=1)) - 1):
            members = int(sizes[sizes > nth + 1].sum())
            doubled += int(np.sort(cheapest[:, nth])[:members].sum())
        return -(-doubled // 2)

    def _partners(self, level: Level, clean: list[Level]) -> IntArray:
        """What everybody's cheapest partners cost, in ascending order; shape (n, people in a group - 1)."""
        key = (level.name, *(each.name for each in clean))
        if key not in self._cheapest:
            count = self._problem.most - 1
            self._cheapest[key] = np.concatenate(
                [self._cheapest_of(rows, level, clean)[:, :count] for rows in self._chunks()]
            )
        return self._cheapest[key]

    def _cheapest_of(self, rows: IntArray, level: Level, clean: list[Level]) -> IntArray:
        costs = level.between(rows, self._everybody)
        usable = self._partners_of(rows)
        for other in clean:
            if other.most_link:
                usable &= other.between(rows, self._everybody) == 0
        costs = np.where(usable, costs, level.most_link or 0)
        count = min(self._problem.most - 1, len(self._everybody) - 1)
        return np.sort(np.partition(costs, count - 1, axis=1)[:, :count], axis=1)


def exact_groups(problem: GroupProblem) -> tuple[list[tuple[int, ...]], list[int]]:
    """The best of all groups, by trying for each set of people each group of its first person.

    Parameters
    ----------
    problem : GroupProblem
        Of n people; it takes 3**n / n steps and 2**n numbers, so up to a dozen people are quick.

    Returns
    -------
    groups : list of tuple of int
    left_over : list of int
        Both empty for nobody.

    References
    ----------
    .. [1] Yeh: A dynamic programming approach to the complete set partitioning problem. BIT 26 (1986)
       467-474. doi:10.1007/BF01935053

    Examples
    --------
    >>> met = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    >>> problem = GroupProblem(met == 0, np.zeros(4, np.int64), (), 3)
    >>> exact_groups(problem)
    ([(0, 3), (1, 2)], [])
    """
    cost = _costs_of_groups(problem)
    full = (1 << problem.people) - 1
    best = [0] * (full + 1)
    choice = [0] * (full + 1)
    for people in range(1, full + 1):
        first = people & -people
        rest = others = people ^ first
        best[people] = cost[first] + best[rest]
        choice[people] = first
        while others:
            own = cost.get(first | others)
            if own is not None and own + best[rest ^ others] < best[people]:
                best[people] = own + best[rest ^ others]
                choice[people] = first | others
            others = (others - 1) & rest
    groups = []
    while full:
        groups.append(tuple(i for i in range(problem.people) if choice[full] >> i & 1))
        full ^= choice[full]
    return [group for group in groups if len(group) > 1], [group[0] for group in groups if len(group) == 1]


def _costs_of_groups(problem: GroupProblem) -> dict[int, int]:
    """The cost of each group that the rules allow, one person alone included, as one integer."""
    people = problem.people
    spans = [people, people * problem.size**2, people, *(problem.span(level) for level in problem.levels)]
    everybody = np.arange(people)
    allowed = problem.allows(everybody, everybody)

    def weight(costs: tuple[int, ...]) -> int:
        total = 0
        for own, span in zip(costs, spans, strict=True):
            total = total * (span + 1) + own
        return total

    cost = {1 << i: weight(tuple(problem.values([], [i]).values())) for i in range(people)}
    for size in range(2, problem.most + 1):
        for members in combinations(range(people), size):
            if all(allowed[i, j] for i, j in combinations(members, 2)):
                cost[sum(1 << i for i in members)] = weight(problem.group_costs(members))
    return cost
