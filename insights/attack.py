"""What somebody can conclude who has every released table, the directory and these rules."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from insights.attributes import Attribute
from insights.cells import Count, Reading, part
from insights.floor import Floor
from insights.program import Program, Solution, Sum, TimeIsUpError, minus, plus
from insights.reading import Rule, left_open
from insights.records import PeriodRecords
from insights.rounding import BASE
from insights.steps import surely
from insights.tables import COMPANY, ReleasedTable


@dataclass(frozen=True, slots=True)
class Target:
    """A count that nobody may know.

    Parameters
    ----------
    table : ReleasedTable
        The one that says something of it.
    attribute : Attribute or None
        What the table has rows of; None of the company.
    row, column : str
        Where it stands.
    total : mapping of int to int
        The count, as a sum of unknowns.
    low, high : int
        It is certainly between these.
    size : int or None
        People of the row, who are in the directory; None where it counts something else.
    cells : tuple of (int, int)
        How many opted in of each part of the row that the directory tells apart, and the people of it.
    draw : int
        The unknown that decides how it was rounded.
    distance : int
        An unknown without meaning, by which many counts are sought at once.
    """

    table: ReleasedTable
    attribute: Attribute | None
    row: str
    column: str
    total: Sum
    low: int
    high: int
    size: int | None
    cells: tuple[tuple[int, int], ...]
    draw: int
    distance: int

    def value(self, solution: Solution) -> int:
        """The count in a solution."""
        return int(sum(times * solution[number] for number, times in self.total.items()))


class Attack:
    """Everything that is known, as one program, and the counts that it is known of.

    A cell says between which multiples of 5 its count was rounded. The draw of a cell, 0 to 4, is unknown and
    the same in every period: the rounded count r is of one of the five numbers from r - 4 + draw to r + draw.

    Whoever came, left or moved since an earlier period is not known here. A row may have lost as many people
    as it is smaller now; of others as few as the released tables allow are taken to have come or gone, which
    links the periods closely.

    Parameters
    ----------
    directory : PeriodRecords
        Of these the people and the end of the period alone are read, never what anybody did.
    floor : Floor
        Of the workspace.
    seconds : float
        Time for each question.
    """

    def __init__(self, directory: PeriodRecords, floor: Floor, seconds: float) -> None:
        self.directory, self.floor = directory, floor
        self.program = Program(seconds)
        self.targets: list[Target] = []
        self._draws: dict[tuple[str, str, str], int] = {}
        self._told: set[tuple[object, ...]] = set()
        self._moved: list[int] = []

    def is_now(self, table: ReleasedTable) -> bool:
        """Whether the directory is that of the table's period."""
        return table.period_on + datetime.timedelta(weeks=table.weeks) == self.directory.ends_on

    def hear_row(
        self,
        table: ReleasedTable,
        row: str,
        totals: Sequence[Sum],
        measures: Sequence[str],
        *,
        attribute: Attribute | None = None,
        size: int | None = None,
        cells: tuple[tuple[int, int], ...] = (),
    ) -> None:
        """Add what a row of nested counts says, the base in front.

        Parameters
        ----------
        table : ReleasedTable
            As it is released.
        row : str
            Its label.
        totals, measures : sequence, shape (columns,)
            Each column's count, and the name of its draws.
        attribute : Attribute, optional
            What the table has rows of.
        size : int, optional
            The base by the directory of today; None where the base is no number of people in it.
        cells : tuple of (int, int)
            As `Target` has them.
        """
        base = table.cell(row, table.columns[0])
        if not isinstance(base, Count):
            return
        highest, before, sures, gone = base.count, None, [surely(base.count)], 0
        if size is None:
            before = self._then(table, totals[0])
            self._hear(table, attribute, row, 0, before, measures[0], (highest, highest, None), size, cells)
        else:
            gone = max(highest - size, 0)
            size, sures = self._size(table, size, highest)
        for place, total in enumerate(totals[1:], 1):
            counted = self._then(table, total, gone)
            if before is not None:
                self.program.know(minus(before, counted), 0)
            cell = table.cell(row, table.columns[place])
            low, high = left_open(
                cell, part, base.count, highest, sures=sures, share_base=self.floor.share_base
            )
            self._hear(
                table, attribute, row, place, counted, measures[place], (low, high, highest), size, cells
            )
            highest, before = high, counted

    def hear_cell(
        self,
        table: ReleasedTable,
        row: str,
        place: int,
        total: Sum,
        rule: Rule,
        base: int,
        under: int,
        attribute: Attribute,
        size: int,
    ) -> None:
        """Add what a cell of its own says, which `rule` made; under `under` nothing else has lowered it."""
        cell = table.cell(row, table.columns[place])
        if cell is Reading.CANNOT_TELL:
            return
        gone = max(base - size, 0)
        size, sures = self._size(table, size, base)
        low, high = left_open(cell, rule, base, base, sures=sures, share_base=self.floor.share_base)
        counted = self._then(table, total, gone)
        self._hear(table, attribute, row, place, counted, table.name, (low, high, under), size, ())

    def _hear(
        self,
        table: ReleasedTable,
        attribute: Attribute | None,
        row: str,
        place: int,
        counted: Sum,
        measure: str,
        rounded: tuple[int, int, int | None],
        size: int | None,
        cells: tuple[tuple[int, int], ...],
    ) -> None:
        low, high, highest = rounded
        column, key = table.columns[place], (measure, row, table.columns[place])
        draw = self._draws.setdefault(key, self.program.unknown(BASE - 1))
        self.program.know(minus(counted, {draw: 1}), low - BASE + 1)
        # What reads as much as the step before may have been rounded to more; that one was not.
        self.program.know(counted, 0, high + BASE - 1)
        if highest is None or high < highest:
            self.program.know(minus(counted, {draw: 1}), 1 - BASE, high)
        most = high + BASE - 1 if size is None else min(size, high + BASE - 1)
        told = (*key, table.period_on, table.weeks)
        if told not in self._told:
            self._told.add(told)
            distance = self.program.unknown()
            self.targets.append(
                Target(
                    table=table,
                    attribute=attribute,
                    row=row,
                    column=column,
                    total=counted,
                    low=max(low - BASE + 1, 0),
                    high=max(most, 0),
                    size=size,
                    cells=cells,
                    draw=draw,
                    distance=distance,
                )
            )

    def _size(self, table: ReleasedTable, size: int, base: int) -> tuple[int, list[int]]:
        """The people of a row, and what they may be, of an earlier period by its base alone."""
        if self.is_now(table):
            return size, [size]
        return base, list(range(max(base - BASE + 1, 0), base + BASE))

    def _then(self, table: ReleasedTable, total: Sum, gone: int = 0) -> Sum:
        """What an earlier period counted: others have come, left or answered since."""
        if self.is_now(table) or not self._lasts(table):
            return total
        left, more, came = self.program.unknown(gone), self.program.unknown(), self.program.unknown()
        self._moved += [more, came]
        return plus(total, {left: 1, more: 1, came: -1})

    def _lasts(self, table: ReleasedTable) -> bool:
        # Introductions and ties are of one period alone.
        return table.columns[0] == "eligible" or table.rows[0].label != COMPANY

    def begin(self) -> Solution | None:
        """Take as few people as possible to have moved; a solution, or None where there is none."""
        moved = dict.fromkeys(self._moved, 1)
        try:
            found = self.program.solve(moved)
        except TimeIsUpError:
            return None
        if found is not None and moved:
            self.program.know(moved, 0, round(sum(found[number] for number in moved)))
        return found
