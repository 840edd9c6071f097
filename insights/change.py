"""What changed since the period before: arithmetic on released cells, and nothing where rounding hides it."""

import datetime
from collections.abc import Iterable
from enum import StrEnum

from insights.cells import HIGH_END, LOW_END, Bounds, Cell, Count, PairsLinked, Rate, Reading, Share
from insights.rounding import BASE
from insights.tables import ReleasedTable

SURE_FROM = 2 * BASE
"""Two released counts are less than 5 away from the true ones each, so that less than this may be nothing."""


class Direction(StrEnum):
    """Whether the met rate is certainly higher or lower than it was."""

    BETTER = "better"
    WORSE = "worse"


Change = int | Direction | Reading


def period_before(table: ReleasedTable, released: Iterable[ReleasedTable]) -> ReleasedTable | None:
    """The same table of the period that ended when this one began; None where there is none."""
    began = table.period_on - datetime.timedelta(weeks=table.weeks)
    same = (each for each in released if (each.name, each.weeks) == (table.name, table.weeks))
    return next((each for each in same if each.period_on == began), None)


def change_in(table: ReleasedTable, before: ReleasedTable, row: str, column: str) -> Change:
    """What changed in a cell of a table; "can't tell" of a row or a column that was not there before.

    Parameters
    ----------
    table, before : ReleasedTable
        The same table of two periods.
    row, column : str
        Of `table`; `KeyError` if it lacks one of them.

    Returns
    -------
    int, Direction or Reading
        As `change` has it.
    """
    now = table.cell(row, column)
    try:
        return change(now, before.cell(row, column))
    except KeyError:
        return Reading.CANNOT_TELL


def change(now: Cell, before: Cell) -> Change:
    """What changed between two released cells.

    Parameters
    ----------
    now, before : Cell
        Of one row and column in two periods.

    Returns
    -------
    int, Direction or Reading
        Of counts the difference, a multiple of 5 less than 10 away from the true one, if it is 10 or more
        either way. Of the met rate "better" where it is at least more than it was at most, and "worse" where
        it is at most less than it was at least. Of linked pairs, which are counted in released tables, the
        difference if there are as many pairs as before. Else "can't tell".

    Examples
    --------
    >>> change(Share(56, 25), Share(25, 10)), change(Count(45), Count(40))
    (15, <Reading.CANNOT_TELL: 'cannot_tell'>)
    >>> was = Bounds(Share(30), Share(45), Share(60))
    >>> change(Bounds(Share(46), Share(78), Share(68)), was), change(was, was)
    (<Direction.BETTER: 'better'>, <Reading.CANNOT_TELL: 'cannot_tell'>)
    >>> change(PairsLinked(4, 6), PairsLinked(3, 6))
    1
    """
    match now, before:
        case ((Count(count) | Share(_, int(count))), (Count(earlier) | Share(_, int(earlier)))):
            difference = count - earlier
            return difference if abs(difference) >= SURE_FROM else Reading.CANNOT_TELL
        case PairsLinked(), PairsLinked() if now.pairs == before.pairs:
            return now.linked - before.linked
        case Bounds(), Bounds() if _least(now.low) > _most(before.high):
            return Direction.BETTER
        case Bounds(), Bounds() if _most(now.high) < _least(before.low):
            return Direction.WORSE
        case _:
            return Reading.CANNOT_TELL


def _least(rate: Rate) -> int:
    """The lowest percentage that reads so."""
    if isinstance(rate, Share):
        return rate.percent
    return int(100 * HIGH_END) if rate is Reading.AT_LEAST_80 else 0


def _most(rate: Rate) -> int:
    """The highest percentage that reads so."""
    if isinstance(rate, Share):
        return rate.percent
    return int(100 * LOW_END) if rate is Reading.AT_MOST_20 else 100
