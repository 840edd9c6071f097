"""Sparse facts about pairs of people, read in blocks: who has met, who must not be introduced."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

People = NDArray[np.integer]
Values = NDArray[Any]


class PairTable:
    """One value for some of the pairs of n people.

    Pairs are stored by their first and by their second person, in two lists of one row a person. So
    reading a block costs what its people know of others, whatever the size of the company.

    Parameters
    ----------
    size : int
        How many people, numbered 0 to n - 1.
    low, high : array of int32, shape (m,)
        The two of each pair, ascending by `low` and then by `high`; no pair is listed twice.
    values : array, shape (m,)
        What is known of each pair.

    Examples
    --------
    >>> table = PairTable(4, np.array([0, 1]), np.array([2, 3]), np.array([5, 6]))
    >>> table.among(np.array([2, 3]), np.array([0, 1]), missing=-1).tolist()
    [[5, -1], [-1, 6]]
    """

    def __init__(self, size: int, low: People, high: People, values: Values) -> None:
        self._size = size
        self._type = values.dtype
        start = np.zeros(size + 1, np.int32)
        np.cumsum(np.bincount(low, minlength=size), out=start[1:])
        after = csr_array((values, high.astype(np.int32, copy=False), start), shape=(size, size))
        before = after.tocsc()
        self._halves = [(each.indptr, each.indices, each.data) for each in (after, before)]

    def among(self, rows: People, columns: People, missing: int | bool) -> Values:
        """The values of the pairs of one of `rows` and one of the distinct `columns`, shape (r, c)."""
        found = np.full((len(rows), len(columns)), missing, self._type)
        place = np.full(self._size, -1, np.int32)
        place[columns] = np.arange(len(columns))
        for start, other, value in self._halves:
            first, known = start[rows], start[rows + 1] - start[rows]
            at = np.repeat(first - (np.cumsum(known) - known), known) + np.arange(known.sum())
            row, column = np.repeat(np.arange(len(rows)), known), place[other[at]]
            here = column >= 0
            found[row[here], column[here]] = value[at[here]]
        return found

    def others(self, i: int) -> Iterator[int]:
        """Everybody of whom something is known together with one person."""
        for start, other, _ in self._halves:
            yield from other[start[i] : start[i + 1]].tolist()
