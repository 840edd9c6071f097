"""How long there is somebody new to introduce: arithmetic on released tables, which reads no record."""

import datetime
from collections.abc import Sequence
from fractions import Fraction

from insights.cells import HIGH_END, LOW_END, Cell, Count, Reading, Share, WeeksLeft
from insights.chance import pairs_across
from insights.tables import COMPANY, ReleasedTable, TableRow

NOVELTY_LEFT = "novelty_left"

SHORT_WEEKS, LONG_WEEKS = 13, 52
WHAT_NOVELTY_IS = (
    "Pairs of participants of two departments who have not been introduced yet, at the pace of this period, "
    "from released counts alone, as if each introduction were of two people and nobody joined or left. An "
    "average of the company: somebody in a large department runs out of others sooner."
)

Interval = tuple[Fraction, Fraction]


def novelty_left(
    reach: ReleasedTable, by_department: ReleasedTable, introductions: Sequence[ReleasedTable]
) -> ReleasedTable:
    """For how many more weeks there is somebody new, in three bands.

    (N(N - 1)/2 · a - U) / v, where N are the participants, a is the share of pairs that cross departments if
    all are as likely to take part, U the introductions delivered so far, and v those of a week.

    Parameters
    ----------
    reach : ReleasedTable
        Of the period; has the company's eligible people and those who opted in.
    by_department : ReleasedTable
        Of the period; has the eligible people of each group of departments.
    introductions : sequence of ReleasedTable
        The introductions funnels of every four weeks, until the end of the period.

    Returns
    -------
    ReleasedTable, shape (1, 1)
        "Can't tell" where the four weeks do not fill the period or nothing was delivered in it, and where the
        number of participants reads as an end that leaves two bands open.
    """
    ends_on = reach.period_on + datetime.timedelta(weeks=reach.weeks)
    delivered = {
        each.period_on: (each.weeks, cell.count)
        for each in introductions
        if each.period_on < ends_on and isinstance(cell := each.cell(COMPANY, "delivered"), Count)
    }
    here = [each for day, each in delivered.items() if day >= reach.period_on]
    pace = Fraction(sum(count for _, count in here), reach.weeks)
    participants = _between(reach.cell(COMPANY, "opted in"), reach.cell(COMPANY, "eligible"))
    left: Cell = Reading.CANNOT_TELL
    if sum(weeks for weeks, _ in here) == reach.weeks and pace and participants:
        used = sum(count for _, count in delivered.values())
        across = _across(by_department)
        bands = {band((people * (people - 1) / 2 * across - used) / pace) for people in participants}
        left = bands.pop() if len(bands) == 1 else Reading.CANNOT_TELL
    row = TableRow(COMPANY, (left,))
    return ReleasedTable(
        NOVELTY_LEFT, reach.period_on, reach.weeks, ("somebody new left for",), (row,), (WHAT_NOVELTY_IS,)
    )


def band(weeks: Fraction) -> WeeksLeft:
    """Under 13, 13 to 52, or over 52 weeks.

    Examples
    --------
    >>> band(Fraction(52)), band(Fraction(-3))
    (<WeeksLeft.FROM_13_TO_52: 'from_13_to_52'>, <WeeksLeft.UNDER_13: 'under_13'>)
    """
    if weeks < SHORT_WEEKS:
        return WeeksLeft.UNDER_13
    return WeeksLeft.OVER_52 if weeks > LONG_WEEKS else WeeksLeft.FROM_13_TO_52


def _between(people: Cell, eligible: Cell) -> Interval | None:
    """How many people a cell says there are, at least and at most."""
    match people, eligible:
        case ((Count(count) | Share(_, int(count))), _):
            return Fraction(count), Fraction(count)
        case Reading.AT_MOST_20, Count(everybody):
            return Fraction(0), LOW_END * everybody
        case Reading.AT_LEAST_80, Count(everybody):
            return HIGH_END * everybody, Fraction(everybody)
        case _:
            return None


def _across(by_department: ReleasedTable) -> Fraction:
    if [row.label for row in by_department.rows] == [COMPANY]:
        return Fraction(1)
    return pairs_across(row.cells[0].count for row in by_department.rows if isinstance(row.cells[0], Count))
