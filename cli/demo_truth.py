"""The truth beside HR's tables: what really happened in the demo's weeks, and whether the tables hold it."""

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import insights
from cli.demo_company import Colleague
from cli.demo_quarter import Quarter

ZONE = ZoneInfo("Europe/Berlin")
LINKED_FROM = 10
SAID_FROM = 15
"""Of fewer people nothing is said about whom they met."""
BY_CHANCE = "by chance"
NEAR = 5
"""A rounded count is less than this away from the true one."""

TENURES = ((10, "10 years or more"), (5, "5 to 9 years"), (1, "1 to 4 years"), (0, "Under 1 year"))

Pairs = Set[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A true number: as far as people said it, and, where somebody may not have, as it really was."""

    said: int
    really: int | None = None

    def __str__(self) -> str:
        return str(self.said) if self.really is None else f"{self.said}/{self.really}"


class Truth:
    """What happened in the period of a released table, counted without the app."""

    def __init__(self, quarter: Quarter, people: list[Colleague], table: insights.ReleasedTable) -> None:
        since, until = (
            datetime.combine(day, time(), ZONE)
            for day in (table.period_on, table.period_on + timedelta(weeks=table.weeks))
        )
        self.table = table
        self.quarter = quarter
        self.since, self.until = since, until
        self.people = {one.slack_user_id: one for one in people}
        self.department = {one.slack_user_id: one.department for one in people}
        self.group = self._groups()
        self.lunches = [one for one in quarter.lunches if since <= one.at < until]
        self.earlier = [one for one in quarter.lunches if one.at < since]
        self.opted_in = self._in(since, until)

    def figure(self, row: str, column: str) -> Figure:
        """The true number of a cell."""
        match self.table.name:
            case insights.WHO_MEETS_WHOM | insights.LEVELS_MEET:
                own, other = self._members(row), self._members(column)
                return Figure(*(len(_met(own, other, ties)) for ties in self._ties()))
            case insights.DEPARTMENT_PAIRS_LINKED:
                return Figure(*(self._linked(ties, LINKED_FROM) for ties in self._ties()))
            case insights.INTRODUCTIONS_FUNNEL | insights.MET_RATE:
                return self._introductions(column)
            case insights.NEW_TIES | insights.TIES_ACROSS_LEVELS:
                return self._new_ties(column)
            case insights.NOVELTY_LEFT:
                return Figure(round(self._weeks_left()))
            case _:
                return Figure(*(len(self._members(row) & who) for who in self._people(column)))

    def problems(self) -> Iterator[str]:
        """Cells that do not bound the truth; none where all is well."""
        met = self._introductions("met")
        still_open = sum(one.is_open for one in self.lunches)
        assert met.really is not None
        if not met.said <= met.really <= met.said + still_open:
            yield f"{met} introductions met, {still_open} are open: these bounds do not bound the truth"
        for row in self.table.rows:
            for column, cell in zip(self.table.columns, row.cells, strict=True):
                figure = self.figure(row.label, column)
                base = Figure(100) if column == BY_CHANCE else self.figure(row.label, self.table.columns[0])
                if not self._holds(cell, figure, base):
                    text = insights.cell_text(cell)
                    yield f"{self.table.name}, {row.label}, {column}: {text} does not bound {figure}"

    def _holds(self, cell: insights.Cell, figure: Figure, base: Figure) -> bool:
        if self.table.name == insights.NOVELTY_LEFT:
            return _weeks_hold(cell, figure.said)
        match cell:
            case insights.Bounds():
                met, delivered = figure.really or 0, base.said
                return _share_holds(cell.low, met, delivered, at_least=True) and _share_holds(
                    cell.high, met, delivered, at_least=False
                )
            case insights.PairsLinked():
                said, _ = self._ties()
                return figure.said <= cell.linked <= self._linked(said, LINKED_FROM - NEAR + 1)
            case insights.AtLeast():
                return figure.said > cell.count - NEAR
            case insights.Count(count) | insights.Share(_, int(count)):
                return abs(count - figure.said) < NEAR
            case _:
                return _share_holds(cell, figure.said, base.said, at_least=True) and _share_holds(
                    cell, figure.said, base.said, at_least=False
                )

    def _groups(self) -> Mapping[str, str]:
        """The group of each person: the smallest are one, so that each has ten people, or an office fifty."""
        office, level = operator.attrgetter("office"), operator.attrgetter("level")
        read: dict[str, Callable[[Colleague], str]] = {
            insights.PEOPLE_FUNNEL: office,
            insights.OPT_IN_BY_OFFICE: office,
            insights.OPT_IN_BY_LEVEL: level,
            insights.LEVELS_MEET: level,
            insights.TIES_ACROSS_LEVELS: level,
            insights.OPT_IN_BY_TENURE: lambda one: _tenure(one.started_on, self.until.date()),
        }
        of = read.get(self.table.name, operator.attrgetter("department"))
        value = {id_: of(one) for id_, one in self.people.items()}
        least, together, others = 50 if self.table.name == insights.PEOPLE_FUNNEL else 10, 0, set()
        for name, size in sorted(Counter(value.values()).items(), key=lambda item: (item[1], item[0])):
            if size < least or 0 < together < least:
                together += size
                others.add(name)
        return {id_: "Other" if name in others else name for id_, name in value.items()}

    def _members(self, row: str) -> Set[str]:
        if row == insights.COMPANY:
            return self.department.keys()
        return {one for one, group in self.group.items() if group == row}

    def _in(self, since: datetime, until: datetime) -> Set[str]:
        return {
            one
            for one, times in self.quarter.times.items()
            if any(came < until and (left is None or left > since) for came, left in times)
        }

    def _people(self, column: str) -> tuple[Set[str], ...]:
        """Who is counted in a column: as far as people said it, and as it really was if that may differ."""
        before = self._in(self.since - (self.until - self.since), self.since)
        people: dict[str, Callable[[], Iterable[Set[str]]]] = {
            "eligible": lambda: [self.department.keys()],
            "opted in": lambda: [self.opted_in],
            "introduced": lambda: [{one for lunch in self.lunches for one in lunch.people}],
            "met": lambda: [{one for pair in met for one in pair} for met in self._met()],
            "met 1 or more other departments": lambda: [self._reached(met, 1) for met in self._met()],
            "met 3 or more": lambda: [self._reached(met, 3) for met in self._met()],
            "sat out twice or more": lambda: [self._sat_out(2)],
            "active before": lambda: [before],
            "still active": lambda: [before & self._in(self.until, self.until)],
            "joiners with 90 full days": lambda: [self._over(90).keys()],
            "met within 90 days": lambda: self._met_in_time(self._over(90)),
        }
        return tuple(people[column]())

    def _met(self) -> tuple[Pairs, Pairs]:
        """Pairs that met in the period: those that said so, and all."""
        return _all(one.confirmed for one in self.lunches), _all(_pairs(one.met) for one in self.lunches)

    def _reached(self, met: Pairs, least: int) -> Set[str]:
        """People who met so many other departments."""
        people: dict[str, set[str]] = {}
        for one, other in (*map(tuple, met), *(tuple(pair)[::-1] for pair in met)):
            people.setdefault(one, set()).add(self.department[other])
        return {one for one, met in people.items() if len(met - {self.department[one]}) >= least}

    def _sat_out(self, least: int) -> Set[str]:
        told = Counter(
            one
            for week in {lunch.week for lunch in self.lunches if lunch.week}
            for notice in self.quarter.weeks[week - 1].notices
            for one in notice.readers
        )
        return {one for one, times in told.items() if times >= least}

    def _over(self, days: int) -> Mapping[str, date]:
        """Whose first days were over in the period, and when."""
        over = {id_: one.started_on + timedelta(days=days) for id_, one in self.people.items()}
        return {one: day for one, day in over.items() if self.since.date() < day <= self.until.date()}

    def _met_in_time(self, over: Mapping[str, date]) -> tuple[Set[str], Set[str]]:
        said, really = set[str](), set[str]()
        for lunch in (*self.earlier, *self.lunches):
            early = {one for one, day in over.items() if lunch.at.date() < day}
            said |= {one for pair in lunch.confirmed for one in pair & early}
            really |= early & lunch.met
        return said, really

    def _introductions(self, column: str) -> Figure:
        counted = self.lunches
        if "new" in column:
            before = {pair for lunch in self.earlier for pair in _pairs(lunch.people)}
            counted = []
            for lunch in self.lunches:
                if not before & _pairs(lunch.people):
                    counted.append(lunch)
                before |= _pairs(lunch.people)
        if "cross-department" in column:
            counted = [one for one in counted if len({self.department[each] for each in one.people}) > 1]
        if column == "delivered":
            return Figure(len(counted))
        return Figure(sum(bool(one.confirmed) for one in counted), sum(bool(one.met) for one in counted))

    def _ties(self) -> tuple[Pairs, Pairs]:
        """Pairs that met for the first time: those that said so, and all."""
        return (
            _all(one.confirmed for one in self.lunches) - _all(one.confirmed for one in self.earlier),
            _all(_pairs(one.met) for one in self.lunches) - _all(_pairs(one.met) for one in self.earlier),
        )

    def _new_ties(self, column: str) -> Figure:
        if column == BY_CHANCE:
            pairs = [one != other for one, other in combinations(self.group.values(), 2)]
            return Figure(round(100 * sum(pairs) / len(pairs)))
        least = 1 if column == "new ties" else 2
        return Figure(
            *(sum(len({self.group[one] for one in tie}) >= least for tie in ties) for ties in self._ties())
        )

    def _weeks_left(self) -> float:
        """How long the participants' pairs of two departments last at the pace of the period."""
        pairs = combinations([self.department[one] for one in self.opted_in], 2)
        left = sum(one != other for one, other in pairs) - len(self.earlier) - len(self.lunches)
        return left * self.table.weeks / max(len(self.lunches), 1)

    def _linked(self, ties: Pairs, people: int) -> int:
        """Pairs of departments of which at least so many people on each side met."""
        departments = (self._members(row) for row in sorted(set(self.department.values())))
        members = [people for people in departments if len(people) >= SAID_FROM]
        return sum(
            min(len(_met(one, other, ties)), len(_met(other, one, ties))) >= people
            for one, other in combinations(members, 2)
        )


def _share_holds(cell: insights.Cell, truth: int, base: int, *, at_least: bool) -> bool:
    """Whether a true number is no lower, or no higher, than a share says, but for the rounding of counts."""
    match cell:
        case insights.Share():
            # A share is of counts that are each rounded, and is itself rounded to a whole percent.
            slack = 2 * NEAR + (base + NEAR) / 100
            told = cell.percent * base / 100
            return truth > told - slack if at_least else truth < told + slack
        case insights.Reading.UP_TO_9:
            return truth < LINKED_FROM
        case insights.Reading.AT_LEAST_80:
            return not at_least or truth + NEAR > 0.8 * (base - NEAR)
        case insights.Reading.AT_MOST_20:
            return at_least or truth - NEAR < 0.2 * (base + NEAR)
        case _:
            return True


def _weeks_hold(cell: insights.Cell, truth: int) -> bool:
    """Whether the true weeks are in the band, or so near that the rounding behind it explains it."""
    bands: dict[insights.Cell, tuple[float, float]] = {
        insights.Reading.CANNOT_TELL: (float("-inf"), float("inf")),
        insights.WeeksLeft.UNDER_13: (float("-inf"), 13.0),
        insights.WeeksLeft.FROM_13_TO_52: (13.0, 52.0),
        insights.WeeksLeft.OVER_52: (52.0, float("inf")),
    }
    low, high = bands.get(cell, (1.0, 0.0))
    return low <= 1.25 * truth and 0.8 * truth <= high


def _tenure(started_on: date, on: date) -> str:
    """The band of full years, by the anniversaries until that day."""
    years = sum(
        (year, started_on.month, started_on.day) <= (on.year, on.month, on.day)
        for year in range(started_on.year + 1, on.year + 1)
    )
    return next(band for least, band in TENURES if years >= least)


def _pairs(people: Iterable[str]) -> Set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(people, 2)}


def _all(several: Iterable[Pairs]) -> Pairs:
    return {pair for pairs in several for pair in pairs}


def _met(own: Set[str], other: Set[str], ties: Pairs) -> Set[str]:
    """Those of one group who met somebody of another."""
    return {one for pair in ties for one in pair & own if (pair - {one}) & other}
