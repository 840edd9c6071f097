"""What holds of every report of every company, against plain counts of the same records."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from insights import (
    AtLeast,
    Bounds,
    Cell,
    Count,
    Eligible,
    Floor,
    PairsLinked,
    PeriodRecords,
    Reading,
    ReleasedTable,
    Share,
    cell_text,
)
from insights.cells import rate
from insights.funnels import bounds
from insights.release import draft
from tests.insights.companies import MONDAY, SECRET, companies, drawn_records, shuffled

COMPANY_WIDE = companies(st.just(4), st.integers(0, 90))
BY_DEPARTMENT = companies(st.just(12), st.integers(0, 90))
ANY = COMPANY_WIDE | BY_DEPARTMENT
SECRETS = st.binary(min_size=16, max_size=20)
MANY = settings(deadline=None, derandomize=True, max_examples=300)


def released(records: PeriodRecords, secret: bytes = SECRET) -> dict[str, ReleasedTable]:
    return {table.name: table for table in draft(records, secret=secret)}


def department(person: Eligible) -> str:
    return (person.department or "").strip() or "No department"


def group_members(records: PeriodRecords, labels: list[str]) -> dict[str, set[int]]:
    """The people of each row, read off its label: Other holds every department that has no row."""
    members: dict[str, set[int]] = {label: set() for label in labels}
    for each in records.eligible:
        label = "Company" if labels == ["Company"] else department(each)
        members[label if label in members else "Other"].add(each.person)
    return members


def assert_adjacent(cell: Cell, truth: int) -> None:
    if isinstance(cell, Count | Share) and cell.count is not None:
        assert cell.count % 5 == 0
        assert abs(cell.count - truth) < 5
        assert cell.count == 0 or truth > 0
    if isinstance(cell, AtLeast):
        assert truth > cell.count - 5


def assert_part(cell: Cell, base: Cell, sure: int) -> None:
    """A cell says of its share what the released counts say, and no more than it may."""
    assert isinstance(base, Count)
    if min(base.count, sure) < 20:
        highest = Fraction(4, 5) * (sure - sure % 5)
        assert isinstance(cell, Count | AtLeast) or (cell is Reading.CANNOT_TELL and highest < 5)
        assert not isinstance(cell, Count | AtLeast) or cell.count < highest
    elif isinstance(cell, Share):
        assert cell.count is not None
        assert Fraction(1, 5) < Fraction(cell.count, base.count) < Fraction(4, 5)
        assert abs(Fraction(cell.percent) - Fraction(100 * cell.count, base.count)) <= Fraction(1, 2)
    else:
        assert cell in (Reading.AT_MOST_20, Reading.AT_LEAST_80)


def assert_no_step_reads_higher(cells: Sequence[Cell]) -> None:
    counts = [each.count for each in cells if isinstance(each, Count | Share) and each.count is not None]
    assert counts == sorted(counts, reverse=True)


@MANY
@given(COMPANY_WIDE, SECRETS)
def test_each_count_of_a_company_is_adjacent_to_the_truth(records: PeriodRecords, secret: bytes) -> None:
    tables = released(records, secret)
    if len(records.eligible) < 20:
        assert tables == {}
        return
    here = {each.person for each in records.eligible}
    met = {person for each in records.introductions for person in each.met} & here
    people = [len(here), len(records.opted_in), len(records.introduced), len(met)]
    delivered = [
        len(records.introductions),
        sum(bool(each.met) for each in records.introductions),
        sum(bool(each.met and each.new) for each in records.introductions),
        sum(bool(each.met and each.new and each.cross_department) for each in records.introductions),
    ]
    for name, truths in (("people_funnel", people), ("introductions_funnel", delivered)):
        (row,) = tables[name].rows
        base = row.cells[0]
        assert isinstance(base, Count)
        # How many were introduced is not in the directory.
        sure = truths[0] if name == "people_funnel" else max(base.count - 4, 0)
        for cell, truth in zip(row.cells, truths, strict=True):
            assert_adjacent(cell, truth)
        for cell in row.cells[1:]:
            assert_part(cell, base, sure)
        assert_no_step_reads_higher(row.cells)
    (row,) = tables["met_rate"].rows
    funnel = tables["introductions_funnel"].rows[0].cells
    assert row.cells[0] == funnel[0]
    if isinstance(row.cells[1], Bounds):
        low = row.cells[1].low
        assert low == (Share(funnel[1].percent) if isinstance(funnel[1], Share) else funnel[1])
    else:
        assert row.cells[0].count < 25  # type: ignore[union-attr]


@MANY
@given(BY_DEPARTMENT, SECRETS)
def test_each_count_of_a_department_is_adjacent_to_the_truth(records: PeriodRecords, secret: bytes) -> None:
    tables = released(records, secret)
    if len(records.eligible) < 20:
        assert tables == {}
        return
    funnel, meetings, linked, *_ = tables.values()
    members = group_members(records, [row.label for row in funnel.rows])
    met = {person for each in records.introductions for person in each.met}
    assert sum(map(len, members.values())) == len(records.eligible)
    for row in funnel.rows:
        own = members[row.label]
        assert len(own) >= 10  # no group under the floor appears
        truths = (own, own & records.opted_in, own & records.introduced, own & met)
        for cell, truth in zip(row.cells, truths, strict=True):
            assert_adjacent(cell, len(truth))
        for cell in row.cells[1:]:
            assert_part(cell, row.cells[0], len(own))
        assert_no_step_reads_higher(row.cells)
    both_ways = {*records.ties, *((b, a) for a, b in records.ties)}
    assert {row.label for row in meetings.rows} == set(meetings.columns) == set(members) - {"Company"}
    for row in meetings.rows:
        for column in meetings.columns:
            truth = {a for a, b in both_ways if a in members[row.label] and b in members[column]}
            cell = meetings.cell(row.label, column)
            assert_adjacent(cell, len(truth))
            eligible = funnel.cell(row.label, "eligible")
            assert isinstance(eligible, Count)
            if cell is Reading.UP_TO_9:
                assert len(truth) < 10
            elif (row.label == column and len(members[column]) < 25) or len(members[row.label]) < 15:
                assert cell is Reading.CANNOT_TELL
            elif len(members[row.label]) < 20:
                assert_part(cell, eligible, len(members[row.label]))
            elif isinstance(cell, Count):
                assert Fraction(cell.count, eligible.count) < Fraction(4, 5)
            else:
                assert cell is Reading.AT_LEAST_80
    if len(records.eligible) < 40:
        assert set(members) == {"Company"}
    assert len(linked.rows) == (sum(len(people) >= 15 for people in members.values()) > 1)


@MANY
@given(BY_DEPARTMENT, SECRETS)
def test_pairs_linked_can_be_counted_in_the_released_table(records: PeriodRecords, secret: bytes) -> None:
    tables = released(records, secret)
    if "who_meets_whom" not in tables or not tables["who_meets_whom"].rows:
        return
    texts = {
        (row.label, column): cell_text(cell)
        for row in tables["who_meets_whom"].rows
        for column, cell in zip(tables["who_meets_whom"].columns, row.cells, strict=True)
    }
    pairs = [(a, b) for a, b in texts if a < b and "can't tell" not in (texts[a, b], texts[b, a])]
    if not pairs:
        assert tables["department_pairs_linked"].rows == ()
        return
    linked = sum("0–9" not in (texts[a, b], texts[b, a]) for a, b in pairs)
    assert tables["department_pairs_linked"].rows[0].cells == (PairsLinked(linked, len(pairs)),)


@MANY
@given(ANY, SECRETS, st.integers(0, 99))
def test_the_order_of_the_records_means_nothing(records: PeriodRecords, secret: bytes, seed: int) -> None:
    assert draft(shuffled(records, seed), secret=secret) == draft(records, secret=secret)


@MANY
@given(ANY, SECRETS)
def test_json_there_and_back_names_no_person(records: PeriodRecords, secret: bytes) -> None:
    for table in draft(records, secret=secret):
        text = json.dumps(table.to_dict())
        assert ReleasedTable.from_dict(json.loads(text)) == table
        assert not any(str(each.person) in text for each in records.eligible)


FROZEN = st.sampled_from(
    [None, {}, {"Law": "Law", "Sales": "Sales"}, {"Law": "Other", "Ops": "Ops", "Gone": "Gone"}]
)


def frozen(groups: dict[str, str] | None) -> dict[str, dict[str, str]] | None:
    return None if groups is None else {"department": groups}


@MANY
@given(ANY, FROZEN)
def test_what_is_visible_depends_on_the_directory_only(
    records: PeriodRecords, groups: dict[str, str] | None
) -> None:
    idle = PeriodRecords(records.period_on, records.weeks, records.eligible)
    shapes = [
        [
            (table.name, table.columns, [row.label for row in table.rows], said(table), table.notes)
            for table in draft(each, secret=SECRET, groups=frozen(groups))
        ]
        for each in (records, idle)
    ]
    assert shapes[0] == shapes[1]


def said(table: ReleasedTable) -> list[list[bool]]:
    """In which cells of a group's row anything is said."""
    rows = [row.cells for row in table.rows if row.label != "Company"]
    return [[cell is not Reading.CANNOT_TELL for cell in cells] for cells in rows]


@MANY
@given(BY_DEPARTMENT, SECRETS, FROZEN)
def test_of_fewer_than_ten_people_nothing_is_said_whatever_the_groups_were(
    records: PeriodRecords, secret: bytes, groups: dict[str, str] | None
) -> None:
    for table in draft(records, secret=secret, groups=frozen(groups))[:2]:
        members = group_members(records, [row.label for row in table.rows]) if table.rows else {}
        for row in table.rows:
            if len(members[row.label]) < 10:
                assert set(row.cells) == {Reading.CANNOT_TELL}


def test_the_expectation_over_secrets_is_the_truth() -> None:
    # The error of a mean of 400 draws of two values 5 apart is at most 2.5 / √400 = 0.125.
    records = drawn_records(seed=3, size=83, weeks=4, busy=0.55)
    sums: Counter[str] = Counter()
    for n in range(400):
        funnel = released(records, b"%16d" % n)["people_funnel"]
        for column in ("eligible", "opted in", "introduced"):
            cell = funnel.cell("Company", column)
            assert isinstance(cell, Count | Share)
            assert cell.count is not None
            sums[column] += cell.count
    truths = {"opted in": len(records.opted_in), "introduced": len(records.introduced), "eligible": 83}
    assert any(truth % 5 for truth in truths.values())
    for column, truth in truths.items():
        assert abs(sums[column] / 400 - truth) < 0.5


def test_the_same_count_reads_the_same_in_every_period() -> None:
    records = drawn_records(seed=5, size=83, weeks=12)
    later = replace(records, period_on=MONDAY.replace(year=2027))
    # People have been here for longer by then, and others are newcomers.
    known = {"opt_in_by_tenure", "newcomers"}
    rows = [
        [table.rows for table in draft(each, secret=SECRET) if table.name not in known]
        for each in (records, later)
    ]
    assert rows[0] == rows[1]


def test_bounds_give_away_no_share_at_an_end() -> None:
    # Whatever true value a reading at an end stands for, the rest of the cell is the same, so that nobody
    # can work it out; all multiples of 5 of 100 introductions, and of 105 since counts are rounded apart.
    read = {
        (met, silent): bounds(Fraction(met, 100), Fraction(silent, 100))
        for met in range(0, 106, 5)
        for silent in range(0, 106, 5)
    }
    for (met, silent), cell in read.items():
        same = {values for values, other in read.items() if other == cell}
        if cell.low is Reading.AT_MOST_20:
            assert same >= {(each, silent) for each in range(0, 21, 5)}
        if cell.low is Reading.AT_LEAST_80:
            assert same >= {(each, silent) for each in range(80, 106, 5)}
        if cell.answered is Reading.AT_LEAST_80:
            assert same >= {(met, each) for each in range(0, 21, 5)}
        if cell.answered is Reading.AT_MOST_20:
            assert same >= {(met, each) for each in range(80, 106, 5)}
        if met + silent >= 80 and 20 < met < 80 and 20 < silent < 80:
            assert same >= {(met, each) for each in range(max(25, 80 - met), 80, 5)}


def test_no_share_is_of_fewer_than_a_floor_that_is_no_multiple_of_5() -> None:
    # At 6 shares are of 24 people or more: of 24, 20 are released in one of five cases.
    records = drawn_records(seed=4, size=24, weeks=4)
    seen = set()
    for n in range(50):
        funnel, *_ = draft(records, secret=b"%16d" % n, floor=Floor(6))
        eligible, *others = funnel.rows[0].cells
        seen.add(eligible)
        assert eligible == Count(25) or all(isinstance(cell, Count | AtLeast) for cell in others)
    assert seen == {Count(20), Count(25)}


def test_bounds_hold_the_truth() -> None:
    for met in range(0, 101, 5):
        for silent in range(0, 101 - met, 5):
            cell = bounds(Fraction(met, 100), Fraction(silent, 100))
            if isinstance(cell.low, Share):
                assert cell.low.percent == met
            if isinstance(cell.high, Share):
                assert cell.high.percent >= met + silent
            if 20 < met < 80 and silent > 20:
                assert cell.high == (Share(met + silent) if met + silent < 80 else Reading.AT_LEAST_80)
            if silent > 20:
                shown = rate(1 - Fraction(silent, 100))
                hidden = 20 < met < 80 and silent < 80 and met + silent >= 80
                assert cell.answered == (Reading.CANNOT_TELL if hidden else shown)
            assert cell.high is not Reading.AT_MOST_20
