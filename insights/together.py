"""What is known of people together: whom they met, their introductions, and who stays."""

from collections.abc import Mapping

from insights.attributes import DEPARTMENT, LEVEL, Attribute
from insights.cells import AtLeast, Count
from insights.funnels import INTRODUCTIONS_FUNNEL, PEOPLE_FUNNEL
from insights.participation import NEWCOMERS, REACH, RETENTION, SIT_OUTS, newcomers
from insights.program import Sum, minus, plus
from insights.rows import OPT_IN_BY_LEVEL, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY
from insights.ties import NEW_TIES, TIES_ACROSS_LEVELS
from insights.unknowns import People, Period, Quarter, Steps
from insights.who_meets import LEVELS_MEET, WHO_MEETS_WHOM, meeting_cell

MOST_SEATS = 8
"""People of one introduction."""


def hear_company(people: People, quarter: Quarter, period: Period, before: Sum, at_the_end: Sum) -> None:
    """Add what is said of the company's people: who stays, sits out, and has just come.

    Parameters
    ----------
    people : People
        Of the company.
    quarter : Quarter
        What they may have done in the twelve weeks.
    period : mapping of str to ReleasedTable
        The tables of these.
    before : mapping of int to int
        How many of them opted in in the twelve weeks before.
    at_the_end : mapping of int to int
        How many of them opted in in the last four weeks.
    """
    size, opted, hear = people.everybody, quarter.company[1], people.attack.hear_row
    still = people.unknown(before, opted, at_the_end)
    often = people.unknown(opted)
    if RETENTION in period:
        measures = (PEOPLE_FUNNEL, RETENTION, RETENTION)
        hear(period[RETENTION], COMPANY, ({}, before, still), measures, size=size)
    if SIT_OUTS in period:
        measures = (PEOPLE_FUNNEL, PEOPLE_FUNNEL, SIT_OUTS)
        hear(period[SIT_OUTS], COMPANY, ({}, opted, often), measures, size=size)
    if NEWCOMERS in period and people.attack.is_now(period[NEWCOMERS]):
        joiners = newcomers(people.attack.directory)[0].count
        met = people.unknown(size=joiners)
        hear(period[NEWCOMERS], COMPANY, ({}, met), (NEWCOMERS,) * 2, size=joiners)


def hear_meetings(people: People, quarter: Quarter, period: Period) -> None:
    """Add who met whom: people of each department and of each level, new ties, and reach.

    Each cell is about the people of its row. That a meeting has two sides ties no two of them together here,
    but for ties, of which each has two people.
    """
    departments, know = quarter.departments, people.program.know
    tied = {label: people.unknown(steps[3]) for label, steps in departments.items()}
    levels = {label: people.unknown(quarter.opted_in(LEVEL, label)) for label in people.groups(LEVEL)}
    know(minus(plus(*tied.values()), plus(*levels.values())), 0, 0)
    ties = {people.program.unknown(): 1}
    know(minus(plus(ties, ties), plus(*tied.values())), 0)
    know(minus({number: people.everybody for one in tied.values() for number in one}, ties), 0)
    met = {label: steps[3] for label, steps in departments.items()}
    others = _hear_square(people, period, WHO_MEETS_WHOM, PEOPLE_FUNNEL_BY_DEPARTMENT, DEPARTMENT, tied)
    by_level = _hear_square(people, period, LEVELS_MEET, OPT_IN_BY_LEVEL, LEVEL, levels)
    for name, columns in ((NEW_TIES, others), (TIES_ACROSS_LEVELS, by_level)):
        across = {people.program.unknown(): 1}
        know(minus(ties, across), 0)
        met_others = [people.program.unknown(people.everybody) for _ in columns]
        for number, cells in zip(met_others, columns.values(), strict=True):
            for cell in cells:
                know(minus({number: 1}, cell), 0)
        if columns:
            know(minus(plus(across, across), dict.fromkeys(met_others, 1)), 0)
        if name in period and period[name].rows:
            people.attack.hear_row(period[name], COMPANY, (ties, across), (NEW_TIES, name))
    if REACH in period:
        reach = _reach(people, met, others)
        measures = (PEOPLE_FUNNEL, PEOPLE_FUNNEL, REACH, REACH)
        steps: Steps = [{}, quarter.company[1], *reach]
        people.attack.hear_row(period[REACH], COMPANY, steps, measures, size=people.everybody)


def _hear_square(
    people: People, period: Period, name: str, by: str, attribute: Attribute, tied: Mapping[str, Sum]
) -> dict[str, list[Sum]]:
    """How many people of each group met somebody of each other one, by the table of these."""
    sizes = people.groups(attribute)
    if name not in period or by not in period or len(sizes) < 2:
        return {}
    table, shown = period[name], {row.label: row.cells[0] for row in period[by].rows}
    others: dict[str, list[Sum]] = {}
    for own, size in sizes.items():
        cells = {label: people.unknown(tied[own], size=size) for label in sizes}
        people.program.know(minus(plus(*cells.values()), tied[own]), 0)
        others[own] = [cell for label, cell in cells.items() if label != own]
        base, said = shown.get(own), {row.label: row.cells for row in table.rows}.get(own)
        if not isinstance(base, Count) or said is None:
            continue
        under = max(cell.count or 0 for cell in (Count(0), *said) if isinstance(cell, Count | AtLeast))
        for label, cell in cells.items():
            if label in table.columns:
                place = table.columns.index(label)
                people.attack.hear_cell(
                    *(table, own, place, cell, meeting_cell, base.count, under, attribute, size)
                )
    return others


def _reach(people: People, met: Mapping[str, Sum], others: Mapping[str, list[Sum]]) -> tuple[Sum, Sum]:
    """How many met one other department or more, and three or more.

    Who met fewer than three is in two columns of who meets whom at most.
    """
    reached: tuple[list[Sum], list[Sum]] = ([], [])
    for label, most in met.items():
        three = people.unknown(most)
        fewer = people.unknown(minus(most, three))
        columns = others.get(label, [])
        by_fewer = [people.unknown(fewer) for _ in columns]
        for cell, part in zip(columns, by_fewer, strict=True):
            by_three = minus(cell, part)
            people.program.know(by_three, 0)
            people.program.know(minus(three, by_three), 0)
        people.program.know(minus(plus(fewer, fewer), plus(*by_fewer)), 0)
        reached[0].append(plus(three, fewer))
        reached[1].append(three)
    return plus(*reached[0]), plus(*reached[1])


def hear_introductions(people: People, steps: Steps, period: Period) -> None:
    """Add the introductions of four weeks: each has eight people at most, also such as left."""
    if INTRODUCTIONS_FUNNEL not in period:
        return
    unknown, know = people.program.unknown, people.program.know
    delivered, met, new, across, still_open = ({unknown(): 1} for _ in range(5))
    know(minus(delivered, plus(met, still_open)), 0)
    table = period[INTRODUCTIONS_FUNNEL]
    people.attack.hear_row(
        table, COMPANY, (delivered, met, new, across), (INTRODUCTIONS_FUNNEL,) * len(table.columns)
    )
    if people.attack.is_now(table):
        for place, introductions in ((2, delivered), (3, met)):
            seats = dict.fromkeys(introductions, MOST_SEATS)
            know(minus(seats, steps[place]), 0)
