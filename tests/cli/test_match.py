"""`match`: the matcher alone on files, as a person runs it."""

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from tests.conftest import Ran

DEPARTMENTS = ("Design", "Finance", "Sales")


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, Path]:
    """15 people of 3 departments, of whom 1 and 2 have met, as have 3 and 4."""
    people, meetings = tmp_path / "people.csv", tmp_path / "meetings.csv"
    rows = [f"W{number:02},{DEPARTMENTS[number % 3]}" for number in range(15)]
    people.write_text("\n".join(["person_id,department", *rows]))
    meetings.write_text("person_a,person_b,seconds\nW01,W02,20\nW04,W03,40\n")
    return people, meetings


def test_every_round_places_everybody_and_counts_in_the_next(
    app: Callable[..., Ran], office: tuple[Path, Path]
) -> None:
    people, meetings = office
    done = app("match", "--people", people, "--meetings", meetings, "--weeks", "3", "--seed", "5", "--json")
    assert done.code == 0, done.err
    assert "columns that are not ours were left out: seconds" in done.err
    result = json.loads(done.out)
    assert result["seed"] == 5
    assert [one["week"] for one in result["rounds"]] == [1, 2, 3]
    met = {frozenset(("W01", "W02")), frozenset(("W03", "W04"))}
    for one in result["rounds"]:
        assert set(one) == {
            *("week", "introductions", "sat_out", "repeats", "cross_department", "bounds"),
            *("proven", "unproven"),
        }
        assert (one["proven"], one["unproven"]) == (True, {})
        placed = [member for members in one["introductions"] for member in members]
        assert sorted(placed) == [f"W{number:02}" for number in range(15)]
        assert one["sat_out"] == []
        pairs = [frozenset(pair) for members in one["introductions"] for pair in combinations(members, 2)]
        assert not met & set(pairs)
        assert one["repeats"] == one["bounds"]["repeats"] == 0
        assert one["cross_department"] == one["bounds"]["cross_department"] == 7
        met |= set(pairs)


def test_the_same_seed_gives_the_same_rounds_whatever_the_order_of_the_file(
    app: Callable[..., Ran],
    office: tuple[Path, Path],
) -> None:
    people, meetings = office
    first = app("match", "--people", people, "--meetings", meetings, "--json").out
    head, *rows = people.read_text().splitlines()
    people.write_text("\n".join([head, *reversed(rows)]))
    assert app("match", "--people", people, "--meetings", meetings, "--json").out == first
    assert app("match", "--people", people, "--seed", "2", "--json").out != first


def test_without_json_it_prints_a_table(app: Callable[..., Ran], office: tuple[Path, Path]) -> None:
    done = app("match", "--people", office[0])
    assert done.code == 0
    assert "introductions" in done.out
    assert all(size in done.out for size in ("6 of 2", "1 of 3"))
    assert "yes" in done.out


@pytest.mark.parametrize(
    ("column", "values", "alike"),
    [
        ("level", ("lead", "junior"), False),
        ("started_on", ("2009-03-01", "2026-03-01"), False),
        ("interests", ("tea", "chess"), True),
    ],
)
def test_columns_that_make_a_better_lunch_reach_the_matcher(
    app: Callable[..., Ran], tmp_path: Path, column: str, values: tuple[str, str], alike: bool
) -> None:
    people = tmp_path / "people.csv"
    # So many that no round of them has to be kept for later.
    rows = [f"W{number},{DEPARTMENTS[0]} {number},{values[number % 2]}" for number in range(16)]
    people.write_text("\n".join([f"person_id,department,{column}", *rows]))
    done = app("match", "--people", people, "--json")
    assert done.code == 0, done.err
    [one] = json.loads(done.out)["rounds"]
    for members in one["introductions"]:
        assert (len({int(member[1:]) % 2 for member in members}) == 1) is alike


def test_a_time_limit_says_what_it_gave_up(app: Callable[..., Ran], tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    rows = [f"W{number},{DEPARTMENTS[number % 3]},{number % 7}" for number in range(2_600)]
    people.write_text("\n".join(["person_id,department,level", *rows]))
    options = ("--people", people, "--certify", "--time-limit", "0.001")
    [one] = json.loads(app("match", *options, "--json").out)["rounds"]
    assert not one["proven"]
    gap = one["unproven"]["use_of_lunch"]
    assert gap["value"] < gap["bound"]
    assert gap["gap_percent"] == round(100 * (1 - gap["value"] / gap["bound"]), 3)
    table = app("match", *options).out
    assert "not all" in table
    assert f"week 1: use of lunch is {gap['value']:,}, its bound {gap['bound']:,} (gap " in table


@pytest.mark.parametrize("options", [("--group-size", "1"), ("--group-size", "9"), ("--time-limit", "0")])
def test_options_out_of_range_are_refused(
    app: Callable[..., Ran], office: tuple[Path, Path], options: tuple[str, str]
) -> None:
    done = app("match", "--people", office[0], *options)
    assert (done.code, done.out) == (2, "")
    assert options[0] in done.err


def test_a_group_size_is_a_rule_of_every_round(app: Callable[..., Ran], office: tuple[Path, Path]) -> None:
    done = app("match", "--people", office[0], "--group-size", "3", "--json")
    assert done.code == 0, done.err
    [one] = json.loads(done.out)["rounds"]
    placed = [member for members in one["introductions"] for member in members]
    assert sorted(placed) == [f"W{number:02}" for number in range(15)]
    assert [len(members) for members in one["introductions"]] == [3] * 5
    assert (one["repeats"], one["sat_out"], one["proven"]) == (0, [], True)


@pytest.mark.parametrize(
    ("size", "sizes"), [("4", ["3 of 5"]), ("6", ["3 of 5"]), ("8", ["1 of 7", "1 of 8"])]
)
def test_a_table_says_how_large_the_groups_are(
    app: Callable[..., Ran], office: tuple[Path, Path], size: str, sizes: list[str]
) -> None:
    table = app("match", "--people", office[0], "--group-size", size).out
    assert all(each in table for each in sizes)


def test_a_bad_file_is_named_by_line_and_column(
    app: Callable[..., Ran], tmp_path: Path, office: tuple[Path, Path]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("person_a,person_b,met_on\nW01,W99,2026-13-01\nW02,W02,\n")
    done = app("match", "--people", office[0], "--meetings", bad)
    assert done.code == 2
    assert "line 2, column met_on: expected a date like 2026-11-30, found '2026-13-01'" in done.err
    assert "line 3, column person_b: expected somebody other than person_a" in done.err
    assert "Traceback" not in done.err
    bad.write_text("person_a,person_b\nW01,W99\n")
    done = app("match", "--people", office[0], "--meetings", bad)
    assert done.code == 2
    assert "line 2, column person_b" in done.err


def test_a_file_that_is_not_there_is_said_so(app: Callable[..., Ran], tmp_path: Path) -> None:
    done = app("match", "--people", tmp_path / "nobody.csv")
    assert done.code == 2
    assert "it can't be read: No such file" in done.err
