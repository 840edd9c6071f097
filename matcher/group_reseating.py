"""Reseating: one person of every group gets another seat, all of them at once and as well as possible."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from matcher.group_costs import BoolArray, IntArray, Words

# More than any word, and small enough that two of them add up.
NEVER = np.int64(2**61)


class Draws:
    """Random choices that are the same on every machine and with every version of NumPy.

    NumPy promises the stream of a bit generator to stay as it is, but not what `Generator` makes of it.
    """

    def __init__(self, seed: int) -> None:
        self._bits = np.random.PCG64([abs(seed), int(seed < 0)])

    def below(self, limits: IntArray) -> IntArray:
        """One number from 0 below each limit, all of which are at least 1."""
        drawn = self._bits.random_raw(len(limits)) >> np.uint64(2)
        return drawn.astype(np.int64) % limits

    def one_below(self, limit: int) -> int:
        """A number from 0 below a limit of at least 1."""
        return int(self._bits.random_raw()) % limit

    def order(self, size: int) -> IntArray:
        """The numbers from 0 below a size, shuffled."""
        return np.argsort(self._bits.random_raw(size), kind="stable")


def reseat(words: Words, place: IntArray, tables: IntArray, draws: Draws) -> bool:
    """Take one person from each of some groups and give these people the best of the free seats.

    All of these seats are filled at once by an assignment of least cost, so that it never gets worse and
    one call tries as many arrangements as there are orders of the groups. People who sit out take part
    as groups of one.

    Parameters
    ----------
    words : Words
        What groups cost.
    place : int64 array, shape (n,)
        The group of each person, changed in place; whoever is alone in one sits out.
    tables : int64 array
        The groups that take part.
    draws : Draws
        Who is taken, and the order that decides among equals.

    Returns
    -------
    bool
        Whether the groups cost less than before.

    References
    ----------
    .. [1] Ahuja, Ergun, Orlin, Punnen: A survey of very large-scale neighborhood search techniques. Discrete
       Applied Mathematics 123 (2002) 75-102. doi:10.1016/S0166-218X(01)00338-9
    """
    people = np.flatnonzero(np.isin(place, tables))
    people = people[np.argsort(place[people], kind="stable")]
    _, starts, sizes = np.unique(place[people], return_index=True, return_counts=True)
    shuffled = draws.order(len(starts))
    taken = starts + draws.below(sizes)
    movers, rest = people[taken[shuffled]], np.delete(people, taken)
    costs = _seat_costs(words, movers, rest, sizes)
    seats = _assign(costs)
    rows = np.arange(len(movers))
    gain = costs[:, rows, shuffled].sum(1) - costs[:, rows, seats].sum(1)
    place[movers] = place[people[taken]][seats]
    return bool(gain.any())


def _seat_costs(words: Words, movers: IntArray, rest: IntArray, sizes: IntArray) -> IntArray:
    """What each of the movers costs at each table, shape (words, movers, tables)."""
    costs = np.empty((words.count, len(movers), len(sizes)), np.int64)
    costs[:] = words.alone[:, movers, None]
    real = sizes > 1
    if len(rest):
        ends = np.cumsum(sizes[real] - 1)
        starts = np.concatenate(([0], ends[:-1]))
        department = words.problem.department
        costs[:, :, real] = np.add.reduceat(words.between(movers, rest), starts, axis=2)
        least = np.minimum.reduceat(department[rest], starts)
        most = np.maximum.reduceat(department[rest], starts)
        one = (least == most) & (department[movers][:, None] == least)
        costs[:, :, real] += one * words.one_department[:, None, None]
    return costs


def _assign(costs: IntArray) -> IntArray:
    """The column of each row so that the first word costs least, then the second, and so on."""
    rows = np.arange(costs.shape[1])
    closed = np.zeros(costs.shape[1:], np.bool_)
    for word, own in enumerate(costs):
        columns: IntArray = linear_sum_assignment(np.where(closed, np.inf, own))[1]
        if word + 1 < len(costs):
            closed |= ~_tight(np.where(closed, NEVER, own), columns, rows)
    return columns


def _tight(costs: IntArray, columns: IntArray, rows: IntArray) -> BoolArray:
    """The cells that an assignment of least cost can use, by the prices that prove this one to be the least.

    Prices are the lengths of shortest paths over what each row pays beyond its own column.
    """
    beyond = costs - costs[rows, columns][:, None]
    prices = np.zeros(len(rows), np.int64)
    while True:
        lower = np.minimum(prices, (prices[columns][:, None] + beyond).min(axis=0))
        if np.array_equal(lower, prices):
            return np.asarray(prices[columns][:, None] + beyond == prices)
        prices = lower
