"""Integer unknowns and what is known of them, as one integer program."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

Sum = Mapping[int, int]
"""A sum of unknowns: how often each is in it."""
Solution = NDArray[np.int64]
"""A whole number for each unknown, which agree with all that is known."""

NODES = 50
"""Of the solver's tree, after which a question stays open. It never counts seconds: what is released must not
depend on how fast a machine is."""

WHOLE = 1e-6
"""Closer to a whole number than this is one, for a solver."""


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """Unknowns and sums between bounds, as arrays."""

    sums: csr_array
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]

    def solved(self, goal: NDArray[np.float64], *, whole: bool = True) -> NDArray[np.float64] | None:
        """Values with a small sum of `goal`; None where there are none. `OpenError` if neither is shown."""
        if (self.lowest > self.highest).any():
            return None
        found = milp(
            goal,
            integrality=np.full(len(goal), int(whole)),
            bounds=Bounds(self.lowest, self.highest),
            constraints=LinearConstraint(self.sums, self.least, self.most),
            options={"node_limit": NODES, "mip_rel_gap": 0.1} if whole else {},
        )
        if found.status == 2:
            return None
        if found.x is None:
            raise OpenError
        values: NDArray[np.float64] = found.x
        return values


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
        self.lowest: list[float] = []
        self.highest: list[float] = []
        """What each unknown is at least and at most."""
        self._expected: list[float] = []
        self.rows: list[Sum] = []
        self.least: list[float] = []
        self.most: list[float] = []
        self.moves: list[Sum] = []
        """Unknowns that change together, where one of them alone hardly ever can."""
        self._matrix: csr_array | None = None

    def unknown(self, highest: float = np.inf, lowest: float = 0, *, expected: float | None = None) -> int:
        """Another unknown, `lowest` to `highest`, to be sought from `expected` on first; its number."""
        self.lowest.append(lowest)
        self._expected.append(lowest if expected is None else expected)
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

    def solve(
        self,
        also: Known | None = None,
        *,
        inside: int = 0,
        towards: Mapping[int, float] | None = None,
        fixed: Mapping[int, int] | None = None,
    ) -> Solution | None:
        """Values of the unknowns that agree with all that is known.

        They are sought beside those of the relaxed program, in which they need not be whole numbers: where
        it has none there are none, and where it has some, they are rarely far.

        Parameters
        ----------
        also : Known, optional
            What is known for this question alone.
        inside : int
            So far from its bounds each sum is to be, as far as may be; not sought for long.
        towards : mapping of int to float, optional
            Unknowns that are to be large, or small, and how much more that is worth; neither sought for long.
        fixed : mapping of int to int, optional
            Unknowns that are taken to have these values.

        Returns
        -------
        ndarray of int, shape (unknowns,), or None
            None where no values agree, those that are fixed among them.

        Raises
        ------
        OpenError
            If neither is shown soon.

        References
        ----------
        .. [1] Berthold: RENS, the optimal rounding. Mathematical Programming Computation 6 (2014) 33-54.
           doi:10.1007/s12532-013-0060-9
        """
        asked, goal = self._asked(also), np.zeros(len(self.highest))
        for number, worth in (towards or {}).items():
            goal[number] = -worth
        for number, value in (fixed or {}).items():
            asked.lowest[number] = asked.highest[number] = value
        expected = np.clip(self._expected, asked.lowest, asked.highest)
        found = self._inside(replace(asked, lowest=expected), goal, inside)
        if found is not None:
            return found
        # As many as may be are as expected, and the others at their lowest.
        more = np.flatnonzero(expected > asked.lowest)
        pull = np.zeros(len(goal))
        pull[more] = -1
        pulled = asked.solved(pull, whole=False)
        if pulled is None:
            return None
        as_they_are = np.where(pulled[more] > expected[more] - WHOLE, expected[more], asked.lowest[more])
        lowest, highest = asked.lowest.copy(), asked.highest.copy()
        lowest[more] = highest[more] = as_they_are
        found = self._inside(replace(asked, lowest=lowest, highest=highest), goal, inside)
        if found is not None:
            return found
        whole = asked.solved(goal)
        return None if whole is None else np.round(whole).astype(np.int64)

    def _inside(self, asked: "_Asked", goal: NDArray[np.float64], inside: int) -> Solution | None:
        """A solution beside one of the relaxed program; None where there is none, or none is found."""
        relaxed = self._innermost(asked, inside, goal) if inside else asked.solved(goal, whole=False)
        return None if relaxed is None else self._beside(asked, relaxed, goal, min(inside, 1))

    def _beside(
        self, asked: "_Asked", relaxed: NDArray[np.float64], goal: NDArray[np.float64], room: int
    ) -> Solution | None:
        """Whole numbers next to others, so far from the bounds of a sum as these are, if that may be."""
        nearest, sums = np.round(relaxed), self.matrix() @ relaxed
        odd = np.abs(relaxed - nearest) > WHOLE
        lowest, highest = np.where(odd, np.floor(relaxed), nearest), np.where(odd, np.ceil(relaxed), nearest)
        for away, wider in dict.fromkeys(((room, 0), (0, 0), (0, 1))):
            least = np.minimum(asked.least + away, np.maximum(np.floor(sums), asked.least))
            most = np.maximum(asked.most - away, np.minimum(np.ceil(sums), asked.most))
            with suppress(OpenError):
                found = replace(
                    asked,
                    lowest=np.maximum(lowest - wider * odd, asked.lowest),
                    highest=np.minimum(highest + wider * odd, asked.highest),
                    least=least,
                    most=most,
                ).solved(goal)
                if found is not None:
                    return np.round(found).astype(np.int64)
        return None

    def _asked(self, also: Known | None) -> "_Asked":
        lowest, highest = np.array(self.lowest, dtype=float), np.array(self.highest, dtype=float)
        least, most = np.array(self.least, dtype=float), np.array(self.most, dtype=float)
        if also is not None:
            least[also.row], most[also.row] = also.least, also.most
            for number, lower, upper in also.unknowns:
                lowest[number], highest[number] = lower, upper
        return _Asked(self.matrix(), lowest, highest, least, most)

    def _innermost(
        self, asked: "_Asked", inside: int, goal: NDArray[np.float64]
    ) -> NDArray[np.float64] | None:
        """Numbers, whole or not, of which the sums are together as far from their bounds as may be."""
        unknowns, free = len(self.highest), np.flatnonzero(asked.most > asked.least)
        below, above = free[np.isfinite(asked.least[free])], free[np.isfinite(asked.most[free])]
        place = np.zeros(len(self.rows), dtype=np.int64)
        place[free] = np.arange(len(free))

        def away(rows: NDArray[np.int64], by: int) -> csr_array:
            at = (np.arange(len(rows)), place[rows])
            return csr_array((np.full(len(rows), float(by)), at), shape=(len(rows), len(free)))

        sums, none = self.matrix(), np.flatnonzero(asked.most == asked.least)
        wider = _Asked(
            vstack(
                [
                    hstack([sums[none], csr_array((len(none), len(free)))]),
                    hstack([sums[below], away(below, -1)]),
                    hstack([sums[above], away(above, 1)]),
                ],
                format="csr",
            ),
            np.append(asked.lowest, np.zeros(len(free))),
            np.append(asked.highest, np.full(len(free), float(inside))),
            np.concatenate([asked.least[none], asked.least[below], np.full(len(above), -np.inf)]),
            np.concatenate([asked.most[none], np.full(len(below), np.inf), asked.most[above]]),
        )
        # Many numbers can only change while there is room for their sum.
        worth = np.sqrt(np.diff(sums.indptr)[free])
        found = wider.solved(np.append(goal, -worth), whole=False)
        return None if found is None else found[:unknowns]

    def agrees(self, values: Solution) -> bool:
        """Whether these values of the unknowns agree with all that is known.

        Parameters
        ----------
        values : ndarray of int, shape (unknowns,)
        """
        sums = self.matrix() @ values
        inside = (values >= np.array(self.lowest)) & (values <= np.array(self.highest))
        return bool(inside.all() and ((sums >= np.array(self.least)) & (sums <= np.array(self.most))).all())

    def matrix(self) -> csr_array:
        """The sums, one row each, over the unknowns."""
        if self._matrix is None:
            self._matrix = matrix_of(self.rows, len(self.highest))
        return self._matrix


def matrix_of(sums: Sequence[Sum], unknowns: int) -> csr_array:
    """Sums over so many unknowns, one row each.

    Examples
    --------
    >>> matrix_of([{0: 1}, {1: 2, 2: -1}], 3).toarray().tolist()
    [[1.0, 0.0, 0.0], [0.0, 2.0, -1.0]]
    """
    ends = np.cumsum([0, *map(len, sums)])
    times = np.fromiter((by for each in sums for by in each.values()), dtype=float, count=ends[-1])
    numbers = np.fromiter((number for each in sums for number in each), dtype=np.int32, count=ends[-1])
    return csr_array((times, numbers, ends.astype(np.int32)), shape=(len(sums), unknowns))


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
