"""Which counts have as many possible values as they must, shown by one solution of the program for each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from insights.attack import INSIDE, Attack, Target
from insights.funnels import OPTED_IN
from insights.lines import FAR, Lines
from insights.nearby import Nearby
from insights.program import Known, OpenError, Solution

POSSIBLE = 5
"""Values that every count may have, for all that can be concluded."""
WITH_COLLEAGUES = 3
"""And for somebody who knows what two people did."""
WORK = 300_000
"""Unknowns of all the questions that the solver is asked for one release; the others stay open."""
PULL, PULLS = 4.0, (1.0, 3.0)
"""How much more than room it is worth that what colleagues know is so, and that counts change."""
MUCH = 0.7
"""Another solution is worth its time where the last one left fewer questions open than this share."""
WAYS = 4
"""For each count, by which it is sought to be changed by one."""
TRIES = 3_000
"""Solutions that are sought nearby, each time."""


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
    low, high, size = target.low, target.high, target.where.size
    # Of a few newcomers there are not as many values, of which none may be ruled out then.
    needed = POSSIBLE if size is None else min(POSSIBLE, size + 1)
    yield Question(target, Known(target.number, low, high), needed, alone=True)
    if size is None or size < 3:
        return
    # Whoever does not do what comes after opting in may have opted in or not.
    told = target.column == OPTED_IN
    parts = sorted((people, number) for number, people in target.where.parts if people)
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

    A count keeps a value if one solution has it. From a solution in the middle of what is possible there is a
    way to change each count by one, which can be gone on, mostly, and mostly from other solutions as well.
    Where that leaves a question open, solutions are sought near one another, and by the solver where that
    fails, until it has worked for so many unknowns; what is open then is answered with no.

    Parameters
    ----------
    attack : Attack
        With the counts and all that is known of them.
    first : ndarray of int, shape (unknowns,)
        A solution.
    """

    def __init__(self, attack: Attack, first: Solution) -> None:
        self._program, self._pull, self._work, self._tries = attack.program, PULLS[0], 0, 0
        self._meetings = {number: int(first[number]) for number in attack.meetings}
        self._nearby = Nearby(attack.program, first)
        self._kept = [self._nearby.kept()]
        self.questions = [each for target in attack.targets for each in questions_of(target)]
        self._open = np.ones(len(self.questions), dtype=bool)
        self._rows = np.array([each.known.row for each in self.questions], dtype=np.int64)
        self._between = np.array([(each.known.least, each.known.most) for each in self.questions])
        most = max((len(each.known.unknowns) for each in self.questions), default=0)
        # Whoever knows of fewer parts knows nothing of unknown 0 in addition.
        padded = [
            [*each.known.unknowns, *[(0, -np.inf, np.inf)] * (most - len(each.known.unknowns))]
            for each in self.questions
        ]
        self._parts = np.array(padded, dtype=float).reshape(len(padded), most, 3)
        ways = {number: self._ways(number) for number in dict.fromkeys(self._rows.tolist())}
        self._lines = Lines(attack.program, [way for each in ways.values() for way in each])
        begins = dict(zip(ways, range(0, WAYS * len(ways), WAYS), strict=True))
        self._way_of = np.array([begins[number] for number in self._rows.tolist()], dtype=np.int64)
        numbers = self._parts[:, :, 0].astype(np.int64)
        self._part_by = np.array(
            [
                [[way.get(number, 0) for number in parts] for way in ways[row]]
                for row, parts in zip(self._rows.tolist(), numbers.tolist(), strict=True)
            ]
        ).reshape(len(padded), WAYS, most)

    def _ways(self, row: int) -> Sequence[Mapping[int, int]]:
        """Some changes by which a sum is one more; one that changes nothing where none is found."""
        value, found = self._nearby.sums[row], []
        for place in range(WAYS):
            by = 1 - 2 * (place % 2)
            changes = self._nearby.reach(Known(row, value + by, value + by)) or {}
            if changes:
                self._nearby.back(self._kept[0])
            found.append({number: times * by for number, times in changes.items()})
        return found

    def betrayed(self) -> tuple[Target, ...]:
        """The counts that have too few values, or of which it is not shown that they have enough."""
        self._note()
        self._together(self._meetings)
        for self._pull in PULLS:
            self._together({})
            self._tries = 0
            self._each(self._near)
        self._each(self._solved)
        return tuple(dict.fromkeys(self.questions[place].target for place in np.flatnonzero(self._open)))

    def _each(self, ask: Callable[[Question], None]) -> None:
        for place, question in enumerate(self.questions):
            if self._open[place]:
                ask(question)

    def _near(self, question: Question) -> None:
        """Go where what is known is so, and on from there by one after the other."""
        known = question.known
        for begin, by in product([*self._kept[:1], *self._kept[-1:]], (1, -1)):
            if self._tries > TRIES:
                return
            self._nearby.back(begin)
            if not self._reached(known):
                continue
            self._note()
            value = self._nearby.sums[known.row] + by
            while (
                len(question.seen) < question.needed
                and known.least <= value <= known.most
                and self._reached(Known(known.row, value, value, known.unknowns))
            ):
                question.seen.add(value)
                value += by
            if len(question.seen) >= question.needed:
                self._open[[each is question for each in self.questions]] = False
                return

    def _reached(self, known: Known) -> bool:
        self._tries += 1
        return self._nearby.reach(known) is not None

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
            asked = Known(known.row, least, most, known.unknowns)
            try:
                found = self._solution(asked, self._meetings) if self._is_of_people(question) else None
                found = self._solution(asked, {}) if found is None else found
            except OpenError:
                return
            if found is not None:
                self._nearby.begin(found)
                self._kept.append(self._nearby.kept())
                self._note()
                gaps.append((least, most))
        if not question.seen and not question.alone:
            # Nobody can know what is not possible.
            self._open[[each is question for each in self.questions]] = False

    def _together(self, fixed: Mapping[int, int]) -> None:
        """Ask the solver for solutions in which what many know is so, while these answer much."""
        before, left = np.inf, int(self._open.sum())
        while left and left < MUCH * before and self._work <= WORK:
            try:
                found = self._solution(None, fixed)
            except OpenError:
                return
            if found is not None:
                self._nearby.begin(found)
                self._kept.append(self._nearby.kept())
                self._note()
            before, left = left, int(self._open.sum())

    def _solution(self, asked: Known | None, fixed: Mapping[int, int]) -> Solution | None:
        self._work += len(self._program.highest) - len(fixed)
        return self._program.solve(asked, inside=INSIDE, towards=self._towards(), fixed=fixed)

    def _is_of_people(self, question: Question) -> bool:
        """Whether who met whom is not asked, so that one answer to that will do."""
        return self._meetings.keys().isdisjoint(self._program.rows[question.known.row])

    def _towards(self) -> dict[int, float]:
        """Where open questions lack values; of two that contradict each other, where the first does."""
        wanted: dict[int, float] = {}
        for place in np.flatnonzero(self._open):
            question = self.questions[place]
            known = question.known
            if not question.seen:
                for number, least, most in known.unknowns:
                    wanted.setdefault(number, PULL if least + most > self._program.highest[number] else -PULL)
        for place in np.flatnonzero(self._open):
            question = self.questions[place]
            if question.seen:
                up = max(question.seen) < question.known.most
                for number in self._program.rows[question.known.row]:
                    wanted.setdefault(number, self._pull if up else -self._pull)
        return wanted

    def _note(self) -> None:
        """Note what open questions see in the solution that has been reached, and on the ways from there."""
        values, sums = np.array(self._nearby.values), np.array(self._nearby.sums)
        room, steps = self._lines.room(np.append(sums, values)), np.arange(-FAR, FAR + 1)
        for way in range(WAYS):
            places = np.flatnonzero(self._open)
            back, forth = (each[self._way_of[places] + way, None] for each in room)
            counts = sums[self._rows[places], None] + steps
            least, most = (self._between[places, end, None] for end in (0, 1))
            agree = (steps >= -back) & (steps <= forth) & (counts >= least) & (counts <= most)
            number, lowest, highest = (self._parts[places, :, which, None] for which in range(3))
            parts = values[number.astype(np.int64)] + self._part_by[places, way, :, None] * steps
            agree &= ((parts >= lowest) & (parts <= highest)).all(axis=1)
            for place in np.flatnonzero(agree.any(axis=1)):
                question = self.questions[places[place]]
                question.seen.update(counts[place, agree[place]].tolist())
                self._open[places[place]] = len(question.seen) < question.needed
