"""The gate: what may go out beside all that is released, as somebody sees it who solves for every count."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence

from insights.attack import Attack, Target
from insights.attributes import Attribute
from insights.floor import Floor
from insights.likely import likely_steps
from insights.parts import Parts
from insights.program import Sum
from insights.records import COMPANY_WEEKS, DEPARTMENT_WEEKS, PeriodRecords
from insights.rows import Rows, company_only
from insights.search import Search
from insights.tables import ReleasedTable
from insights.together import hear_company, hear_introductions, hear_meetings
from insights.unknowns import Likely, Months, People, Period, Quarter

LINKED = datetime.timedelta(weeks=24)
MONTH = datetime.timedelta(weeks=COMPANY_WEEKS)
QUARTER = datetime.timedelta(weeks=DEPARTMENT_WEEKS)


def betrayed(
    directory: PeriodRecords,
    tables: Sequence[ReleasedTable],
    floor: Floor,
) -> tuple[Target, ...]:
    """The counts that too much is known of.

    What anybody did is not read: somebody who has the tables, the directory and these rules comes to the same
    result. Only a yes or no for each question is used, never a bound of a relaxed program, which would be
    wider than what is possible.

    Parameters
    ----------
    directory : PeriodRecords
        Of these the people and the end of the period alone are read.
    tables : sequence of ReleasedTable
        Those that are to be released, and all that are; of these the last 24 weeks count.
    floor : Floor
        Of the workspace.

    Returns
    -------
    tuple of Target
        Counts with fewer than 5 possible values, or with fewer than 3 for somebody who knows what two people
        of the row did; of a count that has fewer by the directory alone, any that is ruled out. Empty without
        tables.

    References
    ----------
    .. [1] Kenthapadi, Mishra, Nissim: Simulatable auditing. PODS 2005. doi:10.1145/1065167.1065183
    .. [2] Fischetti, Salazar: Models and algorithms for optimizing cell suppression in tabular data with
       linear constraints. JASA 95 (2000) 916-928. doi:10.1080/01621459.2000.10474282
    """
    attack = attack_on(directory, tables, floor)
    if not attack.targets:
        return ()
    first = attack.begin()
    return tuple(attack.targets) if first is None else Search(attack, first).betrayed()


def through_gate(
    records: PeriodRecords,
    rows: Mapping[Attribute, Rows],
    floor: Floor,
    earlier: Sequence[ReleasedTable],
    make: Callable[[Mapping[Attribute, Rows]], tuple[ReleasedTable, ...]],
) -> tuple[ReleasedTable, ...]:
    """The tables of a period that may go out, with as many rows as may be.

    Where a count of a group would be betrayed, its attribute has the company's row alone. If that is not
    enough, the tables that still betray one are left out; then no attribute has rows, and so on, until at
    last nothing is released. That rows or a table are missing tells that they would have betrayed a count.

    Parameters
    ----------
    records : PeriodRecords
        Of these the gate reads the directory alone.
    rows : mapping of Attribute to Rows
        Of each attribute of the tables.
    floor : Floor
        Of the workspace.
    earlier : sequence of ReleasedTable
        All that is released.
    make : callable
        Makes the tables of such rows.

    Returns
    -------
    tuple of ReleasedTable
        Empty where nothing may be said.
    """
    left_out: set[str] = set()

    def tried() -> tuple[tuple[ReleasedTable, ...], tuple[Target, ...]]:
        tables = tuple(table for table in make(rows) if table.name not in left_out)
        return tables, betrayed(records, (*tables, *earlier), floor)

    tables, leaks = tried()
    of_rows = {each for each in rows for leak in leaks if leak.attribute is each and leak.table in tables}
    if of_rows:
        rows = _without(rows, of_rows)
        tables, leaks = tried()
    for also in ((), rows, ()):
        left_out |= {leak.table.name for leak in leaks if leak.table in tables}
        if leaks and (left_out or also):
            rows = _without(rows, also)
            tables, leaks = tried()
    return () if leaks else tables


def _without(rows: Mapping[Attribute, Rows], attributes: Collection[Attribute]) -> dict[Attribute, Rows]:
    return {each: company_only(found) if each in attributes else found for each, found in rows.items()}


def attack_on(directory: PeriodRecords, tables: Sequence[ReleasedTable], floor: Floor) -> Attack:
    """All that the tables of the last 24 weeks say, put together.

    Of a large company, what most of its parts did is taken to be what is likely. A solution of that is one of
    the whole, and only these are used.
    """
    plain = PeriodRecords(directory.period_on, directory.weeks, directory.eligible)
    since = plain.ends_on - LINKED
    recent = sorted(
        (table for table in tables if since <= table.period_on < plain.ends_on),
        key=lambda table: table.period_on,
        reverse=True,
    )
    parts = Parts.of(plain, recent)
    attack = Attack(plain, floor)
    if len(parts.free) == len(parts.sizes):
        _hear(People(attack, parts), recent)
        return attack
    loose = Attack(plain, floor)
    quarters = _hear(People(loose, parts.taken_apart()), recent)
    solution = loose.begin()
    if solution is None:
        return loose
    _hear(People(attack, parts), recent, [likely_steps(parts, quarter, solution) for quarter in quarters])
    # Who met whom is the same question for the groups as for their parts.
    attack.assumed = dict(zip(attack.meetings, solution[loose.meetings].tolist(), strict=True))
    return attack


def _hear(people: People, recent: Sequence[ReleasedTable], likely: Sequence[Likely] = ()) -> list[Quarter]:
    periods: dict[tuple[int, datetime.date], dict[str, ReleasedTable]] = {}
    for table in recent:
        periods.setdefault((table.weeks, table.period_on), {})[table.name] = table
    before: Sum | None = None
    filled: set[datetime.date] = set()
    quarters: list[Quarter] = []
    for weeks, day in sorted(periods, key=lambda each: each[1]):
        if weeks == DEPARTMENT_WEEKS:
            days = [day + place * MONTH for place in range(3)]
            filled.update(days)
            of_months = [periods.get((COMPANY_WEEKS, each), {}) for each in days]
            period = periods[weeks, day]
            quarters.append(Quarter(people, period, likely[len(quarters)] if likely else {}))
            months = _months(people, of_months)
            months.fill(quarters[-1])
            was = people.unknown() if before is None else before
            hear_company(people, quarters[-1], period, was, months.steps[-1][1])
            begins = len(people.program.highest)
            hear_meetings(people, quarters[-1], period)
            people.attack.meetings += range(begins, len(people.program.highest))
            before = quarters[-1].company[1]
    for (weeks, day), period in periods.items():
        if weeks == COMPANY_WEEKS and day not in filled:
            _months(people, [period])
    return quarters


def _months(people: People, periods: Sequence[Period]) -> Months:
    months = Months(people, periods)
    for steps, period in zip(months.steps, periods, strict=True):
        hear_introductions(people, steps, period)
    return months
