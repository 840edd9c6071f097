"""Small changes of a program's unknowns, what they do to all that is known, and how far they can go."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack, vstack

from insights.program import Program, matrix_of

FAR = 5

Ints = NDArray[np.int64]
Numbers = NDArray[np.float64]


class Moves:
    """One more of each unknown alone, and those that change together.

    Each can be made several times, or back.

    Parameters
    ----------
    program : Program
        Not changed from now on.

    Examples
    --------
    >>> program = Program()
    >>> one, other = program.unknown(4), program.unknown(9)
    >>> row = program.know({one: 1, other: 1}, 0, 6)
    >>> program.moves.append({one: 1, other: -1})
    >>> moves = Moves(program)
    >>> moves.of(2), moves.effect(1), moves.effect(2), moves.by(row)
    ([(0, 1), (1, -1)], [(0, 1)], [], [(0, 1), (1, 1)])
    >>> [room.tolist() for room in moves.rooms(np.arange(3))(np.array([3, 1, 2]))]
    [[1, 2, 1], [3, 3, 2]]
    """

    def __init__(self, program: Program) -> None:
        self.rows, self.unknowns = len(program.rows), len(program.highest)
        alone = eye_array(self.unknowns, format="csr", dtype=float)
        together = matrix_of(program.moves, self.unknowns)
        self.changes = vstack([alone, together], format="csr")
        """Of each unknown by each move."""
        effects = (self.changes @ program.matrix().T).tocsr()
        effects.eliminate_zeros()
        effects.sort_indices()
        self._effects, self._touching, self._moved = effects, effects.tocsc(), self.changes.tocsc()
        self._all = hstack([effects, self.changes], format="csr")
        self._least = np.array((*program.least, *program.lowest))
        self._most = np.array((*program.most, *program.highest))
        self._lengths = np.diff(effects.indptr)
        self._kept: tuple[dict[int, list[tuple[int, int]]], ...] = ({}, {}, {}, {})

    def of(self, move: int) -> list[tuple[int, int]]:
        """The unknowns that a move changes, and by how much."""
        return self._terms(0, self.changes, move)

    def effect(self, move: int) -> list[tuple[int, int]]:
        """The sums that a move changes, and by how much."""
        return self._terms(1, self._effects, move)

    def by(self, row: int) -> list[tuple[int, int]]:
        """The moves that change a sum, and by how much; first those that change the fewest others."""
        kept = self._kept[2]
        if row not in kept:
            moves, times = self.changing(row)
            order = np.argsort(self._lengths[moves], kind="stable")
            kept[row] = list(zip(moves[order].tolist(), times[order].tolist(), strict=True))
        return kept[row]

    def with_one_more(self, unknown: int) -> list[tuple[int, int]]:
        """The moves by which an unknown is one more, or fewer, and which of the two."""
        kept = self._kept[3]
        if unknown not in kept:
            begin, end = self._moved.indptr[unknown : unknown + 2]
            by = self._moved.data[begin:end].astype(np.int64).tolist()
            found = zip(self._moved.indices[begin:end].tolist(), by, strict=True)
            kept[unknown] = [(move, times) for move, times in found if abs(times) == 1]
        return kept[unknown]

    def changing(self, row: int) -> tuple[Ints, Ints]:
        """The moves that change a sum, and by how much, in order."""
        begin, end = self._touching.indptr[row : row + 2]
        found: Ints = self._touching.indices[begin:end].astype(np.int64)
        return found, self._touching.data[begin:end].astype(np.int64)

    def _terms(self, which: int, matrix: csr_array, move: int) -> list[tuple[int, int]]:
        kept = self._kept[which]
        if move not in kept:
            begin, end = matrix.indptr[move : move + 2]
            by = matrix.data[begin:end].astype(np.int64).tolist()
            kept[move] = list(zip(matrix.indices[begin:end].tolist(), by, strict=True))
        return kept[move]

    def rooms(self, moves: Ints) -> "Rooms":
        """How often each of some moves can be made.

        Parameters
        ----------
        moves : ndarray of int, shape (some,)
            Which ones.
        """
        return Rooms(self._all[moves], self._least, self._most)


class Rooms:
    """How often moves can be made from a solution until something that is known is no longer so.

    Parameters
    ----------
    changed : csr_array, shape (moves, rows + unknowns)
        What they change.
    least, most : ndarray, shape (rows + unknowns,)
        Between what all that lies.
    """

    def __init__(self, changed: csr_array, least: Numbers, most: Numbers) -> None:
        self._count = changed.shape[0]
        self._on, self._rises, self._by = changed.indices, changed.data > 0, np.abs(changed.data)
        self._least, self._most = least[self._on], most[self._on]
        self._some = np.flatnonzero(np.diff(changed.indptr))
        self._begins = changed.indptr[self._some]

    def __call__(self, solution: Ints) -> tuple[Ints, Ints]:
        """How often each can be made back, and how often forth; `FAR` at most.

        Parameters
        ----------
        solution : ndarray of int, shape (rows + unknowns,)
            The sums of a solution, and its values.

        Returns
        -------
        (ndarray of int, ndarray of int), shape (moves,) each
            Both 0 of one that changes nothing.
        """
        now = solution[self._on]
        up, down = (self._most - now) / self._by, (now - self._least) / self._by
        room = np.zeros((2, self._count), dtype=np.int64)
        if len(self._some):
            ends = [np.where(self._rises, down, up), np.where(self._rises, up, down)]
            nearest = np.minimum.reduceat(ends, self._begins, axis=1)
            room[:, self._some] = np.clip(np.floor(nearest), 0, FAR)
        return room[0], room[1]
