"""What changed, and how long there is somebody new: arithmetic on released tables, by hand."""

from datetime import timedelta

import pytest

from insights import (
    AtLeast,
    Bounds,
    Cell,
    Count,
    Direction,
    PairsLinked,
    Reading,
    ReleasedTable,
    Share,
    TableRow,
    WeeksLeft,
    change,
    change_in,
    period_before,
)
from insights.change import Change
from insights.novelty import novelty_left
from tests.insights.companies import MONDAY

LOW, HIGH, UNKNOWN = Reading.AT_MOST_20, Reading.AT_LEAST_80, Reading.CANNOT_TELL


def rate(low: Share | Reading, high: Share | Reading) -> Bounds:
    return Bounds(low, high, Share(50))


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        # 45 may be 41 and 40 may be 44: it is not even known whether it rose.
        (Count(45), Count(40), UNKNOWN),
        (Count(50), Count(40), 10),
        (Count(0), Count(10), -10),
        (Share(60, 60), Share(45, 45), 15),
        (Share(60, 60), Count(45), 15),
        (Share(60), Share(30), UNKNOWN),
        (HIGH, Share(30, 30), UNKNOWN),
        (AtLeast(10), Count(0), UNKNOWN),
        (rate(Share(51), Share(70)), rate(Share(30), Share(50)), Direction.BETTER),
        (rate(Share(50), Share(70)), rate(Share(30), Share(50)), UNKNOWN),
        (rate(Share(30), Share(40)), rate(Share(41), Share(60)), Direction.WORSE),
        (rate(Share(25), Share(40)), rate(LOW, LOW), Direction.BETTER),
        (rate(HIGH, HIGH), rate(Share(50), Share(79)), Direction.BETTER),
        (rate(LOW, Share(40)), rate(HIGH, HIGH), Direction.WORSE),
        (rate(LOW, HIGH), rate(LOW, LOW), UNKNOWN),
        (PairsLinked(4, 6), PairsLinked(6, 6), -2),
        (PairsLinked(4, 6), PairsLinked(4, 10), UNKNOWN),
        (PairsLinked(4, 6), PairsLinked(4, 6), 0),
        (WeeksLeft.OVER_52, WeeksLeft.UNDER_13, UNKNOWN),
    ],
)
def test_change(now: Cell, before: Cell, expected: Change) -> None:
    assert change(now, before) == expected


def table(name: str, cells: dict[str, Cell], begins: int = 0, weeks: int = 12) -> ReleasedTable:
    on = MONDAY + timedelta(weeks=begins)
    return ReleasedTable(name, on, weeks, tuple(cells), (TableRow("Company", tuple(cells.values())),), ())


def test_the_period_before_is_of_the_same_table_and_ends_when_this_one_begins() -> None:
    now = table("reach", {"eligible": Count(60), "new": Count(5)}, begins=12)
    before = table("reach", {"eligible": Count(40)})
    elsewhere = table("sit_outs", {})
    others = [table("reach", {}, begins=-12), table("reach", {}, begins=8, weeks=4), elsewhere, now]
    assert period_before(now, [*others, before]) == before
    assert period_before(now, others) is None
    assert change_in(now, before, "Company", "eligible") == 20
    assert change_in(now, before, "Company", "new") is UNKNOWN


def novelty(
    opted_in: Cell, delivered: tuple[int, ...], eligible: int = 100, rows: tuple[int, ...] = (50, 50)
) -> Cell:
    """Of so many introductions every four weeks, the last three of them in the period."""
    start = 12 - 4 * len(delivered)
    funnels = [
        table("introductions_funnel", {"delivered": Count(count)}, start + 4 * n, 4)
        for n, count in enumerate(delivered)
    ]
    reach = table("reach", {"eligible": Count(eligible), "opted in": opted_in})
    departments = ReleasedTable(
        "people_funnel_by_department",
        MONDAY,
        12,
        ("eligible",),
        tuple(TableRow(f"D{n}", (Count(size),)) for n, size in enumerate(rows)),
        (),
    )
    return novelty_left(reach, departments, funnels).cell("Company", "somebody new left for")


@pytest.mark.parametrize(
    ("opted_in", "delivered", "expected"),
    [
        # 50 people have 1,225 pairs, of which 50 · 50 / (100 · 99 / 2) = 50.5 % cross: 618.7. Ten a week for
        # twelve weeks leave 498.7, which last for 49.9 weeks; five a week leave 558.7, for 111.7 weeks.
        (Share(50, 50), (40, 40, 40), WeeksLeft.FROM_13_TO_52),
        (Share(50, 50), (20, 20, 20), WeeksLeft.OVER_52),
        # Thirty a week: 258.7 are left, for 8.6 weeks; and fifty a week are more than there are.
        (Share(50, 50), (120, 120, 120), WeeksLeft.UNDER_13),
        (Share(50, 50), (200, 200, 200), WeeksLeft.UNDER_13),
        # What was delivered before the period is gone, too: 98.7 at ten a week.
        (Share(50, 50), (400, 40, 40, 40), WeeksLeft.UNDER_13),
        # 80 to 100 people have 1,596 to 2,500 such pairs: with ten a week both last over a year, with forty a
        # week 27.9 to 50.5 weeks, with thirty from 41 to 71.
        (HIGH, (40, 40, 40), WeeksLeft.OVER_52),
        (HIGH, (160, 160, 160), WeeksLeft.FROM_13_TO_52),
        (HIGH, (120, 120, 120), UNKNOWN),
        # A month is missing, nothing was delivered, or nobody can tell how many take part.
        (Share(50, 50), (40, 40), UNKNOWN),
        (Share(50, 50), (0, 0, 0), UNKNOWN),
        (AtLeast(10), (40, 40, 40), UNKNOWN),
        (UNKNOWN, (40, 40, 40), UNKNOWN),
    ],
)
def test_novelty_left(opted_in: Cell, delivered: tuple[int, ...], expected: Cell) -> None:
    assert novelty(opted_in, delivered) is expected
