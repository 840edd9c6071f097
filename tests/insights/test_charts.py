"""Charts are made of released tables alone: nothing in them that the table does not say, nothing sharper."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from insights import (
    CHARTED,
    DARK,
    LIGHT,
    PAPER,
    TRENDS,
    AtLeast,
    Bounds,
    Cell,
    Chart,
    Count,
    Reading,
    ReleasedTable,
    Share,
    TableRow,
    Theme,
    cell_text,
    chart,
    day_text,
    trend,
)
from insights.bar_charts import bar_chart
from insights.drawing import bar
from insights.heat_maps import shades_of
from tests.released_company import released_tables
from use_cases.draw_chart import draw_chart, draw_chart_as_png

MONDAY = date(2026, 1, 5)
TABLES = {
    (table.name, table.period_on): table
    for size in (200, 60)
    for table in released_tables(1, size=size)
    if table.name in CHARTED
}
SMALL = [table for table in released_tables(1, size=30) if table.name in CHARTED]
ENDS = {0, 20, 80, 100}
"""Where an end begins and stops, which the words of the cell say."""


def numbers_of(cell: Cell) -> set[int]:
    match cell:
        case Count() | AtLeast():
            return {cell.count}
        case Share():
            return {cell.percent} | ({cell.count} if cell.count is not None else set())
        case Bounds():
            return numbers_of(cell.low) | numbers_of(cell.high)
        case _:
            return set()


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    else:
        yield value


def data_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] for row in layer.get("data", {}).get("values", [])]


def check_says_no_more(made: Chart, tables: list[ReleasedTable], theme: Theme) -> None:
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    labels = {row.label for table in tables for row in table.rows}
    labels |= {column for table in tables for column in table.columns}
    labels |= {day_text(table.period_on) for table in tables}
    numbers = {number for cell in cells for number in numbers_of(cell)} | ENDS
    texts = {cell_text(cell) for cell in cells} | {f"{number}+" for number in numbers}
    for row in data_of(made.spec(theme)):
        for name, value in row.items():
            if isinstance(value, int):
                assert value in numbers, (name, value)
            elif name == "says":
                assert value.rsplit(": ", 1)[1] in texts
            elif name == "shade":
                assert {int(edge) for edge in value.split("–")} <= numbers
            else:
                assert value in labels | texts | {"few", "most", "unsaid", "shade", *theme.inks, theme.ink}


@pytest.mark.parametrize(
    "table", [*TABLES.values(), *SMALL], ids=lambda one: f"{one.name}-{one.weeks}-{len(one.rows)}"
)
def test_a_chart_says_what_its_table_says_and_no_more(table: ReleasedTable) -> None:
    made = chart(table)
    check_says_no_more(made, [table], LIGHT)
    assert made.alt.startswith(made.title)
    assert str(table.period_on.year) in made.alt


@pytest.mark.parametrize("name", TRENDS)
def test_a_trend_says_what_its_tables_say_and_no_more(name: str) -> None:
    tables = [table for table in released_tables(2) if table.name == name]
    check_says_no_more(trend(tables), tables, DARK)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda one: f"{one.name}-{one.period_on}")
def test_every_chart_is_drawn_with_every_word_of_its_table(table: ReleasedTable) -> None:
    drawn = ElementTree.fromstring(draw_chart(chart(table).spec(LIGHT)))
    words = {element.text for element in drawn.iter() if element.tag.endswith("}text")}
    assert {row.label for row in table.rows if len(table.rows) > 1} <= words
    heard = {element.get("aria-label") for element in drawn.iter()}
    said = {row["says"] for row in data_of(chart(table).spec(LIGHT))}
    assert said <= heard


def test_nothing_in_a_picture_comes_from_elsewhere() -> None:
    for table in TABLES.values():
        drawn = draw_chart(chart(table).spec(DARK))
        assert "href" not in drawn.replace("xmlns:xlink", "")
        assert "<script" not in drawn
        assert " style=" not in drawn


def test_a_department_may_be_called_anything() -> None:
    evil = '"><script>alert(1)</script>&amp;{{7*7}}\n=1+1'
    row = TableRow(evil, (Count(40), Share(50, 20)))
    rows = (row, TableRow("Law", (Count(20), Reading.CANNOT_TELL)))
    table = ReleasedTable("opt_in_by_office", MONDAY, 12, ("eligible", "opted in"), rows, ())
    drawn = draw_chart(chart(table).spec(LIGHT))
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn) is not None


@pytest.mark.parametrize(
    ("cell", "sure", "possible"),
    [
        (Share(56, 25), 56, 56),
        (Reading.AT_MOST_20, 0, 20),
        (Reading.AT_LEAST_80, 80, 100),
        (Reading.CANNOT_TELL, 0, 100),
        (Bounds(Share(46), Share(78), Share(68)), 46, 78),
        (Bounds(Reading.AT_MOST_20, Reading.AT_LEAST_80, Reading.CANNOT_TELL), 0, 100),
        (Count(0), None, None),
        (AtLeast(5), None, None),
    ],
)
def test_what_is_uncertain_is_drawn_as_a_range_or_not_at_all(
    cell: Cell, sure: int | None, possible: int | None
) -> None:
    one = bar("x", cell)
    assert (one.sure, one.possible) == (sure, possible)
    solid, striped, words = bar_chart([one], "people", LIGHT)["layer"]
    assert [each["to"] for each in solid["data"]["values"]] == ([sure] if sure else [])
    is_range = sure != possible
    assert [(each["from"], each["to"]) for each in striped["data"]["values"]] == (
        [(sure, possible)] if is_range else []
    )
    assert "gradient" in striped["mark"]["fill"]
    assert words["data"]["values"][0]["text"] == cell_text(cell)


def test_few_people_and_ends_are_stripes_and_words_in_a_heat_map() -> None:
    cells = (Count(0), Reading.AT_LEAST_80, Reading.CANNOT_TELL, Count(15))
    table = ReleasedTable("who_meets_whom", MONDAY, 12, tuple("ABCD"), (TableRow("A", cells),), ())
    spec = chart(table).spec(LIGHT)
    shaded, few, unsaid, most, framed, _words = (layer["data"]["values"] for layer in spec["layer"])
    assert [[each["column"] for each in layer] for layer in (shaded, few, unsaid, most)] == [
        ["D"],
        ["A"],
        ["C"],
        ["B"],
    ]
    assert framed == []
    assert shades_of(table) == {2: (15, 15)}
    more = ReleasedTable("who_meets_whom", MONDAY, 12, ("A",), (TableRow("A", (AtLeast(10),)),), ())
    assert [each["text"] for each in chart(more).spec(LIGHT)["layer"][4]["data"]["values"]] == ["10+"]


@pytest.mark.parametrize("reading", Reading)
def test_whatever_says_no_number_is_never_a_shade_or_a_point(reading: Reading) -> None:
    table = ReleasedTable("who_meets_whom", MONDAY, 12, ("A",), (TableRow("A", (reading,)),), ())
    shaded, *striped, framed, _words = (
        layer["data"]["values"] for layer in chart(table).spec(LIGHT)["layer"]
    )
    assert shaded == framed == []
    assert [len(each) for each in striped].count(1) == 1
    one = bar("x", reading)
    assert one.sure is None or one.sure != one.possible


def test_a_large_company_has_no_words_in_its_squares_but_all_of_them_to_be_heard() -> None:
    names = tuple(f"Department {n}" for n in range(50))
    rows = tuple(TableRow(name, tuple(Count(5 * (n % 9)) for n in range(50))) for name in names)
    table = ReleasedTable("who_meets_whom", MONDAY, 12, names, rows, ())
    spec = chart(table).spec(LIGHT)
    assert len(spec["layer"]) == 5
    assert draw_chart(spec).count('aria-roledescription="rect mark"') == 2500


def test_without_groups_a_chart_says_so() -> None:
    for name in ("who_meets_whom", "ties_across_levels"):
        made = chart(ReleasedTable(name, MONDAY, 12, (), (), ()))
        assert "Nothing is said" in made.alt
        assert draw_chart(made.spec(LIGHT))


def test_slack_gets_the_same_chart_as_png() -> None:
    table = next(table for table in TABLES.values() if table.name == "who_meets_whom")
    png = draw_chart_as_png(chart(table).spec(PAPER))
    assert png.startswith(b"\x89PNG")
    assert len(png) < 200_000


def test_the_same_table_is_drawn_once() -> None:
    table = next(iter(TABLES.values()))
    assert draw_chart(chart(table).spec(LIGHT)) is draw_chart(
        json.loads(json.dumps(chart(table).spec(LIGHT)))
    )


@pytest.mark.parametrize(("theme", "ground"), [(LIGHT, "#ffffff"), (DARK, "#13171f"), (PAPER, "#ffffff")])
def test_words_have_contrast_on_every_ground(theme: Theme, ground: str) -> None:
    assert contrast(theme.ink, ground) >= 7
    assert contrast(theme.full, ground) >= 3
    assert all(contrast(ink, shade) >= 4.5 for ink, shade in zip(theme.inks, theme.shades, strict=True))


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
