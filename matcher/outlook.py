"""How long a company's lunches can go on before somebody has to be introduced again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.group_costs import wanted_sizes
from matcher.history import History
from matcher.people import SMALLEST_GROUP, Person
from matcher.rules import AllowedPairs

Codes = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a company has left, counted before this round.

    Attributes
    ----------
    unmet : int
        Pairs of two departments who may be introduced and have not been.
    weeks : int
        No plan of rounds, however far it looks ahead, introduces everybody to somebody new of another
        department in more rounds than this; 0 if not even the next one can. In groups of the wanted sizes
        it also brings nobody together again, so that each round takes at least one person less than the
        smallest group from those whom somebody has not met, of whatever department.
    nobody_new : int
        People who have been introduced to everybody of other departments whom they may meet.
    too_large : tuple of (str or None)
        The department that more than half of the people are of, so that some of them must meet their own;
        in groups, the one that leaves some group without anybody else. Empty if there is none.
    """

    unmet: int
    weeks: int
    nobody_new: int
    too_large: tuple[str | None, ...]


def outlook(
    people: Sequence[Person],
    allowed: AllowedPairs,
    history: History,
    department: Codes,
    group_size: int = SMALLEST_GROUP,
) -> Outlook:
    """Count what is left.

    Each round takes one unmet pair of every person of a department, or more in groups; or, from a
    department of more than half, one for everybody outside. So what a department has left, divided by
    that, bounds the rounds.

    Parameters
    ----------
    people : sequence of Person
        The n people of the round.
    allowed : AllowedPairs
        The hard rules among them.
    history : History
        Who has met among them.
    department : array of int, shape (n,)
        Equal for people of one department.
    group_size : int
        People in an introduction.

    Returns
    -------
    Outlook
        All zero and empty for nobody.
    """
    size = len(people)
    if not size:
        return Outlook(0, 0, 0, ())
    sizes = np.bincount(department)
    left = _left(allowed, history, department, across=True)
    by_department = np.bincount(department, weights=left).astype(np.int64)
    needed = np.minimum(sizes, size - sizes)
    weeks = int((by_department[needed > 0] // needed[needed > 0]).min(initial=size)) if needed.any() else 0
    largest = int(np.argmax(sizes))
    first = people[int(np.argmax(department == largest))]
    too_many = 2 * int(sizes[largest]) > size
    if group_size > SMALLEST_GROUP:
        weeks = min(weeks, _rounds_of_strangers(allowed, history, department, group_size))
        too_many = size - int(sizes[largest]) < len(wanted_sizes(size, group_size))
    too_large = (first.department,) if too_many else ()
    return Outlook(int(left.sum()) // 2, weeks, int((left == 0).sum()), too_large)


def _rounds_of_strangers(allowed: AllowedPairs, history: History, department: Codes, group_size: int) -> int:
    """How often everybody can be in a group of the wanted sizes with people they have not met, at most."""
    left = _left(allowed, history, department, across=False)
    rounds = len(left)
    for component in allowed.format_components():
        sizes = wanted_sizes(len(component), group_size)
        if sizes:
            rounds = min(rounds, int(left[component].min()) // (sizes[-1] - 1))
    return rounds


def _left(allowed: AllowedPairs, history: History, department: Codes, *, across: bool) -> NDArray[np.int64]:
    """How many unmet people each person may meet, of other departments only or of all, shape (n,)."""
    kinds, meets = allowed.kinds, allowed.meets
    there = np.zeros((len(meets), int(department.max()) + 1), np.int64)
    np.add.at(there, (kinds, department), 1)
    near = meets.astype(np.int64) @ there
    own = near[kinds, department] if across else meets[kinds, kinds].astype(np.int64)
    left: NDArray[np.int64] = near.sum(axis=1)[kinds] - own
    size = len(kinds)
    low = np.concatenate((history.low, allowed.blocked[0])).astype(np.int64)
    high = np.concatenate((history.high, allowed.blocked[1]))
    low, high = np.divmod(np.unique(low * size + high), size)
    gone = meets[kinds[low], kinds[high]]
    if across:
        gone &= department[low] != department[high]
    for one in (low, high):
        left -= np.bincount(one[gone], minlength=size)
    return left
