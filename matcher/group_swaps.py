"""Swaps of two people between groups, by a search that may leave the good in order to find the better."""

import numpy as np

from matcher.group_costs import BoolArray, GroupProblem, IntArray
from matcher.group_reseating import Draws

NEVER = np.int64(2**61)
# People whose swaps with anybody are looked at in one step.
ROWS = 64
# Steps for which two people who moved do not go back: at least, and how many more by chance.
REST, REST_MORE = 3, 5
# What the largest cost of the last level weighs, and of another at first and at most. A cost may be a small
# part of the largest, and what swapping two people changes stays below 2**61.
UNIT = 2**44
FIRST, MOST = 4 * UNIT, 128 * UNIT
# Steps after which weights change.
PATIENCE = 10


class Swaps:
    """Tabu search with oscillating weights that swaps two people of different groups.

    In each step the best swap of some people with anybody is made even where it is not better, and those
    two do not go back for some steps. What is best is told by weights: a level that stays worse than in the
    best groups so far weighs more, one that stays as good weighs less. So the search passes through groups
    with a repeat, or even a pair that is not allowed, to others without, which swaps that never make
    anything worse do not reach. The weights decide only where it goes: the best groups are chosen by the
    exact costs of the levels, one after the other.

    Parameters
    ----------
    problem : GroupProblem
        What groups cost.
    people : int64 array, shape (b,)
        The people of some groups.
    place : int64 array, shape (b,)
        The group of each, numbered from 0 without a gap; whoever is alone in one sits out.
    draws : Draws
        Decides among equals.
    narrow : bool
        Whether levels below the heaviest one that costs anything weigh nothing until that is mended.

    Attributes
    ----------
    best : int64 array, shape (b,)
        The best places so far.

    References
    ----------
    .. [1] Cotta, Dotú, Fernández, Van Hentenryck: Scheduling social golfers with memetic evolutionary
       programming. Lecture Notes in Computer Science 4030 (2006) 150-161. doi:10.1007/11890584_12
    .. [2] Gallego, Laguna, Martí, Duarte: Tabu search with strategic oscillation for the maximally diverse
       grouping problem. Journal of the Operational Research Society 64 (2013) 724-734.
       doi:10.1057/jors.2012.66
    """

    def __init__(
        self, problem: GroupProblem, people: IntArray, place: IntArray, draws: Draws, narrow: bool
    ) -> None:
        self._narrow = narrow
        self._draws = draws
        self._everybody = np.arange(len(people))
        self._place = place.copy()
        self._sizes = np.bincount(place)
        self._real = (self._sizes > 1).astype(np.int64)
        self._department = np.unique(problem.department[people], return_inverse=True)[1]
        # From here on level 0 is of the pairs that are not allowed.
        links = [
            ~problem.allows(people, people),
            *(level.between(people, people) for level in problem.levels),
        ]
        self._links = np.stack(links).astype(np.int64)
        self._links[:, self._everybody, self._everybody] = 0
        self._one = np.array([0, *(level.one_department for level in problem.levels)])
        alone = np.zeros((len(links), len(people)), np.int64)
        for row, level in enumerate(problem.levels, start=1):
            alone[row] += 0 if level.sit_outs is None else level.sit_outs[people]
        largest = np.maximum(self._links.max(axis=(1, 2), initial=1), alone.max(axis=1, initial=1))
        self._largest = np.maximum(largest, self._one)
        self._count(alone)
        self._weights = np.full(len(links), FIRST)
        self._weights[-1] = UNIT
        self._good, self._bad = np.zeros(len(links), np.int64), np.zeros(len(links), np.int64)
        self.best, self._least = self._place.copy(), self._cost.tolist()
        self._weigh()
        self._rest = np.zeros((len(people), len(self._sizes)), np.int64)
        self._step = 0

    def _count(self, alone: IntArray) -> None:
        """Fill the tables of what each person costs in each group, and of departments in groups."""
        member = np.zeros((len(self._sizes), len(self._place)), np.int64)
        member[self._place, self._everybody] = 1
        self._in = np.where(self._real, self._links @ member.T, alone[:, :, None])
        self._counts = member @ np.eye(self._department.max() + 1, dtype=np.int64)[self._department]
        self._single, self._lacks = np.zeros_like(self._sizes), np.zeros_like(self._counts)
        self._count_departments(np.arange(len(self._sizes)))
        own, seated = self._in[:, self._everybody, self._place], self._real[self._place] == 1
        self._cost = own[:, seated].sum(axis=1) // 2 + own[:, ~seated].sum(axis=1)
        self._cost += self._one * self._single.sum()

    def _weigh(self) -> None:
        """Sum the levels up by their weights."""
        weights = self._weights // self._largest
        if self._narrow and any(self._least):
            weights[1 + next(level for level, own in enumerate(self._least) if own) :] = 0
        self._soft_links = np.tensordot(weights, self._links, 1)
        self._soft_in = np.tensordot(weights, self._in, 1)
        self._soft_own = self._soft_in[self._everybody, self._place]
        self._soft_one = int(weights @ self._one)

    def run(self, steps: int) -> bool:
        """Make some swaps; returns whether `best` is better than before."""
        before = list(self._least)
        for _ in range(steps):
            if not any(self._least):
                break
            self._step += 1
            self._swap_best(self._rows())
            cost = self._cost.tolist()
            if cost < self._least:
                self._least = cost
                self.best = self._place.copy()
            self._judge(cost)
        return bool(self._least < before)

    def _judge(self, cost: list[int]) -> None:
        """Note which levels are not as good as they could be, and change the weights from time to time."""
        for level, own in enumerate(cost):
            (self._bad if own else self._good)[level] += 1
            if own != self._least[level]:
                break
        if self._step % PATIENCE == 0:
            self._weights[self._bad == PATIENCE] += self._weights[self._bad == PATIENCE] // 4
            self._weights[self._good == PATIENCE] -= self._weights[self._good == PATIENCE] // 5
            self._weights.clip(UNIT // 4, MOST, out=self._weights)
            self._weights[-1] = UNIT
            self._good[:], self._bad[:] = 0, 0
            self._weigh()

    def _rows(self) -> IntArray:
        """Members of the groups whose swaps are looked at: all if they are few, or faulty ones first."""
        if len(self._place) <= ROWS:
            return self._everybody
        shuffled = self._draws.order(len(self._sizes))
        if self._step % 4:
            faulty = self._faulty()[shuffled]
            shuffled = np.concatenate((shuffled[faulty], shuffled[~faulty]))
        enough = int(np.searchsorted(np.cumsum(self._sizes[shuffled]), ROWS)) + 1
        chosen = np.zeros(len(self._sizes), np.bool_)
        chosen[shuffled[:enough]] = True
        return np.flatnonzero(chosen[self._place])

    def _faulty(self) -> BoolArray:
        """Which groups have a fault in the heaviest level in which any has."""
        level = int((self._cost > 0).argmax())
        faulty: BoolArray = (self._single > 0) & (self._one[level] > 0)
        faulty[self._place[self._in[level, self._everybody, self._place] > 0]] = True
        return faulty

    def _swap_best(self, rows: IntArray) -> None:
        """Make the best swap of some people with anybody."""
        here, there = self._place[rows][:, None], self._place
        costs = self._soft_costs(rows)
        resting = np.maximum(self._rest[rows][:, there], self._rest[:, here[:, 0]].T) > self._step
        costs[resting | (here == there) | (self._real[here] + self._real[there] == 0)] = NEVER
        equal = np.flatnonzero(costs == costs.min())
        row, j = divmod(int(equal[self._draws.one_below(len(equal))]), len(there))
        if costs[row, j] < NEVER:
            self._swap(int(rows[row]), j)

    def _soft_costs(self, rows: IntArray) -> IntArray:
        """What swapping some people with anybody adds by weight; shape (rows, b)."""
        here, there = self._place[rows], self._place
        costs: IntArray = self._soft_in[rows][:, there] + self._soft_in[:, here].T
        costs -= self._soft_own[rows][:, None] + self._soft_own
        costs -= self._soft_links[rows] * (self._real[here][:, None] + self._real[there])
        if self._soft_one and (self._lacks.any() or self._single.any()):
            d, e = self._department[rows], self._department
            change = self._lacks[here][:, e] + self._lacks[:, d][there].T
            change -= self._single[here][:, None] + self._single[there]
            costs += (d[:, None] != e) * change * self._soft_one
        return costs

    def _swap(self, i: int, j: int) -> None:
        here, there = int(self._place[i]), int(self._place[j])
        within, links, both = self._in, self._links[:, i, j], self._real[[here, there]]
        self._cost += within[:, i, there] + within[:, j, here] - within[:, i, here] - within[:, j, there]
        self._cost -= links * both.sum() + self._one * self._single[[here, there]].sum()
        change = (self._links[:, j] - self._links[:, i])[:, :, None] * (both * [1, -1])
        self._in[:, :, [here, there]] += change
        change = (self._soft_links[j] - self._soft_links[i])[:, None] * (both * [1, -1])
        self._soft_in[:, [here, there]] += change
        d, e = self._department[i], self._department[j]
        self._counts[[here, there], d] += [-1, 1]
        self._counts[[here, there], e] += [1, -1]
        self._place[i], self._place[j] = there, here
        self._count_departments(np.array([here, there]))
        self._cost += self._one * self._single[[here, there]].sum()
        moved = np.flatnonzero((self._place == here) | (self._place == there))
        self._soft_own[moved] = self._soft_in[moved, self._place[moved]]
        until = self._step + REST + self._draws.one_below(REST_MORE)
        self._rest[i, here] = self._rest[j, there] = until

    def _count_departments(self, groups: IntArray) -> None:
        """Which groups are of one department, and which would be if somebody of it replaced the last."""
        sizes, real = self._sizes[groups], self._real[groups]
        self._single[groups] = (self._counts[groups].max(axis=1) == sizes) * real
        self._lacks[groups] = (self._counts[groups] == sizes[:, None] - 1) * real[:, None]
