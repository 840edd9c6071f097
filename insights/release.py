"""The report of a period: records in, tables out that anybody in the company may read."""

from collections.abc import Mapping, Sequence

from insights.attributes import ATTRIBUTES, DEPARTMENT, LARGE_OFFICE, LEVEL, OFFICE, TENURE, Attribute
from insights.floor import BASE_FLOOR, Floor
from insights.funnels import INTRODUCTIONS_FUNNEL, introductions_funnel, met_rate, people_funnel
from insights.gate import through_gate
from insights.groups import attribute_groups
from insights.novelty import novelty_left
from insights.participation import REACH, company_tables
from insights.records import DEPARTMENT_WEEKS, PeriodRecords
from insights.rounding import Rounding
from insights.rows import Rows, people_by, people_rows, rows_of
from insights.tables import ReleasedTable
from insights.ties import new_ties, ties_across_levels
from insights.who_meets import pairs_linked, who_meets_whom


def release(
    records: PeriodRecords,
    *,
    secret: bytes,
    floor: Floor = BASE_FLOOR,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    earlier: Sequence[ReleasedTable] = (),
    directories: Sequence[PeriodRecords] = (),
) -> tuple[ReleasedTable, ...]:
    """Make the tables of one closed period.

    Which tables, rows and columns there are depends on the directory and the floor, never on what anybody
    did. Counts are rounded before anything is computed from them.

    Parameters
    ----------
    records : PeriodRecords
        4 weeks of a company, or 12 weeks, also by department, office, level and tenure.
    secret : bytes
        Of the workspace, at least 16 random bytes. Kept for good: with another one the same counts round
        anew, which narrows them down.
    floor : Floor
        Of the workspace; only ever raised, from one period to the next.
    groups : mapping of str to mapping of str to str, optional
        The groups of each attribute by its name, as `attribute_groups` made them at most 52 weeks ago.
        Without them they are made for these people.
    earlier : sequence of ReleasedTable
        What was released of the workspace before, from which the novelty left is worked out, and beside which
        no count may be betrayed.
    directories : sequence of PeriodRecords
        Who worked here at the end of the periods of these; what else they hold is not read. Of a period that
        has none here, what was released is not looked at by the gate.

    Returns
    -------
    tuple of ReleasedTable
        For 4 weeks `people_funnel`, `introductions_funnel` and `met_rate` of the company; the first has a row
        for each office of `floor.large` people, too. For 12 weeks `people_funnel_by_department`,
        `who_meets_whom` and `department_pairs_linked`; `opt_in_by_office`, `opt_in_by_level` and
        `opt_in_by_tenure`; `levels_meet` and `ties_across_levels`; and of the company `new_ties`, `reach`,
        `sit_outs`, `retention`, `newcomers` and `novelty_left`. With fewer than `floor.departments` people,
        or without two groups of `floor.group`, a table of people has the company's row and one of pairs of
        groups none; so it is where a count would be betrayed (`gate.py`), and a table that betrays one even
        so is not among them. With fewer than `floor.company` eligible people, nothing. The same records in
        any order, with the same secret and floor, give the same tables.

    Raises
    ------
    SecretError
        If the secret is too short.
    RecordsError
        If the records contradict each other; raised when they are built.

    References
    ----------
    .. [1] Hundepool et al.: Statistical Disclosure Control. Wiley 2012. doi:10.1002/9781118348239

    Examples
    --------
    >>> import datetime
    >>> from insights.records import Eligible
    >>> people = tuple(Eligible(n) for n in range(40))
    >>> records = PeriodRecords(datetime.date(2026, 1, 5), 4, people, opted_in=frozenset(range(20)))
    >>> funnel, *_ = release(records, secret=b"sixteen bytes or more")
    >>> funnel.cell("Company", "eligible"), funnel.cell("Company", "opted in")
    (Count(count=40), Share(percent=50, count=20))
    >>> release(PeriodRecords(datetime.date(2026, 1, 5), 4, people[:19]), secret=b"sixteen bytes or more")
    ()
    """
    rounding = Rounding(secret)
    if len(records.eligible) < floor.company:
        return ()

    def make(rows: Mapping[Attribute, Rows]) -> tuple[ReleasedTable, ...]:
        return _tables(records, rows, rounding, floor, earlier)

    return through_gate(records, _rows(records, floor, groups), floor, earlier, directories, make)


def draft(
    records: PeriodRecords,
    *,
    secret: bytes,
    floor: Floor = BASE_FLOOR,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    earlier: Sequence[ReleasedTable] = (),
) -> tuple[ReleasedTable, ...]:
    """What `release` brings to the gate, by the same parameters; these tables may not leave this package."""
    rounding = Rounding(secret)
    if len(records.eligible) < floor.company:
        return ()
    return _tables(records, _rows(records, floor, groups), rounding, floor, earlier)


def _rows(
    records: PeriodRecords, floor: Floor, groups: Mapping[str, Mapping[str, str]] | None
) -> dict[Attribute, Rows]:
    made = attribute_groups(records, floor) if groups is None else groups
    return {
        attribute: rows_of(records, attribute, made.get(attribute.name, {}), floor)
        for attribute in ATTRIBUTES[records.weeks]
    }


def _tables(
    records: PeriodRecords,
    rows: Mapping[Attribute, Rows],
    rounding: Rounding,
    floor: Floor,
    earlier: Sequence[ReleasedTable],
) -> tuple[ReleasedTable, ...]:
    if records.weeks == DEPARTMENT_WEEKS:
        return _of_twelve_weeks(records, rows, rounding, floor, earlier)
    offices = people_rows(records, rows[LARGE_OFFICE], rounding, floor)
    return (
        people_funnel(records, offices, rounding, floor),
        introductions_funnel(records, rounding, floor),
        met_rate(records, rounding, floor),
    )


def _of_twelve_weeks(
    records: PeriodRecords,
    rows: Mapping[Attribute, Rows],
    rounding: Rounding,
    floor: Floor,
    earlier: Sequence[ReleasedTable],
) -> tuple[ReleasedTable, ...]:
    departments, levels = rows[DEPARTMENT], rows[LEVEL]
    meetings = who_meets_whom(records, departments, rounding, floor)
    people = {attribute: people_by(records, each, rounding, floor) for attribute, each in rows.items()}
    company = company_tables(records, rounding, floor)
    reach = next(table for table in company if table.name == REACH)
    introductions = [table for table in earlier if table.name == INTRODUCTIONS_FUNNEL]
    return (
        people[DEPARTMENT],
        meetings,
        pairs_linked(meetings, departments.notes),
        *(people[attribute] for attribute in (OFFICE, LEVEL, TENURE)),
        who_meets_whom(records, levels, rounding, floor),
        ties_across_levels(records, levels, people[LEVEL], rounding, floor),
        new_ties(records, rounding, floor),
        *company,
        novelty_left(reach, people[DEPARTMENT], introductions),
    )
