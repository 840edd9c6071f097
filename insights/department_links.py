"""The tables by department: the people funnel, who meets whom, and the pairs that are linked."""

from collections.abc import Mapping
from itertools import combinations

from insights.cells import Cell, Count, PairsLinked, Reading, part
from insights.floor import Floor
from insights.funnels import OF_ELIGIBLE, PEOPLE_FUNNEL, PEOPLE_STEPS, ROUNDED, people_row
from insights.groups import OTHER, department_groups, department_of, in_order
from insights.records import PeriodRecords
from insights.rounding import Rounding
from insights.tables import COMPANY, ReleasedTable, TableRow
from insights.who_met import met_graph, people_who_met

PEOPLE_FUNNEL_BY_DEPARTMENT = "people_funnel_by_department"
WHO_MEETS_WHOM = "who_meets_whom"
DEPARTMENT_PAIRS_LINKED = "department_pairs_linked"

LINKED_FROM = 5

WHO_COUNTS = (
    "People of the row's department who met somebody of the column's for the first time; "
    "who met several departments counts in each. Where these are 80 % or more of the eligible people of the "
    "row, it reads only so."
)
WHAT_LINKED_SAYS = (
    f"Two departments are linked where at least {LINKED_FROM} people of each met somebody of the other, "
    "by the counts of who meets whom."
)


def department_tables(records: PeriodRecords, rounding: Rounding, floor: Floor) -> tuple[ReleasedTable, ...]:
    """The tables of 12 weeks.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period, with at least `floor.company` eligible people.
    rounding : Rounding
        The draws of the workspace.
    floor : Floor
        Gives the sizes of groups and companies.

    Returns
    -------
    tuple of ReleasedTable, shape (3,)
        Without groups, the funnel has the company's row, and the other two tables only a note.
    """
    group = department_groups(records.eligible, floor)
    notes = _notes(records, group, floor)
    meetings = who_meets_whom(records, group, notes, rounding, floor)
    return (
        funnel_by_department(records, group, notes, rounding, floor),
        meetings,
        pairs_linked(meetings, notes),
    )


def funnel_by_department(
    records: PeriodRecords,
    group: Mapping[str, str],
    notes: tuple[str, ...],
    rounding: Rounding,
    floor: Floor,
) -> ReleasedTable:
    """The people funnel of each group, or of the company where there are no groups."""
    rows = [
        people_row(records, people, name, rounding, floor)
        for name, people in _members(records, group).items()
    ]
    if not rows:
        rows = [people_row(records, {each.person for each in records.eligible}, None, rounding, floor)]
    return ReleasedTable(
        PEOPLE_FUNNEL_BY_DEPARTMENT,
        records.period_on,
        records.weeks,
        PEOPLE_STEPS,
        tuple(rows),
        (OF_ELIGIBLE, ROUNDED, *notes),
    )


def who_meets_whom(
    records: PeriodRecords,
    group: Mapping[str, str],
    notes: tuple[str, ...],
    rounding: Rounding,
    floor: Floor,
) -> ReleasedTable:
    """People of each group who met somebody of each, themselves included: counts without shares.

    Without shares small counts can stay, which is all that links of departments are made of. But where the
    count is 80 % or more of the row's eligible people, it reads so: it would tell of nearly each of them.
    """
    members = _members(records, group)
    met = people_who_met(met_graph(records), group) if group else {}
    rows = []
    for own, people in members.items():
        eligible = rounding.released(len(people), PEOPLE_FUNNEL, own, PEOPLE_STEPS[0])
        shares = min(eligible, len(people)) >= floor.share_base
        cells: list[Cell] = []
        for other in members:
            count = rounding.released(met.get((own, other), 0), WHO_MEETS_WHOM, own, other)
            nearly_all = part(count, eligible, shares=shares) is Reading.AT_LEAST_80
            cells.append(Reading.AT_LEAST_80 if nearly_all else Count(count))
        rows.append(TableRow(own, tuple(cells)))
    return ReleasedTable(
        WHO_MEETS_WHOM, records.period_on, records.weeks, tuple(members), tuple(rows), (WHO_COUNTS, *notes)
    )


def pairs_linked(meetings: ReleasedTable, notes: tuple[str, ...]) -> ReleasedTable:
    """How many pairs of groups are linked, of all pairs of the table; from that table and nothing else.

    Parameters
    ----------
    meetings : ReleasedTable
        What `who_meets_whom` gives. A pair is linked where both its cells read 5 or more.
    notes : tuple of str
        What is to be said of the groups.

    Returns
    -------
    ReleasedTable
        One cell; no row if the table has no groups.
    """
    pairs = list(combinations(meetings.columns, 2))
    linked = sum(
        _reads_linked(meetings.cell(one, other)) and _reads_linked(meetings.cell(other, one))
        for one, other in pairs
    )
    return ReleasedTable(
        DEPARTMENT_PAIRS_LINKED,
        meetings.period_on,
        meetings.weeks,
        ("department pairs linked",),
        (TableRow(COMPANY, (PairsLinked(linked, len(pairs)),)),) if pairs else (),
        (WHAT_LINKED_SAYS, *notes),
    )


def _reads_linked(cell: Cell) -> bool:
    return cell is Reading.AT_LEAST_80 or (isinstance(cell, Count) and cell.count >= LINKED_FROM)


def _members(records: PeriodRecords, group: Mapping[str, str]) -> dict[str, set[int]]:
    """The eligible people of each group; empty where there are no groups."""
    members: dict[str, set[int]] = {name: set() for name in in_order(group.values())}
    for each in records.eligible if group else ():
        members[group[department_of(each)]].add(each.person)
    return members


def _notes(records: PeriodRecords, group: Mapping[str, str], floor: Floor) -> tuple[str, ...]:
    if len(records.eligible) < floor.departments:
        return (f"Fewer than {floor.departments} people: company only.",)
    if not group:
        return (f"Fewer than two groups of at least {floor.group} people: company only.",)
    if any(name != row for name, row in group.items()):
        return (f"The smallest departments are one row, {OTHER}: each has at least {floor.group} people.",)
    return ()
