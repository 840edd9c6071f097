"""What each person's pair misses at least, and so what any pairs of many people miss together."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.objective import Objective
from matcher.pair_table import People
from matcher.rules import AllowedPairs

ROWS, COLUMNS = 256, 2048
NOBODY = np.int64(1 << 40)


def quick_floors(objective: Objective, people: People) -> NDArray[np.int64]:
    """Points that any pair of each person misses, by what the person says alone, shape (n,)."""
    return objective.lunches.most - objective.lunches.most_of_each()[people]


def floors(
    objective: Objective,
    allowed: AllowedPairs,
    people: People,
    *,
    same_department: bool,
    expired: Callable[[], bool],
) -> NDArray[np.int64]:
    """Points that the best partner of each person leaves missing, among partners who cost nothing else.

    Half their sum is a bound of what all pairs together miss, if these are as good as possible in all
    else: each pair misses at least what the more modest of its two does.

    Parameters
    ----------
    objective : Objective
        The costs of the round.
    allowed : AllowedPairs
        The hard rules of the round.
    people : array of int, shape (n,)
        Who is to be paired, by their number in the round.
    same_department : bool
        Whether a partner of the own department counts, since some pairs cannot do without.
    expired : callable
        Once it is true, those who are not through yet get the quick floor, which is not higher.

    Returns
    -------
    array of int, shape (n,)
        A person without any such partner has the quick floor.

    Notes
    -----
    Reads every pair at most once. Whoever has reached the quick floor is not looked at any further: in a
    large company that is nearly everybody after some hundred partners.
    """
    quick = quick_floors(objective, people)
    least = np.full(len(people), NOBODY)
    for first in range(0, len(people), COLUMNS):
        columns = people[first : first + COLUMNS]
        waiting = np.flatnonzero(least > quick)
        if not len(waiting):
            break
        if expired():
            least[waiting] = quick[waiting]
            break
        for start in range(0, len(waiting), ROWS):
            rows = waiting[start : start + ROWS]
            levels = objective.links(people[rows], columns)
            missed = levels["missed_points"].astype(np.int64)
            free = allowed.among(people[rows], columns)
            if "repeats" in levels:
                free &= ~levels["repeats"].astype(np.bool_)
            if not same_department:
                free &= ~objective.same_department(people[rows], columns)
            least[rows] = np.minimum(least[rows], missed.min(axis=1, initial=NOBODY, where=free))
    return np.where(least < NOBODY, least, quick)
