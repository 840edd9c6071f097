"""What would help most is worked out from released tables, with their numbers, and targets nobody."""

import inspect
import re
from datetime import date

import pytest

from cli import rules, schedule
from insights import (
    COMPANY,
    Bounds,
    Cell,
    Count,
    Reading,
    ReleasedTable,
    Share,
    Suggestion,
    TableRow,
    WeeksLeft,
    suggestions,
)
from insights.actions import _LOOKS
from tests.released_company import released_tables

MONDAY = date(2026, 1, 5)
FEW = Count(0)
SIZES = "people_funnel_by_department"
RATE = ("delivered", "met rate")


def table(name: str, columns: tuple[str, ...], **rows: tuple[Cell, ...]) -> ReleasedTable:
    named = tuple(TableRow(label.replace("_", " "), cells) for label, cells in rows.items())
    return ReleasedTable(name, MONDAY, 12, columns, named, ())


def one(*tables: ReleasedTable) -> Suggestion:
    [found] = suggestions(tables)
    return found


def test_departments_that_hardly_meet_with_the_most_people_first() -> None:
    meetings = table(
        "who_meets_whom",
        ("Law", "Sales", "Ops"),
        Law=(Count(10), FEW, FEW),
        Sales=(FEW, Count(10), FEW),
        Ops=(FEW, FEW, Count(5)),
    )
    sizes = table(SIZES, ("eligible",), Law=(Count(20),), Sales=(Count(40),), Ops=(Count(30),))
    found = one(meetings, sizes)
    assert found.what == (
        "Departments that hardly meet (0–4 people on each side): Sales and Ops; Law and Sales; Law and Ops."
    )
    assert found.setting == "python app.py rules --across-first"


@pytest.mark.parametrize("back", [Count(5), Reading.AT_LEAST_80, Reading.CANNOT_TELL])
def test_departments_that_meet_or_of_which_nothing_is_said_are_left_alone(back: Cell) -> None:
    meetings = table("who_meets_whom", ("Law", "Sales"), Law=(FEW, FEW), Sales=(back, FEW))
    assert suggestions([meetings]) == ()


@pytest.mark.parametrize(("size", "is_said"), [(60, True), (50, False), (40, False)])
def test_a_department_that_is_more_than_half_for_certain(size: int, is_said: bool) -> None:
    sizes = table(SIZES, ("eligible",), Sales=(Count(size),), Law=(Count(20),), Ops=(Count(20),))
    assert [each.what for each in suggestions([sizes])] == (
        [f"Sales is more than half of the company: {size} people, and 40 in all the others."]
        if is_said
        else []
    )


def test_nothing_is_said_of_sizes_where_one_is_not_published() -> None:
    sizes = table(SIZES, ("eligible",), Sales=(Count(90),), Law=(Reading.CANNOT_TELL,))
    assert suggestions([sizes]) == ()


def test_somebody_new_running_out() -> None:
    left = table("novelty_left", ("somebody new left for",), Company=(WeeksLeft.UNDER_13,))
    assert one(left).what == "Somebody new is left for under 13 weeks."
    left = table("novelty_left", ("somebody new left for",), Company=(WeeksLeft.OVER_52,))
    assert suggestions([left]) == ()


@pytest.mark.parametrize("name", ["opt_in_by_level", "opt_in_by_office"])
def test_a_group_that_hardly_joins_while_others_do(name: str) -> None:
    columns = ("eligible", "opted in")
    found = one(table(name, columns, Lead=(Count(30), Reading.AT_MOST_20), Mid=(Count(60), Share(50, 30))))
    assert "Lead: ≤ 20 % of 30 people opted in." in found.what
    nobody = table(name, columns, Lead=(Count(30), Reading.AT_MOST_20), Mid=(Count(60), Reading.AT_MOST_20))
    assert suggestions([nobody]) == ()
    for nameless in ("Company", "Other", "No level", "No office"):
        left = table(
            name, columns, Mid=(Count(60), Share(50, 30)), **{nameless: (Count(30), Reading.AT_MOST_20)}
        )
        assert suggestions([left]) == ()


def test_many_who_are_left_over_and_lunches_that_do_not_take_place() -> None:
    columns = ("eligible", "opted in", "sat out twice or more")
    often = table("sit_outs", columns, Company=(Count(90), Count(60), Share(30, 25)))
    assert "25 (30 %) sat out twice or more" in one(often).what
    seldom = table("sit_outs", columns, Company=(Count(90), Count(60), Reading.AT_MOST_20))
    assert suggestions([seldom]) == ()
    low = table(
        "met_rate", ("delivered", "met rate"), Company=(Count(90), Bounds(Share(22), Share(40), Share(78)))
    )
    assert "22–40 %" in one(low).what
    open_ = table(
        "met_rate", ("delivered", "met rate"), Company=(Count(90), Bounds(Share(22), Share(60), Share(60)))
    )
    assert suggestions([open_]) == ()


def test_levels_that_meet_less_than_by_chance() -> None:
    columns = ("new ties", "across levels", "by chance")
    apart = table("ties_across_levels", columns, Company=(Count(90), Share(40, 35), Share(66)))
    assert one(apart).setting == "python app.py rules --differ level"
    near = table("ties_across_levels", columns, Company=(Count(90), Share(60, 55), Share(66)))
    unsure = table("ties_across_levels", columns, Company=(Count(90), Share(40, 35), Reading.CANNOT_TELL))
    assert suggestions([near]) == suggestions([unsure]) == ()


def test_where_nothing_is_released_nothing_stands_out() -> None:
    assert suggestions([]) == ()
    assert suggestions([ReleasedTable(name, MONDAY, 12, (), (), ()) for name, _ in _LOOKS]) == ()


def test_the_numbers_of_a_suggestion_stand_in_its_table() -> None:
    for size in (60, 200):
        tables = {each.name: each for each in released_tables(1, size=size)}
        for found in suggestions(tables.values()):
            said = re.findall(r"\d+", " ".join(map(str, tables[found.table].rows)))
            assert set(re.findall(r"\d+", found.what)) <= {*said, "0", "4", "20"}


def test_every_setting_exists() -> None:
    options = inspect.getsource(rules) + inspect.getsource(schedule)
    named = set(re.findall(r"--[a-z][a-z-]+", inspect.getsource(inspect.getmodule(suggestions))))  # type: ignore[arg-type]
    assert named == {"--differ", "--across-first", "--video-too", "--weeks", "--weekday", "--time"}
    for option in named:
        assert option in options or f"    {option.strip('-').replace('-', '_')}: Annotated" in options


def test_nothing_is_suggested_for_the_company_as_a_group() -> None:
    assert all(COMPANY not in found.what for found in suggestions(released_tables(1)))
