"""Released cells in words, the same in Slack, on the page and in a file."""

from insights.cells import AtLeast, Bounds, Cell, Count, PairsLinked, Rate, Reading, Share

READINGS = {
    Reading.AT_MOST_20: "≤ 20 %",
    Reading.AT_LEAST_80: "≥ 80 %",
    Reading.CANNOT_TELL: "can't tell",
}


def cell_text(cell: Cell) -> str:
    """What a person reads in a cell.

    Parameters
    ----------
    cell : Cell
        Any cell of a released table.

    Returns
    -------
    str
        One line, without markup.

    Examples
    --------
    >>> cell_text(Count(0)), cell_text(AtLeast(5)), cell_text(Share(56, 25)), cell_text(PairsLinked(2, 6))
    ('0–4', 'about 5 or more', '25 (56 %)', '2 of 6')
    >>> cell_text(Bounds(Share(46), Share(78), Share(68)))
    '46–78 %, 68 % answered'
    """  # noqa: RUF002
    match cell:
        case Reading():
            return READINGS[cell]
        case Count():
            return _count_text(cell.count)
        case AtLeast():
            return f"about {cell.count} or more"
        case Share():
            percent = f"{cell.percent} %"
            return percent if cell.count is None else f"{_count_text(cell.count)} ({percent})"
        case PairsLinked():
            return f"{cell.linked} of {cell.pairs}"
        case Bounds():
            answered = f", {cell_text(cell.answered)} answered"
            return _range_text(cell.low, cell.high) + (
                "" if cell.answered is Reading.CANNOT_TELL else answered
            )


def _count_text(count: int) -> str:
    return str(count) if count else "0–4"


def _range_text(low: Rate, high: Rate) -> str:
    if low == high:
        return cell_text(low)
    if isinstance(low, Share) and isinstance(high, Share):
        return f"{low.percent}–{high.percent} %"
    if isinstance(low, Share):
        return f"at least {cell_text(low)}"
    if isinstance(high, Share):
        return f"at most {cell_text(high)}"
    return READINGS[Reading.CANNOT_TELL]
