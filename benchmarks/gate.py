"""The gate on the releases of a real office, and how long a release takes.

    python -m benchmarks.gate FOLDER

FOLDER is that of `benchmarks.hr_numbers`. The office's contacts are dealt out to six periods of four weeks,
of which three each are one of twelve, and released in order: what the gate took away is
printed, and that afterwards no count of all the tables together is betrayed. Then a company of 10,000 people
is drawn and a period of it released, gate included. The exit status is 1 where a count is betrayed.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.hr_numbers import Play, played
from insights import COMPANY, Eligible, IntroductionRecord, PeriodRecords, ReleasedTable, release
from insights.floor import BASE_FLOOR
from insights.gate import betrayed
from insights.groups import attribute_groups

SECRETS = 1
LARGE = 10_000
MONTH = timedelta(weeks=4)


def main() -> int:
    """Release, and look for counts that are betrayed; 1 if there is one."""
    if len(sys.argv) != 2:
        sys.exit("Name the folder with people.csv and contacts.csv: python -m benchmarks.gate FOLDER")
    office, wrong = played(Path(sys.argv[1]), Play(without=3, unanswered=20)), 0
    for number in range(SECRETS):
        wrong += _released(office, b"%16d" % number)
    large = _large()
    began = time.perf_counter()
    tables = release(large, secret=bytes(16))
    print(f"{LARGE} people, twelve weeks: {len(tables)} tables in {time.perf_counter() - began:.1f} s")
    return 1 if wrong else 0


def _released(office: PeriodRecords, secret: bytes) -> int:
    tables: list[ReleasedTable] = []
    groups = {**attribute_groups(office), **attribute_groups(replace(office, weeks=4))}
    for records in _periods(office):
        began = time.perf_counter()
        found = release(records, secret=secret, groups=groups, earlier=tables)
        tables = [*found, *tables]
        alone = [table.name for table in found if {row.label for row in table.rows} <= {COMPANY}]
        print(
            f"{records.period_on} {records.weeks:2} weeks: {len(found)} tables, {len(alone)} of the company "
            f"alone, {time.perf_counter() - began:.1f} s"
        )
    leaks = betrayed(records, tables, BASE_FLOOR)
    print(f"{len(tables)} tables together: {len(leaks)} counts betrayed\n")
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


def _large() -> PeriodRecords:
    dice, monday = Random(10_000), date(2026, 1, 5)
    people = tuple(
        Eligible(
            number,
            f"Department {dice.randrange(20)}",
            f"Office {dice.randrange(8)}",
            f"Level {dice.randrange(6)}",
            monday - timedelta(days=dice.randrange(6_000)),
        )
        for number in range(LARGE)
    )
    opted_in = dice.sample(range(LARGE), LARGE * 6 // 10)
    lunches = []
    for _ in range(12):
        dice.shuffle(opted_in)
        for pair in zip(opted_in[::2], opted_in[1::2], strict=True):
            met = dice.random() < 0.6
            lunches.append(IntroductionRecord(pair, True, True, pair if met else (), False))
    ties = {tuple(sorted(lunch.met)) for lunch in lunches if lunch.met}
    everybody = frozenset(opted_in)
    pairs = tuple(sorted((one, other) for one, other in ties))
    return PeriodRecords(monday, 12, people, everybody, everybody, tuple(lunches), pairs)


if __name__ == "__main__":
    sys.exit(main())
