"""What cells can hold, how they read, and what they are in JSON."""

from typing import Any

import pytest

from insights import (
    AtLeast,
    Bounds,
    Cell,
    Count,
    PairsLinked,
    Reading,
    Share,
    TableError,
    WeeksLeft,
    cell_text,
)
from insights.wire import cell_from_dict, cell_to_dict

LOW, HIGH, UNKNOWN = Reading.AT_MOST_20, Reading.AT_LEAST_80, Reading.CANNOT_TELL

TEXTS: list[tuple[Cell, str]] = [
    (Count(0), "0–4"),
    (Reading.UP_TO_9, "0–9"),
    (Count(5), "5"),
    (Count(1045), "1045"),
    (AtLeast(5), "about 5 or more"),
    (LOW, "≤ 20 %"),
    (HIGH, "≥ 80 %"),
    (UNKNOWN, "can't tell"),
    (Share(56), "56 %"),
    (Share(56, 25), "25 (56 %)"),
    (PairsLinked(0, 6), "0 of 6"),
    (WeeksLeft.UNDER_13, "under 13 weeks"),
    (WeeksLeft.FROM_13_TO_52, "13 to 52 weeks"),
    (WeeksLeft.OVER_52, "over 52 weeks"),
    (Bounds(Share(46), Share(78), Share(68)), "46–78 %, 68 % answered"),
    (Bounds(Share(46), Share(66), HIGH), "46–66 %, ≥ 80 % answered"),
    (Bounds(Share(50), HIGH, UNKNOWN), "at least 50 %"),
    (Bounds(LOW, Share(52), Share(68)), "at most 52 %, 68 % answered"),
    (Bounds(LOW, HIGH, LOW), "can't tell, ≤ 20 % answered"),
    (Bounds(HIGH, HIGH, HIGH), "≥ 80 %, ≥ 80 % answered"),
    (Bounds(Share(50), Share(50), Share(70)), "50 %, 70 % answered"),
]


@pytest.mark.parametrize(("cell", "text"), TEXTS)
def test_text(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize("cell", [cell for cell, _ in TEXTS])
def test_json_there_and_back(cell: Cell) -> None:
    assert cell_from_dict(cell_to_dict(cell)) == cell


@pytest.mark.parametrize("count", [1, 44, -5, 5.0, True])
def test_a_count_that_is_not_rounded_cannot_be_a_cell(count: Any) -> None:
    with pytest.raises(TableError, match="multiple of 5"):
        Count(count)
    with pytest.raises(TableError, match="multiple of 5"):
        Share(50, count)


@pytest.mark.parametrize("count", [0, 3, -5, True])
def test_or_more_is_of_a_rounded_count(count: Any) -> None:
    with pytest.raises(TableError):
        AtLeast(count)


@pytest.mark.parametrize("percent", [0, 19, 81, 100, 50.0])
def test_a_share_at_an_end_cannot_be_a_cell(percent: Any) -> None:
    with pytest.raises(TableError, match="reads only so"):
        Share(percent, 5)


@pytest.mark.parametrize(("linked", "pairs"), [(0, 0), (4, 3), (-1, 3), (1.5, 3)])
def test_pairs_that_contradict_each_other_cannot_be_a_cell(linked: Any, pairs: Any) -> None:
    with pytest.raises(TableError, match="from none to all"):
        PairsLinked(linked, pairs)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"kind": "names"},
        {"kind": "count"},
        {"kind": "count", "count": 7},
        {"kind": "at_least", "count": 0},
        {"kind": "share", "percent": 90, "count": None},
        {"kind": "reading", "reading": "all of them"},
        {"kind": "bounds", "low": {"kind": "count", "count": 5}},
        {"kind": "pairs_linked", "linked": "1", "pairs": 2},
        {"kind": "weeks_left", "weeks_left": "192"},
        {"kind": []},
        None,
        "count",
    ],
)
def test_json_that_is_no_cell(given: Any) -> None:
    with pytest.raises(TableError):
        cell_from_dict(given)
