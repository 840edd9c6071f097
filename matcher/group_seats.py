"""A seat for everybody whom the hard rules let sit: chains of people who make room for each other."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from matcher.group_costs import BoolArray, GroupProblem, IntArray, misfit

# People whose next seats are looked at: for each person of a round, and at most.
MOVES, MOST_MOVES = 40, 50_000


class Seats:
    """Groups in which nobody is with somebody they may not be with.

    Whoever has no seat takes a free one, takes the seat of somebody who then looks for another, or takes a
    person out of a larger group to form a pair. The shortest chain of such moves is found breadth first, as
    an augmenting path is for a matching. Afterwards the same chains bring the sizes closer to the wanted
    one. Nobody is looked at twice and blossoms are not shrunk, so that a chain can be missed.

    Parameters
    ----------
    problem : GroupProblem
        The hard rules and the wanted size.
    place : int64 array, shape (n,)
        The group of each person, numbered from 0; pairs in them may break rules.

    Attributes
    ----------
    place : int64 array, shape (n,)
        The group of each person; whoever is alone in one sits out.

    References
    ----------
    .. [1] Glover: Ejection chains, reference structures and alternating path methods for traveling salesman
       problems. Discrete Applied Mathematics 65 (1996) 223-253. doi:10.1016/0166-218X(94)00037-E
    """

    def __init__(self, problem: GroupProblem, place: IntArray) -> None:
        self._problem = problem
        self._everybody = np.arange(problem.people)
        self.place = place.copy()
        # A group for everybody to be alone in.
        self._sizes = np.bincount(place, minlength=int(place.max()) + 1 + problem.people)
        self._broken = np.zeros((problem.people, len(self._sizes)), np.int8)
        for group in np.unique(place):
            self._count(int(group))
        self._moves = 0

    def fill(self) -> None:
        """Take out whoever breaks a rule, seat them and whoever is alone, and even out the sizes."""
        while (own := self._broken[self._everybody, self.place]).any():
            self._leave(int(own.argmax()))
        self._moves = min(MOVES * len(self.place), MOST_MOVES)
        while any(self._seat(i) for i in self._alone()):
            pass
        self._moves = min(MOVES * len(self.place), MOST_MOVES)
        while self._moves > 0 and (self._dissolve_one() or self._enlarge_one()):
            pass

    def misfit(self) -> tuple[int, int]:
        """How far the groups are from the wanted size; see `matcher.group_costs.misfit`."""
        misfits = [misfit(size, self._problem.size) for size in self._sizes[self._sizes > 1].tolist()]
        return sum(missing for missing, _ in misfits), sum(extra for _, extra in misfits)

    def _alone(self) -> list[int]:
        return np.flatnonzero(self._sizes[self.place] == 1).tolist()

    def _worth(self) -> tuple[int, tuple[int, int]]:
        return len(self._alone()), self.misfit()

    def _dissolve_one(self) -> bool:
        """Give the members of one small group seats in others, if the sizes are better afterwards."""
        small = np.flatnonzero((self._sizes > 1) & (self._sizes < self._problem.size))
        for group in small[np.argsort(self._sizes[small], kind="stable")].tolist():
            before, place = self._worth(), self.place.copy()
            others = np.arange(len(self._sizes)) != group
            members = np.flatnonzero(place == group).tolist()
            for i in members:
                self._leave(i)
            for i in members:
                if self._sizes[self.place[i]] == 1 and not self._chain(i, others & self._with_room()):
                    break
            if self._worth() < before:
                return True
            self._restore(place)
        return False

    def _enlarge_one(self) -> bool:
        """Move one person out of a group of three or more and another into a small one, by a chain."""
        for group in np.flatnonzero((self._sizes > 1) & (self._sizes < self._problem.size)).tolist():
            only = np.arange(len(self._sizes)) == group
            larger = self._sizes[self.place] > max(2, self._sizes[group] + 1)
            for i in np.flatnonzero(larger & (self.place != group)).tolist():
                before, place = self._worth(), self.place.copy()
                self._leave(i)
                if self._chain(i, only) and self._worth() < before:
                    return True
                self._restore(place)
        return False

    def _seat(self, i: int) -> bool:
        """Find a seat for one person, in groups that are too small first."""
        small = (self._sizes > 1) & (self._sizes < self._problem.size)
        return self._chain(i, small) or self._chain(i, self._with_room()) or self._chain(i, small, split=True)

    def _with_room(self) -> BoolArray:
        return (self._sizes > 0) & (self._sizes < self._problem.most)

    def _chain(self, i: int, free: BoolArray, split: bool = False) -> bool:
        """Seat one person by the shortest chain that ends in one of the free groups, or in a new pair."""
        free = free & (np.arange(len(free)) != self.place[i])
        before: dict[int, int] = {i: i}
        queue = [i]
        for one in queue:  # grows while it is walked
            self._moves -= 1
            if self._moves < 0:
                return False
            path = self._path(before, one)
            meets = self._problem.allows(np.array([one]), self._everybody)[0]
            meets[one] = True
            broken = self._broken[one].copy()
            for taker, left in pairwise(path):
                broken[self.place[left]] += int(meets[left]) - int(meets[taker])
            open_ = free & (broken == 0)
            if open_.any():
                self._move(path, int(np.where(open_, self._sizes, len(free)).argmin()))
                return True
            elsewhere = ~np.isin(self.place, self.place[path]) & (self._sizes[self.place] > 1)
            if split and (taken := elsewhere & meets & (self._sizes[self.place] > 2)).any():
                other = int(np.where(taken, self._sizes[self.place], 0).argmax())
                self._leave(other)
                self._move(path, int(self.place[other]))
                return True
            changes = elsewhere & (self._broken[one, self.place] == ~meets)
            for other in np.flatnonzero(changes).tolist():
                if other not in before:
                    before[other] = one
                    queue.append(other)
        return False

    def _path(self, before: dict[int, int], one: int) -> list[int]:
        path = [one]
        while before[path[-1]] != path[-1]:
            path.append(before[path[-1]])
        return path[::-1]

    def _move(self, path: Sequence[int], group: int) -> None:
        """Each person of a path takes the seat of the next, the last one a seat in a group."""
        groups = self.place[path].tolist()
        self.place[path] = [*groups[1:], group]
        for changed in {*groups, group}:
            self._count(changed)

    def _leave(self, i: int) -> None:
        """Take one person out of a group, to be alone."""
        group, empty = int(self.place[i]), int((self._sizes == 0).argmax())
        self.place[i] = empty
        self._count(group)
        self._count(empty)

    def _restore(self, place: IntArray) -> None:
        changed = np.flatnonzero(place != self.place)
        groups = {*place[changed].tolist(), *self.place[changed].tolist()}
        self.place = place
        for group in groups:
            self._count(group)

    def _count(self, group: int) -> None:
        members = np.flatnonzero(self.place == group)
        broken = ~self._problem.allows(self._everybody, members)
        broken[members, np.arange(len(members))] = False
        self._sizes[group] = len(members)
        self._broken[:, group] = broken.sum(axis=1)
