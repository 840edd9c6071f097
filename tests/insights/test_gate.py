"""The gate: what an integer program concludes from all tables together, beside plain enumeration."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights import (
    Count,
    Eligible,
    Floor,
    IntroductionRecord,
    PeriodRecords,
    Reading,
    ReleasedTable,
    Share,
    TableRow,
    release,
)
from insights.attack import Attack, Target, Where
from insights.cells import part
from insights.gate import attack_on, betrayed
from insights.groups import attribute_groups
from insights.moves import Moves
from insights.nearby import Effort, Nearby
from insights.program import Known
from insights.release import draft
from insights.search import Search, questions_of
from tests.insights.companies import MONDAY, SECRET, drawn_records
from tests.seeds import seeds

FLOOR = Floor()
# 20 of Law, who all work in Lyon; 30 of Sales, of whom 10 do, too.
OFFICES = ["Lyon"] * 30 + ["Paris"] * 20
PEOPLE = tuple(Eligible(n, "Law" if n < 20 else "Sales", office) for n, office in enumerate(OFFICES))
DIRECTORY = PeriodRecords(MONDAY, 12, PEOPLE)
SIZES = {"Law": 20, "Sales": 30, "Lyon": 30, "Paris": 20}
READ = {"Law": (5, 10), "Lyon": (10, 15, 20), "Sales": (10, 15), "Paris": (5, 10)}


def tables_of(said: dict[str, int]) -> tuple[ReleasedTable, ReleasedTable]:
    """Who opted in by department and by office, as these rounded counts read."""

    def table(name: str, *labels: str) -> ReleasedTable:
        rows = tuple(
            TableRow(
                label,
                (
                    Count(SIZES[label]),
                    part(said[label], SIZES[label], sure=SIZES[label], share_base=FLOOR.share_base),
                ),
            )
            for label in labels
        )
        return ReleasedTable(name, MONDAY, 12, ("eligible", "opted in"), rows, ())

    return table("people_funnel_by_department", "Law", "Sales"), table("opt_in_by_office", "Lyon", "Paris")


def possible(said: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """Every number who opted in of Law, of Sales in Lyon and of Sales in Paris that is rounded so."""
    for law, lyon, paris in product(range(21), range(11), range(21)):
        counts = {"Law": law, "Sales": lyon + paris, "Lyon": law + lyon, "Paris": paris}
        if all(abs(counts[label] - said[label]) < 5 for label in said):
            yield law, lyon, paris


def test_the_difference_of_two_tables_gives_a_department_away() -> None:
    # About 5 of Law are 1 to 9, and about 20 of Lyon 16 to 24, of whom 10 at most are of Sales: so 6 to 9 of
    # Law, and 16 to 19 of Lyon. Each table alone says nothing like that.
    said = {"Law": 5, "Sales": 15, "Lyon": 20, "Paris": 10}
    tables = tables_of(said)
    assert {(leak.where.row, leak.column) for leak in betrayed([DIRECTORY], tables, FLOOR)} >= {
        ("Law", "opted in"),
        ("Lyon", "opted in"),
    }
    for table in tables:
        assert betrayed([DIRECTORY], [table], FLOOR) == ()


@pytest.mark.parametrize("read", list(product(*READ.values())))
def test_what_is_possible_is_what_enumeration_finds(read: tuple[int, ...]) -> None:
    said = dict(zip(READ, read, strict=True))
    found = list(possible(said))
    if not found:
        return
    counts = {
        "Law": {law for law, _, _ in found},
        "Sales": {lyon + paris for _, lyon, paris in found},
        "Lyon": {law + lyon for law, lyon, _ in found},
        "Paris": {paris for _, _, paris in found},
    }
    leaks = {leak.where.row for leak in betrayed([DIRECTORY], tables_of(said), FLOOR)}
    assert {label for label, values in counts.items() if len(values) < 5} <= leaks
    # Two colleagues can rule out two values at each end, and no more than ten of them here.
    assert not {label for label, values in counts.items() if len(values) >= 9} & leaks


def test_a_planted_leak_goes_out_at_company_level() -> None:
    # 8 of Law and all 10 of Sales in Lyon: under some secrets, they are rounded to 5 and to 20.
    records = replace(DIRECTORY, opted_in=frozenset([*range(8), *range(20, 30), *range(30, 38)]))
    for number in range(500):
        secret = b"%16d" % number
        found = {table.name: table for table in draft(records, secret=secret)}
        law = found["people_funnel_by_department"].cell("Law", "opted in")
        if law == Share(25, 5) and found["opt_in_by_office"].cell("Lyon", "opted in") == Share(67, 20):
            break
    else:
        pytest.fail("No secret rounds so.")
    tables = {table.name: table for table in release(records, secret=secret)}
    for name in ("people_funnel_by_department", "opt_in_by_office"):
        assert [row.label for row in tables[name].rows] == ["Company"]
        assert any("beside what else is released" in note for note in tables[name].notes)
    assert tables["who_meets_whom"].rows == ()
    assert betrayed([records], list(tables.values()), FLOOR) == ()


def test_what_is_released_already_counts_too() -> None:
    department, office = tables_of({"Law": 5, "Sales": 15, "Lyon": 20, "Paris": 10})
    assert betrayed([DIRECTORY], [department], FLOOR) == ()
    assert {leak.where.table for leak in betrayed([DIRECTORY], [office, department], FLOOR)} == {
        department,
        office,
    }


def test_without_tables_nothing_is_betrayed() -> None:
    assert betrayed([DIRECTORY], [], FLOOR) == ()


def test_the_gate_reads_the_directory_and_never_what_anybody_did() -> None:
    records = drawn_records(seed=2, size=50, weeks=12)
    tables = draft(records, secret=SECRET)
    plain = PeriodRecords(records.period_on, 12, records.eligible)
    both = [
        [(leak.where.row, leak.column) for leak in betrayed([each], tables, FLOOR)]
        for each in (records, plain)
    ]
    assert both[0] == both[1]


def year_of(seed: int, size: int, turnover: float = 0.0) -> list[PeriodRecords]:
    """Six four weeks, and the two twelve weeks that they fill, in order of release.

    In each, such a share of the people leaves, as many come, and as many move to another department.
    """
    random, people = Random(seed), list(drawn_records(seed, size, 12).eligible)
    months: list[PeriodRecords] = []
    periods: list[PeriodRecords] = []
    for number in range(6):
        on = MONDAY + timedelta(weeks=4 * number)
        people = _after_some_moved(random, people, round(turnover * size), on)
        here = [each.person for each in people]
        opted = frozenset(random.sample(here, random.randint(0, size)))
        seats = random.sample(sorted(opted), random.randint(0, len(opted)) // 2 * 2)
        pairs = list(zip(seats[::2], seats[1::2], strict=True))
        met = [random.random() < 0.6 for _ in pairs]
        lunches = tuple(
            IntroductionRecord(pair, new=True, cross_department=True, met=pair if yes else (), open=False)
            for pair, yes in zip(pairs, met, strict=True)
        )
        months.append(PeriodRecords(on, 4, tuple(people), opted, frozenset(seats), lunches))
        periods.append(months[-1])
        if number % 3 == 2:
            before = periods[3] if number > 3 else PeriodRecords(on, 4, ())
            periods.append(_quarter(months[-3:], before.opted_in))
    return periods


def _after_some_moved(random: Random, people: list[Eligible], some: int, on: date) -> list[Eligible]:
    left, moved = random.sample(people, 2 * some)[::2], set(random.sample(people, some))
    newest = max(each.person for each in people)
    new = [replace(each, person=newest + number, started_on=on) for number, each in enumerate(left, 1)]
    stay = [each for each in people if each not in left]
    return [replace(each, department="Ops") if each in moved else each for each in stay] + new


def _quarter(months: list[PeriodRecords], before: frozenset[int]) -> PeriodRecords:
    """Three times four weeks, of those who work here at the end."""
    last = months[-1]
    here = frozenset(each.person for each in last.eligible)
    lunches = tuple(lunch for month in months for lunch in month.introductions)
    ties = {tuple(sorted(lunch.met)) for lunch in lunches if here.issuperset(lunch.met) and lunch.met}
    return replace(
        last,
        period_on=months[0].period_on,
        weeks=12,
        opted_in=here & frozenset().union(*(month.opted_in for month in months)),
        introduced=here & frozenset().union(*(month.introduced for month in months)),
        introductions=lunches,
        ties=tuple(sorted(ties)),
        active_before=before & here,
        still_active=before & here & last.opted_in,
    )


def assert_nothing_is_betrayed_in_a_year(year: list[PeriodRecords], random: Random, looked_at: int) -> None:
    tables: list[ReleasedTable] = []
    directories: list[PeriodRecords] = []
    groups = attribute_groups(year[0]) | attribute_groups(replace(year[0], weeks=12))
    for records in year:
        drafted = [*draft(records, secret=SECRET, groups=groups, earlier=tables), *tables]
        # What happened is always possible.
        assert attack_on([*directories, records], drafted, FLOOR).begin() is not None
        said = {"secret": SECRET, "groups": groups, "earlier": tables, "directories": directories}
        tables = [*release(records, **said), *tables]  # type: ignore[arg-type]
        directories.append(records)
    assert_an_attacker_learns_nothing(directories, tables, random, looked_at)


def assert_an_attacker_learns_nothing(
    directories: list[PeriodRecords], tables: list[ReleasedTable], random: Random, looked_at: int
) -> None:
    """Some counts of all these tables, and every value of each by a program of its own."""
    attack = attack_on(directories, tables, FLOOR)
    assert attack.begin() is not None
    targets = random.sample(attack.targets, min(looked_at, len(attack.targets)))
    for target in targets:
        for question in questions_of(target):
            known = question.known
            wanted = min(question.needed, 5 if question.alone else 3)
            values = range(int(known.least), int(known.most) + 1)
            tried = (attack.program.solve(replace(known, least=value, most=value)) for value in values)
            found = list(islice((each for each in tried if each is not None), wanted))
            # What nobody can know is not possible at all.
            assert len(found) == wanted or not (found or question.alone), target
            assert all(map(attack.program.agrees, found))


TURNOVER = st.sampled_from([0, 0, 0.02, 0.1])


@settings(deadline=None, derandomize=True, max_examples=3)
@given(st.integers(0, 10**6), st.integers(20, 45), TURNOVER)
def test_six_periods_of_any_company(seed: int, size: int, turnover: float) -> None:
    assert_nothing_is_betrayed_in_a_year(year_of(seed, size, turnover), Random(seed), looked_at=6)


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=8)
@given(st.integers(0, 10**6), st.integers(20, 50), TURNOVER)
def test_six_periods_of_many_companies(seed: int, size: int, turnover: float) -> None:
    assert_nothing_is_betrayed_in_a_year(year_of(seed, size, turnover), Random(seed), looked_at=20)


@pytest.mark.parametrize("turnover", [0, 0.02])
def test_people_who_come_and_go_take_no_table_away(turnover: float) -> None:
    tables: list[ReleasedTable] = []
    directories: list[PeriodRecords] = []
    for records in year_of(7, 150, turnover):
        said = draft(records, secret=SECRET, earlier=tables)
        found = release(records, secret=SECRET, earlier=tables, directories=directories)
        assert [table.name for table in found] == [table.name for table in said]
        tables = [*found, *tables]
        directories.append(records)


def test_who_was_active_before_reads_as_they_were_released_then() -> None:
    *_, first, _, _, _, second = year_of(3, 60)
    assert (first.weeks, second.weeks) == (12, 12)
    assert second.active_before == first.opted_in
    for number in range(20):
        then, now = (
            {table.name: table for table in draft(each, secret=b"%16d" % number)} for each in (first, second)
        )
        cells = then["reach"].cell("Company", "opted in"), now["retention"].cell("Company", "active before")
        assert cells[0] == cells[1]


def test_a_leak_across_periods() -> None:
    # Of Law about 5 opted in, 1 to 9, and of Sales 20 % at most, up to 9: in twelve weeks 18 of both. In four
    # of these weeks about 20 did, 16 to 24. So there are 16 to 18, and 7 to 9 of each.
    department, _ = tables_of({"Law": 5, "Sales": 5, "Lyon": 20, "Paris": 10})
    cells = (Count(50), Share(40, 20), Share(40, 20), Share(40, 20))
    columns = ("eligible", "opted in", "introduced", "met")
    month = ReleasedTable("people_funnel", MONDAY, 4, columns, (TableRow("Company", cells),), ())
    assert betrayed([DIRECTORY], [department], FLOOR) == ()
    first = replace(DIRECTORY, weeks=4)
    assert betrayed([first], [month], FLOOR) == ()
    both = betrayed([first, DIRECTORY], [department, month], FLOOR)
    leaks = {(leak.where.row, leak.column) for leak in both}
    assert leaks >= {("Law", "opted in"), ("Sales", "opted in"), ("Company", "opted in")}


def test_who_has_left_since_may_have_been_among_them() -> None:
    # As above; but of those who were here in the four weeks twelve have left, and others have come.
    department, _ = tables_of({"Law": 5, "Sales": 5, "Lyon": 20, "Paris": 10})
    cells = (Count(50), Share(40, 20), Share(40, 20), Share(40, 20))
    columns = ("eligible", "opted in", "introduced", "met")
    month = ReleasedTable("people_funnel", MONDAY, 4, columns, (TableRow("Company", cells),), ())
    for left, betrays in ((0, True), (12, False)):
        people = tuple(replace(each, person=each.person + left) for each in PEOPLE)
        then = PeriodRecords(MONDAY, 4, people)
        assert bool(betrayed([then, DIRECTORY], [department, month], FLOOR)) == betrays


@pytest.mark.parametrize("together", [True, False])
def test_a_leak_that_takes_two_colleagues(together: bool) -> None:
    # Two people, and three others: if these three always do the same, there are 0 to 5. But whoever knows
    # that both of the two opted in is left with 2 and 5.
    attack = Attack(FLOOR)
    two, others = attack.program.unknown(2), attack.program.unknown(1 if together else 3)
    number = attack.program.know({two: 1, others: 3 if together else 1})
    table, _ = tables_of({"Law": 5, "Sales": 15, "Lyon": 20, "Paris": 10})
    attack.targets.append(Target(Where(table, "Law", None, 5, ((two, 2),)), "opted in", number, 0, 5))
    first = attack.begin()
    assert first is not None
    search = Search(attack, first)
    assert [leak.where.row for leak in search.betrayed()] == (["Law"] if together else [])
    assert [question.alone for question in search.questions if len(question.seen) < question.needed] == (
        [False] * 3 if together else []
    )


@pytest.mark.parametrize("seed", seeds(2, 20))
def test_what_is_reached_nearby_agrees_with_all_that_is_known(seed: int) -> None:
    records = drawn_records(seed, 60, 12)
    attack = attack_on([records], draft(records, secret=SECRET), FLOOR)
    first = attack.begin()
    assert first is not None
    nearby, random, reached = Nearby(attack.program, Moves(attack.program), first), Random(seed), 0
    for target in random.sample(attack.targets, 30):
        value = nearby.sums[target.number] + random.choice((-1, 1))
        before = [*nearby.values]
        if nearby.reach(Known(target.number, value, value), Effort(24, 40, 0)):
            assert nearby.sums[target.number] == value
            reached += 1
        else:
            assert nearby.values == before
        assert attack.program.agrees(np.array(nearby.values))
        assert nearby.sums == list(attack.program.matrix() @ np.array(nearby.values))
    assert reached > 10


def test_what_stays_open_counts_as_betrayed() -> None:
    attack = attack_on([DIRECTORY], tables_of({"Law": 5, "Sales": 15, "Lyon": 15, "Paris": 10}), FLOOR)
    first = attack.begin()
    assert first is not None
    assert Search(attack, first).betrayed() == ()
    search = Search(attack, first)
    assert [question.needed for question in search.questions if question.alone] == [5] * 4
    search.questions[0].needed = 1_000
    assert [leak.where.row for leak in search.betrayed()] == ["Law"]


def test_a_share_at_its_end_leaves_all_that_it_may() -> None:
    table = ReleasedTable(
        "people_funnel",
        MONDAY,
        4,
        ("eligible", "opted in", "introduced", "met"),
        (TableRow("Company", (Count(50), Share(50, 25), Reading.AT_MOST_20, Reading.AT_MOST_20)),),
        (),
    )
    attack = attack_on([PeriodRecords(MONDAY, 4, PEOPLE)], [table], FLOOR)
    # 25 is 21 to 29; up to 10 of 50 read so, which 14 can have been rounded to.
    assert [(target.low, target.high) for target in attack.targets] == [(21, 29), (0, 14), (0, 14)]
