"""What each person may have done, put together where no released table tells people apart."""

from collections import Counter
from collections.abc import Mapping, Sequence

from insights.attack import Attack
from insights.attributes import DEPARTMENT, LARGE_OFFICE, LEVEL, OFFICE, TENURE, Attribute
from insights.funnels import PEOPLE_FUNNEL
from insights.groups import OTHER
from insights.program import Sum, minus, plus
from insights.rows import OPT_IN_BY_LEVEL, OPT_IN_BY_OFFICE, OPT_IN_BY_TENURE, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY, ReleasedTable

ATTRIBUTES = (DEPARTMENT, OFFICE, LEVEL, TENURE, LARGE_OFFICE)
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
Cells = tuple[tuple[int, int], ...]


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
        self, table: ReleasedTable, label: str, steps: Sequence[Sum], size: int, cells: Cells = ()
    ) -> None:
        """Add what a row of the people funnel, or of its first steps, says."""
        attribute = None if label == COMPANY else BY[table.name]
        columns = len(table.columns)
        measures = [attribute.measure if attribute else PEOPLE_FUNNEL] * columns
        if label in {row.label for row in table.rows}:
            self.attack.hear_row(
                *(table, label, steps[:columns], measures), attribute=attribute, size=size, cells=cells
            )


class Quarter:
    """What people may have done in twelve weeks.

    Opting in is known by department, office, level and tenure, so that it has an unknown for each part of the
    company that these tell apart; the steps after it are known by department alone.

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
        self.departments: dict[str, Steps] = {}
        for label, size in people.groups(DEPARTMENT).items():
            steps: Steps = [{}, self.opted_in(DEPARTMENT, label)]
            while len(steps) < 4:
                steps.append(people.unknown(steps[-1], size=size))
            self.departments[label] = steps
        self.company = [plus(*(steps[place] for steps in self.departments.values())) for place in range(4)]
        for table in period.values():
            self._hear(table)

    def opted_in(self, attribute: Attribute, label: str) -> Sum:
        """How many of a group opted in."""
        place = ATTRIBUTES.index(attribute)
        return {number: 1 for cell, number in self.opted.items() if cell[place] == label}

    def _hear(self, table: ReleasedTable) -> None:
        attribute, sizes = BY.get(table.name), self.people.cells
        if attribute is None:
            return
        place = ATTRIBUTES.index(attribute)
        for label, size in self.people.groups(attribute).items():
            steps = [{}, self.opted_in(attribute, label)]
            if attribute is DEPARTMENT:
                steps = self.departments[label]
            cells = tuple((self.opted[cell], sizes[cell]) for cell in sizes if cell[place] == label)
            self.people.hear(table, label, steps, size, cells)
        cells = tuple((self.opted[cell], size) for cell, size in sizes.items())
        self.people.hear(table, COMPANY, self.company, self.people.everybody, cells)


class Months:
    """What people may have done in four weeks after four weeks.

    In each, everybody goes none, one, two or three of the steps, and in all of them together as far as in
    the farthest. It is a flow: from how far people have come before to how far they have come then.

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
        for label, size in people.groups(LARGE_OFFICE).items():
            everybody = people.program.unknown(size)
            people.program.know({everybody: 1}, size)
            far: Steps = [{everybody: 1}, {}, {}, {}]
            for place, period in enumerate(periods):
                far, now = self._month(far, size)
                self.steps[place] = list(map(plus, self.steps[place], now))
                if PEOPLE_FUNNEL in period:
                    people.hear(period[PEOPLE_FUNNEL], label, now, size)
            self.in_all[label] = [plus(*far[place:]) for place in range(4)]
        for company, period in zip(self.steps, periods, strict=True):
            if PEOPLE_FUNNEL in period:
                people.hear(period[PEOPLE_FUNNEL], COMPANY, company, people.everybody)

    def _month(self, far: Steps, size: int) -> tuple[Steps, Steps]:
        then: Steps = [{}, {}, {}, {}]
        now: Steps = [{}, {}, {}, {}]
        for before, people in enumerate(far):
            if not people:
                continue
            going = [self.people.unknown(size=size) for _ in range(4)]
            self.people.program.know(minus(people, plus(*going)), 0, 0)
            for step, number in enumerate(going):
                then[max(before, step)] = plus(then[max(before, step)], number)
                for place in range(step + 1):
                    now[place] = plus(now[place], number)
        return then, now

    def fill(self, quarter: Quarter) -> None:
        """Add that these are the months of a quarter."""
        know = self.people.program.know
        for label, steps in self.in_all.items():
            know(minus(steps[1], quarter.opted_in(LARGE_OFFICE, label)), 0, 0)
        for place in (2, 3):
            total = plus(*(steps[place] for steps in self.in_all.values()))
            know(minus(total, quarter.company[place]), 0, 0)


def _labels(attribute: Attribute, tables: Sequence[ReleasedTable]) -> frozenset[str]:
    """The groups of an attribute in the newest table that has some."""
    for table in tables:
        labels = frozenset(row.label for row in table.rows) - {COMPANY}
        if labels and BY.get(table.name) is attribute:
            return labels
    return frozenset()
