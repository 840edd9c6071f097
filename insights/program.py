"""Integer unknowns and what is known of them, as one integer program."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

Sum = Mapping[int, int]
"""A sum of unknowns: how often each is in it."""
Solution = NDArray[np.float64]


class TimeIsUpError(Exception):
    """The program was not solved in time; take what it was to show as not shown."""


class Program:
    """Integer unknowns between bounds, and sums of them between bounds.

    Parameters
    ----------
    seconds : float
        Time for each question, over 0.

    References
    ----------
    .. [1] Huangfu, Hall: Parallelizing the dual revised simplex method. Mathematical Programming
       Computation 10 (2018) 119-142. doi:10.1007/s12532-017-0130-5 (HiGHS, which `scipy.optimize.milp` runs)

    Examples
    --------
    >>> program = Program(seconds=5)
    >>> one, other = program.unknown(4), program.unknown(9)
    >>> program.know({one: 2, other: 3}, 7, 7)
    >>> [round(found) for found in program.solve()]
    [2, 1]
    >>> program.solve(also=[({one: 1}, 3, 4)]) is None
    True
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._most: list[float] = []
        self._known: list[tuple[Sum, float, float]] = []
        self._kept: tuple[tuple[int, int], csr_array] | None = None

    def unknown(self, most: float = np.inf) -> int:
        """Another unknown, 0 to `most`; its number."""
        self._most.append(most)
        return len(self._most) - 1

    def know(self, total: Sum, least: float, most: float = np.inf) -> None:
        """Add that a sum lies between two numbers, both included."""
        self._known.append((total, least, most))

    def solve(
        self,
        smallest: Sum | None = None,
        also: Iterable[tuple[Sum, float, float]] = (),
        *,
        roughly: bool = False,
    ) -> Solution | None:
        """Values of the unknowns that agree with all that is known.

        Parameters
        ----------
        smallest : mapping of int to int, optional
            The sum that is to be as small as possible; without it any values do.
        also : iterable of (sum, least, most)
            What is known for this question alone.
        roughly : bool
            Whether any small sum will do.

        Returns
        -------
        ndarray of float, shape (unknowns,), or None
            Whole numbers; None where no values agree.

        Raises
        ------
        TimeIsUpError
            If neither is shown in time, or not that the sum cannot be smaller.
        """
        extra = list(also)
        known = [*self._known, *extra]
        goal = np.zeros(len(self._most))
        for number, times in (smallest or {}).items():
            goal[number] = times
        matrix = vstack([self._matrix(), self._rows(extra)]) if extra else self._matrix()
        found = milp(
            goal,
            integrality=np.ones(len(goal)),
            bounds=Bounds(0, self._most),
            constraints=LinearConstraint(matrix, [least for _, least, _ in known], [m for *_, m in known]),
            options={"time_limit": self._seconds, "mip_rel_gap": 10.0 if roughly else 0.0},
        )
        if found.status == 2:
            return None
        if found.x is None or (smallest and found.status and not roughly):
            raise TimeIsUpError
        values: Solution = np.round(found.x)
        return values

    def agrees(self, values: Solution) -> bool:
        """Whether these values of the unknowns agree with all that is known.

        Parameters
        ----------
        values : ndarray of float, shape (unknowns,)
            Whole numbers.
        """
        if not ((values >= 0) & (values <= np.array(self._most))).all():
            return False
        sums = self._matrix() @ values
        least = np.array([least for _, least, _ in self._known])
        most = np.array([most for *_, most in self._known])
        return bool(((sums >= least) & (sums <= most)).all())

    def _matrix(self) -> csr_array:
        if self._kept is None or self._kept[0] != (len(self._known), len(self._most)):
            self._kept = (len(self._known), len(self._most)), self._rows(self._known)
        return self._kept[1]

    def _rows(self, known: Sequence[tuple[Sum, float, float]]) -> csr_array:
        counts = [len(total) for total, *_ in known]
        return csr_array(
            (
                np.array([times for total, *_ in known for times in total.values()], dtype=float),
                np.array([number for total, *_ in known for number in total], dtype=np.int32),
                np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
            ),
            shape=(len(known), len(self._most)),
        )


def plus(*sums: Sum) -> dict[int, int]:
    """The sum of sums.

    Examples
    --------
    >>> plus({0: 1}, {0: 1, 3: 2})
    {0: 2, 3: 2}
    """
    total: dict[int, int] = {}
    for each in sums:
        for number, times in each.items():
            total[number] = total.get(number, 0) + times
    return total


def minus(one: Sum, other: Sum) -> dict[int, int]:
    """The difference of two sums.

    Examples
    --------
    >>> minus({0: 1}, {3: 2})
    {0: 1, 3: -2}
    """
    return plus(one, {number: -times for number, times in other.items()})
