"""The gate: what may go out beside all that is released, as somebody sees it who solves for every count."""

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from insights.attack import Attack, Target
from insights.attributes import Attribute
from insights.floor import Floor
from insights.likely import likely_steps
from insights.months import Month, fill
from insights.parts import Parts
from insights.records import COMPANY_WEEKS, DEPARTMENT_WEEKS, PeriodRecords
from insights.rows import Rows, company_only
from insights.search import Search
from insights.tables import ReleasedTable
from insights.together import hear_company, hear_introductions, hear_meetings
from insights.unknowns import Likely, People, Quarter, Tables

LOOKS_BACK = datetime.timedelta(weeks=24)


def betrayed(
    directories: Sequence[PeriodRecords], tables: Sequence[ReleasedTable], floor: Floor
) -> tuple[Target, ...]:
    """The counts that too much is known of.

    What anybody did is not read: somebody who has the tables, the directory and these rules comes to the same
    result. Only a yes or no for each question is used, never a bound of a relaxed program, which would be
    wider than what is possible.

    Parameters
    ----------
    directories : sequence of PeriodRecords
        Of each period; of these the people alone are read. What was released of others is not looked at.
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
    attack = attack_on(directories, tables, floor)
    if not attack.targets:
        return ()
    first = attack.begin()
    return tuple(attack.targets) if first is None else Search(attack, first).betrayed()


def through_gate(
    records: PeriodRecords,
    rows: Mapping[Attribute, Rows],
    floor: Floor,
    earlier: Sequence[ReleasedTable],
    directories: Sequence[PeriodRecords],
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
    directories : sequence of PeriodRecords
        The people of the periods of these.
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
        return tables, betrayed((*directories, records), (*tables, *earlier), floor)

    tables, leaks = tried()
    of_rows = {
        each for each in rows for leak in leaks if leak.where.attribute is each and leak.where.table in tables
    }
    if of_rows:
        rows = _without(rows, of_rows)
        tables, leaks = tried()
    for also in ((), rows, ()):
        left_out |= {leak.where.table.name for leak in leaks if leak.where.table in tables}
        if leaks and (left_out or also):
            rows = _without(rows, also)
            tables, leaks = tried()
    return () if leaks else tables


def _without(rows: Mapping[Attribute, Rows], attributes: Collection[Attribute]) -> dict[Attribute, Rows]:
    return {each: company_only(found) if each in attributes else found for each, found in rows.items()}


def attack_on(directories: Sequence[PeriodRecords], tables: Sequence[ReleasedTable], floor: Floor) -> Attack:
    """All that the tables of the last 24 weeks say, put together.

    Of a large company, what most of its parts did is taken to be what is likely. A solution of that is one of
    the whole, and only these are used.
    """
    stretches = list(_stretches(directories, tables))
    attack = Attack(floor)
    if all(len(each.parts.free) == len(each.parts.sizes) for each in stretches):
        _hear(attack, stretches)
        return attack
    loose = Attack(floor)
    quarters = _hear(loose, [replace(each, parts=each.parts.taken_apart()) for each in stretches])
    solution = loose.begin()
    if solution is None:
        return loose
    whole = [each.parts for each in stretches if each.of_departments]
    _hear(attack, stretches, [likely_steps(*each, solution) for each in zip(whole, quarters, strict=True)])
    attack.is_whole = False
    # Who met whom is the same question for the groups as for their parts.
    attack.assumed = dict(zip(attack.meetings, solution[loose.meetings].tolist(), strict=True))
    return attack


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A period of which something is released, and whose people are known."""

    directory: PeriodRecords
    tables: Tables
    parts: Parts

    @property
    def of_departments(self) -> bool:
        return self.directory.weeks == DEPARTMENT_WEEKS


def _stretches(directories: Sequence[PeriodRecords], tables: Sequence[ReleasedTable]) -> Iterator[_Stretch]:
    """The periods of the last 24 weeks, in order; those of twelve weeks after their months."""
    known = {(each.ends_on, each.weeks): each for each in directories}
    since = max((each.ends_on for each in directories), default=datetime.date.max) - LOOKS_BACK
    said: dict[tuple[datetime.date, int], dict[str, ReleasedTable]] = {}
    for table in tables:
        if table.period_on >= since:
            ends_on = table.period_on + datetime.timedelta(weeks=table.weeks)
            said.setdefault((ends_on, table.weeks), {})[table.name] = table
    for period in sorted(said.keys() & known.keys()):
        directory, found = known[period], said[period]
        plain = PeriodRecords(directory.period_on, directory.weeks, directory.eligible)
        of_months = [
            table
            for (ends_on, weeks), each in said.items()
            for table in each.values()
            if weeks == COMPANY_WEEKS and plain.period_on < ends_on <= plain.ends_on
        ]
        yield _Stretch(plain, found, Parts.of(plain, [*found.values(), *of_months]))


def _hear(attack: Attack, stretches: Sequence[_Stretch], likely: Sequence[Likely] = ()) -> Sequence[Quarter]:
    months: list[Month] = []
    quarters: list[Quarter] = []
    for each in stretches:
        people = People(attack, each.directory, each.parts)
        if each.of_departments:
            quarters.append(Quarter(people, each.tables, likely[len(quarters)] if likely else {}))
            _hear_quarter(quarters, months)
        else:
            months.append(Month(people, each.tables))
            hear_introductions(months[-1])
    return quarters


def _hear_quarter(quarters: Sequence[Quarter], months: Sequence[Month]) -> None:
    quarter = quarters[-1]
    directory, attack = quarter.people.directory, quarter.people.attack
    inside = [month for month in months if month.people.directory.period_on >= directory.period_on]
    fill(quarter, inside)
    before = (each for each in quarters if each.people.directory.ends_on == directory.period_on)
    last = (month for month in inside if month.people.directory.ends_on == directory.ends_on)
    hear_company(quarter, next(before, None), next(last, None))
    begins = len(attack.program.highest)
    hear_meetings(quarter)
    attack.meetings += range(begins, len(attack.program.highest))
