"""What a released cell leaves open: the counts of which the rule that made it says the same."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

from insights.cells import AtLeast, Bounds, Cell, Count, Rate, Reading, Share, rate
from insights.funnels import at_most
from insights.rounding import BASE

Rule = Callable[[int], Cell]
"""What a rounded count reads; those that read alike are side by side."""


def left_open(cell: Cell, rule: Rule, highest: int) -> tuple[int, int]:
    """The lowest and the highest rounded count that is released as this cell.

    Parameters
    ----------
    cell : Cell
        Any that the rule can give.
    rule : callable
        Makes the cell of a rounded count.
    highest : int
        The most that the count can have been, a multiple of 5.

    Returns
    -------
    (int, int)
        Multiples of 5; 0 and `highest` where no count gives the cell, which then says nothing.

    Examples
    --------
    >>> from insights.cells import AtLeast, Reading, part
    >>> left_open(Reading.AT_MOST_20, partial(part, base=45, sure=43, share_base=20), 45)
    (0, 5)
    >>> left_open(AtLeast(5), partial(part, base=15, sure=14, share_base=20), 15)
    (5, 15)
    """
    places = range(0, highest + 1, BASE)

    def reads(count: int) -> bool:
        return rule(count) == cell

    # The one that is named, or some at an end.
    named = [cell.count] if isinstance(cell, Count | AtLeast | Share) and cell.count is not None else []
    inside = next((count for count in (*named, 0, places[-1]) if count in places and reads(count)), None)
    if inside is None:
        return 0, highest
    before, after = places[: inside // BASE], places[inside // BASE + 1 :]
    least = bisect_left(before, True, key=reads)
    most = bisect_left(after, True, key=lambda count: not reads(count))
    return least * BASE, inside + most * BASE


def rates_left_open(cell: Bounds, every: int) -> Iterator[tuple[int, int, int]]:
    """The rounded counts of introductions that met and that are open, which are released as these bounds.

    Parameters
    ----------
    cell : Bounds
        Any that `funnels.bounds` can give.
    every : int
        The introductions delivered, rounded, 5 or more.

    Yields
    ------
    (int, int, int)
        A count of those that met, in order, and the least and the most open ones beside it, all of which are
        possible; nothing where no counts give these bounds.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from insights.funnels import bounds
    >>> list(rates_left_open(bounds(Fraction(20, 40), Fraction(10, 40)), 40))
    [(20, 10, 10)]
    """
    ends = (0, 100)
    if cell.answered is not Reading.CANNOT_TELL:
        ends = (_order(cell.answered),) * 2
        if cell.high is Reading.AT_LEAST_80 and isinstance(cell.low, Share):
            ends = (0, -1) if isinstance(cell.answered, Share) else ends
    counts = range(0, every + 1, BASE)
    answered = _between(counts, lambda count: -_order(rate(1 - Fraction(count, every))), -ends[1], -ends[0])
    beside: dict[Fraction, range] = {}
    for few in counts:
        if rate(Fraction(few, every)) != cell.low:
            continue
        met = at_most(Fraction(few, every))
        if met not in beside:
            high = partial(_highest, met, every)
            beside[met] = _between(answered, high, _order(cell.high), _order(cell.high))
        more = range(beside[met].start, min(beside[met].stop, every - few + 1), BASE)
        if more:
            yield few, more[0], more[-1]


def _highest(met: Fraction, every: int, count: int) -> int:
    return _order(rate(met + at_most(Fraction(count, every))))


def _between(counts: range, order: Callable[[int], int], least: int, most: int) -> range:
    """Those whose order, which ascends, is between two ends."""
    return counts[bisect_left(counts, least, key=order) : bisect_right(counts, most, key=order)]


def _order(read: Rate) -> int:
    if isinstance(read, Share):
        return read.percent
    return -1 if read is Reading.AT_MOST_20 else 101
