"""Which people of a round have been introduced or have met, and how recently."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.pair_table import PairTable, People
from matcher.people import PastPair, PastPairs, Person, PersonId

# A confirmed meeting counts as later than any date of an unanswered introduction.
CONFIRMED = 1 << 32


class History:
    """Past pairs among people numbered 0 to n - 1; rows for one pair are merged.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    past : iterable of PastPair, or PastPairs
        A pair has the latest of its known dates, and is confirmed if any of its rows is.

    Attributes
    ----------
    low, high : array of int, shape (m,)
        The distinct pairs.
    states : int
        How many distinct states (unanswered before confirmed, unknown dates before known ones, then by
        date) there are; the pairs have ranks 0 to `states` - 1.
    """

    def __init__(self, people: Sequence[Person], past: Iterable[PastPair] | PastPairs) -> None:
        size = len(people)
        a, b, state = _numbered(people, past)
        key = np.minimum(a, b) * size + np.maximum(a, b)
        order = np.argsort(key, kind="stable")
        key, state = key[order], state[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        key = key[first]
        if len(first) < len(state):
            state = _merged(state, first)
        ranked, rank = np.unique(state, return_inverse=True)
        self.states = len(ranked)
        self.low, self.high = np.divmod(key, max(1, size))
        self._ranks = PairTable(size, self.low, self.high, rank.astype(np.int32))

    def ranks(self, rows: People, columns: People) -> NDArray[np.int32]:
        """The rank of each pair of one of `rows` and one of `columns`, shape (r, c); -1 for the unmet."""
        return self._ranks.among(rows, columns, missing=-1).astype(np.int32, copy=False)


def _numbered(
    people: Sequence[Person], past: Iterable[PastPair] | PastPairs
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The rows among these people, by number, with the state of each."""
    if isinstance(past, PastPairs):
        a, b = _numbers(people, past.a), _numbers(people, past.b)
        here = (a >= 0) & (b >= 0)
        state = past.day.astype(np.int64) + CONFIRMED * past.confirmed
        return a[here], b[here], state[here]
    number: Mapping[PersonId, int] = {person.id: i for i, person in enumerate(people)}
    rows = [
        (i, j, (row.last_on.toordinal() if row.last_on else 0) + CONFIRMED * row.confirmed)
        for row in past
        if (i := number.get(row.a)) is not None and (j := number.get(row.b)) is not None
    ]
    columns = np.array(rows, np.int64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def _numbers(people: Sequence[Person], ids: NDArray[np.integer]) -> NDArray[np.int64]:
    """The number of each id; -1 for those who are not here."""
    if not people or not all(isinstance(person.id, int) for person in people):
        return np.full(len(ids), -1, np.int64)
    own = np.array([person.id for person in people], np.int64)
    order = np.argsort(own)
    place = np.minimum(np.searchsorted(own, ids, sorter=order), len(own) - 1)
    number = order[place]
    found: NDArray[np.int64] = np.where(own[number] == ids, number, -1)
    return found


def _merged(state: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    day = np.maximum.reduceat(state % CONFIRMED, first)
    merged: NDArray[np.int64] = day + CONFIRMED * np.maximum.reduceat(state // CONFIRMED, first)
    return merged
