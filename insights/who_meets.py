"""Who meets whom, by department and by level, and the pairs of departments that are linked."""

from itertools import combinations

from insights.attributes import DEPARTMENT, LEVEL, Attribute
from insights.cells import AtLeast, Cell, Count, PairsLinked, Reading, part
from insights.floor import Floor
from insights.funnels import people_steps
from insights.records import PeriodRecords
from insights.rounding import Rounding
from insights.rows import Rows
from insights.steps import released_steps
from insights.tables import COMPANY, ReleasedTable, TableRow
from insights.who_met import met_graph, people_who_met

WHO_MEETS_WHOM = "who_meets_whom"
LEVELS_MEET = "levels_meet"
DEPARTMENT_PAIRS_LINKED = "department_pairs_linked"

LINKED_FROM = 5

WHAT_LINKED_SAYS = (
    f"Two departments are linked where at least {LINKED_FROM} people of each met somebody of the other, "
    "by the counts of who meets whom."
)
_TABLES = {DEPARTMENT: WHO_MEETS_WHOM, LEVEL: LEVELS_MEET}


def who_meets_whom(records: PeriodRecords, rows: Rows, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """People of each group who met somebody of each, themselves included: counts without shares.

    Without shares small counts can stay, which is all that links of departments are made of. But where the
    count is 80 % or more of the row's eligible people, it reads so: it would tell of nearly each of them. No
    count is higher than that of the row's people who met anybody, since that would narrow both of them down.

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
        for other in rows.members:
            count = min(rounding.released(met.get((own, other), 0), name, own, other), met_anybody)
            cell = meeting_cell(count, eligible, sure=len(people), share_base=floor.share_base)
            cells.append(cell if {own, other} <= rows.shown else Reading.CANNOT_TELL)
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
    """A released count of people who met, as `cells.part` has it; of a large base without its share."""
    cell = part(count, base, sure=sure, share_base=share_base)
    if min(base, sure) >= share_base and cell is not Reading.AT_LEAST_80:
        return Count(count)
    return cell


def _who_counts(attribute: Attribute) -> str:
    return (
        f"People of the row's {attribute.singular} who met somebody of the column's for the first time. "
        f"Whoever met people of several {attribute.plural} is counted in the column of each. Each count is "
        "rounded to a multiple of 5, up or down. Where it is 80 % or more of the eligible people of the row, "
        "it reads only so; where a row has few people, it stops at “or more”."
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
