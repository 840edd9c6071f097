"""Levels of cost that never mix: as one exact integer, and as words that a machine adds exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

Words = tuple[NDArray[np.int64], ...]

# A float holds whole numbers to 2**53: room for the price of a seat and for what no pair may cost.
WORD = 1 << 48
# Prices go beyond what they price. With this much room between two words, comparing the exact integers of
# reduced costs, or of sums of them, is comparing word by word.
ROOM = 64
# Beyond, a cost is as good as endless; the sum of seven still fits a machine's integer.
ENDLESS = 1 << 60


@dataclass(frozen=True, slots=True)
class Toll:
    """A cost taken apart.

    Repeated pairs, the sum of their recency ranks, same-department introductions, people who sit out twice
    running, what the burdens weigh, what it costs later rounds, and points that the pairs miss.
    """

    repeats: int = 0
    recency: int = 0
    same_department: int = 0
    twice_running: int = 0
    unfairness: int = 0
    later_rounds: int = 0
    missed_points: int = 0


class Scale:
    """Mixed radix: every radix exceeds the largest total that its level can reach over a whole round.

    So no number of small gains outweighs a larger one. Python's integers hold all levels at once at any
    size; where NumPy and SciPy calculate, neighbouring levels share a word as long as its largest total
    stays below 2**48, and words are compared one after the other.

    Parameters
    ----------
    totals : iterable of (str, int)
        The levels, heaviest first, with the largest total of each. A level with total 0 takes no room.

    Attributes
    ----------
    names : tuple of str
        The levels, heaviest first.
    bases : tuple of int
        What one unit of each word is worth.
    seat : int
        More than everything else can cost together: the price of one person sitting out.
    seat_in_word : int
        The same in units of the first word.
    last : int
        Costs that differ by a multiple of it are equal on the last level.

    Examples
    --------
    >>> scale = Scale([("repeats", 3), ("missed_points", 9)])
    >>> scale.unit("repeats"), scale.seat, scale.apart(25) == Toll(repeats=2, missed_points=5)
    (10, 40, True)
    """

    def __init__(self, totals: Iterable[tuple[str, int]]) -> None:
        radices = {name: total + 1 for name, total in totals}
        self.names = tuple(radices)
        self._radices = radices
        self._words: list[list[str]] = [[]]
        for name, radix in radices.items():
            if self._words[-1] and prod(radices[each] for each in self._words[-1]) * radix > WORD:
                self._words.append([])
                radices[name] = radix * ROOM
            self._words[-1].append(name)
        sizes = [prod(radices[name] for name in names) for names in self._words]
        self.bases = tuple(prod(sizes[place + 1 :]) for place in range(len(sizes)))
        self.seat, self.seat_in_word = prod(sizes), sizes[0]
        self.last = radices[self.names[-1]]

    def unit(self, name: str) -> int:
        """What one unit of a level is worth."""
        return prod(self._radices[each] for each in self.names[self.names.index(name) + 1 :])

    def pack(self, levels: Mapping[str, NDArray[np.integer] | NDArray[np.bool_]]) -> Words:
        """Levels of many costs, all of one shape, as words; a level that is left out is 0."""
        shape = next(iter(levels.values())).shape
        packed = []
        for names in self._words:
            word = np.zeros(shape, np.int64)
            for name in names:
                word *= self._radices[name]
                if name in levels:
                    word += levels[name]
            packed.append(word)
        return tuple(packed)

    def apart(self, cost: int) -> Toll:
        """Take a cost, or a sum of costs within one round, apart."""
        parts: dict[str, int] = {}
        for name in reversed(self.names[1:]):
            cost, parts[name] = divmod(cost, self._radices[name])
        return Toll(**parts, **{self.names[0]: cost})


def exact(
    words: Words, bases: Sequence[int], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> list[int]:
    """The exact integers of some entries, given by row and column."""
    total = [0] * len(rows)
    for word, base in zip(words, bases, strict=True):
        total = [sum_ + base * own for sum_, own in zip(total, word[rows, columns].tolist(), strict=True)]
    return total


def combined(words: Words, bases: Sequence[int], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Words as one number each, capped at `ENDLESS`, which also stands where nothing is allowed.

    Parameters
    ----------
    words : tuple of array of int, shape (n, n)
        Sums of costs and prices, of any sign.
    bases : sequence of int
        What one unit of each word is worth.
    allowed : array of bool, shape (n, n)
        Which numbers are needed.

    Returns
    -------
    array of int, shape (n, n)
        Of Python's integers if one that is needed is below ``-ENDLESS``; these are never capped.
    """
    total = np.zeros(words[0].shape, np.int64)
    within = allowed.copy()
    for place, word in enumerate(words):
        base = bases[place - 1] // bases[place] if place else 1
        least = int(total.min(initial=0, where=within))
        if least * base < -ENDLESS:
            return _endless_integers(words, bases, allowed)
        within &= total <= ENDLESS // base
        total = np.where(within, total, 0) * base + word
    return np.where(within & (total < ENDLESS), total, ENDLESS)


def _endless_integers(words: Words, bases: Sequence[int], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    total = np.zeros(words[0].shape, object)
    for word, base in zip(words, bases, strict=True):
        total = total + base * word.astype(object)
    return np.where(allowed, total, ENDLESS)
