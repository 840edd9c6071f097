"""What each person may have done, put together where no released table tells people apart."""

from collections.abc import Mapping, Sequence

from insights.attack import Attack, PartsOpted
from insights.attributes import DEPARTMENT, LARGE_OFFICE, OFFICE, Attribute
from insights.funnels import PEOPLE_FUNNEL
from insights.groups import OTHER
from insights.parts import ATTRIBUTES, BY, CROSSED, Cell, Parts, crossed
from insights.program import Sum, minus, plus
from insights.records import PeriodRecords
from insights.tables import COMPANY, ReleasedTable

Tables = Mapping[str, ReleasedTable]
"""Those of one period, by name."""
Likely = Mapping[int, Mapping[Cell, int]]
"""By step, how many people of each part took it."""
Steps = list[Sum]
"""Eligible people, and those of them who opted in, were introduced, and met."""


class People:
    """The people who worked here when a period ended, and what is known of them.

    Parameters
    ----------
    attack : Attack
        Gets the unknowns and what is known of them.
    directory : PeriodRecords
        Of these the people and the period alone are read, never what anybody did.
    parts : Parts
        Of these people.
    """

    def __init__(self, attack: Attack, directory: PeriodRecords, parts: Parts) -> None:
        self.attack, self.program, self.directory = attack, attack.program, directory
        self.everybody = len(directory.eligible)
        self.parts, self.groups = parts, parts.groups
        self.one = self.program.unknown(1, lowest=1)
        """So that a number can be in a sum, too."""

    def unknown(self, *most: Sum, size: int | None = None) -> Sum:
        """A number of people that is at most `size` and none of the other numbers."""
        number = {self.program.unknown(self.everybody if size is None else size): 1}
        for each in most:
            self.program.know(minus(each, number), 0)
        return number

    def hear(
        self, table: ReleasedTable, label: str, steps: Sequence[Sum], size: int, parts: PartsOpted = ()
    ) -> None:
        """Add what a row of the people funnel, or of its first steps, says."""
        attribute = None if label == COMPANY else BY[table.name]
        columns = len(table.columns)
        measures = [attribute.measure if attribute else PEOPLE_FUNNEL] * columns
        if label in {row.label for row in table.rows}:
            self.attack.hear_row(
                *(table, label, steps[:columns], measures), attribute=attribute, size=size, parts=parts
            )


class Quarter:
    """What people may have done in twelve weeks.

    Opting in is known by department, office, level and tenure, so that it has an unknown for each part of the
    company that these tell apart. The later steps have one for each department, large office and level: with
    fewer, each of these could be right for itself where no people are all of them at once.

    Parameters
    ----------
    people : People
        Whose steps they are.
    tables : mapping of str to ReleasedTable
        Those of the twelve weeks.
    likely : mapping of int to mapping of tuple to int
        What is taken to be so of the parts that are not left open.
    """

    def __init__(self, people: People, tables: Tables, likely: Likely) -> None:
        self.people, self.tables = people, tables
        parts, one = people.parts, people.one
        self.opted: dict[Cell, Sum] = {
            cell: {people.program.unknown(size): 1} if cell in parts.free else {one: likely[1][cell]}
            for cell, size in parts.sizes.items()
        }
        self._steps: dict[Cell, Steps] = {}
        """Of each department, large office and level: also those who have new ties."""
        together: dict[Cell, list[Cell]] = {}
        for cell in parts.sizes:
            together.setdefault(crossed(cell), []).append(cell)
        for group, cells in together.items():
            steps: Steps = [{}, plus(*(self.opted[cell] for cell in cells))]
            size = sum(parts.sizes[cell] for cell in cells)
            for place in range(2, 5):
                if parts.free.isdisjoint(cells):
                    steps.append({one: likely[place][group]})
                else:
                    steps.append(people.unknown(steps[-1], size=size))
            self._steps[group] = steps
        departments = people.groups(DEPARTMENT)
        self.company = [
            plus(*(self.group(DEPARTMENT, label, place) for label in departments)) for place in range(5)
        ]
        if parts.apart:
            self._agree()
        else:
            self._offer_moves()
        for table in tables.values():
            self._hear(table)

    def _agree(self) -> None:
        """Add that groups that are taken apart are of one company."""
        know, groups = self.people.program.know, self.people.groups
        for attribute in ATTRIBUTES[1:]:
            for step in range(1, 5 if attribute in CROSSED else 2):
                total = plus(*(self.group(attribute, label, step) for label in groups(attribute)))
                know(minus(total, self.company[step]), 0, 0)
        for label in sorted(groups(LARGE_OFFICE).keys() & groups(OFFICE).keys() - {OTHER, ""}):
            same = (self.group(attribute, label, 1) for attribute in (LARGE_OFFICE, OFFICE))
            know(minus(*same), 0, 0)

    def _offer_moves(self) -> None:
        """One person who goes further, or less far; and one here for one there, who differ in one thing."""
        moves, parts = self.people.program.moves, self.people.parts
        for group in dict.fromkeys(map(crossed, sorted(parts.free, key=str))):
            later = self._later(group)
            opted = [number for number in self._steps[group][1] if number != self.people.one]
            moves += [dict.fromkeys((number, *later[:far]), 1) for number in opted for far in (1, 2, 3)]
            moves += [dict.fromkeys(later[begin:end], 1) for begin, end in ((0, 2), (0, 3), (1, 3))]
        for one, other in parts.alike(parts.free):
            ones, others = self._later(crossed(one)), self._later(crossed(other))
            for far in range(1 if ones == others else 4):
                here, there = (*self.opted[one], *ones[:far]), (*self.opted[other], *others[:far])
                moves.append({**dict.fromkeys(here, 1), **dict.fromkeys(there, -1)})

    def _later(self, group: Cell) -> list[int]:
        return [number for step in self._steps[group][2:] for number in step]

    def group(self, attribute: Attribute, label: str, step: int) -> Sum:
        """How many of a group opted in (1), were introduced (2), met (3), or have new ties (4).

        After the first step only of a department, large office or level.
        """
        if step <= 1:
            place = ATTRIBUTES.index(attribute)
            found = (opted for cell, opted in self.opted.items() if cell[place] == label)
            return plus(*found) if step else {}
        place = CROSSED.index(attribute)
        return plus(*(steps[step] for cell, steps in self._steps.items() if cell[place] == label))

    def _hear(self, table: ReleasedTable) -> None:
        attribute = BY.get(table.name)
        if attribute is None:
            return
        place = ATTRIBUTES.index(attribute)
        for label, size in self.people.groups(attribute).items():
            far = 4 if attribute is DEPARTMENT else 2
            steps = [self.group(attribute, label, step) for step in range(far)]
            self.people.hear(table, label, steps, size, self._parts(place, label))
        self.people.hear(table, COMPANY, self.company, self.people.everybody, self._parts())

    def _parts(self, place: int = 0, label: str | None = None) -> PartsOpted:
        return tuple(
            (number, self.people.parts.sizes[cell])
            for cell, opted in self.opted.items()
            for number in opted
            if cell in self.people.parts.free and label in (None, cell[place])
        )
