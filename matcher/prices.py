"""A price for each person, from which the least cost of any set of pairs can be read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matcher.scale import Words

Numbers = NDArray[np.int64]

FORBIDDEN = np.int64(1 << 60)


@dataclass(frozen=True, slots=True, eq=False)
class PairCosts:
    """What it costs to pair any two of n people.

    Parameters
    ----------
    words : tuple of array of int, shape (n, n)
        Symmetric costs, not negative, heaviest word first; see `matcher.scale.Scale`.
    allowed : array of bool, shape (n, n)
        Symmetric; False on the diagonal.
    bases : tuple of int
        What one unit of each word is worth.
    seat : int
        Cost of leaving a person over, in units of the first word: more than all pairs together.
    """

    words: Words
    allowed: NDArray[np.bool_]
    bases: tuple[int, ...]
    seat: int

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.allowed)

    @property
    def exact_seat(self) -> int:
        """Cost of leaving a person over, as one integer."""
        return self.seat * self.bases[0]

    def among(self, members: Numbers) -> "PairCosts":
        """The same for some of the people, renumbered."""
        block = np.ix_(members, members)
        return PairCosts(
            tuple(word[block] for word in self.words), self.allowed[block], self.bases, self.seat
        )


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """A solution of the fractional matching problem, and the prices that prove it optimal.

    Attributes
    ----------
    doubled : tuple of array of int, shape (n,)
        Twice the price of each person, one array for each word.
    partner : array of int, shape (n,)
        A permutation: each person is half paired with their partner and half with whose partner they are;
        whoever is their own partner has a seat.
    """

    doubled: tuple[Numbers, ...]
    partner: Numbers

    def whole(self) -> Numbers:
        """Pairs along the cycles of the permutation; -1 for one person of each cycle of odd length."""
        mate = np.full(len(self.partner), -1)
        seen = mate == 0
        partner = self.partner.tolist()
        for start in range(len(partner)):
            if seen[start]:
                continue
            cycle = [start]
            while partner[cycle[-1]] != start:
                cycle.append(partner[cycle[-1]])
            seen[cycle] = True
            last = len(cycle) // 2 * 2
            mate[cycle[:last:2]], mate[cycle[1:last:2]] = cycle[1:last:2], cycle[:last:2]
        return mate


def relax(costs: PairCosts) -> Relaxed:
    """Solve the fractional matching problem, word by word.

    For prices y, ``y[i] + y[j] <= cost[i, j]`` and ``y[i] <= seat``, words being compared one after the
    other. So for every set of people the pairs and seats that place them cost at least the sum of their
    prices. The best such prices come from symmetric assignment problems, whose half-integral solutions
    are those of the matching problem without its odd-set constraints; twice a price is therefore whole.
    The first word is solved on all pairs, and each further one on the pairs that are tight so far: these
    are the only ones of any solution that is best in the words before.

    Parameters
    ----------
    costs : PairCosts
        Of n people, with totals below 2**48 in each word.

    Returns
    -------
    Relaxed
        ``2 * y`` and the solution; empty for nobody.

    References
    ----------
    .. [1] Crouse: On implementing 2D rectangular assignment algorithms. IEEE Transactions on Aerospace and
       Electronic Systems 52 (2016) 1679-1696. doi:10.1109/TAES.2016.140952
    .. [2] Balinski: Integer programming: methods, uses, computation. Management Science 12 (1965) 253-313.
       doi:10.1287/mnsc.12.3.253

    Examples
    --------
    >>> costs = PairCosts((np.array([[0, 3], [3, 0]]),), ~np.eye(2, dtype=bool), (1,), seat=100)
    >>> relaxed = relax(costs)
    >>> sum(relaxed.doubled[0].tolist()), relaxed.whole().tolist()
    (6, [1, 0])
    """
    seats = np.diag_indices(costs.size)
    open_ = costs.allowed.copy()
    open_[seats] = True
    doubled: list[Numbers] = []
    columns = np.arange(0)
    for place, word in enumerate(costs.words):
        priced = np.where(open_, word, FORBIDDEN)
        # A person in two seats stands for two people in one each.
        priced[seats] = np.where(open_[seats], 2 * costs.seat * (place == 0), FORBIDDEN)
        columns = _assign(priced)
        row_price, column_price = _duals(priced, columns)
        doubled.append(row_price + column_price)
        if place + 1 < len(costs.words):
            open_ &= 2 * priced == doubled[-1][:, None] + doubled[-1]
    return Relaxed(tuple(doubled), columns)


def assign(words: Words) -> Numbers:
    """The column of each row in an assignment of least cost, words being compared one after the other.

    Parameters
    ----------
    words : tuple of array of int, shape (n, n)
        Costs, heaviest word first; they need not be symmetric.

    Returns
    -------
    array of int, shape (n,)

    Examples
    --------
    >>> assign((np.array([[0, 0], [0, 0]]), np.array([[1, 0], [0, 1]]))).tolist()
    [1, 0]
    """
    columns = _assign(words[0])
    square = words[0]
    for word in words[1:]:
        rows_price, columns_price = _duals(square, columns)
        square = np.where(square == rows_price[:, None] + columns_price, word, FORBIDDEN)
        columns = _assign(square)
    return columns


def _assign(square: Numbers) -> Numbers:
    priced = square.astype(np.float64)
    priced[square >= FORBIDDEN] = np.inf
    columns: Numbers = linear_sum_assignment(priced)[1]
    return columns


def _duals(square: Numbers, columns: Numbers) -> tuple[Numbers, Numbers]:
    """Optimal prices of rows and columns: shortest paths between the rows of an optimal assignment."""
    size = len(square)
    assigned = square[np.arange(size), columns]
    row_of = np.empty(size, np.int64)
    row_of[columns] = np.arange(size)
    # A column costs at most what an assigned row would pay to change to it.
    change = square - assigned[:, None]
    column_price = np.zeros(size, np.int64)
    moved = np.arange(size)
    while len(moved):
        offered = (change[moved] + column_price[columns[moved]][:, None]).min(axis=0)
        lower = np.flatnonzero(offered < column_price)
        column_price[lower] = offered[lower]
        moved = row_of[lower]
    return assigned - column_price[columns], column_price
