"""One definition of each chart, a Vega-Lite specification made of released tables alone, and what it says."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from insights.bar_charts import bar_chart, column_chart
from insights.drawing import Bar, bar
from insights.funnels import INTRODUCTIONS_FUNNEL, MET_RATE, PEOPLE_FUNNEL
from insights.heat_maps import heat_map
from insights.participation import NEWCOMERS, REACH, RETENTION, SIT_OUTS
from insights.rows import OPT_IN_BY_LEVEL, OPT_IN_BY_OFFICE, OPT_IN_BY_TENURE, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY, ReleasedTable
from insights.themes import Theme
from insights.ties import NEW_TIES, TIES_ACROSS_LEVELS
from insights.who_meets import LEVELS_MEET, WHO_MEETS_WHOM

MOST_SAID = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, before it is drawn.

    Parameters
    ----------
    title : str
        What it shows, and of when.
    alt : str
        What it says, for whoever does not see it; the table beside it says all.
    spec : callable
        From a theme to Vega-Lite, with all its data in it.
    """

    title: str
    alt: str
    spec: Callable[[Theme], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Steps:
    """The company's row, each column a bar."""

    title: str
    of: str

    def bars(self, table: ReleasedTable) -> tuple[Bar, ...]:
        row = next((each for each in table.rows if each.label == COMPANY), None)
        if row is None:
            return ()
        named = zip(table.columns, row.cells, strict=True)
        return tuple(bar(column, cell, is_base=not place) for place, (column, cell) in enumerate(named))


@dataclass(frozen=True, slots=True)
class _Groups:
    """One column, each row a bar."""

    title: str
    of: str
    column: str = "opted in"

    def bars(self, table: ReleasedTable) -> tuple[Bar, ...]:
        return tuple(bar(row.label, table.cell(row.label, self.column)) for row in table.rows)


_BARS: Mapping[str, _Steps | _Groups] = {
    PEOPLE_FUNNEL: _Steps("From working here to meeting somebody", "eligible people"),
    INTRODUCTIONS_FUNNEL: _Steps("From introduction to a new tie", "introductions delivered"),
    PEOPLE_FUNNEL_BY_DEPARTMENT: _Groups("Opted in, by department", "eligible people of the department"),
    OPT_IN_BY_OFFICE: _Groups("Opted in, by office", "eligible people of the office"),
    OPT_IN_BY_LEVEL: _Groups("Opted in, by level", "eligible people of the level"),
    OPT_IN_BY_TENURE: _Groups("Opted in, by years here", "eligible people of these years"),
    NEW_TIES: _Steps("New ties, and those across departments", "new ties"),
    TIES_ACROSS_LEVELS: _Steps("New ties across levels, beside chance", "new ties"),
    REACH: _Steps("How many other departments people met", "eligible people"),
    SIT_OUTS: _Steps("Left over twice or more", "eligible people"),
    RETENTION: _Steps("Active before, and still active", "eligible people"),
    NEWCOMERS: _Steps("Newcomers who met somebody in time", "joiners"),
}
_MAPS = {
    WHO_MEETS_WHOM: ("Who meets whom", "people of the row's department who met somebody of the column's"),
    LEVELS_MEET: ("Which levels meet", "people of the row's level who met somebody of the column's"),
}
_TRENDS: Mapping[str, tuple[str, str, str]] = {
    PEOPLE_FUNNEL: ("Opted in, period by period", "opted in", "eligible people"),
    MET_RATE: ("Met, period by period: from at least to at most", "met rate", "introductions"),
    REACH: (
        "Met somebody of another department, period by period",
        "met 1 or more other departments",
        "eligible people",
    ),
}

CHARTED = frozenset(_BARS) | frozenset(_MAPS)
"""The tables of which there is a chart."""
TRENDS = {name: column for name, (_, column, _) in _TRENDS.items()}
"""The tables of which there is a chart by period, and the column that it shows."""


def chart(table: ReleasedTable) -> Chart:
    """The chart of one table.

    Parameters
    ----------
    table : ReleasedTable
        One of those that are `CHARTED`, else `KeyError`; may be empty.

    Returns
    -------
    Chart
        Of an empty table an empty one, which says so.

    Examples
    --------
    >>> from insights.cells import Count, Share
    >>> from insights.tables import TableRow
    >>> row = TableRow("Company", (Count(45), Share(56, 25)))
    >>> monday, columns = datetime.date(2026, 1, 5), ("eligible", "opted in")
    >>> chart(ReleasedTable("people_funnel", monday, 4, columns, (row,), ())).alt
    'From working here to meeting somebody, 5 January to 1 February 2026. eligible: 45; opted in: 25 (56 %).'
    """
    when = span_text(table.period_on, table.weeks)
    if table.name in _MAPS:
        title, of = _MAPS[table.name]
        said = (
            f"{len(table.rows)} groups by {len(table.columns)}" if table.rows else "Nothing is said of groups"
        )
        return Chart(
            title, f"{title}, {when}. {said}; the table has every value.", partial(heat_map, table, of)
        )
    kind = _BARS[table.name]
    bars = kind.bars(table)
    return Chart(kind.title, f"{kind.title}, {when}. {_said(bars)}", partial(bar_chart, bars, kind.of))


def trend(tables: Sequence[ReleasedTable]) -> Chart:
    """One number of the company over the periods.

    Parameters
    ----------
    tables : sequence of ReleasedTable
        One or more of one name of `TRENDS`, the oldest first.

    Returns
    -------
    Chart
        A column for each period.
    """
    title, column, of = _TRENDS[tables[0].name]
    bars = tuple(bar(day_text(each.period_on), each.cell(COMPANY, column)) for each in tables if each.rows)
    weeks = tables[0].weeks
    alt = f"{title}, each of {weeks} weeks from the day named. {_said(bars)}"
    return Chart(title, alt, partial(column_chart, bars, of))


def span_text(period_on: datetime.date, weeks: int) -> str:
    """A period in words.

    Examples
    --------
    >>> span_text(datetime.date(2026, 1, 5), 4), span_text(datetime.date(2025, 12, 22), 4)
    ('5 January to 1 February 2026', '22 December 2025 to 18 January 2026')
    """
    last = period_on + datetime.timedelta(weeks=weeks, days=-1)
    year = "" if last.year == period_on.year else f" {period_on.year}"
    return f"{period_on.day} {period_on:%B}{year} to {last.day} {last:%B %Y}"


def day_text(day: datetime.date) -> str:
    """A day in few signs.

    Examples
    --------
    >>> day_text(datetime.date(2026, 1, 5))
    '5 Jan 26'
    """
    return f"{day.day} {day:%b %y}"


def _said(bars: Sequence[Bar]) -> str:
    if not bars:
        return "Nothing is said: there are too few people."
    if len(bars) > MOST_SAID:
        return f"{len(bars)} bars; the table has every value."
    return "; ".join(f"{each.label}: {each.text}" for each in bars) + "."
