"""Sparse facts about pairs of people, read in blocks: who has met, who must not be introduced."""

import numpy as np
from numpy.typing import NDArray

People = NDArray[np.int64]


class PairTable:
    """One small number for some of the pairs of n people.

    Rows are stored for both people of a pair, one after the other, so that reading a block costs what its
    people know of others, whatever the size of the company.

    Parameters
    ----------
    size : int
        How many people, numbered 0 to n - 1.
    low, high : array of int, shape (m,)
        The two of each pair; no pair is listed twice.
    values : array, shape (m,)
        What is known of each pair.

    Examples
    --------
    >>> table = PairTable(4, np.array([0, 1]), np.array([2, 3]), np.array([5, 6]))
    >>> table.among(np.array([2, 3]), np.array([0, 1]), missing=-1).tolist()
    [[5, -1], [-1, 6]]
    """

    def __init__(
        self, size: int, low: NDArray[np.integer], high: NDArray[np.integer], values: NDArray[np.generic]
    ) -> None:
        one = np.concatenate((low, high)).astype(np.int32)
        order = np.argsort(one, kind="stable")
        self._start = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(one, minlength=size), out=self._start[1:])
        self._other = np.concatenate((high, low)).astype(np.int32)[order]
        self._value = np.concatenate((values, values))[order]
        self._size = size

    def among(self, rows: People, columns: People, missing: int | bool) -> NDArray[np.generic]:
        """The values of all pairs of one of `rows` and one of `columns`, shape (r, c)."""
        found = np.full((len(rows), len(columns)), missing, self._value.dtype)
        if len(self._other) == 0:
            return found
        place = np.full(self._size, -1, np.int32)
        place[columns] = np.arange(len(columns))
        first, known = self._start[rows], self._start[rows + 1] - self._start[rows]
        at = np.repeat(first - (np.cumsum(known) - known), known) + np.arange(known.sum())
        row, column = np.repeat(np.arange(len(rows)), known), place[self._other[at]]
        here = column >= 0
        found[row[here], column[here]] = self._value[at[here]]
        return found

    def others(self, i: int) -> NDArray[np.int32]:
        """Everybody of whom something is known together with one person."""
        return self._other[self._start[i] : self._start[i + 1]]
