"""A match in a process of its own: the same result, a limit that holds, and an end that is explained."""

import sys
from pathlib import Path

import pytest

import matcher.process
from matcher import MatcherError, PastPairs, Person, Rules, match
from matcher.process import MatchFailed, match_in_process
from matcher.wire import MatchInput
from tests.matcher.test_large import company

FEW = MatchInput(tuple(Person(n, str(n % 3)) for n in range(7)), (), Rules(), seed=5)


@pytest.fixture
def at_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Python runs this file at the start of every process."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "sitecustomize.py"


def test_a_process_gives_the_same_as_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A working directory whose modules must not get in the way.
    for name in ("matcher.py", "json.py", "numpy.py"):
        (tmp_path / name).write_text("raise SystemExit('this is somebody else's')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    people, past = company(40)
    given = MatchInput(tuple(people), PastPairs.of(past), Rules(), seed=3)
    assert match_in_process(given) == match(people, past, seed=3)
    assert match_in_process(given, certify=True, time_limit=600) == match(people, past, seed=3)


def test_a_time_limit_ends_the_search_and_says_what_it_gave_up() -> None:
    people, past = company(2_600)
    given = MatchInput(tuple(people), PastPairs.of(past), Rules(), seed=3)
    found = match_in_process(given, certify=True, time_limit=0.001)
    members = [member for introduction in found.introductions for member in introduction.members]
    assert sorted(map(int, members)) == list(range(2_600))
    assert not found.proven
    assert found.unproven


def test_a_process_that_overruns_its_limit_is_killed(at_start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_start.write_text("import time\ntime.sleep(3_600)\n")
    monkeypatch.setattr(matcher.process, "GRACE", 0.4)
    with pytest.raises(MatchFailed, match=r"did not end within 0\.5 s .*longer time limit"):
        match_in_process(FEW, time_limit=0.1)


def test_a_process_that_is_killed_is_said_so(at_start: Path) -> None:
    at_start.write_text("import os\nos.kill(os.getpid(), 9)\n")
    with pytest.raises(MatchFailed, match=r"stopped by signal 9; .* memory"):
        match_in_process(FEW)


def test_a_process_that_breaks_off_is_said_so(at_start: Path) -> None:
    at_start.write_text("import os\nos.write(2, b'Traceback\\nIndexError: 7\\n')\nos._exit(1)\n")
    with pytest.raises(MatchFailed, match=r"broke off \(IndexError: 7\); this is a defect"):
        match_in_process(FEW)


def test_a_result_that_cannot_be_read_is_said_so(at_start: Path) -> None:
    at_start.write_text("import os\nos.write(1, b'hello')\nos._exit(0)\n")
    with pytest.raises(MatchFailed, match=r"broke off .*not JSON"):
        match_in_process(FEW)


def test_a_process_that_cannot_be_started_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(MatchFailed, match=r"could not be started .*nothing"):
        match_in_process(FEW)


def test_input_that_cannot_be_used_comes_back_as_the_same_sentence() -> None:
    twice = (Person(1), Person(1))
    with pytest.raises(MatcherError) as of_the_call:
        match(twice, [], seed=1)
    with pytest.raises(MatcherError) as of_the_process:
        match_in_process(MatchInput(twice, (), Rules(), seed=1))
    assert str(of_the_process.value) == str(of_the_call.value)
