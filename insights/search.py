"""Which counts have as many possible values as they must, shown by one solution of the program for each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product

import numpy as np

from insights.attack import Attack, Target
from insights.nearby import Kept, Nearby
from insights.program import Known, OpenError, Solution
from insights.rounding import BASE

POSSIBLE = 5
"""Values that every count may have, for all that can be concluded."""
WITH_COLLEAGUES = 3
"""And for somebody who knows what two people did."""
SWEEPS = 4
WORK = 100_000
"""Unknowns of all the questions that the solver is asked for one release; the others stay open."""
TRIES, MOST_TRIES = 10, 5_000


@dataclass(slots=True)
class Question:
    """Whether a count has so many values among the solutions that agree with what somebody knows.

    Parameters
    ----------
    target : Target
        The count.
    known : Known
        What is known; of the count, between which values it lies.
    needed : int
        So many values are enough.
    alone : bool
        Whether it is about what everybody knows: then no solution at all is no answer.
    seen : set of int
        The values that it has in a solution.
    """

    target: Target
    known: Known
    needed: int
    alone: bool
    seen: set[int] = field(default_factory=set)


def questions_of(target: Target) -> Iterator[Question]:
    """What everybody asks of a count, and what those do who know two people of its row.

    These are two of its smallest part that has two people, or of its two smallest parts, where they help
    most: what both, one or none of them did is known.
    """
    low, high, size = target.low, target.high, target.size
    # Of a few newcomers there are not as many values, of which none may be ruled out then.
    needed = POSSIBLE if size is None else min(POSSIBLE, size + 1)
    yield Question(target, Known(target.number, low, high), needed, alone=True)
    if size is None or size < 3:
        return
    # Whoever does not do what comes after opting in may have opted in or not.
    told = target.column == "opted in"
    parts = sorted((people, number) for number, people in target.parts if people)
    pair = next(([part, part] for part in parts if part[0] >= 2), None)
    for colleagues in [pair, parts[:2] if len(parts) > 1 and parts[:2] != pair else None]:
        for did in product((0, 1), repeat=2):
            both = sum(did)
            if did == (1, 0) and (colleagues is None or colleagues[0] == colleagues[1]):
                continue
            bounds: dict[int, tuple[int, int]] = {}
            for one, (people, number) in zip(did, colleagues or [], strict=False):
                least, most = bounds.get(number, (0, people))
                bounds[number] = least + one, most - (1 - one if told else 0)
            known = Known(
                target.number,
                max(low, both),
                min(high, size - 2 + both),
                tuple((number, *each) for number, each in sorted(bounds.items())),
            )
            yield Question(target, known, min(WITH_COLLEAGUES, size - 1), alone=False)
        if not parts:
            return


class Search:
    """Collects solutions, each of which answers a part of many questions.

    A count keeps a value if one solution has it. Solutions are sought near one another first, and by the
    solver where that fails, until it has worked for so many unknowns; what is open then is answered with no.

    Parameters
    ----------
    attack : Attack
        With the counts and all that is known of them.
    first : ndarray of int, shape (unknowns,)
        A solution.
    """

    def __init__(self, attack: Attack, first: Solution) -> None:
        self._attack, self._program, self._work = attack, attack.program, 0
        self._tries = 0
        self._nearby = Nearby(attack.program, first)
        self._kept: list[Kept] = []
        self.questions = [each for target in attack.targets for each in questions_of(target)]
        self._rows = np.array([each.known.row for each in self.questions], dtype=np.int64)
        self._between = np.array([(each.known.least, each.known.most) for each in self.questions])
        most = max((len(each.known.unknowns) for each in self.questions), default=0)
        # Whoever knows of fewer parts knows nothing of unknown 0 in addition.
        padded = [
            [*each.known.unknowns, *[(0, 0, np.inf)] * (most - len(each.known.unknowns))]
            for each in self.questions
        ]
        self._parts = np.array(padded, dtype=float).reshape(len(padded), most, 3)
        self._open = np.ones(len(self.questions), dtype=bool)

    def betrayed(self) -> tuple[Target, ...]:
        """The counts that have too few values, or of which it is not shown that they have enough."""
        self._centre()
        for direction in (1, -1):
            self._sweep(direction)
        self._each(self._near)
        self._each(self._solved)
        return tuple(dict.fromkeys(self.questions[place].target for place in np.flatnonzero(self._open)))

    def _centre(self) -> None:
        """Begin in the middle of what is possible, from where there are ways in every direction.

        A solver stops in a corner, where nothing can change alone.
        """
        middles = [(row, BASE // 2) for row in self._attack.draws]
        middles += [(each.number, (each.low + each.high) // 2) for each in self._attack.targets]
        for _ in range(SWEEPS):
            # Whatever cannot go further has come as near as it does.
            middles = [(row, middle) for row, middle in middles if self._nearer(row, middle)]
        self._keep()

    def _nearer(self, row: int, middle: int) -> bool:
        value = self._nearby.sums[row]
        if value == middle:
            return False
        between = (value + 1, middle) if value < middle else (middle, value - 1)
        return self._nearby.reach(Known(row, middle, middle)) or self._nearby.reach(Known(row, *between))

    def _sweep(self, direction: int) -> None:
        """Bring every count one further, one after the other, and all of them again."""
        self._nearby.back(self._kept[0])
        for _ in range(SWEEPS):
            for target in dict.fromkeys(self.questions[place].target for place in np.flatnonzero(self._open)):
                value = self._nearby.sums[target.number] + direction
                if target.low <= value <= target.high:
                    ends = (value, np.inf) if direction > 0 else (-np.inf, value)
                    self._nearby.reach(Known(target.number, *ends))
            self._keep()

    def _each(self, ask: Callable[[Question], None]) -> None:
        for place, question in enumerate(self.questions):
            if self._open[place]:
                ask(question)

    def _near(self, question: Question) -> None:
        """Look for values beside those that are seen, from each solution that is kept."""
        known = question.known
        for begin in self._kept[::3]:
            if self._tries > MOST_TRIES:
                return
            self._nearby.back(begin)
            for value in islice(self._missing(question), TRIES):
                self._tries += 1
                if self._nearby.reach(Known(known.row, value, value, known.unknowns)):
                    self._note()
                if len(question.seen) >= question.needed:
                    return

    def _missing(self, question: Question) -> Iterator[int]:
        """Values that are not seen, from the nearest one."""
        known, middle = question.known, self._nearby.sums[question.known.row]
        for away in range(int(known.most - known.least) + 1):
            for value in dict.fromkeys((middle - away, middle + away)):
                if known.least <= value <= known.most and value not in question.seen:
                    yield value

    def _solved(self, question: Question) -> None:
        """Ask the solver for values between those that are seen, until there are enough or no more."""
        known, gaps = question.known, [(question.known.least, question.known.most)]
        while gaps and len(question.seen) < question.needed:
            least, most = gaps.pop()
            inside = sorted(value for value in question.seen if least <= value <= most)
            if inside:
                edges = zip([least - 1, *inside], [*inside, most + 1], strict=True)
                gaps += [(one + 1, other - 1) for one, other in edges if other - one > 1]
                continue
            if least > most:
                continue
            if self._work > WORK:
                return
            self._work += len(self._program.highest)
            try:
                found = self._program.solve(Known(known.row, least, most, known.unknowns))
            except OpenError:
                return
            if found is not None:
                self._nearby.begin(found)
                self._keep()
                gaps.append((least, most))
        if not question.seen and not question.alone:
            # Nobody can know what is not possible.
            self._open[[each is question for each in self.questions]] = False

    def _keep(self) -> None:
        self._kept.append(self._nearby.kept())
        self._note()

    def _note(self) -> None:
        """Note what every open question sees in the solution that has been reached."""
        sums = np.array(self._nearby.sums)[self._rows]
        agree = self._open & (sums >= self._between[:, 0]) & (sums <= self._between[:, 1])
        values = np.array(self._nearby.values)
        parts = values[self._parts[:, :, 0].astype(np.int64)]
        agree &= ((parts >= self._parts[:, :, 1]) & (parts <= self._parts[:, :, 2])).all(axis=1)
        for place in np.flatnonzero(agree):
            question = self.questions[place]
            question.seen.add(int(sums[place]))
            self._open[place] = len(question.seen) < question.needed
