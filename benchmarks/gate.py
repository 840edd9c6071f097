"""The gate on the releases of a real office, and how long a release takes.

    python -m benchmarks.gate FOLDER

FOLDER is that of `benchmarks.hr_numbers`. The office's contacts are dealt out to six periods of four weeks,
of which three each are one of twelve, and released in order: what the gate took away is
printed, and that afterwards no count of all the tables together is betrayed: the fewest values that were
found for any count, alone and with what two colleagues know. The search stops at five and at three. The exit
status is 1 where a count is betrayed.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.hr_numbers import Play, played
from insights import COMPANY, PeriodRecords, ReleasedTable, release
from insights.floor import BASE_FLOOR
from insights.gate import attack_on
from insights.groups import attribute_groups
from insights.search import Search

SECRETS = 1
MONTH = timedelta(weeks=4)


def main() -> int:
    """Release, and look for counts that are betrayed; 1 if there is one."""
    if len(sys.argv) != 2:
        sys.exit("Name the folder with people.csv and contacts.csv: python -m benchmarks.gate FOLDER")
    office, wrong = played(Path(sys.argv[1]), Play(without=3, unanswered=20)), 0
    for number in range(SECRETS):
        wrong += _released(office, b"%16d" % number)
    return 1 if wrong else 0


def _released(office: PeriodRecords, secret: bytes) -> int:
    tables: list[ReleasedTable] = []
    directories: list[PeriodRecords] = []
    groups = {**attribute_groups(office), **attribute_groups(replace(office, weeks=4))}
    for records in _periods(office):
        began = time.perf_counter()
        found = release(records, secret=secret, groups=groups, earlier=tables, directories=directories)
        tables = [*found, *tables]
        directories.append(records)
        alone = [table.name for table in found if {row.label for row in table.rows} <= {COMPANY}]
        print(
            f"{records.period_on} {records.weeks:2} weeks: {len(found)} tables, {len(alone)} of the company "
            f"alone, {time.perf_counter() - began:.1f} s"
        )
    attack = attack_on(directories, tables, BASE_FLOOR)
    first = attack.begin()
    if first is None:
        sys.exit("No way in which everything may have been was found.")
    search = Search(attack, first)
    leaks = search.betrayed()
    for solo, who in ((True, "everybody"), (False, "somebody who knows two colleagues")):
        asked = [each for each in search.questions if each.alone is solo and each.seen]
        worst = min(asked, key=lambda each: (len(each.seen) - each.needed, len(each.seen)))
        print(
            f"{who}: {len(asked)} questions, the worst has {len(worst.seen)} of {worst.needed} values "
            f"({worst.target.where.table.name}, {worst.target.where.row}, {worst.target.column})"
        )
    print(f"{len(tables)} tables together, {len(attack.targets)} counts: {len(leaks)} betrayed\n")
    return len(leaks)


def _periods(office: PeriodRecords) -> Iterator[PeriodRecords]:
    """Six times four weeks, in each of which every sixth introduction falls, and the twelve of each three."""
    before: frozenset[int] = frozenset()
    for quarter in range(2):
        months = [_part(office, quarter * 3 + place, 1) for place in range(3)]
        yield from months
        whole = _part(office, quarter * 3, 3)
        yield replace(whole, active_before=before, still_active=before & months[-1].opted_in)
        before = whole.opted_in


def _part(office: PeriodRecords, first: int, months: int) -> PeriodRecords:
    lunches = tuple(
        lunch for place, lunch in enumerate(office.introductions) if first <= place % 6 < first + months
    )
    people = frozenset(person for lunch in lunches for person in lunch.people)
    ties = frozenset(tuple(sorted(lunch.met)) for lunch in lunches if lunch.met)
    return replace(
        office,
        period_on=office.period_on + first * MONTH,
        weeks=4 * months,
        opted_in=people,
        introduced=people,
        introductions=lunches,
        ties=tuple(sorted((one, other) for one, other in ties)),
        met_again=(),
        sit_outs=tuple(person for person in office.sit_outs if person in people),
        active_before=frozenset(),
        still_active=frozenset(),
    )


if __name__ == "__main__":
    sys.exit(main())
