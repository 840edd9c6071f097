"""Reports of companies whose true counts are multiples of 5, so that every number is worked out by hand."""

import pytest

from insights import (
    AtLeast,
    Bounds,
    Count,
    Floor,
    IntroductionRecord,
    PairsLinked,
    PeriodRecords,
    Reading,
    ReleasedTable,
    SecretError,
    Share,
)
from insights.release import draft
from tests.insights.companies import MONDAY, SECRET, pairs_of, people_of, tied


def tables(records: PeriodRecords, floor: Floor | None = None) -> dict[str, ReleasedTable]:
    found = draft(records, secret=SECRET, floor=floor or Floor())
    assert {(table.period_on, table.weeks) for table in found} <= {(MONDAY, records.weeks)}
    return {table.name: table for table in found}


def row(table: ReleasedTable, label: str) -> tuple[object, ...]:
    return next(each.cells for each in table.rows if each.label == label)


def everybody(size: int, weeks: int = 4, met: int = 0) -> PeriodRecords:
    """All opted in and were introduced once."""
    all_ = frozenset(range(size))
    people = people_of(Law=size // 2, Sales=size - size // 2)
    return PeriodRecords(MONDAY, weeks, people, all_, all_, tuple(pairs_of(range(size), met)))


def test_four_weeks_of_a_company() -> None:
    # 100 people, 70 of whom opted in. 0 to 59 were introduced two by two: 30 introductions.
    # The first 15 met (people 0 to 29), 10 of them new, 5 of these cross-department; 5 said no, 10 nothing.
    introductions = (
        *pairs_of(range(10), met=5, open=False),
        *pairs_of(range(10, 20), met=5, cross_department=False, open=False),
        *pairs_of(range(20, 30), met=5, new=False, open=False),
        *pairs_of(range(30, 40), met=0, open=False),
        *pairs_of(range(40, 60), met=0),
    )
    records = PeriodRecords(
        MONDAY, 4, people_of(Law=100), frozenset(range(70)), frozenset(range(60)), introductions
    )
    found = tables(records)
    assert list(found) == ["people_funnel", "introductions_funnel", "met_rate"]
    assert found["people_funnel"].columns == ("eligible", "opted in", "introduced", "met")
    assert [each.label for each in found["people_funnel"].rows] == ["Company"]
    # 70, 60 and 30 of 100.
    assert row(found["people_funnel"], "Company") == (Count(100), Share(70, 70), Share(60, 60), Share(30, 30))
    # 15 and 10 of 30; 5 of 30 is 17 %.
    assert row(found["introductions_funnel"], "Company") == (
        Count(30),
        Share(50, 15),
        Share(33, 10),
        Reading.AT_MOST_20,
    )
    # 15 of 30 confirmed, 10 of 30 open: from 50 % to 25 of 30, which is 83 % and reads only so. Then
    # the answer rate stays out, or 5 of 30 that said no could be worked out.
    assert row(found["met_rate"], "Company") == (
        Count(30),
        Bounds(Share(50), Reading.AT_LEAST_80, Reading.CANNOT_TELL),
    )


def test_bounds_of_the_met_rate_beside_the_answer_rate() -> None:
    # Of 50 introductions 20 met, 15 did not, 15 did not say: 20/50 to 35/50, 35/50 answered.
    introductions = (
        *pairs_of(range(70), met=20, open=False),
        *pairs_of(range(70, 100), met=0, open=True),
    )
    all_ = frozenset(range(100))
    found = tables(PeriodRecords(MONDAY, 4, people_of(Law=100), all_, all_, introductions))
    assert row(found["met_rate"], "Company") == (Count(50), Bounds(Share(40), Share(70), Share(70)))


def test_of_three_people_only_those_count_who_met() -> None:
    # 25 trios, in each of which two met.
    trios = tuple(
        IntroductionRecord((n, n + 1, n + 2), new=True, cross_department=True, met=(n, n + 2), open=False)
        for n in range(0, 75, 3)
    )
    all_ = frozenset(range(75))
    found = tables(PeriodRecords(MONDAY, 4, people_of(Law=100), all_, all_, trios))
    assert row(found["people_funnel"], "Company") == (Count(100), Share(75, 75), Share(75, 75), Share(50, 50))


def test_who_has_left_counts_in_introductions_and_not_among_people() -> None:
    # 25 introductions, each of one of 25 people and somebody who has left since.
    lunches = tuple(
        pairs_of([n for pair in zip(range(25), range(900, 925), strict=True) for n in pair], met=25)
    )
    here = frozenset(range(25))
    found = tables(PeriodRecords(MONDAY, 4, people_of(Law=50), here, here, lunches))
    assert row(found["people_funnel"], "Company") == (Count(50), *(Share(50, 25),) * 3)
    assert found["introductions_funnel"].cell("Company", "delivered") == Count(25)


def test_twelve_weeks_by_department() -> None:
    # Design (6) and no department (4) are too small and make 10 together: Other. Law has 20, Sales 25.
    people = people_of(Law=20, Sales=25, Design=6, none=4)
    law, sales, other = range(20), range(20, 45), range(45, 55)
    ties = (
        *((law[n], sales[n]) for n in range(10)),  # 10 people of each
        (law[0], law[1]),
        *((law[n], law[0]) for n in range(2, 5)),  # 5 people of Law met their own
        *((other[n], sales[9]) for n in range(5)),  # 5 people of Other, but 1 of Sales
        *((other[n], law[n]) for n in range(5)),  # 5 people of each
        *((other[9], sales[n]) for n in range(4)),  # with number 9 they are 5 of Sales, but 6 of Other
    )
    records = tied(people, ties, opted_in=frozenset([*law[:15], *sales[:15]]))
    found = tables(records)
    assert list(found) == [
        *("people_funnel_by_department", "who_meets_whom", "department_pairs_linked", "opt_in_by_office"),
        *("opt_in_by_level", "opt_in_by_tenure", "levels_meet", "ties_across_levels", "new_ties", "reach"),
        *("sit_outs", "retention", "newcomers", "novelty_left"),
    ]
    funnel = found["people_funnel_by_department"]
    assert [each.label for each in funnel.rows] == ["Law", "Sales", "Other"]
    # 15 of 20 is 75 %; 10 of 20.
    assert row(funnel, "Law") == (Count(20), Share(75, 15), Share(50, 10), Share(50, 10))
    assert row(funnel, "Sales") == (Count(25), Share(60, 15), Share(40, 10), Share(40, 10))
    # 10 people have no shares, and 6 of them read no higher than 5.
    assert row(funnel, "Other") == (Count(10), AtLeast(5), AtLeast(5), AtLeast(5))
    assert "The smallest departments, and those that came since, are one row, Other." in funnel.notes

    meetings = found["who_meets_whom"]
    assert meetings.columns == ("Law", "Sales", "Other")
    assert row(meetings, "Law") == (Reading.CANNOT_TELL, Count(10), Reading.UP_TO_9)
    assert meetings.cell("Sales", "Law") == Count(10)
    assert meetings.cell("Sales", "Other") is Reading.UP_TO_9
    # Of 10 people nothing is said that would tell 5 from 10 of them.
    assert row(meetings, "Other") == (Reading.CANNOT_TELL,) * 3
    assert row(found["department_pairs_linked"], "Company") == (PairsLinked(1, 1),)


def test_a_pair_is_linked_only_by_both_sides() -> None:
    # 10 people of Law and 10 of Ops met; Sales met nobody: 1 of 3 pairs.
    people = people_of(Law=20, Ops=20, Sales=20)
    found = tables(tied(people, tuple((n, 20 + n) for n in range(10))))
    assert found["who_meets_whom"].cell("Law", "Ops") == Count(10)
    assert found["who_meets_whom"].cell("Ops", "Law") == Count(10)
    assert found["who_meets_whom"].cell("Law", "Law") is Reading.CANNOT_TELL
    assert row(found["department_pairs_linked"], "Company") == (PairsLinked(1, 3),)
    # And with fewer people on the side of Ops, the pair is as linked as its released count says.
    for side, linked in ((5, (0,)), (7, (0, 1))):
        found = tables(tied(people, tuple((n, 20 + n % side) for n in range(10))))
        pairs = int(found["who_meets_whom"].cell("Ops", "Law") == Count(10))
        assert pairs in linked
        assert row(found["department_pairs_linked"], "Company") == (PairsLinked(pairs, 3),)


def test_where_nearly_all_of_a_department_met_another_it_reads_only_so() -> None:
    # 20 of 20 of Law met 20 of 25 of Sales, which is 80 %, too.
    ties = tuple((n, 20 + n) for n in range(20))
    found = tables(tied(people_of(Law=20, Sales=25), ties))
    assert found["who_meets_whom"].cell("Law", "Sales") is Reading.AT_LEAST_80
    assert found["who_meets_whom"].cell("Sales", "Law") is Reading.AT_LEAST_80
    assert row(found["department_pairs_linked"], "Company") == (PairsLinked(1, 1),)


def test_everybody_met() -> None:
    found = tables(everybody(100, met=50))
    all_of_them = (Reading.AT_LEAST_80,) * 3
    assert row(found["people_funnel"], "Company") == (Count(100), *all_of_them)
    assert row(found["introductions_funnel"], "Company") == (Count(50), *all_of_them)
    assert row(found["met_rate"], "Company") == (Count(50), Bounds(*all_of_them))


def test_nobody_opted_in() -> None:
    found = tables(PeriodRecords(MONDAY, 4, people_of(Law=100)))
    assert row(found["people_funnel"], "Company") == (Count(100), *(Reading.AT_MOST_20,) * 3)
    assert row(found["introductions_funnel"], "Company") == (Count(0), *(Reading.CANNOT_TELL,) * 3)
    assert row(found["met_rate"], "Company") == (Count(0), Reading.CANNOT_TELL)


def test_nobody_met_anybody_in_any_department() -> None:
    found = tables(PeriodRecords(MONDAY, 12, people_of(Law=25, Sales=25)))
    assert [each.cells for each in found["who_meets_whom"].rows] == [(Reading.UP_TO_9,) * 2] * 2
    assert row(found["department_pairs_linked"], "Company") == (PairsLinked(0, 1),)


@pytest.mark.parametrize("weeks", [4, 12])
@pytest.mark.parametrize("size", [0, 1, 19])
def test_under_20_eligible_people_nothing_is_released(size: int, weeks: int) -> None:
    assert draft(everybody(size, weeks, met=size), secret=SECRET) == ()


@pytest.mark.parametrize("size", [20, 25, 35])
def test_under_40_eligible_people_only_the_company_is_shown(size: int) -> None:
    found = tables(everybody(size, weeks=12, met=size))
    note = "Fewer than 40 people: company only."
    by_group = list(found.values())[:8]
    assert all(note in table.notes for table in by_group)
    assert [len(table.rows) for table in by_group] == [1, 0, 0, 1, 1, 1, 0, 0]
    assert {each.label for table in by_group for each in table.rows} == {"Company"}
    funnel, meetings, *_ = by_group
    assert row(funnel, "Company") == (Count(size), *(Reading.AT_LEAST_80,) * 3)
    assert (meetings.columns, meetings.rows) == ((), ())


def test_a_small_company_reads_the_same_in_both_of_its_tables() -> None:
    # 33 is rounded; a second draw for the same count could narrow it down.
    assert (
        tables(everybody(33, 4))["people_funnel"].rows
        == tables(everybody(33, 12))["people_funnel_by_department"].rows
    )


@pytest.mark.parametrize("people", [people_of(Law=60), people_of(none=60), people_of(Law=55, Sales=5)])
def test_one_group_is_no_comparison(people: tuple) -> None:  # type: ignore[type-arg]
    found = tables(PeriodRecords(MONDAY, 12, people))
    note = "Fewer than two groups of at least 10 people: company only."
    assert all(note in table.notes for table in list(found.values())[:8])
    assert [each.label for each in found["people_funnel_by_department"].rows] == ["Company"]
    assert found["department_pairs_linked"].rows == ()


def test_groups_stay_as_they_were_made() -> None:
    # Law had 12 and has 9, Data is new: were groups made anew, Other would hold both, and 9 of Law be seen.
    groups = {"Law": "Law", "Sales": "Sales", "Ops": "Ops"}
    people = people_of(Law=9, Sales=20, Ops=20, Data=12)
    found = {
        table.name: table
        for table in draft(
            tied(people, ((0, 9), (9, 29), (30, 50))), secret=SECRET, groups={"department": groups}
        )
    }
    funnel, meetings, linked, *_ = found.values()
    assert [each.label for each in funnel.rows] == ["Law", "Ops", "Sales", "Other"]
    assert row(funnel, "Law") == (Reading.CANNOT_TELL,) * 4
    assert {meetings.cell("Law", other) for other in meetings.columns} == {Reading.CANNOT_TELL}
    assert {meetings.cell(other, "Law") for other in meetings.columns} == {Reading.CANNOT_TELL}
    assert Reading.CANNOT_TELL not in row(funnel, "Other")
    assert "Nothing is said of a row that has fewer than 10 people by now." in funnel.notes
    # Of Ops and Sales; of 12 people nothing is said about whom they met.
    (cell,) = row(linked, "Company")
    assert isinstance(cell, PairsLinked)
    assert cell.pairs == 1


def test_groups_of_which_one_is_left_are_no_comparison() -> None:
    groups = {"Law": "Law", "Sales": "Sales"}
    people = people_of(Law=9, Sales=40)
    found = draft(PeriodRecords(MONDAY, 12, people), secret=SECRET, groups={"department": groups})
    assert [each.label for each in found[0].rows] == ["Company"]
    assert (found[1].rows, found[2].rows) == ((), ())


def test_a_raised_floor_shows_less() -> None:
    # At 10, groups have 20, the company 40, shares 40, departments 80.
    assert draft(everybody(39), secret=SECRET, floor=Floor(10)) == ()
    few = list(tables(everybody(75, weeks=12), Floor(10)).values())
    assert [len(table.rows) for table in few[:8]] == [1, 0, 0, 1, 1, 1, 0, 0]
    found = tables(everybody(80, weeks=12), Floor(10))["people_funnel_by_department"]
    assert [each.label for each in found.rows] == ["Law", "Sales"]
    # 35 introductions are fewer than 40: counts without shares.
    found = tables(everybody(70, met=20), Floor(10))["introductions_funnel"]
    assert row(found, "Company") == (Count(35), *(AtLeast(20),) * 3)


@pytest.mark.parametrize("secret", [b"", b"fifteen bytes !"])
def test_a_short_secret_is_refused_even_where_nothing_is_released(secret: bytes) -> None:
    with pytest.raises(SecretError):
        draft(everybody(0), secret=secret)
