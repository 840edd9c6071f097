"""Plans rounds in advance: as many as possible, each with a partner for everybody, and no pair twice."""

from collections.abc import Iterator
from random import Random

import numpy as np
from numpy.typing import NDArray

EMPTY = -1
AWAY = -2
# Steps for each person: in one round, where the hardest that we saw solved took 50, and in all, where plans
# of 50 to 80 rounds take 50 to 250. Small companies need a few more.
STEPS_IN_ROUND = 60
STEPS_IN_ALL = 300
STEPS_MORE = 300
# Twice as many take twice as long and save no steps.
SHARE_OF_SWAPS = 0.2

Seat = tuple[int, int]


def coming_rounds(unmet: NDArray[np.bool_], most: int, seed: int) -> list[list[int]]:
    """Disjoint perfect matchings of a graph, in other words a 1-factorisation as far as it goes.

    Somebody with k partners left is in the first k rounds. A round of an odd number of people leaves one
    of them without a partner. The search is a random walk of a bounded number of steps, which proves
    nothing: where it stops, another seed may find one round more.

    Parameters
    ----------
    unmet : ndarray of bool, shape (n, n)
        Symmetric, False on the diagonal: the pairs that may be used, each once.
    most : int
        How many rounds are enough.
    seed : int
        Any integer. The same pairs and seed give the same rounds on every machine.

    Returns
    -------
    list of list of int, shape (rounds, n)
        The partner of each person in each round; negative for who is without one. There are fewer rounds
        than `most` if the walk found no more or fewer than two people are left, and none if it did not
        even find one.

    Notes
    -----
    A seat is a person in a round. An empty seat is filled with an unused pair if its partner's seat is
    empty too. Otherwise it moves: to the person whose partner was taken, or to another round along the
    alternating path of the two rounds (a Kempe chain [1]_). Two empty seats that meet are filled. The steps
    of a round grow like n where pairs are plenty: all 80 rounds of 100 people in 5 equal departments take
    some 6,000 steps.

    References
    ----------
    .. [1] Januario, Urrutia, Ribeiro, de Werra: Edge coloring: A natural model for sports scheduling.
       European Journal of Operational Research 254 (2016) 1-8. doi:10.1016/j.ejor.2016.03.038

    Examples
    --------
    >>> everybody = ~np.eye(4, dtype=bool)
    >>> sorted(coming_rounds(everybody, 10, seed=1))
    [[1, 0, 3, 2], [2, 3, 0, 1], [3, 2, 1, 0]]
    """
    walk = _Walk(unmet, seed)
    while len(walk.rounds) < most and walk.add_round():
        pass
    return walk.rounds


class _Walk:
    """Rounds with empty seats, and the pairs that no round uses."""

    def __init__(self, unmet: NDArray[np.bool_], seed: int) -> None:
        # Only `random()` is promised to draw the same in every version of Python.
        self._random = Random(seed).random  # noqa: S311 (reproducible, no secret)
        # Dictionaries keep their order; a set's would be an accident.
        self._unused = [dict.fromkeys(np.flatnonzero(row).tolist()) for row in unmet]
        self._partners = [len(unused) for unused in self._unused]
        self._empty: list[Seat] = []
        self._place: dict[Seat, int] = {}
        self._unavoidable = 0
        self._steps_left = STEPS_IN_ALL * len(unmet) + STEPS_MORE
        self.rounds: list[list[int]] = []

    def add_round(self) -> bool:
        """Plan one round more; if that fails, keep those that were there, and stay unusable."""
        number = len(self.rounds)
        here = [i for i, partners in enumerate(self._partners) if partners > number]
        if len(here) < 2:
            return False
        complete = [partner.copy() for partner in self.rounds]
        self.rounds.append([AWAY] * len(self._partners))
        for i in here:
            self._vacate(i, number)
        self._unavoidable += len(here) % 2
        for _ in range(min(STEPS_IN_ROUND * len(self._partners) + STEPS_MORE, self._steps_left)):
            self._step()
            self._steps_left -= 1
            if len(self._empty) == self._unavoidable:
                return True
        self.rounds = complete
        return False

    def _step(self) -> None:
        """Fill an empty seat, or move it."""
        i, number = self._empty[self._draw(len(self._empty))]
        partner, unused = self.rounds[number], self._unused[i]
        others = len(self.rounds) - 1
        match = next((j for j in unused if partner[j] == EMPTY), None)
        if match is not None:
            self._introduce(i, match, number)
        elif others and self._random() < SHARE_OF_SWAPS:
            other = self._draw(others)
            self._swap(i, number, other + (other >= number))
        elif unused:
            match = list(unused)[self._draw(len(unused))]
            loser = partner[match]
            if loser != AWAY:
                self._part(match, loser, number)
                self._introduce(i, match, number)

    def _draw(self, count: int) -> int:
        return int(self._random() * count)

    def _introduce(self, i: int, j: int, number: int) -> None:
        del self._unused[i][j], self._unused[j][i]
        self._occupy(i, number, j)
        self._occupy(j, number, i)

    def _part(self, i: int, j: int, number: int) -> None:
        self._unused[i][j] = self._unused[j][i] = None
        self._vacate(i, number)
        self._vacate(j, number)

    def _swap(self, i: int, one: int, other: int) -> None:
        """Exchange two rounds along the path of their pairs from an empty seat, unless it ends outside."""
        path = [i, *self._path(i, other, one)]
        end = path[-1]
        if AWAY in (self.rounds[one][end], self.rounds[other][end], self.rounds[other][i]):
            return
        for j in path:
            before = self.rounds[one][j], self.rounds[other][j]
            for number, partner in zip((other, one), before, strict=True):
                if partner != EMPTY:
                    self._occupy(j, number, partner)
                elif self.rounds[number][j] != EMPTY:
                    self._vacate(j, number)

    def _path(self, i: int, one: int, other: int) -> Iterator[int]:
        while (i := self.rounds[one][i]) >= 0:
            yield i
            one, other = other, one

    def _vacate(self, i: int, number: int) -> None:
        self.rounds[number][i] = EMPTY
        self._place[i, number] = len(self._empty)
        self._empty.append((i, number))

    def _occupy(self, i: int, number: int, partner: int) -> None:
        if self.rounds[number][i] == EMPTY:
            place, last = self._place.pop((i, number)), self._empty.pop()
            if last != (i, number):
                self._empty[place] = last
                self._place[last] = place
        self.rounds[number][i] = partner
