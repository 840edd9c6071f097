"""The best pairs among some people: a maximum matching of least cost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.blossom import Blossom, Pair, heaviest
from matcher.prices import PairCosts, relax
from matcher.scale import ENDLESS, combined, exact

Numbers = NDArray[np.int64]

# Up to here all pairs are offered at once, which is as fast as thinning them out.
DENSE_LIMIT = 24
# A perfect matching on the cheapest few of each person nearly always exists; then on more of them.
NEAREST = (8, 40)
# So many pairs a person are offered to blossom at once, if they are known to hold the best.
FEW = 12


@dataclass(frozen=True, slots=True)
class Pairing:
    """Disjoint pairs, whom they leave over, and what the pairs cost together."""

    pairs: tuple[Pair, ...]
    left_over: tuple[int, ...]
    cost: int


def matching(
    members: Sequence[int],
    edges: Iterable[tuple[int, int, int]],
    seats: Sequence[int],
    blossom: Blossom = heaviest,
) -> Pairing:
    """Matching over given edges of which the pairs and the seats of all others cost least together.

    If each seat costs more than all pairs together, it is a maximum matching of least cost.

    Parameters
    ----------
    members : sequence of int
        People to place; their order decides among equals.
    edges : iterable of (int, int, int)
        Two people and the cost of their pair.
    seats : sequence of int
        Cost of leaving each person over, by number.

    Returns
    -------
    Pairing
        Its cost is that of the pairs. Empty for no edges.

    Examples
    --------
    >>> matching([0, 1, 2, 3], [(0, 1, 0), (1, 2, 0), (2, 3, 5)], seats=[9] * 4)
    Pairing(pairs=((0, 1), (2, 3)), left_over=(), cost=5)
    """
    place = {i: number for number, i in enumerate(members)}
    cost = {(place[i], place[j]): own for i, j, own in edges}
    weights = [seats[members[i]] + seats[members[j]] - own for (i, j), own in cost.items()]
    found = blossom(len(place), list(cost), weights, False)
    total = sum(cost[pair] if pair in cost else cost[pair[::-1]] for pair in found)
    return _pairing(members, found, total)


def best_pairs(costs: PairCosts, members: Sequence[int], blossom: Blossom = heaviest) -> Pairing:
    """The matching of all allowed pairs of the members that costs least, seats of all others included.

    Parameters
    ----------
    costs : PairCosts
        Of n people.
    members : sequence of int
        Some of them.
    blossom : callable
        The engine; see `matcher.blossom`.

    Returns
    -------
    Pairing
        Proven to be the best; its cost is that of the pairs. Empty for nobody.
    """
    nobody = len(members)
    chosen = costs if nobody == costs.size else costs.among(np.array(members, np.int64))
    if nobody % 2 and nobody > DENSE_LIMIT:
        # Somebody is left over in any case: without a place for one the prices miss the best by a seat.
        chosen = _with_nobody(chosen)
    found = PricedPairs(chosen, blossom).best()
    placed = tuple((i, j) for i, j in found.pairs if j < nobody)
    return _pairing(members, placed, found.cost)


class PricedPairs:
    """Pairs of people 0 to n - 1 and a price for each person, which finds the best pairs of any of them.

    Blossom runs on the pairs whose reduced cost is least. The sum of the reduced costs of its result is its
    distance to the bound that the prices prove, so a better result can only use pairs below that sum; those
    are offered in the last run. Where everybody can be placed, it runs on the reduced costs themselves, of
    which most are zero: that is several times as fast.

    Parameters
    ----------
    costs : PairCosts
        Of n people.
    blossom : callable
        The engine; see `matcher.blossom`.

    Attributes
    ----------
    prices : tuple of array of int, shape (n,)
        Twice the price of each person, word by word; see `matcher.prices.relax`.
    doubled : list of int, shape (n,)
        The same as one integer each.
    reduced : array of int, shape (n, n)
        Twice the cost of each pair beyond its prices, or `ENDLESS` where it is more or not allowed.
    """

    def __init__(self, costs: PairCosts, blossom: Blossom = heaviest) -> None:
        self._costs = costs
        self._blossom = blossom
        self.size = costs.size
        relaxed = relax(costs)
        self.prices = relaxed.doubled
        everybody = np.arange(self.size)
        self.doubled = exact(
            tuple(price[None] for price in self.prices), costs.bases, 0 * everybody, everybody
        )
        self._words = tuple(
            2 * word - price[:, None] - price for word, price in zip(costs.words, self.prices, strict=True)
        )
        self.reduced = combined(self._words, costs.bases, costs.allowed)
        self._mate = relaxed.whole()
        self._offers: dict[int, Numbers] = {}

    def best(self, without: Collection[int] = ()) -> Pairing:
        """The best pairs of everybody but some, as `best_pairs` finds them.

        Parameters
        ----------
        without : collection of int
            People who are not there at all.

        Returns
        -------
        Pairing
            Proven to be the best; empty if nobody is left.
        """
        here = np.ones(self.size, np.bool_)
        here[list(without)] = False
        known = -1
        if self.size > DENSE_LIMIT:
            pairing, gap = self._repaired(here)
            # Twice the costs of two results differ by an even number.
            if gap <= 1:
                return pairing
            known = gap
            within = np.flatnonzero(np.triu(self.reduced < min(gap, ENDLESS)))
            if gap < ENDLESS and len(within) <= FEW * self.size:
                return self._offer(here, np.union1d(within, self._places(pairing)), gap)[0]
        for count in NEAREST:
            if count not in self._offers:
                self._offers[count] = self._nearest(np.arange(self.size), count)
            offer = self._offers[count]
            pairing, gap = self._offer(here, offer, known)
            if gap <= 1:
                return pairing
            within = np.flatnonzero(np.triu(self.reduced < min(gap, ENDLESS)))
            if len(within) < 4 * len(offer):
                break
            known = gap
        if gap > ENDLESS:
            within = np.flatnonzero(np.triu(self._costs.allowed))
        return self._offer(here, np.union1d(within, offer), gap)[0]

    def _repaired(self, here: NDArray[np.bool_]) -> tuple[Pairing, int]:
        """What the prices were found with, pairing anew only whom that leaves over, with those near them."""
        mate = np.where((self._mate >= 0) & here & here[self._mate], self._mate, -1)
        loose = np.flatnonzero(here & (mate < 0))
        some = here & (mate < 0)
        if len(loose):
            near = np.argpartition(np.where(here, self.reduced[loose], ENDLESS), NEAREST[0], axis=1)
            near = near[:, : NEAREST[0]].ravel()
            near = near[here[near]]
            some[near] = some[mate[near[mate[near] >= 0]]] = True
        members = np.flatnonzero(some)
        repaired, gap = self._offer(some, self._nearest(members, NEAREST[0]), -1)
        rest = np.flatnonzero(here & ~some & (np.arange(self.size) < mate))
        kept = tuple(zip(rest.tolist(), mate[rest].tolist(), strict=True))
        cost = sum(exact(self._costs.words, self._costs.bases, rest, mate[rest]))
        pairs = tuple(sorted((*repaired.pairs, *kept)))
        return Pairing(pairs, repaired.left_over, repaired.cost + cost), gap

    def _places(self, pairing: Pairing) -> Numbers:
        pairs = np.array(pairing.pairs, np.int64).reshape(-1, 2)
        return pairs[:, 0] * self.size + pairs[:, 1]

    def _nearest(self, members: Numbers, count: int) -> Numbers:
        """The cheapest few pairs of each of some people; among equals, with the people who come next."""
        size = len(members)
        reduced = self.reduced if size == self.size else self.reduced[np.ix_(members, members)]
        if size <= DENSE_LIMIT:
            row, other = np.nonzero(np.triu(reduced < ENDLESS))
            return members[row] * self.size + members[other]
        count = min(count, size - 1)
        ahead = (np.arange(size)[:, None] + np.arange(1, size)) % size
        reduced = np.take_along_axis(reduced, ahead, axis=1)
        last = np.partition(reduced, count - 1, axis=1)[:, count - 1 : count]
        below, level = reduced < last, (reduced == last) & (last < ENDLESS)
        room = count - below.sum(axis=1, keepdims=True)
        row, column = np.nonzero(below | (level & (np.cumsum(level, axis=1) <= room)))
        one, other = members[row], members[ahead[row, column]]
        return np.unique(np.minimum(one, other) * self.size + np.maximum(one, other))

    def _offer(self, here: NDArray[np.bool_], offer: Numbers, known: int) -> tuple[Pairing, int]:
        """The best of the given pairs, or any perfect ones, and how far above the bound they are.

        Whoever is left over adds their slack to that distance. So if all slacks exceed `known`, the distance
        of a known result, nothing but perfect pairs can be better.
        """
        rows, columns = np.divmod(offer, self.size)
        both = here[rows] & here[columns]
        rows, columns = rows[both], columns[both]
        members = np.flatnonzero(here).tolist()
        place = np.cumsum(here) - 1
        edges = list(zip(place[rows].tolist(), place[columns].tolist(), strict=True))
        reduced = exact(self._words, self._costs.bases, rows, columns)
        slack = [2 * self._costs.exact_seat - self.doubled[i] for i in members]
        found: list[Pair] = []
        if len(members) % 2 == 0 and min(slack, default=0) > known:
            found = self._blossom(len(members), edges, [-own for own in reduced], True)
        if 2 * len(found) < len(members):
            weights = [slack[i] + slack[j] - own for (i, j), own in zip(edges, reduced, strict=True)]
            found = self._blossom(len(members), edges, weights, False)
        pairing = _pairing(members, found, 0)
        pairs = np.array(pairing.pairs, np.int64).reshape(-1, 2)
        cost = sum(exact(self._costs.words, self._costs.bases, pairs[:, 0], pairs[:, 1]))
        paid = cost + self._costs.exact_seat * len(pairing.left_over)
        gap = 2 * paid - sum(self.doubled[i] for i in members)
        return Pairing(pairing.pairs, pairing.left_over, cost), gap


def _with_nobody(costs: PairCosts) -> PairCosts:
    """The same with one more, whom anybody can take for nothing."""
    size = costs.size + 1
    allowed = np.ones((size, size), np.bool_)
    allowed[:-1, :-1], allowed[-1, -1] = costs.allowed, False
    return PairCosts(tuple(np.pad(word, (0, 1)) for word in costs.words), allowed, costs.bases, costs.seat)


def _pairing(members: Sequence[int], found: Iterable[Pair], cost: int) -> Pairing:
    pairs = tuple(sorted((min(members[i], members[j]), max(members[i], members[j])) for i, j in found))
    placed = {i for pair in pairs for i in pair}
    return Pairing(pairs, tuple(i for i in members if i not in placed), cost)
