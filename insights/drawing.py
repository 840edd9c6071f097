"""What of a released cell may be drawn: a length where it says a number, a range where it says a range."""

from dataclasses import dataclass

from insights.cells import HIGH_END, LOW_END, AtLeast, Bounds, Cell, Count, PairsLinked, Rate, Reading, Share
from insights.wording import cell_text

WHOLE = 100
RANGES = frozenset({Reading.AT_MOST_20, Reading.AT_LEAST_80, Reading.CANNOT_TELL})
"""What says of a share where it lies; the other readings say a count."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in percent of what the chart is of.

    Parameters
    ----------
    label : str
        What it is about.
    text : str
        What the cell says, in words.
    sure, possible : int or None
        It is at least `sure` and at most `possible`, 0 to 100; both None where the cell says no share.
    """

    label: str
    text: str
    sure: int | None
    possible: int | None


def bar(label: str, cell: Cell, *, is_base: bool = False) -> Bar:
    """A cell as a bar.

    Parameters
    ----------
    label : str
        What it is about.
    cell : Cell
        As it was released.
    is_base : bool
        Whether the other bars are parts of this one: it is the whole.

    Returns
    -------
    Bar
        A share as it is. An end from 0 to 20 % or from 80 to 100 %, the met rate between its bounds: never
        a point. "Can't tell" anywhere from 0 to 100 %. A count alone has no length, unless it is the base.

    Examples
    --------
    >>> bar("opted in", Share(56, 25))
    Bar(label='opted in', text='25 (56 %)', sure=56, possible=56)
    >>> bar("met", Reading.AT_MOST_20).sure, bar("met", Reading.AT_MOST_20).possible
    (0, 20)
    >>> bar("met", Count(5)).sure is None
    True
    """
    low: int | None
    high: int | None
    match cell:
        case Count() if is_base:
            low = high = WHOLE
        case Share():
            low = high = cell.percent
        case Reading() if cell in RANGES:
            low, high = _least(cell), _most(cell)
        case Bounds():
            low, high = _least(cell.low), _most(cell.high)
        case _:
            low = high = None
    return Bar(label, cell_text(cell), low, high)


def number(cell: Cell) -> int | None:
    """The count that a cell says, which decides its shade; None where it says none, or only few.

    Examples
    --------
    >>> number(Count(15)), number(AtLeast(5)), number(Count(0)), number(Reading.AT_LEAST_80)
    (15, 5, None, None)
    """
    match cell:
        case Count() | AtLeast():
            return cell.count or None
        case Share():
            return cell.count or None
        case PairsLinked():
            return cell.linked
        case _:
            return None


def says_few(cell: Cell) -> bool:
    """Whether a cell says that it is the lowest number that can be said, and no more than that.

    Examples
    --------
    >>> says_few(Count(0)), says_few(Count(5)), says_few(Reading.CANNOT_TELL)
    (True, False, False)
    """
    return cell_text(cell).startswith("0–")


def _least(rate: Rate) -> int:
    if isinstance(rate, Share):
        return rate.percent
    return int(WHOLE * HIGH_END) if rate is Reading.AT_LEAST_80 else 0


def _most(rate: Rate) -> int:
    if isinstance(rate, Share):
        return rate.percent
    return int(WHOLE * LOW_END) if rate is Reading.AT_MOST_20 else WHOLE
