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
        self.moves: list[tuple[Sum, Mapping[str, int], int]] = []
        """One person more here, or one for one there; in which large offices, and how many later steps."""
        self._sums: dict[tuple[Attribute, int], Mapping[str | None, Sum]] = {}
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
        parts, place = self.people.parts, ATTRIBUTES.index(LARGE_OFFICE)
        for cell in sorted(parts.free, key=str):
            later = self._later(crossed(cell))
            for far in range(4):
                move = dict.fromkeys((*self.opted[cell], *later[:far]), 1)
                self.moves.append((move, {cell[place] or "": 1}, far))
        for group in dict.fromkeys(map(crossed, sorted(parts.free, key=str))):
            later = self._later(group)
            self.people.program.moves += [
                dict.fromkeys(later[begin:end], 1) for begin, end in ((0, 2), (0, 3), (1, 3))
            ]
        for one, other in parts.alike(parts.free):
            ones, others = self._later(crossed(one)), self._later(crossed(other))
            for far in range(1 if ones == others else 4):
                here, there = (*self.opted[one], *ones[:far]), (*self.opted[other], *others[:far])
                move = {**dict.fromkeys(here, 1), **dict.fromkeys(there, -1)}
                offices = {one[place] or "": 1, other[place] or "": -1} if one[place] != other[place] else {}
                self.moves.append((move, offices, far))
        self.people.program.moves += [move for move, *_ in self.moves if len(move) > 1]

    def _later(self, group: Cell) -> list[int]:
        return [number for step in self._steps[group][2:] for number in step]

    def group(self, attribute: Attribute, label: str, step: int) -> Sum:
        """How many of a group opted in (1), were introduced (2), met (3), or have new ties (4).

        After the first step only of a department, large office or level.
        """
        if not step:
            return {}
        if (attribute, step) not in self._sums:
            self._sums[attribute, step] = self._summed(attribute, step)
        return self._sums[attribute, step].get(label, {})

    def _summed(self, attribute: Attribute, step: int) -> Mapping[str | None, Sum]:
        names: Sequence[Attribute] = ATTRIBUTES if step == 1 else CROSSED
        found: dict[str | None, dict[int, int]] = {}
        place = names.index(attribute)
        by_part = self.opted if step == 1 else {cell: steps[step] for cell, steps in self._steps.items()}
        for cell, total in by_part.items():
            into = found.setdefault(cell[place], {})
            for number, times in total.items():
                into[number] = into.get(number, 0) + times
        return found

    def _hear(self, table: ReleasedTable) -> None:
        attribute = BY.get(table.name)
        if attribute is None:
            return
        opted = self._opted_by(attribute)
        for label, size in self.people.groups(attribute).items():
            far = 4 if attribute is DEPARTMENT else 2
            steps = [self.group(attribute, label, step) for step in range(far)]
            self.people.hear(table, label, steps, size, tuple(opted[label]))
        everybody = tuple(part for parts in opted.values() for part in parts)
        self.people.hear(table, COMPANY, self.company, self.people.everybody, everybody)

    def _opted_by(self, attribute: Attribute) -> Mapping[str | None, Sequence[tuple[int, int]]]:
        """How many opted in of each part of a group that is left open, and its people."""
        parts, place = self.people.parts, ATTRIBUTES.index(attribute)
        found: dict[str | None, list[tuple[int, int]]] = {cell[place]: [] for cell in parts.sizes}
        for cell, size in parts.sizes.items():
            if cell in parts.free:
                found[cell[place]] += [(number, size) for number in self.opted[cell]]
        return found
