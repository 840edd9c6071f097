"""HR's numbers of a real office, each beside an independent calculation.

    python -m benchmarks.hr_numbers FOLDER

FOLDER holds `people.csv` and `contacts.csv` of "Contacts in a workplace" by the SocioPatterns collaboration
(M. Génois and A. Barrat, EPJ Data Science 7:11, 2018, doi 10.1140/epjds/s13688-018-0140-1), as `person_id,
department` and `person_a, person_b, seconds_face_to_face`.

Its contacts are played as lunches, in two ways: all of them confirmed; or every third person takes no part,
contacts of one badge reading (20 s) are not answered, and those of two (40 s) are of people who had met
before. Offices, levels, first days, sit-outs and who was active before are not in the data and drawn. The
numbers are the true ones, before any is rounded, and the other calculation is NetworkX's or SciPy's where
they have one, else plain arrays (`hr_oracle.py`). Then the tables are released with a hundred secrets, and
each count must be an adjacent multiple of 5. The exit status is 1 where anything differs.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.hr_oracle import Oracle
from insights import (
    COMPANY,
    LEVELS_MEET,
    WHO_MEETS_WHOM,
    Count,
    Eligible,
    IntroductionRecord,
    PeriodRecords,
    ReleasedTable,
    Share,
)
from insights.attributes import DEPARTMENT, LEVEL, OFFICE, TENURE, Attribute
from insights.chance import pairs_across
from insights.floor import BASE_FLOOR
from insights.funnels import introduction_steps, people_steps
from insights.groups import attribute_groups
from insights.participation import newcomers, reach, retention, sit_outs
from insights.release import draft
from insights.rows import rows_of
from insights.steps import Step
from insights.ties import tie_steps
from insights.who_met import met_graph, people_who_met

MONDAY = date(2026, 1, 5)
WEEKS = 12
SECRETS = 100
OFFICES = ("Lyon", "Paris", "Lille")
LEVELS = ("Junior", "Mid", "Senior", "Lead")

console = Console(width=110, highlight=False)


class Compared(NamedTuple):
    """A number of ours, and the same by another way."""

    name: str
    ours: object
    theirs: object
    how: str


class Play(NamedTuple):
    """How contacts of so many seconds end, and which people take no part: every third, or so."""

    without: int = 0
    unanswered: int = 0
    again: int = 0


def main() -> int:
    """Compare every number; the exit status is 1 where one differs."""
    if len(sys.argv) != 2:
        sys.exit("Name the folder with people.csv and contacts.csv: python -m benchmarks.hr_numbers FOLDER")
    folder, wrong = Path(sys.argv[1]), 0
    for title, play in (
        ("every contact confirmed", Play()),
        (
            "a third takes no part, some did not answer, some had met",
            Play(without=3, unanswered=20, again=40),
        ),
    ):
        records = played(folder, play)
        compared = list(comparisons(records))
        differ = [each for each in compared if each.ours != each.theirs]
        _print(title, compared)
        cells, off = _released(records, compared)
        console.print(
            f"{len(compared)} numbers, {len(differ)} differ; {cells} counts released with {SECRETS} "
            f"secrets, {off} not an adjacent multiple of 5.\n"
        )
        wrong += len(differ) + off
    return 1 if wrong else 0


def played(folder: Path, play: Play) -> PeriodRecords:
    """The office's contacts as twelve weeks of lunches."""
    with (folder / "people.csv").open() as people, (folder / "contacts.csv").open() as contacts:
        rows, meetings = list(csv.DictReader(people)), list(csv.DictReader(contacts))
    dice, number = Random(217), {row["person_id"]: place for place, row in enumerate(rows)}
    department = [row["department"] for row in rows]
    eligible = tuple(
        Eligible(
            place,
            department[place],
            dice.choice([*OFFICES, None]),
            dice.choice(LEVELS),
            MONDAY - timedelta(days=dice.randrange(-60, 400) if place % 3 else dice.randrange(5_000)),
        )
        for place in number.values()
    )
    seconds = {
        (number[row["person_a"]], number[row["person_b"]]): int(row["seconds_face_to_face"])
        for row in meetings
    }
    if play.without:
        seconds = {
            pair: length for pair, length in seconds.items() if all(one % play.without for one in pair)
        }
    met = {pair for pair, length in seconds.items() if length != play.unanswered}
    before = {pair for pair, length in seconds.items() if length == play.again}
    opted_in = frozenset(one for pair in seconds for one in pair)
    first = {one: MONDAY + timedelta(days=dice.randrange(84)) for pair in sorted(met) for one in pair}
    active = frozenset(dice.sample(range(len(rows)), len(rows) // 2))
    return PeriodRecords(
        MONDAY,
        WEEKS,
        eligible,
        opted_in,
        opted_in,
        tuple(_lunch(pair, pair in met, pair not in before, department) for pair in sorted(seconds)),
        tuple(sorted(met - before)),
        tuple(sorted(met & before)),
        sit_outs=tuple(dice.choices(sorted(opted_in), k=len(rows))),
        active_before=active,
        still_active=frozenset(one for one in active if dice.random() < 0.6),
        first_met_on=first,
    )


def _lunch(pair: tuple[int, int], met: bool, new: bool, department: list[str]) -> IntroductionRecord:
    across = department[pair[0]] != department[pair[1]]
    return IntroductionRecord(pair, new=new, cross_department=across, met=pair if met else (), open=not met)


def comparisons(records: PeriodRecords) -> Iterator[Compared]:
    """Every number of DESIGN's list that is counted, ours first."""
    oracle = Oracle(records)
    yield from _steps("", people_steps(records), oracle.funnel(oracle.everybody), "NumPy")
    for attribute in (DEPARTMENT, OFFICE, LEVEL, TENURE):
        yield from _by_attribute(records, attribute, oracle)
    yield from _steps("", introduction_steps(records), oracle.introductions(), "NumPy")
    yield Compared(
        "introductions open", sum(each.open for each in records.introductions), oracle.open, "NumPy"
    )
    departments = DEPARTMENT.values(records)
    ties = tie_steps(records, departments, "across departments", "")
    yield from _steps("", ties, oracle.ties(departments), "networkx.attribute_mixing_matrix")
    yield from _steps("", reach(records)[2:], oracle.reach(departments), "SciPy, sparse product")
    yield from _steps("", sit_outs(records)[2:], oracle.sit_outs(), "numpy.bincount")
    yield from _steps("", retention(records)[1:], oracle.retention(), "numpy.isin")
    yield from _steps("", newcomers(records), oracle.newcomers(), "numpy.datetime64")


def _by_attribute(records: PeriodRecords, attribute: Attribute, oracle: Oracle) -> Iterator[Compared]:
    rows = rows_of(records, attribute, attribute_groups(records)[attribute.name], BASE_FLOOR)
    for name, people in rows.members.items():
        steps = people_steps(records, people)
        if attribute is not DEPARTMENT:
            steps = steps[:2]
        yield from _steps(f"{attribute.name} {name}: ", steps, oracle.funnel(oracle.mask(people)), "NumPy")
    if attribute not in (DEPARTMENT, LEVEL):
        return
    ours, theirs = people_who_met(met_graph(records), rows.row_of), oracle.who_meets_whom(rows.row_of)
    for (own, other), count in theirs.items():
        yield Compared(
            f"{attribute.name} {own} who met {other}", ours[own, other], count, "SciPy, sparse product"
        )
    if attribute is LEVEL:
        ties = tie_steps(records, rows.row_of, "across levels", "")
        yield from _steps("", ties[1:], oracle.ties(rows.row_of)[1:], "networkx.attribute_mixing_matrix")
        chance = pairs_across(map(len, rows.members.values()))
        yield Compared(
            "across levels by chance",
            chance,
            oracle.chance(rows.row_of),
            "networkx.complete_multipartite_graph",
        )


def _steps(prefix: str, ours: tuple[Step, ...], theirs: tuple[int, ...], how: str) -> Iterator[Compared]:
    for step, other in zip(ours, theirs, strict=False):
        yield Compared(prefix + step.name, step.count, other, how)


def _released(records: PeriodRecords, compared: list[Compared]) -> tuple[int, int]:
    """How many counts are released, and how many of them are not adjacent to the other calculation's."""
    truth = {each.name: each.theirs for each in compared}
    cells = off = 0
    for secret in range(SECRETS):
        for table in draft(records, secret=b"%16d" % secret):
            for name, count in _counts(table):
                exact = truth[name]
                assert isinstance(exact, int)
                cells += 1
                off += count % 5 != 0 or abs(count - exact) >= 5
    return cells, off


def _counts(table: ReleasedTable) -> Iterator[tuple[str, int]]:
    """The counts of a table, by the name of what they count."""
    square = {WHO_MEETS_WHOM: "department", LEVELS_MEET: "level"}
    attribute = square.get(table.name, table.name.rsplit("_", 1)[-1])
    for row in table.rows:
        of = f"{attribute} {row.label}" + (" who met " if table.name in square else ": ")
        of = "" if row.label == COMPANY else of
        for column, cell in zip(table.columns, row.cells, strict=True):
            match cell:
                case Count(count) | Share(_, int(count)):
                    yield of + column, count


def _print(title: str, compared: list[Compared]) -> None:
    table = Table("number", "ours", "the other", "by", title=title, title_justify="left")
    for each in compared:
        mark = "" if each.ours == each.theirs else "[red]"
        table.add_row(each.name, str(each.ours), f"{mark}{each.theirs}", each.how)
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
