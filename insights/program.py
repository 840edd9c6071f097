"""Integer unknowns and what is known of them, as one integer program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Sum = Mapping[int, int]
"""A sum of unknowns: how often each is in it."""
Solution = NDArray[np.int64]
"""A whole number for each unknown, which agree with all that is known."""

NODES = 50
"""Of the solver's tree, after which a question stays open. It never counts seconds: what is released must not
depend on how fast a machine is."""


class OpenError(Exception):
    """The solver gave up; take what was asked as not shown."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known for one question alone.

    Parameters
    ----------
    row : int
        A sum that the program knows, by its number.
    least, most : float
        What it lies between.
    unknowns : tuple of (int, float, float)
        Unknowns, and what each lies between.
    """

    row: int
    least: float
    most: float
    unknowns: tuple[tuple[int, float, float], ...] = ()


class Program:
    """Integer unknowns between bounds, and sums of them between bounds.

    References
    ----------
    .. [1] Huangfu, Hall: Parallelizing the dual revised simplex method. Mathematical Programming
       Computation 10 (2018) 119-142. doi:10.1007/s12532-017-0130-5 (HiGHS, which `scipy.optimize.milp` runs)

    Examples
    --------
    >>> program = Program()
    >>> one, other = program.unknown(4), program.unknown(9)
    >>> row = program.know({one: 2, other: 3}, 7, 7)
    >>> [int(found) for found in program.solve()]
    [2, 1]
    >>> program.solve(Known(row, 7, 7, ((one, 3, 4),))) is None
    True
    """

    def __init__(self) -> None:
        self.highest: list[float] = []
        """What each unknown is at most; at least each is 0."""
        self.rows: list[Sum] = []
        self.least: list[float] = []
        self.most: list[float] = []
        self.moves: list[Sum] = []
        """Unknowns that change together, where one of them alone hardly ever can."""
        self._matrix: csr_array | None = None

    def unknown(self, highest: float = np.inf) -> int:
        """Another unknown, 0 to `highest`; its number."""
        self.highest.append(highest)
        self._matrix = None
        return len(self.highest) - 1

    def know(self, total: Sum, least: float = -np.inf, most: float = np.inf) -> int:
        """Add that a sum lies between two numbers, both included; its number."""
        self.rows.append({number: times for number, times in total.items() if times})
        self.least.append(least)
        self.most.append(most)
        self._matrix = None
        return len(self.rows) - 1

    def solve(self, also: Known | None = None, *, smallest: Sequence[int] = ()) -> Solution | None:
        """Values of the unknowns that agree with all that is known.

        Parameters
        ----------
        also : Known, optional
            What is known for this question alone.
        smallest : sequence of int
            Unknowns whose sum is to be small; the smallest is not sought for long.

        Returns
        -------
        ndarray of int, shape (unknowns,), or None
            None where no values agree.

        Raises
        ------
        OpenError
            If neither is shown soon.
        """
        goal, lowest, highest = np.zeros(len(self.highest)), np.zeros(len(self.highest)), [*self.highest]
        least, most = [*self.least], [*self.most]
        goal[list(smallest)] = 1
        if also is not None:
            least[also.row], most[also.row] = also.least, also.most
            for number, lower, upper in also.unknowns:
                lowest[number], highest[number] = lower, upper
        found = milp(
            goal,
            integrality=np.ones(len(goal)),
            bounds=Bounds(lowest, highest),
            constraints=LinearConstraint(self.matrix(), least, most),
            options={"node_limit": NODES, "mip_rel_gap": 0.1},
        )
        if found.status == 2:
            return None
        if found.x is None:
            raise OpenError
        values: Solution = np.round(found.x).astype(np.int64)
        return values

    def agrees(self, values: Solution) -> bool:
        """Whether these values of the unknowns agree with all that is known.

        Parameters
        ----------
        values : ndarray of int, shape (unknowns,)
        """
        sums = self.matrix() @ values
        inside = (values >= 0) & (values <= np.array(self.highest))
        return bool(inside.all() and ((sums >= np.array(self.least)) & (sums <= np.array(self.most))).all())

    def matrix(self) -> csr_array:
        """The sums, one row each, over the unknowns."""
        if self._matrix is None:
            ends = np.cumsum([0, *map(len, self.rows)])
            times = np.array([times for row in self.rows for times in row.values()], dtype=float)
            numbers = np.array([number for row in self.rows for number in row], dtype=np.int32)
            shape = (len(self.rows), len(self.highest))
            self._matrix = csr_array((times, numbers, ends.astype(np.int32)), shape=shape)
        return self._matrix


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
