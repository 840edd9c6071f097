"""The truth beside HR's tables: what really happened in the demo's weeks, and whether the tables hold it."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import insights
from cli.demo_company import Colleague
from cli.demo_quarter import Quarter

ZONE = ZoneInfo("Europe/Berlin")
LINKED_FROM = 5
NEAR = 5
"""A rounded count is less than this away from the true one."""

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
        self.department = {one.slack_user_id: one.department for one in people}
        self.lunches = [one for one in quarter.lunches if since <= one.at < until]
        self.earlier = [one for one in quarter.lunches if one.at < since]
        self.opted_in = {
            one
            for one, times in quarter.times.items()
            if any(came < until and (left is None or left > since) for came, left in times)
        }

    def figure(self, row: str, column: str) -> Figure:
        """The true number of a cell."""
        match self.table.name:
            case insights.PEOPLE_FUNNEL | insights.PEOPLE_FUNNEL_BY_DEPARTMENT:
                return self._people(self._members(row), column)
            case insights.WHO_MEETS_WHOM:
                own, other = self._members(row), self._members(column)
                return Figure(*(len(_met(own, other, ties)) for ties in self._ties()))
            case insights.DEPARTMENT_PAIRS_LINKED:
                return Figure(*(self._linked(ties, LINKED_FROM) for ties in self._ties()))
            case _:
                return self._introductions(column)

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
                if not self._holds(cell, figure, self.figure(row.label, self.table.columns[0])):
                    text = insights.cell_text(cell)
                    yield f"{self.table.name}, {row.label}, {column}: {text} does not bound {figure}"

    def _holds(self, cell: insights.Cell, figure: Figure, base: Figure) -> bool:
        match cell:
            case insights.Bounds():
                met, delivered = figure.really or 0, base.said
                return _share_holds(cell.low, met, delivered, at_least=True) and _share_holds(
                    cell.high, met, delivered, at_least=False
                )
            case insights.PairsLinked():
                said, _ = self._ties()
                return figure.said <= cell.linked <= self._linked(said, 1)
            case insights.AtLeast():
                return figure.said > cell.count - NEAR
            case insights.Count() | insights.Share():
                return cell.count is not None and abs(cell.count - figure.said) < NEAR
            case _:
                return _share_holds(cell, figure.said, base.said, at_least=True) and _share_holds(
                    cell, figure.said, base.said, at_least=False
                )

    def _members(self, row: str) -> Set[str]:
        if row == insights.COMPANY:
            return self.department.keys()
        return {one for one, department in self.department.items() if department == row}

    def _people(self, people: Set[str], column: str) -> Figure:
        match column:
            case "eligible":
                return Figure(len(people))
            case "opted in":
                return Figure(len(people & self.opted_in))
            case "introduced":
                return Figure(len(people & {one for lunch in self.lunches for one in lunch.people}))
            case _:
                said = {one for lunch in self.lunches for pair in lunch.confirmed for one in pair}
                return Figure(
                    len(people & said), len(people & {one for each in self.lunches for one in each.met})
                )

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

    def _linked(self, ties: Pairs, people: int) -> int:
        """Pairs of departments of which at least so many people on each side met."""
        members = [self._members(row) for row in sorted(set(self.department.values()))]
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
        case insights.Reading.AT_LEAST_80:
            return not at_least or truth + NEAR > 0.8 * (base - NEAR)
        case insights.Reading.AT_MOST_20:
            return at_least or truth - NEAR < 0.2 * (base + NEAR)
        case _:
            return True


def _pairs(people: Iterable[str]) -> Set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(people, 2)}


def _all(several: Iterable[Pairs]) -> Pairs:
    return {pair for pairs in several for pair in pairs}


def _met(own: Set[str], other: Set[str], ties: Pairs) -> Set[str]:
    """Those of one group who met somebody of another."""
    return {one for pair in ties for one in pair & own if (pair - {one}) & other}
