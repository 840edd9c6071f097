"""Which people of a round have been introduced or have met, and how recently."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.pair_table import PairTable, People
from matcher.people import PastPair, PastPairs, Person, PersonId

Numbers = NDArray[np.int32]

# A confirmed meeting counts as later than any date of an unanswered introduction; days stay below this.
CONFIRMED = 1 << 22


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
        low, high, state = _numbered(people, past)
        order = np.argsort(low.astype(np.int64) * size + high)
        low, high, state = low[order], high[order], state[order]
        first = np.flatnonzero((np.diff(low, prepend=-1) != 0) | (np.diff(high, prepend=-1) != 0))
        if len(first) < len(state):
            state = _merged(state, first)
        self.low, self.high = low[first], high[first]
        # States are small numbers, so that counting is quicker than sorting them.
        there = np.zeros(2 * CONFIRMED, np.bool_)
        there[state] = True
        distinct = np.flatnonzero(there)
        self.states = len(distinct)
        ranks = np.empty(2 * CONFIRMED, np.int32)
        ranks[distinct] = np.arange(self.states)
        self._ranks = PairTable(size, self.low, self.high, ranks[state])

    def ranks(self, rows: People, columns: People) -> NDArray[np.int32]:
        """The rank of each pair of one of `rows` and one of `columns`, shape (r, c); -1 for the unmet."""
        return self._ranks.among(rows, columns, missing=-1)


def _numbered(
    people: Sequence[Person], past: Iterable[PastPair] | PastPairs
) -> tuple[Numbers, Numbers, Numbers]:
    """The rows among these people, by number, the lower one first, with the state of each."""
    if isinstance(past, PastPairs):
        a, b = _numbers(people, past.a), _numbers(people, past.b)
        state = past.day.astype(np.int32)
        state[past.confirmed] += CONFIRMED
        here = (a >= 0) & (b >= 0)
        if not here.all():
            a, b, state = a[here], b[here], state[here]
    else:
        number: Mapping[PersonId, int] = {person.id: i for i, person in enumerate(people)}
        rows = [
            (i, j, (row.last_on.toordinal() if row.last_on else 0) + CONFIRMED * row.confirmed)
            for row in past
            if (i := number.get(row.a)) is not None and (j := number.get(row.b)) is not None
        ]
        a, b, state = np.array(rows, np.int32).reshape(-1, 3).T
    return np.minimum(a, b), np.maximum(a, b), state


def _numbers(people: Sequence[Person], ids: NDArray[np.integer]) -> Numbers:
    """The number of each id; -1 for those who are not here."""
    if not people or not all(isinstance(person.id, int) for person in people):
        return np.full(len(ids), -1, np.int32)
    own = np.array([person.id for person in people])
    least, most = int(own.min()), int(own.max())
    if most - least > 64 * len(own) or ids.dtype == object:
        number = {person.id: i for i, person in enumerate(people)}
        return np.array([number.get(one, -1) for one in ids.tolist()], np.int32)
    # Ids of a database are nearly consecutive: one look into a table for each, instead of a search.
    table = np.full(most - least + 1, -1, np.int32)
    table[own - least] = np.arange(len(own))
    found: Numbers = table[np.clip(ids, least, most) - least]
    found[(ids < least) | (ids > most)] = -1
    return found


def _merged(state: Numbers, first: NDArray[np.int64]) -> Numbers:
    day = np.maximum.reduceat(state % CONFIRMED, first)
    merged: Numbers = day + CONFIRMED * np.maximum.reduceat(state // CONFIRMED, first)
    return merged
