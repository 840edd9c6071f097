"""Which people some maximum matching leaves over, in groups of which at most one is ever left."""

from collections import deque
from collections.abc import Sequence

from matcher.pairs import Pairing


def leavable_groups(neighbours: Sequence[Sequence[int]], pairing: Pairing) -> list[list[int]]:
    """Components of the people whom at least one maximum matching leaves over.

    These are the factor-critical components of the Gallai-Edmonds decomposition. Every maximum matching
    pairs all but one of each group within it, and that one is left over or paired with somebody outside.
    Whoever can be the third of a trio is left over by the matching that remains without them, and so are
    the other two: a trio lies within one group, and a group holds at most one.

    Parameters
    ----------
    neighbours : sequence of sequence of int, shape (n,)
        With whom each person may be introduced.
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
    >>> leavable_groups([[1], [0, 2], [1]], Pairing(((0, 1),), (2,), 0))
    [[0], [2]]
    """
    mate: list[int | None] = [None] * len(neighbours)
    for i, j in pairing.pairs:
        mate[i], mate[j] = j, i
    leavable: set[int] = set()
    for root in pairing.left_over:
        leavable |= _Tree(neighbours, mate, root).even()
    groups = []
    while leavable:
        group = [min(leavable)]
        leavable.remove(group[0])
        for one in group:  # grows while it is walked
            near = leavable.intersection(neighbours[one])
            leavable -= near
            group += sorted(near)
        groups.append(sorted(group))
    return groups


class _Tree:
    """The alternating tree of Edmonds from one left-over person, with its blossoms shrunk."""

    def __init__(self, neighbours: Sequence[Sequence[int]], mate: Sequence[int | None], root: int) -> None:
        self._neighbours = neighbours
        self._mate = mate
        self._root = root
        self._parent: dict[int, int] = {}
        self._base = list(range(len(neighbours)))

    def even(self) -> set[int]:
        """Everybody at the end of an alternating path of even length: who can be left over instead."""
        even = {self._root}
        queue = deque([self._root])
        while queue:
            one = queue.popleft()
            for other in self._neighbours[one]:
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
        inside = {i for i, own in enumerate(self._base) if own in blossom}
        for i in inside:
            self._base[i] = base
        return inside

    def _common_base(self, one: int, other: int) -> int:
        seen = set()
        here = self._base[one]
        while True:
            seen.add(here)
            mate = self._mate[here]
            if mate is None:
                break
            here = self._base[self._parent[mate]]
        here = self._base[other]
        while here not in seen:
            mate = self._mate[here]
            assert mate is not None
            here = self._base[self._parent[mate]]
        return here

    def _mark(self, here: int, base: int, child: int, blossom: set[int]) -> None:
        while self._base[here] != base:
            mate = self._mate[here]
            assert mate is not None
            blossom |= {self._base[here], self._base[mate]}
            self._parent[here] = child
            child = mate
            here = self._parent[mate]
