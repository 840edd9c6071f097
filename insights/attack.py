"""What somebody can conclude who has every released table, the directory and these rules."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from insights.attributes import Attribute
from insights.cells import Count, Reading, part
from insights.floor import Floor
from insights.program import OpenError, Program, Solution, Sum, minus
from insights.reading import Rule, left_open
from insights.rounding import BASE
from insights.steps import surely
from insights.tables import COMPANY, ReleasedTable

INSIDE = 2
"""Of five numbers that are rounded alike, the middle one is so far from both ends."""

PartsOpted = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Where:
    """A row of a released table.

    Parameters
    ----------
    table : ReleasedTable
        As it is released.
    row : str
        Its label.
    attribute : Attribute or None
        What the table has rows of; None of the company.
    size : int or None
        People of the row, who are in the directory; None where it counts something else.
    parts : tuple of (int, int)
        How many opted in of each part of the row that the directory tells apart, and the people of it.
    """

    table: ReleasedTable
    row: str = COMPANY
    attribute: Attribute | None = None
    size: int | None = None
    parts: PartsOpted = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A count that nobody may know.

    Parameters
    ----------
    where : Where
        The row that says something of it.
    column : str
        Where in the row.
    number : int
        The count, by its number among the sums of the program.
    low, high : int
        It is certainly between these.
    """

    where: Where
    column: str
    number: int
    low: int
    high: int


class Attack:
    """Everything that is known, as one program, and the counts that it is known of.

    A cell says between which multiples of 5 its count was rounded. The draw of a cell, 0 to 4, is unknown and
    the same in every period: the rounded count r is of one of the five numbers from r - 4 + draw to r + draw.

    Parameters
    ----------
    floor : Floor
        Of the workspace.
    """

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.program = Program()
        self.targets: list[Target] = []
        self.draws: list[int] = []
        """Each draw, by its number among the sums of the program."""
        self.meetings: list[int] = []
        """Unknowns that are about who met whom, and nothing else."""
        self.is_whole = True
        """Whether all is left open that is not known; else some of it is taken to be what is likely."""
        self.assumed: Mapping[int, int] = {}
        """Values of unknowns from which to begin, if that may be."""
        self._draws: dict[tuple[str, str, str], int] = {}
        self._told: set[tuple[object, ...]] = set()

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
        drawn_as: Mapping[str, str] | None = None,
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
            The base by the directory; None where the base is no number of people in it.
        parts : tuple of (int, int)
            As `Target` has them.
        drawn_as : mapping of str to str, optional
            Columns that have the draw of another one.
        """
        base = table.cell(row, table.columns[0])
        if not isinstance(base, Count):
            return
        where = Where(table, row, attribute, size, parts)
        highest, before = base.count, None
        if size is None:
            before = totals[0]
            self._hear(where, table.columns[0], before, measures[0], (highest, highest, None))
        rule = partial(
            part,
            base=highest,
            sure=surely(highest) if size is None else size,
            share_base=self.floor.share_base,
        )
        for column, total, measure in zip(table.columns[1:], totals[1:], measures[1:], strict=False):
            if before is not None:
                self.program.know(minus(before, total), 0)
            low, high = left_open(table.cell(row, column), rule, highest)
            drawn = (drawn_as or {}).get(column, column)
            self._hear(where, column, total, measure, (low, high, highest), drawn_as=drawn)
            highest, before = high, total

    def hear_cell(self, where: Where, column: str, total: Sum, rule: Rule, base: int, under: int) -> int:
        """Add what a cell of its own says, which `rule` made; under `under` nothing else has lowered it.

        Returns
        -------
        int
            What the count is at least.
        """
        cell = where.table.cell(where.row, column)
        if cell is Reading.CANNOT_TELL:
            return 0
        low, high = left_open(cell, rule, base)
        self._hear(where, column, total, where.table.name, (low, high, under))
        return max(low - BASE + 1, 0)

    def hear_count(
        self, table: ReleasedTable, column: str, total: Sum, measure: str, low: int, high: int, below: bool
    ) -> None:
        """Add between which multiples of 5 a count of the company was rounded; not `below` if to more."""
        self._hear(Where(table), column, total, measure, (low, high, None if below else high))

    def watch(self, table: ReleasedTable, column: str, total: Sum, high: int) -> None:
        """Add a count that no cell shows, and that nobody may know either; at most about `high`."""
        number = self.program.know(total)
        self.targets.append(Target(Where(table), column, number, 0, high))

    def _hear(
        self,
        where: Where,
        column: str,
        counted: Sum,
        measure: str,
        rounded: tuple[int, int, int | None],
        *,
        drawn_as: str | None = None,
    ) -> None:
        low, high, highest = rounded
        key = (measure, where.row, drawn_as or column)
        if key not in self._draws:
            self._draws[key] = self.program.unknown(BASE - 1)
            self.draws.append(self.program.know({self._draws[key]: 1}))
        told = (*key, column, where.table.period_on, where.table.weeks, rounded)
        if told in self._told:
            return
        self._told.add(told)
        # What reads as much as the step before may have been rounded to more; that one was not.
        under = high if highest is None or high < highest else math.inf
        self.program.know(minus(counted, {self._draws[key]: 1}), low - BASE + 1, under)
        number = self.program.know(counted, 0, high + BASE - 1)
        if told[:-1] not in self._told:
            self._told.add(told[:-1])
            most = high + BASE - 1 if where.size is None else min(where.size, high + BASE - 1)
            self.targets.append(Target(where, column, number, max(low - BASE + 1, 0), max(most, 0)))

    def begin(self) -> Solution | None:
        """A solution far from what is not possible, so that there are ways from it in every direction.

        None where none is found.
        """
        try:
            if self.assumed:
                found = self.program.solve(inside=INSIDE, fixed=self.assumed)
                if found is not None:
                    return found
            return self.program.solve(inside=INSIDE)
        except OpenError:
            return None
