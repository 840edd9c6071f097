"""What each person may have done, put together where no released table tells people apart."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from insights.attack import Attack, Parts
from insights.attributes import DEPARTMENT, LARGE_OFFICE, LEVEL, OFFICE, TENURE, Attribute
from insights.funnels import PEOPLE_FUNNEL
from insights.groups import OTHER
from insights.program import Sum, minus, plus
from insights.rows import OPT_IN_BY_LEVEL, OPT_IN_BY_OFFICE, OPT_IN_BY_TENURE, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY, ReleasedTable

ATTRIBUTES = (DEPARTMENT, OFFICE, LEVEL, TENURE, LARGE_OFFICE)
CROSSED = (DEPARTMENT, LARGE_OFFICE, LEVEL)
SWAPS = 3
BY = {
    PEOPLE_FUNNEL_BY_DEPARTMENT: DEPARTMENT,
    OPT_IN_BY_OFFICE: OFFICE,
    OPT_IN_BY_LEVEL: LEVEL,
    OPT_IN_BY_TENURE: TENURE,
    PEOPLE_FUNNEL: LARGE_OFFICE,
}

Period = Mapping[str, ReleasedTable]
"""The tables of one period, by name."""
Steps = list[Sum]
"""Eligible people, and those of them who opted in, were introduced, and met."""


class People:
    """The people of the directory, and what their groups are in the released tables.

    Parameters
    ----------
    attack : Attack
        Gets the unknowns and what is known of them.
    tables : sequence of ReleasedTable
        All that are released, the newest first; whose value has no row there is in "Other".
    """

    def __init__(self, attack: Attack, tables: Sequence[ReleasedTable]) -> None:
        self.attack, self.program = attack, attack.program
        self.everybody = len(attack.directory.eligible)
        groups = []
        for attribute in ATTRIBUTES:
            labels = _labels(attribute, tables)
            values = attribute.values(attack.directory)
            other = OTHER if OTHER in labels else ""
            groups.append({person: value if value in labels else other for person, value in values.items()})
        self.cells = Counter(
            tuple(group[each.person] for group in groups) for each in attack.directory.eligible
        )

    def groups(self, attribute: Attribute) -> dict[str, int]:
        """The people of each group of an attribute; all of them in one where there are no groups."""
        sizes: Counter[str] = Counter()
        for cell, people in self.cells.items():
            sizes[cell[ATTRIBUTES.index(attribute)]] += people
        return dict(sizes)

    def unknown(self, *most: Sum, size: int | None = None) -> Sum:
        """A number of people that is at most `size` and none of the other numbers."""
        number = {self.program.unknown(self.everybody if size is None else size): 1}
        for each in most:
            self.program.know(minus(each, number), 0)
        return number

    def hear(
        self, table: ReleasedTable, label: str, steps: Sequence[Sum], size: int, parts: Parts = ()
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
    period : mapping of str to ReleasedTable
        The tables of the twelve weeks.
    """

    def __init__(self, people: People, period: Period) -> None:
        self.people = people
        self.opted = {cell: people.program.unknown(size) for cell, size in people.cells.items()}
        together: dict[tuple[str, ...], dict[int, int]] = {}
        for cell, number in self.opted.items():
            together.setdefault(_of(cell, CROSSED), {})[number] = 1
        self._steps: dict[tuple[str, ...], Steps] = {}
        """Of each department, large office and level: also those who have new ties."""
        sizes = Counter[tuple[str, ...]]()
        for cell, size in people.cells.items():
            sizes[_of(cell, CROSSED)] += size
        for cell, opted in together.items():
            steps: Steps = [{}, opted]
            while len(steps) < 5:
                steps.append(people.unknown(steps[-1], size=sizes[cell]))
            self._steps[cell] = steps
        self._offer_moves()
        self.company = [plus(*(steps[place] for steps in self._steps.values())) for place in range(4)]
        for table in period.values():
            self._hear(table)

    def _offer_moves(self) -> None:
        """One person who goes further, or less far; and one here for one there, who differ in one thing."""
        moves = self.people.program.moves
        for cell, steps in self._steps.items():
            later = self._later(cell)
            moves += [dict.fromkeys((number, *later[:far]), 1) for number in steps[1] for far in (1, 2, 3)]
            moves += [dict.fromkeys(later[begin:end], 1) for begin, end in ((0, 2), (0, 3), (1, 3))]
        for one, other in self._alike():
            ones, others = self._later(_of(one, CROSSED)), self._later(_of(other, CROSSED))
            for far in range(1 if ones == others else 4):
                here, there = (self.opted[one], *ones[:far]), (self.opted[other], *others[:far])
                moves.append({**dict.fromkeys(here, 1), **dict.fromkeys(there, -1)})

    def _later(self, cell: tuple[str, ...]) -> list[int]:
        return [number for step in self._steps[cell][2:] for number in step]

    def _alike(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """For each two groups of an attribute, the largest parts that differ in nothing else."""
        sizes = self.people.cells
        for attribute in (DEPARTMENT, OFFICE, LEVEL, TENURE):
            place = ATTRIBUTES.index(attribute)
            alike: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
            for cell in sizes:
                # The large office is the office's.
                rest = cell[:-1] if attribute is OFFICE else cell
                alike.setdefault((*rest[:place], *rest[place + 1 :]), []).append(cell)
            pairs: dict[tuple[str, str], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
            for cells in alike.values():
                for one, other in combinations(sorted(cells, key=lambda cell: cell[place]), 2):
                    pairs.setdefault((one[place], other[place]), []).append((one, other))
            for found in pairs.values():
                found.sort(key=lambda pair: (-min(sizes[pair[0]], sizes[pair[1]]), pair))
                yield from found[:SWAPS]

    def opted_in(self, attribute: Attribute, label: str) -> Sum:
        """How many of a group opted in."""
        place = ATTRIBUTES.index(attribute)
        return {number: 1 for cell, number in self.opted.items() if cell[place] == label}

    def step(self, attribute: Attribute, label: str, step: int) -> Sum:
        """How many of a department, large office or level were introduced (2), met (3), or have new ties."""
        place = CROSSED.index(attribute)
        return plus(*(steps[step] for cell, steps in self._steps.items() if cell[place] == label))

    def _hear(self, table: ReleasedTable) -> None:
        attribute, sizes = BY.get(table.name), self.people.cells
        if attribute is None:
            return
        place = ATTRIBUTES.index(attribute)
        for label, size in self.people.groups(attribute).items():
            steps = [{}, self.opted_in(attribute, label)]
            if attribute is DEPARTMENT:
                steps += [self.step(attribute, label, step) for step in (2, 3)]
            parts = tuple((self.opted[cell], sizes[cell]) for cell in sizes if cell[place] == label)
            self.people.hear(table, label, steps, size, parts)
        parts = tuple((self.opted[cell], size) for cell, size in sizes.items())
        self.people.hear(table, COMPANY, self.company, self.people.everybody, parts)


def _of(cell: tuple[str, ...], attributes: Sequence[Attribute]) -> tuple[str, ...]:
    return tuple(cell[ATTRIBUTES.index(attribute)] for attribute in attributes)


class Months:
    """What people may have done in four weeks after four weeks.

    In each, everybody goes none, one, two or three of the steps, and in all of them together as far as in
    the farthest; there is an unknown for each way through them.

    Parameters
    ----------
    people : People
        Whose steps they are.
    periods : sequence of mapping of str to ReleasedTable
        The tables of each four weeks, in order; empty where none were released.
    """

    def __init__(self, people: People, periods: Sequence[Period]) -> None:
        self.people = people
        self.steps: list[Steps] = [[{}, {}, {}, {}] for _ in periods]
        """Of the company, in each four weeks."""
        self.in_all: dict[str, Steps] = {}
        """Of each large office, in all of them."""
        ways = [way for way in product(range(4), repeat=len(periods)) if any(way)]
        for label, size in people.groups(LARGE_OFFICE).items():
            going = {way: people.program.unknown(size) for way in ways}
            people.program.know(dict.fromkeys(going.values(), 1), 0, size)
            people.program.moves += [
                {number: -1, going[farther]: 1}
                for way, number in going.items()
                for place, far in product(range(len(way)), range(1, 4))
                if far > way[place] and (farther := (*way[:place], far, *way[place + 1 :]))
            ]
            for place, (company, period) in enumerate(zip(self.steps, periods, strict=True)):
                now = [{n: 1 for way, n in going.items() if way[place] >= step > 0} for step in range(4)]
                self.steps[place] = list(map(plus, company, now))
                if PEOPLE_FUNNEL in period:
                    people.hear(period[PEOPLE_FUNNEL], label, now, size)
            self.in_all[label] = [{n: 1 for way, n in going.items() if max(way) >= step} for step in range(4)]
        for company, period in zip(self.steps, periods, strict=True):
            if PEOPLE_FUNNEL in period:
                people.hear(period[PEOPLE_FUNNEL], COMPANY, company, people.everybody)

    def fill(self, quarter: Quarter) -> None:
        """Add that these are the months of a quarter."""
        for label, steps in self.in_all.items():
            self.people.program.know(minus(steps[1], quarter.opted_in(LARGE_OFFICE, label)), 0, 0)
            for place in (2, 3):
                total = quarter.step(LARGE_OFFICE, label, place)
                self.people.program.know(minus(steps[place], total), 0, 0)


def _labels(attribute: Attribute, tables: Sequence[ReleasedTable]) -> frozenset[str]:
    """The groups of an attribute in the newest table that has some."""
    for table in tables:
        labels = frozenset(row.label for row in table.rows) - {COMPANY}
        if labels and BY.get(table.name) is attribute:
            return labels
    return frozenset()
