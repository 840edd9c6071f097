"""What a program values is shown, changed and refused in words, and reaches the matcher."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran


@pytest.fixture
def parted(tmp_path: Path) -> Path:
    """Too many people to keep rounds of them for later; half speak one language, half have one skill."""
    languages, skills = ("Dutch", "French"), ("Python", "Excel")
    rows = [f"W{n},D{n},{languages[n % 2]},{skills[n // 8]}" for n in range(16)]
    people = tmp_path / "people.csv"
    people.write_text("\n".join(["person_id,department,languages,skills", *rows]))
    return people


@pytest.mark.parametrize(
    ("options", "same_language", "same_skill"),
    [
        (["--share", "languages"], {True}, {True, False}),
        (["--differ", "skills", "--share", "none"], {True, False}, {False}),
        (["--differ", "skills,level", "--share", "languages,interests"], {True}, {False}),
    ],
)
def test_what_is_valued_decides_who_meets(
    app: Callable[..., Ran], parted: Path, options: list[str], same_language: set[bool], same_skill: set[bool]
) -> None:
    done = app("match", "--people", parted, "--json", *options)
    assert done.code == 0, done.err
    [one] = json.loads(done.out)["rounds"]
    pairs = [[int(member[1:]) for member in members] for members in one["introductions"]]
    assert {a % 2 == b % 2 for a, b in pairs} == same_language
    assert {(a < 8) == (b < 8) for a, b in pairs} == same_skill


@pytest.mark.parametrize("option", ["--differ", "--share"])
@pytest.mark.parametrize("words", ["charm", "", "none,level", "level;tenure"])
def test_a_word_that_is_none_of_ours_is_refused(
    app: Callable[..., Ran], parted: Path, option: str, words: str
) -> None:
    done = app("match", "--people", parted, option, words)
    assert done.code == 2
    assert "name some of" in " ".join(done.err.split())
