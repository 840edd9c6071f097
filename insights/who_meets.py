"""Who meets whom, by department and by level, and the pairs of departments that are linked."""

from itertools import combinations

from insights.attributes import DEPARTMENT, LEVEL, Attribute
from insights.cells import AtLeast, Cell, Count, PairsLinked, Reading, part
from insights.floor import Floor
from insights.funnels import people_steps
from insights.records import PeriodRecords
from insights.rounding import BASE, Rounding
from insights.rows import Rows
from insights.steps import released_steps
from insights.tables import COMPANY, ReleasedTable, TableRow
from insights.who_met import met_graph, people_who_met

WHO_MEETS_WHOM = "who_meets_whom"
LEVELS_MEET = "levels_meet"
DEPARTMENT_PAIRS_LINKED = "department_pairs_linked"

LINKED_FROM = 10

WHAT_LINKED_SAYS = (
    f"Two departments are linked where both counts of who meets whom read {LINKED_FROM} or more, so that at "
    f"least {LINKED_FROM - BASE + 1} people of each met somebody of the other."
)
_TABLES = {DEPARTMENT: WHO_MEETS_WHOM, LEVEL: LEVELS_MEET}


def who_meets_whom(records: PeriodRecords, rows: Rows, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """People of each group who met somebody of each, themselves included: counts without shares.

    Without shares small counts can stay, which is all that links of departments are made of. But where the
    count is 80 % or more of the row's eligible people, it reads so: it would tell of nearly each of them. No
    count is higher than that of the row's people who met anybody, since that would narrow both of them down.

    A meeting has two sides: whoever met somebody of a group was met by one of it. Where a cell says that
    anybody did, the one opposite is not 0, which would leave four values of "0-4" and fewer inside a group,
    where nobody meets alone. So what was rounded to 0 and to 5 reads the same. And inside a group so small
    that its people who met anybody may read "0-4", nothing is said.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period.
    rows : Rows
        Of departments or of levels.
    rounding : Rounding
        The draws of the workspace.
    floor : Floor
        Gives the least number of eligible people that has shares.

    Returns
    -------
    ReleasedTable, shape (groups, groups)
        No row without groups.
    """
    name = _TABLES[rows.attribute]
    met = people_who_met(met_graph(records), rows.row_of) if rows.members else {}
    found = []
    for own, people in rows.members.items():
        steps = people_steps(records, people, rows.attribute.measure)
        eligible, *_, met_anybody = released_steps(steps, own, rounding)
        cells: list[Cell] = []
        among_few = len(people) < floor.share_base + BASE
        for other in rows.members:
            count = min(rounding.released(met.get((own, other), 0), name, own, other), met_anybody)
            cell = meeting_cell(count, eligible, sure=len(people), share_base=floor.share_base)
            told = {own, other} <= rows.shown and not (own == other and among_few)
            cells.append(cell if told else Reading.CANNOT_TELL)
        found.append(TableRow(own, tuple(cells)))
    return ReleasedTable(
        name,
        records.period_on,
        records.weeks,
        tuple(rows.members),
        tuple(found),
        (_who_counts(rows.attribute), *rows.notes),
    )


def meeting_cell(count: int, base: int, *, sure: int, share_base: int) -> Cell:
    """A released count of people who met, as it reads beside the one opposite.

    Parameters
    ----------
    count, base : int
        Multiples of 5.
    sure, share_base : int
        As `cells.part` has them.

    Returns
    -------
    Count, AtLeast or Reading
        0 and 5 are "0-9". Of a large base `cells.part` without its share; of a small one what that says, if
        it tells 10 from 5; else nothing.

    Examples
    --------
    >>> [meeting_cell(count, 20, sure=20, share_base=20).value for count in (0, 5, 20)]
    ['up_to_9', 'up_to_9', 'at_least_80']
    >>> meeting_cell(10, 20, sure=20, share_base=20), meeting_cell(15, 15, sure=15, share_base=20)
    (Count(count=10), AtLeast(count=10))
    >>> meeting_cell(0, 10, sure=14, share_base=20)
    <Reading.CANNOT_TELL: 'cannot_tell'>
    """
    cell = part(count, base, sure=sure, share_base=share_base)
    if min(base, sure) >= share_base:
        cell = cell if cell is Reading.AT_LEAST_80 else Count(count)
    else:
        highest = part(base, base, sure=sure, share_base=share_base)
        if not isinstance(highest, AtLeast) or highest.count < LINKED_FROM:
            return Reading.CANNOT_TELL
    return cell if count >= LINKED_FROM else Reading.UP_TO_9


def _who_counts(attribute: Attribute) -> str:
    return (
        f"People of the row's {attribute.singular} who met somebody of the column's for the first time. "
        f"Whoever met people of several {attribute.plural} is counted in the column of each. Each count is "
        "rounded to a multiple of 5, up or down, and 0 and 5 read “0–9”. Where it is 80 % or more of the "
        "eligible people of the row, it reads only so. Of a row of fewer than 20 people it stops at “or "
        "more”, and of fewer than 15 nothing is said; of fewer than 25, nothing about meetings of their own."
    )


def pairs_linked(meetings: ReleasedTable, notes: tuple[str, ...]) -> ReleasedTable:
    """How many pairs of groups are linked, of all of which anything is said; from the released table alone.

    Parameters
    ----------
    meetings : ReleasedTable
        What `who_meets_whom` gives. A pair is linked where both its cells read 10 or more.
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
