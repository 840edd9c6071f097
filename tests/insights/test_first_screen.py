"""The five numbers come from the newest released tables, with their denominators and their changes."""

from datetime import date, timedelta

from insights import (
    COMPANY,
    Bounds,
    Cell,
    Count,
    Direction,
    FirstScreen,
    Headline,
    PairsLinked,
    Reading,
    ReleasedTable,
    Share,
    TableRow,
    first_screen,
)

MONDAY = date(2026, 11, 23)
NEXT = date(2027, 3, 1)


def table(name: str, period_on: date, weeks: int, **cells: Cell) -> ReleasedTable:
    columns = tuple(name.replace("_", " ") for name in cells)
    rows = (TableRow(COMPANY, tuple(cells.values())),) if cells else ()
    return ReleasedTable(name, period_on, weeks, columns, rows, ())


def four_weeks(period_on: date, opted_in: int, low: int, high: int) -> list[ReleasedTable]:
    met = Bounds(Share(low), Share(high), Share(68))
    return [
        table("people_funnel", period_on, 4, eligible=Count(100), opted_in=Share(opted_in, opted_in)),
        table("met_rate", period_on, 4, delivered=Count(40), met_rate=met),
    ]


def screen(*tables: ReleasedTable) -> FirstScreen:
    newest_first = sorted(tables, key=lambda one: one.period_on, reverse=True)
    return first_screen(newest_first, next_on=NEXT)


def test_of_two_periods_the_newer_with_its_change() -> None:
    then, now = MONDAY, MONDAY + timedelta(weeks=4)
    shown = screen(*four_weeks(then, 40, 30, 45), *four_weeks(now, 55, 46, 78))
    participation, met = shown.figures
    assert (participation.headline, met.headline) == (Headline.PARTICIPATION, Headline.MET)
    assert (participation.cell, participation.of, participation.change) == (Share(55, 55), Count(100), 15)
    assert (met.of, met.change, met.period_on) == (Count(40), Direction.BETTER, now)


def test_without_the_period_right_before_nobody_can_tell_what_changed() -> None:
    apart = screen(*four_weeks(MONDAY, 40, 30, 45), *four_weeks(MONDAY + timedelta(weeks=8), 55, 46, 78))
    assert {figure.change for figure in apart.figures} == {Reading.CANNOT_TELL}


def test_a_quarter_has_the_other_three_and_who_met_whom() -> None:
    meetings = table("who_meets_whom", MONDAY, 12)
    shown = screen(
        table("new_ties", MONDAY, 12, new_ties=Count(35), across_departments=Share(71, 25)),
        table("reach", MONDAY, 12, eligible=Count(45), met_1_or_more_other_departments=Share(44, 20)),
        table("department_pairs_linked", MONDAY, 12, department_pairs_linked=PairsLinked(2, 6)),
        meetings,
    )
    assert [(one.headline, one.of) for one in shown.figures] == [
        (Headline.NEW_TIES, Count(35)),
        (Headline.MET_ELSEWHERE, Count(45)),
        (Headline.PAIRS_LINKED, None),
    ]
    assert shown.meetings is meetings


def test_a_table_without_rows_says_nothing() -> None:
    [figure] = screen(table("department_pairs_linked", MONDAY, 12)).figures
    assert (figure.cell, figure.of, figure.change) == (Reading.CANNOT_TELL, None, Reading.CANNOT_TELL)


def test_nothing_released_is_nothing_to_show() -> None:
    assert screen() == FirstScreen((), None, NEXT)
