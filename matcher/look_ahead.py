"""Which unmet pairs a round leaves for later, so that a small company does not run into a dead end early."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from matcher.coming_rounds import coming_rounds

MOST = 3
# A plan of a year for more people takes longer than the round itself, and their dead end is years away.
LARGEST = 300
YEAR = 52
CLOSE = 10
TRIES = 3


def look_ahead(
    unmet: NDArray[np.bool_], seed: int, missed: NDArray[np.integer] | None = None
) -> NDArray[np.int64] | None:
    """What each pair costs the rounds to come.

    Any perfect matching of the unmet pairs will do for one round, but not for all: two triangles with three
    rungs between them last three rounds, and after the rungs none at all. So the rounds that are left are
    planned (`matcher.coming_rounds`) once somebody has at most `YEAR` partners left. While more than `CLOSE`
    rounds are planned, a pair costs 1 if none of them has it: all have as many partners to choose from as
    there are rounds, and whichever they take, the plan leaves all of them equally many. Of the last `CLOSE`
    rounds all but one are kept: their pairs cost 1, all others nothing, and nothing is all that today's
    round has to cost. Which of them is today's is open: the one that makes the best use of the lunch.

    Where the number of people is odd, each person with the fewest partners left adds 1 to their pairs.
    That is the same for any pairs, and keeps them out of the trio, which uses up two partners.

    Parameters
    ----------
    unmet : ndarray of bool, shape (n, n)
        Symmetric, False on the diagonal: allowed, never met, of different departments. Those who cannot
        reach each other by a chain of such pairs are planned apart.
    seed : int
        Any integer; the same input and seed give the same costs on every machine.
    missed : ndarray of int, shape (n, n), optional
        By how much each pair falls short of the best use of a lunch.

    Returns
    -------
    ndarray of int, shape (n, n), or None
        Symmetric, 0 (best) to `MOST`; a round's introductions cost at most ``MOST * n``. Pairs that are
        not unmet cost 0 or what their people add. None if all pairs are alike: for nobody, for more than
        `LARGEST` people, far from any dead end (but for the trio of an odd number of people), or where
        unmet pairs do not place everybody even today.

    Notes
    -----
    Equal departments reach the largest number of rounds that there is, since the complete multipartite
    graph is 1-factorable [1]_. The plan is found anew each round: it holds no state, and whoever comes,
    leaves or has met somebody elsewhere is in the next one.

    References
    ----------
    .. [1] Hoffman, Rodger: The chromatic index of complete multipartite graphs. Journal of Graph Theory 16
       (1992) 159-163. doi:10.1002/jgt.3190160207

    Examples
    --------
    >>> prism = np.zeros((6, 6), dtype=bool)
    >>> for i, j in [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (0, 3), (1, 4), (2, 5)]:
    ...     prism[i, j] = prism[j, i] = True
    >>> costs = look_ahead(prism, seed=1)
    >>> int(costs[0, 3] + costs[1, 4] + costs[2, 5])
    2
    """
    size = len(unmet)
    if not 0 < size <= LARGEST:
        return None
    costs = np.zeros((size, size), dtype=np.int64)
    count, label = connected_components(unmet, directed=False)
    for number in range(count):
        members = np.flatnonzero(label == number)
        square = np.ix_(members, members)
        poorer = np.zeros_like(costs[square]) if missed is None else missed[square]
        costs[square] = _kept_for_later(unmet[square], poorer, seed) + _out_of_trios(unmet[square])
    return costs if costs.any() else None


def _kept_for_later(unmet: NDArray[np.bool_], missed: NDArray[np.integer], seed: int) -> NDArray[np.bool_]:
    """The pairs of a connected company that today's round had better not use."""
    partners = unmet.sum(axis=1)
    least = int(partners.min())
    nothing = np.zeros_like(unmet)
    # If all have the same number far from the end, every pair is in the plan.
    if least > YEAR or least == partners.max() > CLOSE:
        return nothing
    rounds = _planned(unmet, least, seed)
    if len(rounds) > CLOSE:
        return unmet & ~_pairs(rounds, nothing)
    today = _todays(rounds, missed)
    return _pairs([partner for partner in rounds if partner is not today], nothing)


def _todays(rounds: list[list[int]], missed: NDArray[np.integer]) -> list[int]:
    """Of the planned rounds that place everybody, the one that misses least; nobody if none is planned."""

    def weight(partner: list[int]) -> tuple[int, int]:
        placed = [(i, j) for i, j in enumerate(partner) if j >= 0]
        return -len(placed), sum(int(missed[pair]) for pair in placed)

    return min(rounds, key=weight, default=[])


def _planned(unmet: NDArray[np.bool_], least: int, seed: int) -> list[list[int]]:
    """The longest plan of a few tries, of which one in a hundred gets stuck near the end."""
    longest: list[list[int]] = []
    for attempt in range(TRIES):
        rounds = coming_rounds(unmet, max(least, CLOSE), TRIES * seed + attempt)
        longest = max(longest, rounds, key=len)
        if not rounds or len(longest) >= min(least, CLOSE):
            break
    return longest


def _pairs(rounds: list[list[int]], nothing: NDArray[np.bool_]) -> NDArray[np.bool_]:
    pairs = nothing.copy()
    for partner in rounds:
        placed = [(i, j) for i, j in enumerate(partner) if j >= 0]
        pairs[tuple(zip(*placed, strict=True))] = True
    return pairs


def _out_of_trios(unmet: NDArray[np.bool_]) -> NDArray[np.int64]:
    """What people with the fewest partners add to their pairs, where there will be a trio."""
    partners = unmet.sum(axis=1)
    fewest = partners == partners.min()
    if len(unmet) % 2 == 0 or fewest.all():
        return np.zeros(unmet.shape, dtype=np.int64)
    added: NDArray[np.int64] = np.add.outer(fewest, fewest, dtype=np.int64)
    return added
