"""Millions of past pairs as one number each, to sort and merge them in little memory."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from matcher.people import PastPairs

Ids = NDArray[np.integer]
Numbers = NDArray[np.int64]

# The days before the year 10,000, each of those who have met and of others.
STATES = 1 << 23
# Of more people a pair and its state do not fit into one number.
MOST_PEOPLE = 1 << 20
# Pairs that are looked at together.
BLOCK = 1 << 20


class PastNumbers:
    """Past pairs of some people, each as the places of its two, its day, and whether they have met.

    Parameters
    ----------
    ids : collection of int
        The people, at most 2**20.

    Raises
    ------
    ValueError
        If there are more people.

    Examples
    --------
    >>> numbers = PastNumbers([7, 8, 9])
    >>> met = numbers.of(np.array([9, 8]), np.array([7, 1]), np.array([5, 5]), np.array([True, True]))
    >>> later = numbers.of(np.array([7]), np.array([9]), np.array([6]), np.array([False]))
    >>> past = numbers.merged([met, later])
    >>> past.a.tolist(), past.b.tolist(), past.day.tolist(), past.confirmed.tolist()
    ([7], [9], [6], [True])
    """

    def __init__(self, ids: Collection[int]) -> None:
        if len(ids) > MOST_PEOPLE:
            raise ValueError(f"A round of {len(ids)} people is too large; make programs of fewer people.")
        self._ids = np.array(sorted(ids), np.int64)

    def of(self, a: Ids, b: Ids, days: Ids, met: NDArray[np.bool_]) -> Numbers:
        """The numbers of past pairs, in their order; pairs of which one is none of the people are left out.

        Parameters
        ----------
        a, b : array of int, shape (m,)
            The two of each pair, in either order.
        days : array of int, shape (m,)
            When last, as `datetime.date.toordinal`; 0 is an unknown date.
        met : array of bool, shape (m,)
            Whether they are known to have met.
        """
        parts = [np.zeros(0, np.int64)]
        for start in range(0, len(a), BLOCK):
            some = slice(start, start + BLOCK)
            here = np.isin(a[some], self._ids) & np.isin(b[some], self._ids)
            one = np.searchsorted(self._ids, a[some][here])
            other = np.searchsorted(self._ids, b[some][here])
            pair = np.minimum(one, other) * len(self._ids) + np.maximum(one, other)
            state = 2 * days[some][here].astype(np.int64) + met[some][here]
            parts.append(pair * STATES + state)
        return np.concatenate(parts)

    def merged(self, parts: list[Numbers]) -> PastPairs:
        """All of these pairs, each once, ascending: its latest day, and whether it has met at all.

        Parameters
        ----------
        parts : list of array of int
            Numbers in any order; emptied, since they take as much memory as the result.

        Returns
        -------
        PastPairs
            Its ids have 32 bits where they fit.
        """
        numbers = np.concatenate([np.zeros(0, np.int64), *parts])
        parts.clear()
        numbers.sort()
        kept = start = 0
        while start < len(numbers):
            # A block ends with the last number of a pair.
            after = (numbers[start:][:BLOCK][-1] // STATES + 1) * STATES
            some = numbers[start : start + int(np.searchsorted(numbers[start:], after))]
            first = np.flatnonzero(np.diff(some // STATES, prepend=-1))
            latest = np.maximum.reduceat(some, first)
            numbers[kept : kept + len(first)] = latest | np.maximum.reduceat(some % 2, first)
            kept, start = kept + len(first), start + len(some)
        return self._columns(numbers[:kept])

    def _columns(self, numbers: Numbers) -> PastPairs:
        small = self._ids.max(initial=0) <= np.iinfo(np.int32).max
        a, b = np.empty((2, len(numbers)), np.int32 if small else np.int64)
        day, confirmed = np.empty(len(numbers), np.int32), np.empty(len(numbers), np.bool_)
        for start in range(0, len(numbers), BLOCK):
            some = slice(start, start + BLOCK)
            pair, state = np.divmod(numbers[some], STATES)
            one, other = np.divmod(pair, len(self._ids))
            a[some], b[some] = self._ids[one], self._ids[other]
            day[some], confirmed[some] = np.divmod(state, 2)
        return PastPairs(a, b, day, confirmed)
