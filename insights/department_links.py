"""The tables by department: the people funnel, who meets whom, and the pairs that are linked."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from insights.cells import AtLeast, Cell, Count, PairsLinked, Reading, part
from insights.floor import Floor
from insights.funnels import OF_ELIGIBLE, PEOPLE_STEPS, ROUNDED, people_row, released_people
from insights.groups import OTHER, department_of, in_order, with_newcomers
from insights.records import PeriodRecords
from insights.rounding import Rounding
from insights.tables import COMPANY, ReleasedTable, TableRow
from insights.who_met import met_graph, people_who_met

PEOPLE_FUNNEL_BY_DEPARTMENT = "people_funnel_by_department"
WHO_MEETS_WHOM = "who_meets_whom"
DEPARTMENT_PAIRS_LINKED = "department_pairs_linked"

LINKED_FROM = 5

WHO_COUNTS = (
    "People of the row's department who met somebody of the column's for the first time. Whoever met people "
    "of several departments is counted in the column of each. Each count is rounded to a multiple of 5, up "
    "or down. Where it is 80 % or more of the eligible people of the row, it reads only so; where a row has "
    "few people, it stops at “or more”."
)
WHAT_LINKED_SAYS = (
    f"Two departments are linked where at least {LINKED_FROM} people of each met somebody of the other, "
    "by the counts of who meets whom."
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the tables.

    Parameters
    ----------
    group : mapping of str to str
        The group of each department.
    members : mapping of str to set of int
        The eligible people of each group, in the order of the rows. Empty where there is only the company.
    shown : frozenset of str
        The groups of which anything is said; none or at least two.
    notes : tuple of str
        What is to be said of the groups.
    """

    group: Mapping[str, str]
    members: Mapping[str, set[int]]
    shown: frozenset[str]
    notes: tuple[str, ...]


def department_tables(
    records: PeriodRecords, groups: Mapping[str, str], rounding: Rounding, floor: Floor
) -> tuple[ReleasedTable, ...]:
    """The tables of 12 weeks.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period, with at least `floor.company` eligible people.
    groups : mapping of str to str
        The group of each department, as `department_groups` made them, for these people or at most 52 weeks
        ago; may be empty.
    rounding : Rounding
        The draws of the workspace.
    floor : Floor
        Gives the sizes of groups and companies.

    Returns
    -------
    tuple of ReleasedTable, shape (3,)
        A group that has fewer than `floor.group` people by now is a row that says nothing. Without two larger
        groups, the funnel has the company's row, and the other two tables only a note.
    """
    rows = rows_of(records, groups, floor)
    meetings = who_meets_whom(records, rows, rounding, floor)
    return funnel_by_department(records, rows, rounding, floor), meetings, pairs_linked(meetings, rows.notes)


def rows_of(records: PeriodRecords, groups: Mapping[str, str], floor: Floor) -> Rows:
    """The rows, which depend on the directory and on earlier groups only."""
    company = Rows(
        {}, {}, frozenset(), (f"Fewer than two groups of at least {floor.group} people: company only.",)
    )
    if len(records.eligible) < floor.departments:
        return Rows({}, {}, frozenset(), (f"Fewer than {floor.departments} people: company only.",))
    if not groups:
        return company
    group = with_newcomers(groups, records.eligible)
    members: dict[str, set[int]] = {name: set() for name in in_order(group.values())}
    for each in records.eligible:
        members[group[department_of(each)]].add(each.person)
    shown = frozenset(name for name, people in members.items() if len(people) >= floor.group)
    if len(shown) < 2:
        return company
    notes = []
    if any(name != row for name, row in group.items()):
        notes.append(f"The smallest departments, and those that came since, are one row, {OTHER}.")
    if len(shown) < len(members):
        notes.append(f"Nothing is said of a row that has fewer than {floor.group} people by now.")
    return Rows(group, members, shown, tuple(notes))


def funnel_by_department(
    records: PeriodRecords, rows: Rows, rounding: Rounding, floor: Floor
) -> ReleasedTable:
    """The people funnel of each group, or of the company where there are no groups."""
    found = [
        people_row(records, people, name, rounding, floor)
        if name in rows.shown
        else TableRow(name, (Reading.CANNOT_TELL,) * len(PEOPLE_STEPS))
        for name, people in rows.members.items()
    ]
    if not found:
        found = [people_row(records, {each.person for each in records.eligible}, None, rounding, floor)]
    return ReleasedTable(
        PEOPLE_FUNNEL_BY_DEPARTMENT,
        records.period_on,
        records.weeks,
        PEOPLE_STEPS,
        tuple(found),
        (OF_ELIGIBLE, ROUNDED, *rows.notes),
    )


def who_meets_whom(records: PeriodRecords, rows: Rows, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """People of each group who met somebody of each, themselves included: counts without shares.

    Without shares small counts can stay, which is all that links of departments are made of. But where the
    count is 80 % or more of the row's eligible people, it reads so: it would tell of nearly each of them. No
    count is higher than that of the row's people who met anybody, since that would narrow both of them down.
    """
    met = people_who_met(met_graph(records), rows.group) if rows.members else {}
    found = []
    for own, people in rows.members.items():
        eligible, *_, met_anybody = released_people(records, people, own, rounding)
        cells: list[Cell] = []
        for other in rows.members:
            rounded = rounding.released(met.get((own, other), 0), WHO_MEETS_WHOM, own, other)
            count = min(rounded, met_anybody)
            cell = part(count, eligible, sure=len(people), share_base=floor.share_base)
            if min(eligible, len(people)) >= floor.share_base and cell is not Reading.AT_LEAST_80:
                cell = Count(count)
            cells.append(cell if {own, other} <= rows.shown else Reading.CANNOT_TELL)
        found.append(TableRow(own, tuple(cells)))
    return ReleasedTable(
        WHO_MEETS_WHOM,
        records.period_on,
        records.weeks,
        tuple(rows.members),
        tuple(found),
        (WHO_COUNTS, *rows.notes),
    )


def pairs_linked(meetings: ReleasedTable, notes: tuple[str, ...]) -> ReleasedTable:
    """How many pairs of groups are linked, of all of which anything is said; from the released table alone.

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
    both = [
        (meetings.cell(one, other), meetings.cell(other, one))
        for one, other in combinations(meetings.columns, 2)
    ]
    pairs = [cells for cells in both if Reading.CANNOT_TELL not in cells]
    linked = sum(all(map(_reads_linked, cells)) for cells in pairs)
    return ReleasedTable(
        DEPARTMENT_PAIRS_LINKED,
        meetings.period_on,
        meetings.weeks,
        ("department pairs linked",),
        (TableRow(COMPANY, (PairsLinked(linked, len(pairs)),)),) if pairs else (),
        (WHAT_LINKED_SAYS, *notes),
    )


def _reads_linked(cell: Cell) -> bool:
    return cell is Reading.AT_LEAST_80 or (isinstance(cell, Count | AtLeast) and cell.count >= LINKED_FROM)
