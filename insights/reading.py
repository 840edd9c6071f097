"""What a released cell leaves open: the rule that made it, tried on every count that it may have had."""

from collections.abc import Callable, Iterable

from insights.cells import Cell
from insights.rounding import BASE

Rule = Callable[..., Cell]
"""`cells.part`, or another with its arguments."""


def left_open(
    cell: Cell, rule: Rule, base: int, highest: int, *, sures: Iterable[int], share_base: int
) -> tuple[int, int]:
    """The lowest and the highest rounded count that is released as this cell.

    Parameters
    ----------
    cell : Cell
        Any that the rule can give.
    rule : callable
        Makes the cell of a rounded count, a base, `sure` and `share_base`.
    base, highest : int
        The released base, and the most that the count can have been; multiples of 5.
    sures : iterable of int
        What the true base may be.
    share_base : int
        Base under which there are no shares.

    Returns
    -------
    (int, int)
        Multiples of 5; 0 and `highest` where no count gives the cell, which then says nothing.

    Examples
    --------
    >>> from insights.cells import AtLeast, Reading, part
    >>> left_open(Reading.AT_MOST_20, part, 45, 45, sures=[43], share_base=20)
    (0, 5)
    >>> left_open(AtLeast(5), part, 15, 15, sures=[14], share_base=20)
    (5, 15)
    """
    known = list(sures)
    counts = [
        count
        for count in range(0, highest + 1, BASE)
        if any(rule(count, base, sure=sure, share_base=share_base) == cell for sure in known)
    ]
    return (counts[0], counts[-1]) if counts else (0, highest)
