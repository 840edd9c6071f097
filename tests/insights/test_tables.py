"""Tables hold together, and are read only as they were written."""

from collections.abc import Callable
from typing import Any

import pytest

from insights import Count, ReleasedTable, TableError, TableRow
from tests.insights.companies import MONDAY


def table(**changed: Any) -> ReleasedTable:
    given = {
        "name": "people_funnel",
        "period_on": MONDAY,
        "weeks": 4,
        "columns": ("eligible", "met"),
        "rows": (TableRow("Law", (Count(20), Count(5))), TableRow("Sales", (Count(25), Count(0)))),
        "notes": ("A note.",),
    }
    return ReleasedTable(**given | changed)


def test_a_cell_is_found_by_its_row_and_column() -> None:
    assert table().cell("Sales", "eligible") == Count(25)
    for row, column in (("Ops", "met"), ("Law", "opted in")):
        with pytest.raises(KeyError):
            table().cell(row, column)


def test_dict_by_hand() -> None:
    given = table(rows=(TableRow("Law", (Count(20), Count(5))),)).to_dict()
    assert given == {
        "name": "people_funnel",
        "period_on": "2026-01-05",
        "weeks": 4,
        "columns": ["eligible", "met"],
        "rows": [{"label": "Law", "cells": [{"kind": "count", "count": 20}, {"kind": "count", "count": 5}]}],
        "notes": ["A note."],
    }


def test_there_and_back() -> None:
    for each in (table(), table(columns=(), rows=()), table(notes=())):
        assert ReleasedTable.from_dict(each.to_dict()) == each


@pytest.mark.parametrize(
    "changed",
    [
        {"columns": ("eligible",)},
        {"columns": ("met", "met")},
        {"rows": (TableRow("Law", (Count(20),)),)},
        {"rows": (TableRow("Law", (Count(5), Count(5))),) * 2},
    ],
)
def test_a_table_that_does_not_hold_together(changed: dict[str, Any]) -> None:
    with pytest.raises(TableError):
        table(**changed)


@pytest.mark.parametrize(
    "change",
    [
        lambda given: given.pop("notes"),
        lambda given: given.update(people=[1, 2]),
        lambda given: given.update(period_on="soon"),
        lambda given: given.update(period_on=None),
        lambda given: given.update(rows=None),
        lambda given: given.update(notes="A note."),
        lambda given: given["rows"][0].update(person=7),
        lambda given: given["rows"][0].pop("label"),
        lambda given: given["rows"][0]["cells"].pop(),
        lambda given: given["rows"][0]["cells"][0].update(count=7),
        lambda given: given["rows"][0]["cells"][0].update(true_count=7),
    ],
)
def test_a_dict_that_is_no_table(change: Callable[[dict[str, Any]], object]) -> None:
    given = table().to_dict()
    change(given)
    with pytest.raises(TableError):
        ReleasedTable.from_dict(given)
