"""The report of a period: records in, tables out that anybody in the company may read."""

from collections.abc import Mapping

from insights.department_links import department_tables
from insights.floor import BASE_FLOOR, Floor
from insights.funnels import introductions_funnel, met_rate, people_funnel
from insights.groups import department_groups
from insights.records import COMPANY_WEEKS, PeriodRecords
from insights.rounding import Rounding
from insights.tables import ReleasedTable


def release(
    records: PeriodRecords,
    *,
    secret: bytes,
    floor: Floor = BASE_FLOOR,
    groups: Mapping[str, str] | None = None,
) -> tuple[ReleasedTable, ...]:
    """Make the tables of one closed period.

    Which tables, rows and columns there are depends on the directory and the floor, never on what anybody
    did. Counts are rounded before anything is computed from them.

    Parameters
    ----------
    records : PeriodRecords
        4 weeks of a company, or 12 weeks for its departments.
    secret : bytes
        Of the workspace, at least 16 random bytes. Kept for good: with another one the same counts round
        anew, which narrows them down.
    floor : Floor
        Of the workspace; only ever raised, from one period to the next.
    groups : mapping of str to str, optional
        The group of each department as `department_groups` made them at most 52 weeks ago. Without them they
        are made for these people.

    Returns
    -------
    tuple of ReleasedTable
        For 4 weeks `people_funnel`, `introductions_funnel` and `met_rate` of the company. For 12 weeks
        `people_funnel_by_department`, `who_meets_whom` and `department_pairs_linked`; with fewer than
        `floor.departments` people, or without two groups of `floor.group`, the first has the company's row
        and the others none. With fewer than `floor.company` eligible people, nothing. The same records in
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
    if records.weeks == COMPANY_WEEKS:
        return (
            people_funnel(records, rounding, floor),
            introductions_funnel(records, rounding, floor),
            met_rate(records, rounding, floor),
        )
    made = department_groups(records.eligible, floor) if groups is None else groups
    return department_tables(records, made, rounding, floor)
