"""Released cells in words, the same in Slack, on the page and in a file."""

from insights.cells import AtLeast, Bounds, Cell, Count, PairsLinked, Rate, Reading, Share, WeeksLeft
from insights.change import Change, Direction

WORDS = {
    Reading.AT_MOST_20: "≤ 20 %",
    Reading.AT_LEAST_80: "≥ 80 %",
    Reading.UP_TO_9: "0–9",
    Reading.CANNOT_TELL: "can't tell",
    WeeksLeft.UNDER_13: "under 13 weeks",
    WeeksLeft.FROM_13_TO_52: "13 to 52 weeks",
    WeeksLeft.OVER_52: "over 52 weeks",
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
        case Reading() | WeeksLeft():
            return WORDS[cell]
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


def change_text(change: Change) -> str:
    """What a person reads of a change since the period before.

    Examples
    --------
    >>> [change_text(each) for each in (10, -15, 0, Direction.BETTER, Reading.CANNOT_TELL)]
    ['+10', '−15', '0', 'better', "can't tell"]
    """  # noqa: RUF002
    match change:
        case Reading():
            return WORDS[change]
        case Direction():
            return change.value
        case _:
            return f"{change:+}".replace("-", "−") if change else "0"


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
    return WORDS[Reading.CANNOT_TELL]
