"""The five numbers that HR reads first, picked from released tables alone."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from insights.cells import Cell, Reading
from insights.change import Change, change_in, period_before
from insights.funnels import MET_RATE, PEOPLE_FUNNEL
from insights.participation import REACH
from insights.tables import COMPANY, ReleasedTable
from insights.ties import NEW_TIES
from insights.who_meets import DEPARTMENT_PAIRS_LINKED, WHO_MEETS_WHOM


class Headline(StrEnum):
    """What each of the five numbers is about."""

    PARTICIPATION = "participation"
    """Eligible people who opted in."""
    MET = "met"
    """Introductions delivered whose people met."""
    NEW_TIES = "new_ties"
    """New ties that cross departments."""
    MET_ELSEWHERE = "met_elsewhere"
    """Eligible people who took part and met somebody of another department."""
    PAIRS_LINKED = "pairs_linked"
    """Pairs of departments that are linked, of all that can be published."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the five, with its denominator and its change.

    Parameters
    ----------
    headline : Headline
        What it is about.
    cell : Cell
        As it was released.
    of : Cell or None
        The denominator; None where the cell says it itself.
    change : int, Direction or Reading
        Since the period before, as `change.change` has it.
    period_on : datetime.date
        First day of its period.
    weeks : int
        Length of its period.
    """

    headline: Headline
    cell: Cell
    of: Cell | None
    change: Change
    period_on: datetime.date
    weeks: int


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What HR reads first.

    Parameters
    ----------
    figures : tuple of Figure
        Of the newest period that has them, in the order of `Headline`; those of which nothing was released
        are left out.
    meetings : ReleasedTable or None
        Department by department, of the newest period that has it.
    next_on : datetime.date
        When the next period is due to be released.
    """

    figures: tuple[Figure, ...]
    meetings: ReleasedTable | None
    next_on: datetime.date


_WHERE = {
    Headline.PARTICIPATION: (PEOPLE_FUNNEL, "opted in", "eligible"),
    Headline.MET: (MET_RATE, "met rate", "delivered"),
    Headline.NEW_TIES: (NEW_TIES, "across departments", "new ties"),
    Headline.MET_ELSEWHERE: (REACH, "met 1 or more other departments", "eligible"),
    Headline.PAIRS_LINKED: (DEPARTMENT_PAIRS_LINKED, "department pairs linked", None),
}


def first_screen(released: Sequence[ReleasedTable], *, next_on: datetime.date) -> FirstScreen:
    """Pick the five numbers.

    Parameters
    ----------
    released : sequence of ReleasedTable
        Everything that was released, the newest first; may be empty.
    next_on : datetime.date
        When the next period is due to be released.

    Returns
    -------
    FirstScreen
        Without figures where nothing was released.

    Raises
    ------
    KeyError
        If a table lacks a column that it always has.

    Examples
    --------
    >>> from insights.cells import Count, Share
    >>> from insights.tables import TableRow
    >>> monday = datetime.date(2026, 1, 5)
    >>> row = TableRow("Company", (Count(45), Share(56, 25)))
    >>> funnel = ReleasedTable("people_funnel", monday, 4, ("eligible", "opted in"), (row,), ())
    >>> [figure] = first_screen([funnel], next_on=monday).figures
    >>> figure.cell, figure.of, figure.change.value
    (Share(percent=56, count=25), Count(count=45), 'cannot_tell')
    """
    newest = {table.name: table for table in reversed(released)}
    figures = (
        _figure(headline, newest[name], released, column, base)
        for headline, (name, column, base) in _WHERE.items()
        if name in newest
    )
    return FirstScreen(tuple(figures), newest.get(WHO_MEETS_WHOM), next_on)


def _figure(
    headline: Headline, table: ReleasedTable, released: Sequence[ReleasedTable], column: str, base: str | None
) -> Figure:
    cell: Cell = Reading.CANNOT_TELL
    of: Cell | None = None
    changed: Change = Reading.CANNOT_TELL
    # A table of groups has no row where the company is too small for groups.
    if table.rows:
        cell = table.cell(COMPANY, column)
        of = None if base is None else table.cell(COMPANY, base)
        before = period_before(table, released)
        if before is not None:
            changed = change_in(table, before, COMPANY, column)
    return Figure(headline, cell, of, changed, table.period_on, table.weeks)
