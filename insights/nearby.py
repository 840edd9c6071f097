"""Other solutions of a program near one that is known: a person more here, and one fewer there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from insights.moves import FAR, Moves
from insights.program import Known, Program, Solution

TURNED = 160
"""The moves that are tried first to set a sum right begin at another one of so many each time."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a solution is looked for.

    Parameters
    ----------
    changes : int
        After so many it is not near.
    tried : int
        Moves that are tried to set a sum right.
    unknowns : int
        Of a program for each open question; with fewer the solver is quicker.
    """

    changes: int
    tried: int
    unknowns: int


class Nearby:
    """A solution, and ways to the ones next to it.

    Each that is reached agrees with the whole program, so it shows what is possible as well as one that a
    solver finds; only that there is none is not shown here. It costs what is changed, not the program's size.

    Parameters
    ----------
    program : Program
        Not changed from now on.
    moves : Moves
        Those of the program.
    solution : ndarray of int, shape (unknowns,)
        One of its solutions.

    References
    ----------
    .. [1] Luteberget, Sartor: Feasibility Jump, an LP-free Lagrangian MIP heuristic. Mathematical Programming
       Computation 15 (2023) 365-388. doi:10.1007/s12532-023-00234-8 (the idea of setting right one sum after
       another)

    Examples
    --------
    >>> program = Program()
    >>> one, other = program.unknown(4), program.unknown(9)
    >>> both, first = program.know({one: 1, other: 1}, 6, 6), program.know({one: 1})
    >>> nearby = Nearby(program, Moves(program), program.solve())
    >>> nearby.begin([0, 6])
    >>> effort = Effort(changes=8, tried=8, unknowns=0)
    >>> nearby.reach(Known(first, 2, 2), effort), nearby.values, nearby.reach(Known(first, 5, 5), effort)
    (True, [2, 4], False)
    """

    def __init__(self, program: Program, moves: Moves, solution: Solution) -> None:
        self.values: list[int] = []
        self.sums: list[int] = []
        self.made: list[tuple[int, int]] = []
        """Moves since it began, and how often each was made."""
        self._moves, self._matrix = moves, program.matrix()
        self._lengths = [len(row) for row in program.rows]
        self._least, self._most = [*program.least], [*program.most]
        self._lowest, self._highest = [*program.lowest], [*program.highest]
        self._turn = 0
        self.begin(solution)

    def begin(self, solution: Solution | Sequence[int]) -> None:
        """Go to another solution."""
        values = np.array(solution, dtype=np.int64)
        self.values = values.tolist()
        self.sums = np.round(self._matrix @ values).astype(np.int64).tolist()
        self.made = []

    def back(self, made: int = 0) -> None:
        """Return to where so many moves had been made since it began."""
        while len(self.made) > made:
            move, by = self.made[-1]
            self.make(move, -by)
            del self.made[-2:]

    def reach(self, known: Known, effort: Effort) -> bool:
        """Go to a solution that agrees with this, too; stay here if none is found near."""
        row, before, made = known.row, (self._least[known.row], self._most[known.row]), len(self.made)
        kept = [(number, self._lowest[number], self._highest[number]) for number, *_ in known.unknowns]
        self._least[row], self._most[row] = known.least, known.most
        trail: dict[int, int] = {}
        try:
            fits = True
            for number, least, most in known.unknowns:
                self._lowest[number], self._highest[number] = least, most
                by = int(min(max(self.values[number], least), most)) - self.values[number]
                fits = fits and (not by or number not in trail)
                self._change(number, by, trail)
            changed = {row} | {each for number in trail for each, _ in self._moves.effect(number)}
            wrong = [each for each in sorted(changed) if self._off(each)]
            if fits and self._set_right(wrong, trail, effort):
                return True
            self.back(made)
            return False
        finally:
            self._least[row], self._most[row] = before
            for number, lowest, highest in kept:
                self._lowest[number], self._highest[number] = lowest, highest

    def room(self, move: int, times: int, among: Sequence[tuple[int, float, float]] = ()) -> int:
        """How often a move can be made so many times from here; `FAR` at most.

        Parameters
        ----------
        move, times : int
            Which one; -1 to make it back.
        among : sequence of (int, float, float)
            Unknowns, and what each lies between beside all that is known.
        """
        far = float(FAR)
        for row, by in self._moves.effect(move):
            now = self.sums[row]
            room = self._most[row] - now if by * times > 0 else now - self._least[row]
            if room < far * abs(by):
                far = room / abs(by)
                if far < 1:
                    return 0
        for number, by in self._moves.of(move):
            now = self.values[number]
            room = self._highest[number] - now if by * times > 0 else now - self._lowest[number]
            for each, least, most in among:
                if each == number:
                    room = min(room, most - now if by * times > 0 else now - least)
            far = min(far, room / abs(by))
        return int(max(far, 0))

    def make(self, move: int, times: int) -> None:
        """Make a move."""
        for number, by in self._moves.of(move):
            self.values[number] += by * times
        for row, by in self._moves.effect(move):
            self.sums[row] += by * times
        self.made.append((move, times))

    def _set_right(self, wrong: list[int], trail: dict[int, int], effort: Effort) -> bool:
        """Change unknowns, each in one direction alone, until no sum is off."""
        for _ in range(effort.changes):
            wrong = [row for row in wrong if self._off(row)]
            if not wrong:
                return True
            # Where few unknowns can be changed, what follows is nearly certain.
            tightest = min(wrong, key=self._lengths.__getitem__)
            best = min(self._ways(tightest, trail, effort.tried), default=None)
            if best is None:
                return False
            _, _, number, by = best
            self._change(number, by, trail)
            wrong += [row for row, _ in self._moves.effect(number) if row not in wrong]
        return False

    def _ways(self, row: int, trail: dict[int, int], tried: int) -> Iterator[tuple[float, int, int, int]]:
        """Changes that bring a sum nearer: how far off others are then, a place in line, and the change."""
        off, terms = self._off(row), self._moves.by(row)
        if not terms:
            return
        self._turn += 1
        begin = self._turn * 7 % min(len(terms), TURNED)
        found = 0
        for place in range(begin, begin + len(terms)):
            number, times = terms[place % len(terms)]
            by = self._towards(number, off, times)
            if by and trail.get(number, by) * by > 0:
                worse = self._worse(number, by)
                yield worse, place, number, by
                found += 1
                if found >= tried or worse <= -abs(off):
                    return

    def _towards(self, move: int, off: float, times: int) -> int:
        """How often to move, as far as it goes, so that a sum that changes so much each time is right."""
        far = float(-(-abs(off) // abs(times)))
        sign = 1 if (off > 0) == (times > 0) else -1
        for number, by in self._moves.of(move):
            value = self.values[number]
            room = self._highest[number] - value if by * sign > 0 else value - self._lowest[number]
            far = min(far, room // abs(by))
        return sign * int(far)

    def _worse(self, number: int, by: int) -> float:
        """How much more, or less, all sums are off after a change."""
        sums, lowest, highest, worse = self.sums, self._least, self._most, 0.0
        for row, times in self._moves.effect(number):
            was, least, most = sums[row], lowest[row], highest[row]
            now = was + times * by
            if now < least:
                worse += least - now
            elif now > most:
                worse += now - most
            if was < least:
                worse -= least - was
            elif was > most:
                worse -= was - most
        return worse

    def _off(self, row: int) -> float:
        """How much a sum lacks, negative where it is too much; 0 where it is right."""
        value = self.sums[row]
        if value < self._least[row]:
            return self._least[row] - value
        return min(self._most[row] - value, 0)

    def _change(self, move: int, by: int, trail: dict[int, int]) -> None:
        if by:
            trail[move] = trail.get(move, 0) + by
            self.make(move, by)
