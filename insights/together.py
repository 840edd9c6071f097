"""What is known of people together: whom they met, their introductions, and who stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from insights.attack import Where
from insights.attributes import DEPARTMENT, LEVEL, Attribute
from insights.cells import AtLeast, Bounds, Cell, Count
from insights.funnels import INTRODUCTIONS_FUNNEL, MET_RATE, OPTED_IN, PEOPLE_FUNNEL
from insights.groups import OTHER
from insights.months import Month
from insights.participation import ACTIVE_BEFORE, NEWCOMERS, REACH, RETENTION, SIT_OUTS, newcomers
from insights.program import Sum, minus, plus
from insights.reading import Rule, rates_left_open
from insights.rows import OPT_IN_BY_LEVEL, PEOPLE_FUNNEL_BY_DEPARTMENT
from insights.tables import COMPANY, ReleasedTable
from insights.ties import NEW_TIES, TIES_ACROSS_LEVELS
from insights.unknowns import People, Quarter, Steps
from insights.who_meets import LEVELS_MEET, WHO_MEETS_WHOM, meeting_cell

MOST_SEATS = 8
"""People of one introduction."""
TIED = 4
"""The step after meeting anybody: meeting somebody for the first time."""
BY_NAME = {DEPARTMENT: PEOPLE_FUNNEL_BY_DEPARTMENT, LEVEL: OPT_IN_BY_LEVEL}


def hear_company(quarter: Quarter, earlier: Quarter | None, last: Month | None) -> None:
    """Add what is said of the company's people: who stays, sits out, and has just come.

    Parameters
    ----------
    quarter : Quarter
        What they may have done in the twelve weeks.
    earlier : Quarter or None
        The twelve weeks before, if anything of these is released.
    last : Month or None
        The last four weeks, likewise.
    """
    people, tables = quarter.people, quarter.tables
    size, opted, hear = people.everybody, quarter.company[1], people.attack.hear_row
    before = people.unknown() if earlier is None else _who_stayed(earlier, people)
    still = people.unknown(before, opted, *([] if last is None else [last.company[1]]))
    often = people.unknown(opted)
    if RETENTION in tables:
        measures, drawn_as = (PEOPLE_FUNNEL, PEOPLE_FUNNEL, RETENTION), {ACTIVE_BEFORE: OPTED_IN}
        hear(tables[RETENTION], COMPANY, ({}, before, still), measures, size=size, drawn_as=drawn_as)
    if SIT_OUTS in tables:
        measures = (PEOPLE_FUNNEL, PEOPLE_FUNNEL, SIT_OUTS)
        hear(tables[SIT_OUTS], COMPANY, ({}, opted, often), measures, size=size)
    if NEWCOMERS in tables:
        joiners = newcomers(people.directory)[0].count
        met = people.unknown(size=joiners)
        hear(tables[NEWCOMERS], COMPANY, ({}, met), (NEWCOMERS,) * 2, size=joiners)


def _who_stayed(earlier: Quarter, people: People) -> Sum:
    """How many of those who opted in then work here still: all but some of those who have left."""
    stay = len(earlier.people.parts.part_of.keys() & people.parts.part_of.keys())
    left = earlier.people.everybody - stay
    before = earlier.company[1]
    if left:
        before = minus(before, people.unknown(before, size=left))
        people.program.know(before, 0, stay)
    return before


def hear_meetings(quarter: Quarter) -> None:
    """Add who met whom: people of each department and of each level, new ties, and reach."""
    people, period = quarter.people, quarter.tables
    by_department = _hear_square(quarter, WHO_MEETS_WHOM, DEPARTMENT)
    by_level = _hear_square(quarter, LEVELS_MEET, LEVEL)
    know = people.program.know
    squares = [plus(each.across, *each.inside.values()) for each in (by_department, by_level) if each.cells]
    ties: Sum = squares[0] if squares else {people.program.unknown(): 1}
    for each in squares[1:]:
        know(minus(each, ties), 0, 0)
    everybody = plus(*(quarter.group(DEPARTMENT, label, TIED) for label in people.groups(DEPARTMENT)))
    know(minus(plus(ties, ties), everybody), 0)
    know(minus(dict.fromkeys(everybody, people.everybody), ties), 0)
    of_company: list[Sum] = []
    for name, square in ((NEW_TIES, by_department), (TIES_ACROSS_LEVELS, by_level)):
        across: Sum = {people.program.unknown(): 1}
        of_company.append(across)
        know(minus(ties, across), 0)
        if square.cells:
            # Departments that are one row still are several, between which ties are across.
            several = square.inside.get(OTHER, {}) if name == NEW_TIES else {}
            know(minus(across, square.across), 0)
            know(minus(plus(square.across, several), across), 0)
        if name in period and period[name].rows:
            people.attack.hear_row(period[name], COMPANY, (ties, across), (NEW_TIES, name))
    for square, own, other, others in (
        (by_department, of_company[0], by_level, of_company[1]),
        (by_level, of_company[1], by_department, of_company[0]),
    ):
        # A tie more is one between departments, or inside one, and between levels, too.
        beside = plus(other.a_tie, others) if other.cells else {}
        people.program.moves += [plus(move, beside, own) for move in square.moves]
        people.program.moves += [plus(move, beside) for move in square.moves_inside]
    if REACH in period:
        reach = _reach(quarter, by_department)
        measures = (PEOPLE_FUNNEL, PEOPLE_FUNNEL, REACH, REACH)
        steps: Steps = [{}, quarter.company[1], *reach]
        people.attack.hear_row(period[REACH], COMPANY, steps, measures, size=people.everybody)


@dataclass(frozen=True, slots=True)
class _Square:
    """People of each group who met somebody of each, and the ties between and inside the groups."""

    cells: dict[tuple[str, str], Sum]
    across: Sum
    inside: dict[str, Sum]
    a_tie: Sum
    """One between two of the groups, whichever they are."""
    moves: list[Sum]
    moves_inside: list[Sum]
    """A tie more between two groups or inside one, and people who had none with those of the other."""


def _hear_square(quarter: Quarter, name: str, attribute: Attribute) -> _Square:
    """How many people of each group met somebody of each one, by the table of these."""
    people, period = quarter.people, quarter.tables
    sizes, by, share_base = people.groups(attribute), BY_NAME[attribute], people.attack.floor.share_base
    if name not in period or by not in period or len(sizes) < 2:
        return _Square({}, {}, {}, {}, [], [])
    table, shown = period[name], {row.label: row.cells[0] for row in period[by].rows}
    said = {row.label: row.cells for row in table.rows}
    cells: dict[tuple[str, str], Sum] = {}
    least: dict[tuple[str, str], int] = {}
    for own, size in sizes.items():
        tied, base = quarter.group(attribute, own, TIED), shown.get(own)
        row = {label: people.unknown(tied, size=size) for label in sizes}
        people.program.know(minus(plus(*row.values()), tied), 0)
        for label, cell in row.items():
            cells[own, label], least[own, label] = cell, 0
            if isinstance(base, Count) and own in said and label in table.columns:
                where, rule = Where(table, own, attribute, size), _rule(base.count, size, share_base)
                least[own, label] = people.attack.hear_cell(
                    *(where, label, cell, rule, base.count, _under(said[own]))
                )
    pairs = list(combinations(sizes, 2))
    moves: tuple[list[Sum], list[Sum]] = ([], [])
    across = [
        _ties_between(people, (cells[a, b], cells[b, a]), (least[a, b], least[b, a]), moves[0])
        for a, b in pairs
    ]
    inside = {
        label: _ties_inside(people, cells[label, label], least[label, label], moves[1]) for label in sizes
    }
    return _Square(cells, plus(*across), inside, across[0], *moves)


def _rule(base: int, sure: int, share_base: int) -> Rule:
    return partial(meeting_cell, base=base, sure=sure, share_base=share_base)


def _under(cells: Sequence[Cell]) -> int:
    """The highest count of a row; a lower one was not lowered to that of who met anybody."""
    return max(cell.count for cell in (Count(0), *cells) if isinstance(cell, Count | AtLeast))


def _ties_between(people: People, met: tuple[Sum, Sum], least: tuple[int, int], moves: list[Sum]) -> Sum:
    """The ties between two groups: at least as many as people on either side have one, and none without any.

    At most they are x * y. As (x - l) * (y - m) is not negative, l * y + m * x - l * m are possible, which is
    all that is taken to be: a sum, and nothing that could not have been.
    """
    one, other = met
    low, lower = (max(each, 1) for each in least)
    know, ties = people.program.know, {people.program.unknown(): 1}
    some = _some(people, met, least=1)
    for side in met:
        know(minus(ties, side), 0)
    most = plus(_times(lower, one), _times(low, other), _times(-low * lower, some))
    know(minus(most, ties), 0)
    both = plus(one, other, ties)
    moves += [both, plus(both, some), plus(one, ties), plus(other, ties)]
    return ties


def _ties_inside(people: People, met: Sum, least: int, moves: list[Sum]) -> Sum:
    """The ties inside a group: at least half as many as people have one, who are two or more.

    At most they are x * (x - 1) / 2, and as above l * x - l * (l + 1) / 2 are possible.
    """
    low = max(least, 2)
    know, ties = people.program.know, {people.program.unknown(): 1}
    some = _some(people, (met,), least=2)
    know(minus(plus(ties, ties), met), 0)
    know(minus(plus(_times(low, met), _times(-low * (low + 1) // 2, some)), ties), 0)
    moves += [plus(met, ties), plus(met, met, ties, some)]
    return ties


def _some(people: People, met: Sequence[Sum], least: int) -> Sum:
    """1 where anybody met, which takes so many people on each side; else 0."""
    some = {people.program.unknown(1, expected=1): 1}
    for side in met:
        people.program.know(minus(side, _times(least, some)), 0)
        people.program.know(minus(_times(people.everybody, some), side), 0)
    return some


def _times(number: int, total: Sum) -> Sum:
    return {unknown: number * times for unknown, times in total.items()}


def _reach(quarter: Quarter, square: _Square) -> tuple[Sum, Sum]:
    """How many met one other department or more, and three or more.

    Who met fewer than three is in two columns of who meets whom at most. Meetings that are not the first of
    two people count, too, so that more may have met than have new ties.
    """
    reached: tuple[list[Sum], list[Sum]] = ([], [])
    people = quarter.people
    know = people.program.know
    for own in people.groups(DEPARTMENT):
        met = quarter.group(DEPARTMENT, own, 3)
        three = people.unknown(met)
        fewer = people.unknown(minus(met, three))
        columns = [cell for (row, label), cell in square.cells.items() if row == own != label]
        by_fewer = [people.unknown(fewer) for _ in columns]
        for cell, part in zip(columns, by_fewer, strict=True):
            know(minus(cell, part), 0)
            know(minus(three, minus(cell, part)), 0)
        know(minus(plus(fewer, fewer), plus(*by_fewer)), 0)
        anywhere = plus(three, fewer)
        if columns:
            know(minus(plus(anywhere, square.cells[own, own]), quarter.group(DEPARTMENT, own, TIED)), 0)
        reached[0].append(anywhere)
        reached[1].append(three)
    return plus(*reached[0]), plus(*reached[1])


def hear_introductions(month: Month) -> None:
    """Add the introductions of four weeks: each has eight people at most, also such as left."""
    people, period = month.people, month.tables
    if INTRODUCTIONS_FUNNEL not in period:
        return
    unknown, know = people.program.unknown, people.program.know
    delivered, met, new, across, still_open = ({unknown(): 1} for _ in range(5))
    neither = minus(delivered, plus(met, still_open))
    know(neither, 0)
    table = period[INTRODUCTIONS_FUNNEL]
    people.attack.hear_row(
        table, COMPANY, (delivered, met, new, across), (INTRODUCTIONS_FUNNEL,) * len(table.columns)
    )
    if MET_RATE in period:
        _hear_rate(people, period[MET_RATE], met, still_open, neither)
    for place, introductions in ((2, delivered), (3, met)):
        seats = dict.fromkeys(introductions, MOST_SEATS)
        know(minus(seats, month.company[place]), 0)


def _hear_rate(people: People, table: ReleasedTable, met: Sum, still_open: Sum, neither: Sum) -> None:
    """Add what the bounds of the met rate say: which rounded counts of the met and the open give them."""
    delivered, cell = table.rows[0].cells
    if not isinstance(cell, Bounds) or not isinstance(delivered, Count):
        return
    every, found = delivered.count, list(rates_left_open(cell, delivered.count))
    if not found:
        return
    few, fewest, most = zip(*found, strict=True)
    hear, capped = people.attack.hear_count, any(each + more == every for each, _, more in found)
    hear(table, "met", met, INTRODUCTIONS_FUNNEL, min(few), max(few), max(few) < every)
    hear(table, "open", still_open, MET_RATE, min(fewest), every if capped else max(most), not capped)
    people.attack.watch(table, "neither met nor open", neither, every)
