"""The rows of the tables by an attribute, and how many of their people opted in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from insights.attributes import DEPARTMENT, LEVEL, OFFICE, TENURE, Attribute
from insights.cells import Reading
from insights.floor import Floor
from insights.funnels import OF_ELIGIBLE, PEOPLE_STEPS, ROUNDED, people_steps
from insights.groups import OTHER, in_order, with_newcomers
from insights.records import PeriodRecords
from insights.rounding import Rounding
from insights.steps import steps_row
from insights.tables import ReleasedTable, TableRow

PEOPLE_FUNNEL_BY_DEPARTMENT = "people_funnel_by_department"
OPT_IN_BY_OFFICE = "opt_in_by_office"
OPT_IN_BY_LEVEL = "opt_in_by_level"
OPT_IN_BY_TENURE = "opt_in_by_tenure"

BETRAYED = "Rows would say too much beside what else is released: company only."

_TABLES = {
    DEPARTMENT: (PEOPLE_FUNNEL_BY_DEPARTMENT, PEOPLE_STEPS),
    OFFICE: (OPT_IN_BY_OFFICE, PEOPLE_STEPS[:2]),
    LEVEL: (OPT_IN_BY_LEVEL, PEOPLE_STEPS[:2]),
    TENURE: (OPT_IN_BY_TENURE, PEOPLE_STEPS[:2]),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the tables by one attribute.

    Parameters
    ----------
    attribute : Attribute
        What they are rows of.
    row_of : mapping of int to str
        The group of each eligible person. Empty where there is only the company.
    members : mapping of str to set of int
        The eligible people of each group, in the order of the rows.
    shown : frozenset of str
        The groups of which anything is said; none or at least two.
    notes : tuple of str
        What is to be said of the groups.
    """

    attribute: Attribute
    row_of: Mapping[int, str]
    members: Mapping[str, set[int]]
    shown: frozenset[str]
    notes: tuple[str, ...]


def rows_of(records: PeriodRecords, attribute: Attribute, groups: Mapping[str, str], floor: Floor) -> Rows:
    """The rows, which depend on the directory and on earlier groups only.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period, with at least `floor.company` eligible people.
    attribute : Attribute
        What they are rows of.
    groups : mapping of str to str
        The group of each value, as `groups_of` made them, for these people or at most 52 weeks ago; may be
        empty.
    floor : Floor
        Gives the sizes of groups and companies.

    Returns
    -------
    Rows
        A group that has fewer than `attribute.least` people by now is not shown; without two larger groups
        there are no rows.
    """
    least = attribute.least(floor)
    company = Rows(
        attribute,
        *({}, {}, frozenset()),
        (f"Fewer than two groups of at least {least} people: company only.",),
    )
    if len(records.eligible) < floor.departments:
        return replace(company, notes=(f"Fewer than {floor.departments} people: company only.",))
    if not groups:
        return company
    values = attribute.values(records)
    group = with_newcomers(groups, values.values())
    row_of = {person: group[value] for person, value in values.items()}
    members: dict[str, set[int]] = {name: set() for name in in_order(group.values(), attribute)}
    for person, name in row_of.items():
        members[name].add(person)
    shown = frozenset(name for name, people in members.items() if len(people) >= least)
    if len(shown) < 2:
        return company
    notes = []
    if any(name != row for name, row in group.items()):
        notes.append(f"The smallest {attribute.plural}, and those that came since, are one row, {OTHER}.")
    if len(shown) < len(members):
        notes.append(f"Nothing is said of a row that has fewer than {least} people by now.")
    return Rows(attribute, row_of, members, shown, tuple(notes))


def company_only(rows: Rows) -> Rows:
    """No rows, where they would betray a count."""
    return Rows(rows.attribute, {}, {}, frozenset(), (BETRAYED,))


def people_rows(
    records: PeriodRecords, rows: Rows, rounding: Rounding, floor: Floor, steps: int = len(PEOPLE_STEPS)
) -> tuple[TableRow, ...]:
    """The first steps of the people funnel of each group; none where there are no groups."""
    return tuple(
        steps_row(
            people_steps(records, people, rows.attribute.measure)[:steps],
            name,
            rounding,
            floor,
            sure=len(people),
        )
        if name in rows.shown
        else TableRow(name, (Reading.CANNOT_TELL,) * steps)
        for name, people in rows.members.items()
    )


def people_by(records: PeriodRecords, rows: Rows, rounding: Rounding, floor: Floor) -> ReleasedTable:
    """The people funnel by department, or who opted in by office, by level or by tenure.

    Parameters
    ----------
    records : PeriodRecords
        All that happened in the period, with at least `floor.company` eligible people.
    rows : Rows
        Of one of these attributes.
    rounding : Rounding
        The draws of the workspace. Those of the company are the same in every table.
    floor : Floor
        Gives the least number of eligible people that has shares.

    Returns
    -------
    ReleasedTable, shape (groups, 4) or (groups, 2)
        Eligible people, and those of them who opted in; by department those introduced and those confirmed
        to have met somebody, too. Shares are of the eligible. Without groups the company's row alone.
    """
    name, columns = _TABLES[rows.attribute]
    found = people_rows(records, rows, rounding, floor, len(columns))
    if not found:
        company = people_steps(records)[: len(columns)]
        found = (steps_row(company, None, rounding, floor, sure=len(records.eligible)),)
    notes = (OF_ELIGIBLE, ROUNDED, *rows.notes)
    return ReleasedTable(name, records.period_on, records.weeks, columns, found, notes)
