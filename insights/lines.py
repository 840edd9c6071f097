"""How far one sum after another can be changed from a solution, by the same steps each."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from insights.program import Program

FAR = 5

Ints = NDArray[np.int64]


class Lines:
    """Ways to change the values of a program's unknowns, each of which can be gone several times, or back.

    Parameters
    ----------
    program : Program
        Not changed from now on.
    ways : sequence of mapping of int to int
        What each way changes of which unknowns; one that changes nothing leads nowhere.

    Examples
    --------
    >>> program = Program()
    >>> one, other = program.unknown(4), program.unknown(9)
    >>> row = program.know({one: 1, other: 1}, 0, 6)
    >>> lines = Lines(program, [{one: 1}, {one: 1, other: -1}])
    >>> [room.tolist() for room in lines.room(np.array([3, 1, 2]))]
    [[1, 1], [3, 2]]
    """

    def __init__(self, program: Program, ways: Sequence[Mapping[int, int]]) -> None:
        ends = np.cumsum([0, *map(len, ways)])
        by = np.array([times for way in ways for times in way.values()], dtype=float)
        numbers = np.array([number for way in ways for number in way], dtype=np.int32)
        shape = (len(ways), len(program.highest))
        self.changes = csr_array((by, numbers, ends.astype(np.int32)), shape=shape)
        """Of each unknown by each way."""
        effects = hstack([self.changes @ program.matrix().T, self.changes], format="csr")
        effects.eliminate_zeros()
        self._some = np.flatnonzero(np.diff(effects.indptr))
        self._by, self._on, self._begins = effects.data, effects.indices, effects.indptr[self._some]
        least, most = (*program.least, *program.lowest), (*program.most, *program.highest)
        self._least, self._most = np.array(least)[self._on], np.array(most)[self._on]

    def room(self, solution: Ints) -> tuple[Ints, Ints]:
        """How often each way can be gone back, and how often forth; `FAR` at most.

        Parameters
        ----------
        solution : ndarray of int, shape (rows + unknowns,)
            The sums of a solution, and its values.

        Returns
        -------
        (ndarray of int, ndarray of int), shape (ways,) each
        """
        now = solution[self._on].astype(float)
        up, down = (self._most - now) / np.abs(self._by), (now - self._least) / np.abs(self._by)
        rising = self._by > 0
        forth, back = np.where(rising, up, down), np.where(rising, down, up)
        room = np.zeros((2, self.changes.shape[0]), dtype=np.int64)
        if len(self._some):
            nearest = np.minimum.reduceat([back, forth], self._begins, axis=1)
            room[:, self._some] = np.clip(np.floor(nearest), 0, FAR)
        return room[0], room[1]
