"""Which counts have as many possible values as they must, shown by one solution of the program for each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from insights.attack import Attack, Target
from insights.funnels import OPTED_IN
from insights.moves import FAR, Moves
from insights.nearby import Effort, Nearby
from insights.program import Known, OpenError, Solution

POSSIBLE = 5
"""Values that every count may have, for all that can be concluded."""
WITH_COLLEAGUES = 3
"""And for somebody who knows what two people did."""
WORK = 300_000
"""Unknowns of all the questions that the solver is asked for one release; the others stay open."""
ROOM = 1
"""So far from its ends each sum is to be in a solution that the solver is asked for."""
PULL, PULLS = 4.0, (1.0, 3.0)
"""How much more than room it is worth that what colleagues know is so, and that counts change."""
MUCH = 0.7
"""Another solution is worth its time where the last one left fewer questions open than this share."""
WAYS, TRIED = 4, 20
"""Moves by which a count is sought to be one more, from every solution and from one nearby."""
EFFORTS = tuple(Effort(*each) for each in ((4, 4, 0), (8, 8, 0), (24, 12, 60), (24, 40, 400), (60, 40, 1000)))
"""First for all questions, then for those that stay open."""
TRIES = 10_000
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

    @property
    def answered(self) -> bool:
        """Whether these are enough."""
        return len(self.seen) >= self.needed


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
        self._effort, self._is_whole = EFFORTS[0], attack.is_whole
        self._meetings = {number: int(first[number]) for number in attack.meetings}
        self._moves = moves = Moves(attack.program)
        self._nearby = Nearby(attack.program, moves, first)
        self._solutions = [first]
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
        self._ways = self._ways_of(moves, dict.fromkeys(self._rows.tolist()))
        used = sorted({move for ways in self._ways.values() for move, _ in ways[:WAYS]})
        self._rooms = moves.rooms(np.array(used, dtype=np.int64))
        place = {move: number for number, move in enumerate(used)}
        asked = [self._ways[row][:WAYS] for row in self._rows.tolist()]
        shape = (len(padded), WAYS)
        self._way_of = np.array([[place[move] for move, _ in ways] for ways in asked]).reshape(shape)
        self._times = np.array([[times for _, times in ways] for ways in asked]).reshape(shape)
        changes = {move: dict(moves.of(move)) for move in used}
        self._part_by = np.array(
            [
                [[changes[move].get(number, 0) * times for number in numbers] for move, times in ways]
                for ways, numbers in zip(asked, self._parts[:, :, 0].astype(np.int64).tolist(), strict=True)
            ]
        ).reshape(len(padded), WAYS, most)

    def _ways_of(self, moves: Moves, rows: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
        """For each sum the moves by which it is one more, first those that can be made most often, or back.

        One that is made 0 times stands where there are fewer than `WAYS`.
        """
        back, forth = moves.rooms(np.arange(moves.changes.shape[0]))(self._reached_so_far())
        score = FAR * np.minimum(back, forth) + np.maximum(back, forth)
        ways = {}
        for row in rows:
            found, by = moves.changing(row)
            found, by = found[np.abs(by) == 1], by[np.abs(by) == 1]
            best = np.argsort(-score[found], kind="stable")[:TRIED]
            ways[row] = list(zip(found[best].tolist(), by[best].tolist(), strict=True))
            ways[row] += [(0, 0)] * (WAYS - len(best))
        return ways

    def _reached_so_far(self) -> Solution:
        return np.array([*self._nearby.sums, *self._nearby.values], dtype=np.int64)

    def betrayed(self) -> tuple[Target, ...]:
        """The counts that have too few values, or of which it is not shown that they have enough."""
        self._note()
        self._near_each()
        before = np.inf
        while (left := int(self._open.sum())) and left < MUCH * before:
            for self._pull in PULLS:
                self._together()
                self._near_each()
            before = left
        self._each(self._solved)
        return tuple(dict.fromkeys(self.questions[place].target for place in np.flatnonzero(self._open)))

    def _each(self, ask: Callable[[Question], None]) -> None:
        for place, question in enumerate(self.questions):
            if self._open[place]:
                ask(question)
                self._open[place] &= not question.answered

    def _near_each(self) -> None:
        """Go on from the first solution, and from the newest one, to others that open questions ask for."""
        for self._effort in EFFORTS:
            if self._open.sum() * self._effort.unknowns > len(self._program.highest):
                return
            self._tries = 0
            for place in dict.fromkeys((0, len(self._solutions) - 1)):
                self._nearby.begin(self._solutions[place])
                self._each(self._near)

    def _near(self, question: Question) -> None:
        """Go where what is known is so, and on from there by one after the other."""
        if self._tries > TRIES:
            return
        self._nearby.back()
        if not self._arrives(question.known):
            self._nearby.back()
            if not self._reached(question.known):
                return
        here = len(self._nearby.made)
        question.seen.add(self._nearby.sums[question.known.row])
        for by in (1, -1):
            while not question.answered and self._goes_on(question, by):
                pass
            self._nearby.back(here)

    def _arrives(self, known: Known) -> bool:
        """Whether some moves alone lead to where this is so, too."""
        nearby = self._nearby
        for number, least, most in known.unknowns:
            others = [each for each in known.unknowns if each[0] != number]
            while not least <= (value := nearby.values[number]) <= most:
                by, far = (1, least - value) if value < least else (-1, value - most)
                for move, times in self._moves.with_one_more(number):
                    often = int(min(far, nearby.room(move, by * times, others)))
                    if often > 0:
                        nearby.make(move, by * times * often)
                        break
                else:
                    return False
        return known.least <= nearby.sums[known.row] <= known.most

    def _goes_on(self, question: Question, by: int) -> bool:
        """Whether a count may be one more, or one less; go there, and on if the same move does it."""
        known, value = question.known, self._nearby.sums[question.known.row]
        far = min(known.most - value if by > 0 else value - known.least, FAR)
        if far < 1:
            return False
        for move, times in self._ways[known.row]:
            often = int(min(far, self._nearby.room(move, by * times, known.unknowns))) if times else 0
            if often > 0:
                self._nearby.make(move, by * times * often)
                question.seen.update(range(value + by, value + by * (often + 1), by))
                return True
        if not self._reached(Known(known.row, value + by, value + by, known.unknowns)):
            return False
        question.seen.add(value + by)
        return True

    def _reached(self, known: Known) -> bool:
        self._tries += 1
        return self._nearby.reach(known, self._effort)

    def _solved(self, question: Question) -> None:
        """Ask the solver for values between those that are seen, until there are enough or no more."""
        known, gaps = question.known, [(question.known.least, question.known.most)]
        while gaps and not question.answered:
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
                found = self._is_of_people(question) and self._is_found(asked, self._meetings)
                if found or self._is_found(asked, {}):
                    gaps.append((least, most))
            except OpenError:
                return
        if not question.seen and not question.alone and self._is_whole:
            # Nobody can know what is not possible.
            self._open[[each is question for each in self.questions]] = False

    def _together(self) -> None:
        """Ask the solver for solutions in which what many know is so, while these answer much."""
        before, left = np.inf, int(self._open.sum())
        while left and left < MUCH * before and self._work <= WORK:
            try:
                self._is_found(None, {})
            except OpenError:
                return
            before, left = left, int(self._open.sum())

    def _is_found(self, asked: Known | None, fixed: Mapping[int, int]) -> bool:
        """Whether the solver finds a solution; go there, and note what open questions see."""
        self._work += len(self._program.highest) - len(fixed)
        found = self._program.solve(asked, inside=ROOM, towards=self._towards(), fixed=fixed)
        if found is None:
            return False
        self._nearby.begin(found)
        self._solutions.append(found)
        self._note()
        return True

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
        solution, steps = self._reached_so_far(), np.arange(-FAR, FAR + 1)
        values, sums = solution[len(self._nearby.sums) :], solution[: len(self._nearby.sums)]
        rooms = np.array(self._rooms(solution))
        for way in range(WAYS):
            places = np.flatnonzero(self._open)
            times = self._times[places, way, None]
            less, more = rooms[:, self._way_of[places, way], None] * np.abs(times)
            back, forth = np.where(times > 0, less, more), np.where(times > 0, more, less)
            counts = sums[self._rows[places], None] + steps
            least, most = (self._between[places, end, None] for end in (0, 1))
            agree = (steps >= -back) & (steps <= forth) & (counts >= least) & (counts <= most)
            number, lowest, highest = (self._parts[places, :, which, None] for which in range(3))
            parts = values[number.astype(np.int64)] + self._part_by[places, way, :, None] * steps
            agree &= ((parts >= lowest) & (parts <= highest)).all(axis=1)
            for place in np.flatnonzero(agree.any(axis=1)):
                question = self.questions[places[place]]
                question.seen.update(counts[place, agree[place]].tolist())
                self._open[places[place]] = not question.answered
