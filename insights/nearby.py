"""Other solutions of a program near one that is known: a person more here, and one fewer there."""

from collections.abc import Iterator, Mapping, Sequence

from insights.program import Known, Program, Solution, plus

CHANGES = 24
"""Of unknowns, after which no solution is near."""
TRIED, TURNED = 40, 160
"""Unknowns of a sum that are tried to set it right."""


Kept = tuple[list[int], list[int]]


class Nearby:
    """A solution, and ways to the ones next to it.

    Each that is reached agrees with the whole program, so it shows what is possible as well as one that a
    solver finds; only that there is none is not shown here. It costs what is changed, not the program's size.

    Parameters
    ----------
    program : Program
        Not changed from now on.
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
    >>> nearby = Nearby(program, program.solve())
    >>> nearby.begin([0, 6])
    >>> nearby.reach(Known(first, 2, 2)), nearby.values, nearby.reach(Known(first, 5, 5))
    ({0: 2, 1: -2}, [2, 4], None)
    """

    def __init__(self, program: Program, solution: Solution) -> None:
        self.values: list[int] = []
        self.sums: list[int] = []
        self._rows = [list(row.items()) for row in program.rows]
        alone: list[list[tuple[int, int]]] = [[] for _ in program.highest]
        for number, terms in enumerate(self._rows):
            for unknown, times in terms:
                alone[unknown].append((number, times))
        self._moves: list[list[tuple[int, int]]] = [[(number, 1)] for number in range(len(alone))]
        self._effects = [*alone]
        for together in program.moves:
            self._moves.append(list(together.items()))
            effect = plus(*({row: times * by for row, by in alone[n]} for n, times in together.items()))
            self._effects.append([(row, by) for row, by in effect.items() if by])
        self._ways_of: list[list[tuple[int, int]]] = [[] for _ in self._rows]
        for move, changed in enumerate(self._effects):
            for row, by in changed:
                self._ways_of[row].append((move, by))
        for ways in self._ways_of:
            ways.sort(key=lambda way: len(self._effects[way[0]]))
        self._lengths = [len(row) for row in self._rows]
        self._least, self._most = [*program.least], [*program.most]
        self._lowest, self._highest = [*program.lowest], [*program.highest]
        self._turn = 0
        self.begin(solution)

    def begin(self, solution: Solution | Sequence[int]) -> None:
        """Go to another solution."""
        self.values = [int(value) for value in solution]
        self.sums = [sum(times * self.values[unknown] for unknown, times in row) for row in self._rows]

    def kept(self) -> Kept:
        """The solution that it is at, to return to."""
        return [*self.values], [*self.sums]

    def back(self, kept: Kept) -> None:
        """Return to a solution."""
        self.values, self.sums = [*kept[0]], [*kept[1]]

    def reach(self, known: Known) -> Mapping[int, int] | None:
        """Go to a solution that agrees with this, too.

        Returns
        -------
        mapping of int to int, or None
            What was changed of which unknowns; None where no solution is found near, and it stays here.
        """
        row, before = known.row, (self._least[known.row], self._most[known.row])
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
            changed = {row} | {each for number in trail for each, _ in self._effects[number]}
            done = fits and self._set_right([each for each in sorted(changed) if self._off(each)], trail)
            if done:
                return {
                    number: by
                    for number, by in plus(
                        *(
                            {number: times * by for number, times in self._moves[move]}
                            for move, by in trail.items()
                        )
                    ).items()
                    if by
                }
            for number, by in trail.items():
                self._change(number, -by, {})
            return None
        finally:
            self._least[row], self._most[row] = before
            for number, lowest, highest in kept:
                self._lowest[number], self._highest[number] = lowest, highest

    def _set_right(self, wrong: list[int], trail: dict[int, int]) -> bool:
        """Change unknowns, each in one direction alone, until no sum is off."""
        for _ in range(CHANGES):
            wrong = [row for row in wrong if self._off(row)]
            if not wrong:
                return True
            # Where few unknowns can be changed, what follows is nearly certain.
            tightest = min(wrong, key=self._lengths.__getitem__)
            best = min(self._ways(tightest, trail), default=None)
            if best is None:
                return False
            _, _, number, by = best
            self._change(number, by, trail)
            wrong += [row for row, _ in self._effects[number] if row not in wrong]
        return False

    def _ways(self, row: int, trail: dict[int, int]) -> Iterator[tuple[float, int, int, int]]:
        """Changes that bring a sum nearer: how far off others are then, a place in line, and the change."""
        off, terms = self._off(row), self._ways_of[row]
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
                if found >= TRIED or worse <= -abs(off):
                    return

    def _towards(self, move: int, off: float, times: int) -> int:
        """How often to move, as far as it goes, so that a sum that changes so much each time is right."""
        far = float(-(-abs(off) // abs(times)))
        sign = 1 if (off > 0) == (times > 0) else -1
        for number, by in self._moves[move]:
            value = self.values[number]
            room = self._highest[number] - value if by * sign > 0 else value - self._lowest[number]
            far = min(far, room // abs(by))
        return sign * int(far)

    def _worse(self, number: int, by: int) -> float:
        """How much more, or less, all sums are off after a change."""
        sums, lowest, highest, worse = self.sums, self._least, self._most, 0.0
        for row, times in self._effects[number]:
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
            for number, times in self._moves[move]:
                self.values[number] += times * by
            for row, times in self._effects[move]:
                self.sums[row] += times * by
