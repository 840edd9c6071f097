"""What stands on the report page: released tables, their charts and their words, section by section."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

import insights
from insights import Figure, Headline, HowToRead, ReleasedTable, Shelf, StoredTable, Suggestion
from web.report_tables import table_html, trend_html

FEW_ROWS, FEW_COLUMNS = 6, 4


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One number, with its picture, its table and how to read it."""

    anchor: str
    title: str
    when: str
    reading: HowToRead
    answers: str
    table: Markup
    is_small: bool
    notes: tuple[str, ...]
    picture: "Picture | None"
    table_name: str
    period_on: datetime.date
    weeks: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a chart is drawn, and what it says to whoever does not see it."""

    name: str
    day: datetime.date
    alt: str
    title: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One number of the company, period by period."""

    picture: Picture
    table: Markup


@dataclass(frozen=True, slots=True)
class Section:
    """Some numbers that belong together."""

    anchor: str
    title: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One of the five figures."""

    title: str
    value: str
    of: str
    change: str
    answers: str
    when: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page as of a day."""

    until: datetime.date
    last_days: tuple[datetime.date, ...]
    cards: tuple[Card, ...]
    meetings: Picture | None
    sections: tuple[Section, ...]
    trends: tuple[Trend, ...]
    suggestions: tuple[Suggestion, ...]
    has_departments: bool

    @property
    def newer(self) -> datetime.date | None:
        """The next period end after this one."""
        return min((day for day in self.last_days if day > self.until), default=None)

    @property
    def older(self) -> datetime.date | None:
        """The period end before this one."""
        return max((day for day in self.last_days if day < self.until), default=None)


SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "who-meets-whom",
        "Who meets whom",
        (
            insights.WHO_MEETS_WHOM,
            insights.DEPARTMENT_PAIRS_LINKED,
            insights.NEW_TIES,
            insights.PEOPLE_FUNNEL_BY_DEPARTMENT,
        ),
    ),
    (
        "funnels",
        "From opting in to meeting",
        (insights.PEOPLE_FUNNEL, insights.INTRODUCTIONS_FUNNEL, insights.MET_RATE),
    ),
    ("reach", "Reach", (insights.REACH,)),
    ("newcomers", "Newcomers", (insights.NEWCOMERS,)),
    (
        "seniority",
        "Seniority",
        (
            insights.OPT_IN_BY_LEVEL,
            insights.LEVELS_MEET,
            insights.TIES_ACROSS_LEVELS,
            insights.OPT_IN_BY_TENURE,
        ),
    ),
    ("offices", "Offices", (insights.OPT_IN_BY_OFFICE,)),
    ("fairness", "Fairness", (insights.SIT_OUTS,)),
    ("novelty", "Novelty", (insights.NOVELTY_LEFT,)),
    ("retention", "Retention", (insights.RETENTION,)),
)
TITLES = {
    insights.PEOPLE_FUNNEL: "From working here to meeting somebody",
    insights.INTRODUCTIONS_FUNNEL: "From introduction to a new tie",
    insights.MET_RATE: "Met rate",
    insights.WHO_MEETS_WHOM: "Department by department",
    insights.DEPARTMENT_PAIRS_LINKED: "Pairs of departments linked",
    insights.NEW_TIES: "New ties",
    insights.PEOPLE_FUNNEL_BY_DEPARTMENT: "The steps of each department",
    insights.REACH: "Other departments that people met",
    insights.NEWCOMERS: "Met within the first 90 days",
    insights.OPT_IN_BY_LEVEL: "Opted in, by level",
    insights.LEVELS_MEET: "Level by level",
    insights.TIES_ACROSS_LEVELS: "Ties across levels, beside chance",
    insights.OPT_IN_BY_TENURE: "Opted in, by years here",
    insights.OPT_IN_BY_OFFICE: "Opted in, by office",
    insights.SIT_OUTS: "Left over twice or more",
    insights.NOVELTY_LEFT: "How long there is somebody new",
    insights.RETENTION: "Still in",
}
CARDS = {
    Headline.PARTICIPATION: ("Take part", "of {of} people who work here", insights.PEOPLE_FUNNEL),
    Headline.MET: ("Met", "of {of} introductions", insights.MET_RATE),
    Headline.NEW_TIES: (
        "New ties between departments",
        "of {of} pairs who met for the first time",
        insights.NEW_TIES,
    ),
    Headline.MET_ELSEWHERE: (
        "Met somebody of another department",
        "of {of} people who work here",
        insights.REACH,
    ),
    Headline.PAIRS_LINKED: (
        "Pairs of departments linked",
        "with enough people on each side who met",
        insights.DEPARTMENT_PAIRS_LINKED,
    ),
}


SAY_IT_THEMSELVES = (Headline.PARTICIPATION, Headline.MET)
"""Figures whose answers decide nothing, or stand in their value."""


def report(shelf: Shelf, until: datetime.date | None) -> Report | None:
    """The page as of a day, the newest without one; None where nothing was released by then."""
    last_days = shelf.last_days()
    shown = next((day for day in last_days if until is None or day <= until), None)
    if shown is None:
        return None
    newest = shelf.newest(shown)
    tables = {name: stored.read() for name, stored in newest.items()}
    befores = {name: _read(shelf.before(stored)) for name, stored in newest.items()}
    known = [*tables.values(), *(table for table in befores.values() if table is not None)]
    screen = insights.first_screen(known, next_on=shown)
    rates = [stored.read() for stored in shelf.series(insights.MET_RATE, shown)]
    answered = {stored.name: _answered(stored, rates) for stored in newest.values()}
    sections = [
        Section(
            anchor,
            title,
            tuple(_exhibit(newest[name], befores[name], answered[name]) for name in names if name in newest),
        )
        for anchor, title, names in SECTIONS
    ]
    return Report(
        until=shown,
        last_days=last_days,
        cards=tuple(_card(figure, answered) for figure in screen.figures),
        meetings=_picture(screen.meetings) if screen.meetings and screen.meetings.rows else None,
        sections=tuple(section for section in sections if section.exhibits),
        trends=tuple(_trends(shelf, shown)),
        suggestions=insights.suggestions(tables.values()),
        has_departments=insights.WHO_MEETS_WHOM in newest,
    )


def _read(stored: StoredTable | None) -> ReleasedTable | None:
    return None if stored is None else stored.read()


def _answered(stored: StoredTable, rates: Sequence[ReleasedTable]) -> str:
    """The answer rates of the periods that a table counts, where answers decide it."""
    if not insights.HOW_TO_READ[stored.name].by_answers:
        return ""
    inside = [
        rate
        for rate in rates
        if stored.period_on <= rate.period_on
        and rate.period_on + datetime.timedelta(weeks=rate.weeks, days=-1) <= stored.last_on
    ]
    return insights.answer_rates(inside)


def _trends(shelf: Shelf, until: datetime.date) -> Iterator[Trend]:
    for name, column in insights.TRENDS.items():
        tables = [stored.read() for stored in shelf.series(name, until)]
        if len(tables) > 1:
            made = insights.trend(tables)
            picture = Picture(f"trend-{name}", until, made.alt, made.title)
            yield Trend(picture, trend_html(tables, column, made.title))


def _picture(table: ReleasedTable) -> Picture:
    made = insights.chart(table)
    return Picture(table.name, table.period_on, made.alt, made.title)


def _exhibit(stored: StoredTable, before: ReleasedTable | None, answered: str) -> Exhibit:
    table = stored.read()
    when = insights.span_text(table.period_on, table.weeks)
    charted = table.name in insights.CHARTED and table.rows
    return Exhibit(
        anchor=table.name,
        title=TITLES[table.name],
        when=when,
        reading=insights.HOW_TO_READ[table.name],
        answers=answered,
        table=table_html(table, before, f"{TITLES[table.name]}, {when}"),
        is_small=len(table.rows) <= FEW_ROWS and len(table.columns) <= FEW_COLUMNS,
        notes=table.notes,
        picture=_picture(table) if charted else None,
        table_name=table.name,
        period_on=table.period_on,
        weeks=table.weeks,
    )


def _card(figure: Figure, answered: dict[str, str]) -> Card:
    title, of, table = CARDS[figure.headline]
    base = "" if figure.of is None else insights.cell_text(figure.of)
    return Card(
        title=title,
        value=_unbroken(insights.cell_text(figure.cell)),
        of=of.format(of=base),
        change=insights.change_text(figure.change),
        answers="" if figure.headline in SAY_IT_THEMSELVES else _unbroken(answered[table]),
        when=insights.span_text(figure.period_on, figure.weeks),
        anchor=table,
    )


def _unbroken(text: str) -> str:
    """A percentage stays on one line."""
    return text.replace(" %", "\u00a0%").replace("≥ ", "≥\u00a0").replace("≤ ", "≤\u00a0")
