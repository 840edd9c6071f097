"""The truth beside the demo's tables: counted by hand, and held against tables that are right and wrong."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

import insights
from cli.demo_company import Colleague, fictional_company
from cli.demo_quarter import MET, NO, PLANNED, Lunch, Quarter
from cli.demo_truth import ZONE, Truth
from insights.release import draft

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)
COMPANY = fictional_company(MONDAY)
IDS = {one.slack_user_id: number for number, one in enumerate(COMPANY)}


def lunch(people: str, met: str = "", at: datetime = NOON, **said: str) -> Lunch:
    return Lunch(at, frozenset(people), frozenset(met), said)


@pytest.mark.parametrize(
    ("one", "confirmed", "is_open"),
    [
        (lunch("ab", "ab"), set(), True),
        (lunch("ab", "ab", a=MET), {"ab"}, False),
        (lunch("ab", "ab", a=PLANNED), set(), True),
        (lunch("ab", "", a=PLANNED, b=NO), set(), False),
        (lunch("ab", "", a=NO), set(), False),
        (lunch("abc", "abc", a=MET), {"ab", "ac"}, False),
        (lunch("abc", "ab", a=MET), {"ab"}, False),
        (lunch("abc", "ab", c=NO), set(), True),
        (lunch("abc", "", a=NO, b=NO), set(), False),
    ],
)
def test_what_an_introduction_comes_to(one: Lunch, confirmed: set[str], is_open: bool) -> None:
    assert one.confirmed == {frozenset(pair) for pair in confirmed}
    assert one.is_open == is_open


def played(seed: int) -> Quarter:
    """Twelve weeks of lunches of 120 people, most of whom say truly what became of them."""
    dice = random.Random(seed)
    quarter = Quarter()
    people = dice.sample(sorted(IDS), 120)
    for one in people:
        quarter.joins(one, NOON)
    for week in range(12):
        dice.shuffle(people)
        for pair in zip(people[::2], people[1::2], strict=True):
            met = frozenset(pair if dice.random() < 0.6 else ())
            one = Lunch(NOON + timedelta(weeks=week), frozenset(pair), met)
            one.said = {
                each: dice.choice([MET, PLANNED]) if met else dice.choice([NO, PLANNED])
                for each in pair
                if dice.random() < 0.6
            }
            quarter.lunches.append(one)
    return quarter


def released(quarter: Quarter, weeks: int, secret: bytes) -> tuple[insights.ReleasedTable, ...]:
    """The tables that the app would release of these weeks."""
    department = {one.slack_user_id: one.department for one in COMPANY}
    first_met_on: dict[int, date] = {}
    seen: set[frozenset[str]] = set()
    lunches, ties = [], set()
    for one in quarter.lunches:
        if one.at >= NOON + timedelta(weeks=weeks):
            continue
        pair = tuple(sorted(IDS[each] for each in one.people))
        lunches.append(
            insights.IntroductionRecord(
                pair,
                new=one.people not in seen,
                cross_department=len({department[each] for each in one.people}) > 1,
                met=pair if one.confirmed else (),
                open=one.is_open,
            )
        )
        seen.add(one.people)
        if one.confirmed:
            ties.add(pair)
            first_met_on |= {each: min(one.at.date(), first_met_on.get(each, one.at.date())) for each in pair}
    everybody = frozenset(IDS[one] for one in quarter.joined)
    records = insights.PeriodRecords(
        MONDAY,
        weeks,
        tuple(
            insights.Eligible(IDS[one.slack_user_id], one.department, one.office, one.level, one.started_on)
            for one in COMPANY
        ),
        everybody,
        everybody,
        tuple(lunches),
        tuple(sorted(ties)),  # type: ignore[arg-type]
        first_met_on=first_met_on,
    )
    earlier = [] if weeks == 4 else funnels(quarter, secret)
    # What the gate takes away bounds nothing; here all is looked at.
    return draft(records, secret=secret, earlier=earlier)


def funnels(quarter: Quarter, secret: bytes) -> list[insights.ReleasedTable]:
    """The introductions of three times four weeks, each as in a company that begins then."""
    found = []
    for number in range(3):
        begin, end = (NOON + timedelta(weeks=4 * n) for n in (number, number + 1))
        lunches = [
            replace(one, at=one.at - (begin - NOON)) for one in quarter.lunches if begin <= one.at < end
        ]
        month = replace(quarter, lunches=lunches)
        found += [replace(one, period_on=begin.date()) for one in released(month, 4, secret)]
    return found


@pytest.mark.parametrize("weeks", [4, 12])
@pytest.mark.parametrize("seed", range(5))
def test_tables_that_are_right_bound_the_truth(seed: int, weeks: int) -> None:
    quarter = played(seed)
    for table in released(quarter, weeks, b"%16d" % seed):
        assert list(Truth(quarter, COMPANY, table).problems()) == []


@pytest.mark.parametrize("weeks", [4, 12])
def test_a_number_that_is_wrong_is_named(weeks: int) -> None:
    quarter = played(1)
    for table in released(quarter, weeks, bytes(16)):
        for row in table.rows:
            for place, column in enumerate(table.columns):
                cells = (*row.cells[:place], wrong(row.cells[place]), *row.cells[place + 1 :])
                rows = tuple(replace(row, cells=cells) if each is row else each for each in table.rows)
                changed = Truth(quarter, COMPANY, replace(table, rows=rows))
                assert any(f"{row.label}, {column}: " in problem for problem in changed.problems())


def wrong(cell: insights.Cell) -> insights.Cell:
    """A cell that says something else."""
    match cell:
        case insights.Count() | insights.Share() if cell.count is not None:
            return replace(cell, count=cell.count + 15)
        case (
            insights.AtLeast()
            | insights.WeeksLeft()
            | insights.Reading.CANNOT_TELL
            | insights.Reading.UP_TO_9
        ):
            return insights.Count(100)
        case insights.PairsLinked():
            return insights.PairsLinked(0 if cell.linked else cell.pairs, cell.pairs)
        case insights.Bounds():
            return replace(cell, low=insights.Reading.AT_LEAST_80)
        case insights.Reading.AT_MOST_20:
            return insights.Reading.AT_LEAST_80
        case _:
            return insights.Reading.AT_MOST_20


def test_a_report_that_hears_no_plans_is_found_out() -> None:
    """Were a plan an answer, the upper bound would not bound."""
    quarter = played(2)
    for one in quarter.lunches:
        one.said = dict.fromkeys(one.people, PLANNED)
    [*_, rate] = released(quarter, 4, bytes(16))
    told = insights.Bounds(insights.Reading.AT_MOST_20, insights.Share(25), insights.Reading.AT_LEAST_80)
    row = replace(rate.rows[0], cells=(rate.rows[0].cells[0], told))
    assert list(Truth(quarter, COMPANY, rate).problems()) == []
    assert list(Truth(quarter, COMPANY, replace(rate, rows=(row,))).problems())


def colleagues(department: str) -> list[Colleague]:
    return [one for one in COMPANY if one.department == department]


def test_figures_by_hand() -> None:
    quarter = Quarter()
    ann, bob, cat, *_ = (one.slack_user_id for one in colleagues("Finance"))
    dan, eve, *_ = (one.slack_user_id for one in colleagues("Marketing"))
    for one in (ann, bob, cat, dan, eve):
        quarter.joins(one, NOON)
    quarter.leaves(cat, NOON + timedelta(days=1))
    quarter.lunches = [
        Lunch(NOON, frozenset({ann, dan}), frozenset({ann, dan}), {ann: MET}),
        Lunch(NOON, frozenset({bob, eve}), frozenset({bob, eve}), {}),
        Lunch(NOON + timedelta(weeks=1), frozenset({ann, dan}), frozenset(), {ann: NO}),
    ]
    tables = {
        name: Truth(quarter, COMPANY, insights.ReleasedTable(name, MONDAY, 12, (), (), ()))
        for name in ("people_funnel_by_department", "introductions_funnel", "who_meets_whom")
    }
    people, introductions, meetings = tables.values()
    steps = ("eligible", "opted in", "introduced", "met")
    assert [str(people.figure("Finance", step)) for step in steps] == ["18", "3", "2", "1/2"]
    assert str(introductions.figure("Company", "delivered")) == "3"
    assert str(introductions.figure("Company", "met and new")) == "1/2"
    assert str(meetings.figure("Finance", "Marketing")) == "1/2"
    assert str(meetings.figure("Finance", "Finance")) == "0/0"
    later = insights.ReleasedTable("people_funnel", MONDAY + timedelta(weeks=4), 4, (), (), ())
    assert str(Truth(quarter, COMPANY, later).figure("Company", "opted in")) == "4"
