"""Released tables in their right shapes, drawn by lot: what pages are made of, with nobody behind it."""

import datetime
from collections.abc import Sequence
from fractions import Fraction
from random import Random

import insights
from insights import COMPANY, Cell, Count, Reading, ReleasedTable, TableRow, WeeksLeft
from insights.cells import part, rate
from insights.funnels import INTRODUCTION_STEPS, PEOPLE_STEPS, bounds
from insights.who_meets import pairs_linked

SHARE_BASE, SMALL = 20, 40
LEVELS, OFFICES = ("Junior", "Lead", "Mid", "Senior"), ("Lyon", "Paris", "No office")
TENURES = ("Under 1 year", "1 to 4 years", "5 to 9 years", "10 years or more")
NOTE = "Each count is rounded to a multiple of 5, up or down."
TOO_FEW = f"Fewer than {SMALL} people: company only."


def drawn_tables(
    first_on: datetime.date, quarters: int, *, size: int, departments: Sequence[str], months: int = 0
) -> list[ReleasedTable]:
    """What may be released in so many quarters, and in some more months of one that is not over."""
    found: list[ReleasedTable] = []
    for month in range(3 * quarters + months):
        found += _Period(first_on + datetime.timedelta(weeks=4 * month), 4, size, departments).tables()
        if month % 3 == 2:
            starts = first_on + datetime.timedelta(weeks=4 * month - 8)
            found += _Period(starts, 12, size, departments).tables()
    return found


class _Period:
    """One period of a company."""

    def __init__(self, starts: datetime.date, weeks: int, size: int, departments: Sequence[str]) -> None:
        self._starts, self._weeks, self._size = starts, weeks, size - size % 5
        self._departments = departments if size >= SMALL else ()
        self._dice = Random(f"{starts} {weeks}")

    def tables(self) -> list[ReleasedTable]:
        return self._company() if self._weeks == 4 else self._quarter()

    def _company(self) -> list[ReleasedTable]:
        delivered = self._size // 10 * 5
        met, still_open = (Fraction(self._dice.randrange(20, 60), 100) for _ in range(2))
        rated = bounds(met, min(still_open, 1 - met)) if delivered >= SHARE_BASE else Reading.CANNOT_TELL
        return [
            self._steps(insights.PEOPLE_FUNNEL, PEOPLE_STEPS),
            self._steps(insights.INTRODUCTIONS_FUNNEL, INTRODUCTION_STEPS, delivered),
            self._table(
                insights.MET_RATE, ("delivered", "met rate"), [TableRow(COMPANY, (Count(delivered), rated))]
            ),
        ]

    def _quarter(self) -> list[ReleasedTable]:
        meetings = self._meetings(insights.WHO_MEETS_WHOM, self._departments)
        few, levels = self._size < SMALL, LEVELS if self._size >= SMALL else ()
        ties = self._steps(insights.TIES_ACROSS_LEVELS, ("new ties", "across levels"))
        across = [TableRow(COMPANY, (*ties.rows[0].cells, rate(Fraction(2, 3))))]
        return [
            self._groups(insights.PEOPLE_FUNNEL_BY_DEPARTMENT, PEOPLE_STEPS, self._departments),
            meetings,
            pairs_linked(meetings, (TOO_FEW,) if few else ()),
            self._groups(insights.OPT_IN_BY_OFFICE, PEOPLE_STEPS[:2], OFFICES),
            self._groups(insights.OPT_IN_BY_LEVEL, PEOPLE_STEPS[:2], LEVELS),
            self._groups(insights.OPT_IN_BY_TENURE, PEOPLE_STEPS[:2], TENURES),
            self._meetings(insights.LEVELS_MEET, levels),
            self._table(insights.TIES_ACROSS_LEVELS, (*ties.columns, "by chance"), [] if few else across),
            self._steps(insights.NEW_TIES, ("new ties", "across departments")),
            self._steps(
                insights.REACH,
                ("eligible", "opted in", "met 1 or more other departments", "met 3 or more"),
            ),
            self._steps(insights.SIT_OUTS, ("eligible", "opted in", "sat out twice or more")),
            self._steps(insights.RETENTION, ("eligible", "active before", "still active")),
            self._steps(insights.NEWCOMERS, ("joiners with 90 full days", "met within 90 days"), 15),
            self._table(
                insights.NOVELTY_LEFT,
                ("somebody new left for",),
                [TableRow(COMPANY, (self._dice.choice(list(WeeksLeft)),))],
            ),
        ]

    def _steps(self, name: str, columns: Sequence[str], base: int | None = None) -> ReleasedTable:
        return self._table(name, columns, [self._row(COMPANY, len(columns), base or self._size)])

    def _groups(self, name: str, columns: Sequence[str], labels: Sequence[str]) -> ReleasedTable:
        if self._size < SMALL:
            return self._steps(name, columns)
        base = self._size // len(labels) // 5 * 5
        return self._table(name, columns, [self._row(label, len(columns), base) for label in labels])

    def _row(self, label: str, columns: int, base: int) -> TableRow:
        counts = sorted((5 * self._dice.randrange(base // 5 + 1) for _ in range(columns - 1)), reverse=True)
        parts = (part(count, base, sure=base, share_base=SHARE_BASE) for count in counts)
        return TableRow(label, (Count(base), *parts))

    def _meetings(self, name: str, labels: Sequence[str]) -> ReleasedTable:
        cells: list[Cell] = [*(Count(5 * n) for n in (0, 1, 2, 2, 3, 4, 5)), Reading.AT_LEAST_80]
        rows = [TableRow(label, tuple(self._dice.choices(cells, k=len(labels)))) for label in labels]
        return self._table(name, labels, rows)

    def _table(self, name: str, columns: Sequence[str], rows: Sequence[TableRow]) -> ReleasedTable:
        notes = (NOTE, TOO_FEW) if self._size < SMALL else (NOTE,)
        return ReleasedTable(name, self._starts, self._weeks, tuple(columns), tuple(rows), notes)
