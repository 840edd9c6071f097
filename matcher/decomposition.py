"""Which people some maximum matching leaves over, in groups of which at most one is ever left."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.pairs import Pairing


def leavable_groups(allowed: NDArray[np.bool_], pairing: Pairing) -> list[list[int]]:
    """Components of the people whom at least one maximum matching leaves over.

    These are the factor-critical components of the Gallai-Edmonds decomposition. Every maximum matching
    pairs all but one of each group within it, and that one is left over or paired with somebody outside.
    Whoever can be the third of a trio is left over by the matching that remains without them, and so are
    the other two: a trio lies within one group, and a group holds at most one.

    Parameters
    ----------
    allowed : array of bool, shape (n, n)
        With whom each person may be introduced; symmetric, False on the diagonal.
    pairing : Pairing
        Any maximum matching of these n people.

    Returns
    -------
    list of list of int
        Each ascending; empty if nobody is left over.

    References
    ----------
    .. [1] Lovász, Plummer: Matching Theory. North-Holland, 1986, chapter 3.
    .. [2] Cornuéjols, Hartvigsen, Pulleyblank: Packing subgraphs in a graph. Operations Research Letters 1
       (1982) 139-143. doi:10.1016/0167-6377(82)90021-5

    Examples
    --------
    >>> allowed = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], bool)
    >>> leavable_groups(allowed, Pairing(((0, 1),), (2,), 0))
    [[0], [2]]
    """
    mate: list[int | None] = [None] * len(allowed)
    for i, j in pairing.pairs:
        mate[i], mate[j] = j, i
    leavable: set[int] = set()
    for root in pairing.left_over:
        leavable |= _Tree(allowed, mate, root).even()
    groups = []
    waiting = np.zeros(len(allowed), np.bool_)
    waiting[list(leavable)] = True
    for first in sorted(leavable):
        if not waiting[first]:
            continue
        waiting[first] = False
        group = [first]
        for one in group:  # grows while it is walked
            near = np.flatnonzero(waiting & allowed[one])
            waiting[near] = False
            group += near.tolist()
        groups.append(sorted(group))
    return groups


class _Tree:
    """The alternating tree of Edmonds from one left-over person, with its blossoms shrunk."""

    def __init__(self, allowed: NDArray[np.bool_], mate: Sequence[int | None], root: int) -> None:
        self._allowed = allowed
        self._mate = mate
        self._root = root
        self._parent: dict[int, int] = {}
        self._base = np.arange(len(allowed))

    def even(self) -> set[int]:
        """Everybody at the end of an alternating path of even length: who can be left over instead."""
        even = {self._root}
        queue = deque([self._root])
        while queue:
            one = queue.popleft()
            for other in np.flatnonzero(self._allowed[one] & (self._base != self._base[one])).tolist():
                if self._base[one] == self._base[other] or self._mate[one] == other:
                    continue
                mate = self._mate[other]
                if other == self._root or (mate is not None and mate in self._parent):
                    new = self._shrink(one, other) - even
                    even |= new
                    queue.extend(sorted(new))
                elif other not in self._parent:
                    assert mate is not None, "the matching was not a maximum one"
                    self._parent[other] = one
                    even.add(mate)
                    queue.append(mate)
        return even

    def _shrink(self, one: int, other: int) -> set[int]:
        base = self._common_base(one, other)
        blossom: set[int] = set()
        self._mark(one, base, other, blossom)
        self._mark(other, base, one, blossom)
        inside = np.flatnonzero(np.isin(self._base, list(blossom)))
        self._base[inside] = base
        return set(inside.tolist())

    def _common_base(self, one: int, other: int) -> int:
        seen = set()
        here = int(self._base[one])
        while True:
            seen.add(here)
            mate = self._mate[here]
            if mate is None:
                break
            here = int(self._base[self._parent[mate]])
        here = int(self._base[other])
        while here not in seen:
            mate = self._mate[here]
            assert mate is not None
            here = int(self._base[self._parent[mate]])
        return here

    def _mark(self, here: int, base: int, child: int, blossom: set[int]) -> None:
        while self._base[here] != base:
            mate = self._mate[here]
            assert mate is not None
            blossom |= {int(self._base[here]), int(self._base[mate])}
            self._parent[here] = child
            child = mate
            here = self._parent[mate]
