"""New ties: how many cross departments, and how many cross levels beside what chance would give."""

from collections.abc import Mapping

from insights.attributes import DEPARTMENT
from insights.cells import Cell, Count, Reading, rate
from insights.chance import pairs_across
from insights.floor import Floor
from insights.records import PeriodRecords
from insights.rounding import Rounding
from insights.rows import Rows
from insights.steps import Step, steps_row
from insights.tables import COMPANY, ReleasedTable, TableRow
from insights.who_met import met_graph, ties_across

NEW_TIES = "new_ties"
TIES_ACROSS_LEVELS = "ties_across_levels"

WHAT_A_TIE_IS = (
    "A tie is two people who were introduced and are confirmed to have met for the first time. Shares are of "
    "all new ties; departments and levels are those of the period's end."
)
WHAT_CHANCE_IS = (
    "By chance is the share of all pairs of eligible people that are of two levels, from the released counts "
    "of opt in by level. Levels that are one row there are one level here."
)


def tie_steps(
    records: PeriodRecords, value_of: Mapping[int, str], across: str, measure: str
) -> tuple[Step, ...]:
    """New ties, and those of them that join two values of an attribute, in true numbers.

    Parameters
    ----------
    records : PeriodRecords
        Of these the ties: pairs first confirmed in the period, both eligible. Imported and "already known"
        meetings are none.
    value_of : mapping of int to str
        The value of each eligible person.
    across : str
        The column of those that join two values.
    measure : str
        Of its draw; that of all ties is the same in every table.

    Returns
    -------
    tuple of Step, shape (2,)
        Both 0 without ties.

    Examples
    --------
    >>> import datetime
    >>> records = PeriodRecords(datetime.date(2026, 1, 5), 12, ())
    >>> [step.count for step in tie_steps(records, {}, "across departments", NEW_TIES)]
    [0, 0]
    """
    graph = met_graph(records)
    return (
        Step("new ties", graph.number_of_edges(), NEW_TIES),
        Step(across, ties_across(graph, value_of), measure),
    )


def new_ties(records: PeriodRecords, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """New ties, and how many of them cross departments; shape (1, 2), of the whole company."""
    steps = tie_steps(records, DEPARTMENT.values(records), "across departments", NEW_TIES)
    row = steps_row(steps, None, rounding, floor)
    columns = tuple(step.name for step in steps)
    return ReleasedTable(NEW_TIES, records.period_on, records.weeks, columns, (row,), (WHAT_A_TIE_IS,))


def ties_across_levels(
    records: PeriodRecords, rows: Rows, by_level: ReleasedTable, rounding: Rounding, floor: Floor
) -> ReleasedTable:
    """The share of new ties that cross levels beside what chance would give.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period.
    rows : Rows
        Of levels; two levels of one row count as one.
    by_level : ReleasedTable
        Who opted in by level: chance is arithmetic on its eligible people.
    rounding : Rounding
        The draws of the workspace.
    floor : Floor
        Gives the least number of ties that has shares.

    Returns
    -------
    ReleasedTable, shape (1, 3)
        New ties, those across levels, and the share by chance; of the last "can't tell" where nothing is
        said of a level. No row without groups of levels.
    """
    steps = tie_steps(records, rows.row_of, "across levels", TIES_ACROSS_LEVELS) if rows.members else ()
    found: tuple[TableRow, ...] = ()
    if steps:
        cells = steps_row(steps, None, rounding, floor).cells
        found = (TableRow(COMPANY, (*cells, by_chance(by_level))),)
    return ReleasedTable(
        TIES_ACROSS_LEVELS,
        records.period_on,
        records.weeks,
        ("new ties", "across levels", "by chance"),
        found,
        (WHAT_A_TIE_IS, WHAT_CHANCE_IS, *rows.notes),
    )


def by_chance(by_group: ReleasedTable) -> Cell:
    """What chance would give, by the eligible people of a released table; "can't tell" if one is not said."""
    eligible = [row.cells[0] for row in by_group.rows]
    counts = [cell.count for cell in eligible if isinstance(cell, Count)]
    return rate(pairs_across(counts)) if len(counts) == len(eligible) else Reading.CANNOT_TELL
