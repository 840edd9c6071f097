"""What people may have done in four weeks, and in the twelve that three of these fill."""

from collections import Counter
from collections.abc import Mapping, Sequence

from insights.attributes import LARGE_OFFICE
from insights.funnels import PEOPLE_FUNNEL
from insights.program import Sum, minus, plus
from insights.tables import COMPANY
from insights.unknowns import People, Quarter, Steps, Tables


class Month:
    """What people may have done in four weeks: how many of each large office took each step.

    Parameters
    ----------
    people : People
        Whose steps they are.
    tables : mapping of str to ReleasedTable
        Those of the four weeks.
    """

    def __init__(self, people: People, tables: Tables) -> None:
        self.people, self.tables = people, tables
        self.offices: dict[str, Steps] = {}
        for label, size in people.groups(LARGE_OFFICE).items():
            steps: Steps = [{}]
            while len(steps) < 4:
                steps.append(people.unknown(*steps[1:][-1:], size=size))
            self.offices[label] = steps
        self.company = [plus(*(steps[place] for steps in self.offices.values())) for place in range(4)]
        people.program.moves += [
            {number: 1 for each in steps[begin:end] for number in each}
            for steps in self.offices.values()
            for begin, end in ((1, 3), (1, 4), (2, 4))
        ]
        if PEOPLE_FUNNEL in tables:
            for label, steps in self.offices.items():
                people.hear(tables[PEOPLE_FUNNEL], label, steps, people.groups(LARGE_OFFICE)[label])
            people.hear(tables[PEOPLE_FUNNEL], COMPANY, self.company, people.everybody)

    def more(self, offices: Mapping[str, int], far: int) -> Sum:
        """One person more, or fewer, in some offices, who opted in and took so many later steps."""
        return {
            number: times
            for label, times in offices.items()
            for step in self.offices.get(label, [])[1 : far + 2]
            for number in step
        }


def fill(quarter: Quarter, months: Sequence[Month]) -> None:
    """Add that these are months of a quarter.

    Whoever took a step in four weeks took it in the twelve, too, unless they have left the office since; and
    whoever took it in the twelve did so in some of the four weeks, unless they came to the office later. Who
    took the second step in several months took the first in as many.

    Parameters
    ----------
    quarter : Quarter
        All twelve weeks.
    months : sequence of Month
        Those of the three of which something is released.
    """
    program, now = quarter.people.program, quarter.people.parts
    know, then = program.know, [month.people.parts for month in months]
    gone = [Counter(each.only_here(now, LARGE_OFFICE).values()) for each in then]
    came = {person: label for each in then for person, label in now.only_here(each, LARGE_OFFICE).items()}
    later = Counter(came.values())
    for label in now.groups(LARGE_OFFICE):
        in_all = [quarter.group(LARGE_OFFICE, label, step) for step in range(4)]
        stayed = []
        for month, left in zip(months, gone, strict=True):
            steps = _stayed(month, label, left[label])
            # The last four weeks close with the twelve; in the others, who answers later is not counted.
            ends = month.people.directory.ends_on == quarter.people.directory.ends_on
            for step in (1, 2, 3) if ends else (1, 2):
                know(minus(in_all[step], steps[step]), 0)
            stayed.append(steps)
        if len(stayed) == 3:
            over = [minus(plus(*(steps[step] for steps in stayed)), in_all[step]) for step in (1, 2)]
            for each in (*over, minus(*over)):
                know(each, -later[label])

    # Who takes part from the first to the last week is in all of them.
    program.moves += [
        {**move, **{number: by for month in months for number, by in month.more(offices, far).items()}}
        for move, offices, far in quarter.moves
        if offices
    ]


def _stayed(month: Month, label: str, gone: int) -> Steps:
    """The steps of an office's people who are there still, of whom so many others are not."""
    steps = month.offices.get(label, [{}] * 4)
    if not gone:
        return steps
    found: Steps = [{}]
    for step in (1, 2, 3):
        left = month.people.unknown(steps[step], size=gone)
        found.append(minus(steps[step], left))
        if step > 1:
            month.people.program.know(minus(found[step - 1], found[step]), 0)
    return found
