"""What somebody can conclude who has every released table, the directory and these rules."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from insights.attributes import Attribute
from insights.cells import Count, Reading, part
from insights.floor import Floor
from insights.program import OpenError, Program, Solution, Sum, minus, plus
from insights.reading import Rule, left_open
from insights.records import PeriodRecords
from insights.rounding import BASE
from insights.steps import surely
from insights.tables import COMPANY, ReleasedTable

INSIDE = 2
"""Of five numbers that are rounded alike, the middle one is so far from both ends."""

PartsOpted = tuple[tuple[int, int], ...]


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
    number : int
        The count, by its number among the sums of the program.
    low, high : int
        It is certainly between these.
    size : int or None
        People of the row, who are in the directory; None where it counts something else.
    parts : tuple of (int, int)
        How many opted in of each part of the row that the directory tells apart, and the people of it.
    """

    table: ReleasedTable
    attribute: Attribute | None
    row: str
    column: str
    number: int
    low: int
    high: int
    size: int | None
    parts: PartsOpted = ()


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
    """

    def __init__(self, directory: PeriodRecords, floor: Floor) -> None:
        self.directory, self.floor = directory, floor
        self.program = Program()
        self.targets: list[Target] = []
        self.draws: list[int] = []
        """Each draw, by its number among the sums of the program."""
        self.meetings: list[int] = []
        """Unknowns that are about who met whom, and nothing else."""
        self.assumed: Mapping[int, int] = {}
        """Values of unknowns from which to begin, if that may be."""
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
        parts: PartsOpted = (),
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
        parts : tuple of (int, int)
            As `Target` has them.
        """
        base = table.cell(row, table.columns[0])
        if not isinstance(base, Count):
            return
        highest, before, sures, gone = base.count, None, [surely(base.count)], 0
        if size is None:
            before = self._then(table, totals[0])
            rounded = (highest, highest, None)
            self._hear(table, attribute, row, table.columns[0], before, measures[0], rounded, size, parts)
        else:
            gone = max(highest - size, 0)
            size, sures = self._size(table, size, highest)
        for place, total in enumerate(totals[1:], 1):
            counted = self._then(table, total, gone)
            if before is not None:
                self.program.know(minus(before, counted), 0)
            column = table.columns[place]
            cell = table.cell(row, column)
            low, high = left_open(
                cell, part, base.count, highest, sures=sures, share_base=self.floor.share_base
            )
            self._hear(
                table, attribute, row, column, counted, measures[place], (low, high, highest), size, parts
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
    ) -> int:
        """Add what a cell of its own says, which `rule` made; under `under` nothing else has lowered it.

        Returns
        -------
        int
            What the count is at least.
        """
        column = table.columns[place]
        cell = table.cell(row, column)
        if cell is Reading.CANNOT_TELL:
            return 0
        gone = max(base - size, 0)
        size, sures = self._size(table, size, base)
        low, high = left_open(cell, rule, base, base, sures=sures, share_base=self.floor.share_base)
        counted = self._then(table, total, gone)
        self._hear(table, attribute, row, column, counted, table.name, (low, high, under), size)
        return max(low - BASE + 1, 0)

    def hear_count(
        self, table: ReleasedTable, column: str, total: Sum, measure: str, low: int, high: int, below: bool
    ) -> None:
        """Add between which multiples of 5 a count of the company was rounded; not `below` if to more."""
        if below:
            self._hear(table, None, COMPANY, column, total, measure, (low, high, None), None)
        else:
            self._hear(table, None, COMPANY, column, total, measure, (low, high, high), None)

    def watch(self, table: ReleasedTable, column: str, total: Sum, high: int) -> None:
        """Add a count that no cell shows, and that nobody may know either; at most about `high`."""
        number = self.program.know(total)
        self.targets.append(Target(table, None, COMPANY, column, number, 0, high, None))

    def _hear(
        self,
        table: ReleasedTable,
        attribute: Attribute | None,
        row: str,
        column: str,
        counted: Sum,
        measure: str,
        rounded: tuple[int, int, int | None],
        size: int | None,
        parts: PartsOpted = (),
    ) -> None:
        low, high, highest = rounded
        key = (measure, row, column)
        if key not in self._draws:
            self._draws[key] = self.program.unknown(BASE - 1)
            self.draws.append(self.program.know({self._draws[key]: 1}))
        draw = self._draws[key]
        self.program.know(minus(counted, {draw: 1}), low - BASE + 1)
        # What reads as much as the step before may have been rounded to more; that one was not.
        self.program.know(counted, 0, high + BASE - 1)
        if highest is None or high < highest:
            self.program.know(minus(counted, {draw: 1}), 1 - BASE, high)
        most = high + BASE - 1 if size is None else min(size, high + BASE - 1)
        told = (*key, table.period_on, table.weeks)
        if told not in self._told:
            self._told.add(told)
            bounds = max(low - BASE + 1, 0), max(most, 0)
            number = self.program.know(counted)
            self.targets.append(Target(table, attribute, row, column, number, *bounds, size, parts))

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
        """Take as few people as may be to have moved; a solution, or None where none is found.

        It is far from what is not possible, so that there are ways from it in every direction.
        """
        program, moved = self.program, self._moved
        everybody = program.know(dict.fromkeys(moved, 1), 0, 0)
        try:
            found = self._innermost()
            if found is None and moved:
                program.most[everybody] = float("inf")
                fewest = program.solve(towards=dict.fromkeys(moved, -1))
                if fewest is not None:
                    program.most[everybody] = int(fewest[moved].sum())
                    found = self._innermost()
        except OpenError:
            return None
        if found is not None and not program.most[everybody]:
            for number in moved:
                program.highest[number] = 0
        return found

    def _innermost(self) -> Solution | None:
        if self.assumed:
            found = self.program.solve(inside=INSIDE, fixed=self.assumed)
            if found is not None:
                return found
        return self.program.solve(inside=INSIDE)
