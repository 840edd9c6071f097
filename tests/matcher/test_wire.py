"""JSON there and back, and `python -m matcher` as a process of its own."""

import base64
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Burden, BurdenKind, MatcherError, PastPair, PastPairs, Person, Rules, WireError, match
from matcher.columns import COLUMNS
from matcher.matching import Matching
from matcher.outlook import Outlook
from matcher.values import Values
from matcher.wire import MatchInput, input_from_json, input_to_json, matching_from_json, matching_to_json

ROOT = Path(__file__).parents[2]
TEXTS = st.none() | st.text(max_size=5)


def inputs(ids: st.SearchStrategy[int] | st.SearchStrategy[str]) -> st.SearchStrategy[MatchInput]:
    pairs = st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1])
    person = st.builds(
        Person,
        ids,
        TEXTS,
        TEXTS,
        st.none() | ids,
        st.booleans(),
        st.none() | st.frozensets(st.integers(0, 23)),
        TEXTS,
        st.none() | st.dates(),
        st.frozensets(st.text(max_size=3), max_size=2),
    )
    burden = st.builds(Burden, ids, st.sampled_from(BurdenKind), st.integers(1, 5000))
    past = st.builds(
        lambda pair, day, confirmed: PastPair(*pair, day, confirmed),
        pairs,
        st.none() | st.dates(),
        st.booleans(),
    )
    rules = st.builds(Rules, st.frozensets(pairs.map(frozenset), max_size=3), st.booleans())
    return st.builds(
        MatchInput,
        st.lists(person, max_size=6, unique_by=lambda each: each.id).map(tuple),
        st.lists(past, max_size=6).map(tuple),
        rules,
        st.integers(),
        st.lists(burden, max_size=4).map(tuple),
    )


@settings(deadline=None, derandomize=True)
@given(inputs(st.integers()) | inputs(st.text(max_size=4)))
def test_input_and_result_survive_json(given_: MatchInput) -> None:
    assert input_from_json(input_to_json(given_)) == given_
    matching = match(given_.people, given_.history, given_.rules, seed=given_.seed, burdens=given_.burdens)
    assert matching_from_json(matching_to_json(matching)) == matching


def in_columns(given_: MatchInput) -> MatchInput:
    assert not isinstance(given_.history, PastPairs)
    return MatchInput(given_.people, PastPairs.of(given_.history), given_.rules, given_.seed, given_.burdens)


def column(kind: str, *values: int) -> str:
    return base64.b64encode(np.array(values, kind).tobytes()).decode()


SMALL = st.integers(-(2**31), 2**31 - 1)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(inputs(SMALL))
def test_history_in_columns_survives_json_and_gives_the_same_round(given_: MatchInput) -> None:
    sent = in_columns(given_)
    read = input_from_json(input_to_json(sent))
    assert isinstance(sent.history, PastPairs)
    assert isinstance(read.history, PastPairs)
    for name in COLUMNS:
        assert np.array_equal(getattr(read.history, name), getattr(sent.history, name))
    assert (read.people, read.rules, read.burdens) == (sent.people, sent.rules, sent.burdens)
    rows, columns = (
        match(one.people, one.history, one.rules, seed=one.seed, burdens=one.burdens)
        for one in (given_, read)
    )
    assert columns == rows


def test_a_long_history_takes_18_bytes_a_pair() -> None:
    count = 30_000
    ids = np.arange(count)
    past = PastPairs(ids, ids + 1, np.full(count, 739_000), ids % 2 == 0)
    assert len(input_to_json(MatchInput((), past, Rules(), seed=1))) < 18 * count


@pytest.mark.parametrize("wrong", [2**31, -(2**31) - 1, 2**70, "U1"])
def test_columns_hold_ids_of_32_bits(wrong: int | str) -> None:
    past = PastPairs(np.array([1]), np.array([wrong]), np.array([0]), np.array([False]))
    with pytest.raises(WireError, match="'b' holds more than numbers of 32 bits"):
        input_to_json(MatchInput((), past, Rules(), seed=1))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"a": "é"}, "'a' is not base64"),
        ({"a": "AQAAAA="}, "'a' is not base64"),
        ({"a": "AQ=="}, "'a' is not base64 of whole numbers"),
        ({"a": 7}, "'a' must be str"),
        ({"c": ""}, "unknown field 'c'"),
        ({"a": column("<i4", 1, 2)}, r"differ in length \('a' 2, 'b' 3, 'day' 3, 'confirmed' 3\)"),
        ({"a": column("<i4", 1, 9, 3)}, "pair 1 names one person twice"),
        ({"day": column("<i4", 1, 0, -1)}, "pair 2 has a day outside 0 to 3652059"),
        ({"day": column("<i4", 3_652_060, 0, 1)}, "pair 0 has a day outside"),
        ({"confirmed": column("u1", 0, 1, 2)}, "pair 2 has a 'confirmed' that is neither 0 nor 1"),
    ],
)
def test_columns_that_cannot_be_read(wrong: dict[str, object], says: str) -> None:
    history: dict[str, object] = {
        "a": column("<i4", 1, 2, 3),
        "b": column("<i4", 8, 9, -1),
        "day": column("<i4", 0, 1, 2),
        "confirmed": column("u1", 0, 1, 0),
    }
    assert input_from_json(json.dumps({"people": [], "history": history, "seed": 1})).people == ()
    with pytest.raises(WireError, match=f"history.*{says}"):
        input_from_json(json.dumps({"people": [], "history": history | wrong, "seed": 1}))


def test_columns_are_all_there() -> None:
    with pytest.raises(WireError, match="history has no 'b'"):
        input_from_json('{"people": [], "history": {"a": ""}, "seed": 1}')


def test_a_result_says_what_is_proven_and_what_is_not() -> None:
    zero, left = Values(0, 0, 0, 0, 0), Outlook(0, 0, 0, ())
    proven = json.loads(matching_to_json(Matching((), (), zero, zero, 1, left)))
    assert (proven["proven"], proven["unproven"]) == (True, [])
    short = Values(0, 0, 0, 0, 3, use_of_lunch=7)
    unproven = json.loads(matching_to_json(Matching((), (), zero, short, 1, left)))
    assert (unproven["proven"], unproven["unproven"]) == (False, ["cross_department", "use_of_lunch"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        ('{"people": []}', "'seed'"),
        ('{"people": [], "seed": true}', "'seed' must be int; it is bool"),
        ('{"people": [], "seed": 1, "sede": 2}', "unknown field 'sede'"),
        ('{"people": [{}], "seed": 1}', r"people\[0\] has no 'id'"),
        ('{"people": [7], "seed": 1}', r"people\[0\] is not a JSON object"),
        ('{"people": [{"id": 1.5}], "seed": 1}', "'id' must be int or str"),
        ('{"people": [{"id": 1, "lunch_hours": ["noon"]}], "seed": 1}', "whole numbers"),
        ('{"people": [{"id": 1, "lunch_hours": [24]}], "seed": 1}', r"people\[0\]: .*outside 0 to 23"),
        ('{"people": [], "history": [{"a": 1, "b": 1}], "seed": 1}', r"history\[0\]: .*themself"),
        ('{"people": [], "history": [{"a": 1, "b": 2, "last_on": "May"}], "seed": 1}', "not a date"),
        ('{"people": [{"id": 1, "started_on": "May"}], "seed": 1}', r"people\[0\]: 'May' is not a date"),
        ('{"people": [{"id": 1, "interests": "tea"}], "seed": 1}', "'interests' must be list"),
        ('{"people": [{"id": 1, "interests": [7]}], "seed": 1}', "'interests' must hold texts"),
        ('{"people": [{"id": 1, "level": 3}], "seed": 1}', "'level' must be str or null"),
        ('{"people": [], "seed": 1, "burdens": [{"person": 1, "kind": "repeat"}]}', "no 'rounds_ago'"),
        (
            '{"people": [], "seed": 1, "burdens": [{"person": 1, "kind": "late", "rounds_ago": 1}]}',
            r"burdens\[0\]: .*'late'",
        ),
        (
            '{"people": [], "seed": 1, "burdens": [{"person": 1, "kind": "repeat", "rounds_ago": 0}]}',
            r"burdens\[0\]: .*count rounds from 1",
        ),
        ('{"people": [], "rules": {"exclusions": [[1, [2]]]}, "seed": 1}', r"exclusions\[0\]"),
        ('{"people": [], "rules": {"exclusions": [[1]]}, "seed": 1}', "two different people"),
    ],
)
def test_input_that_cannot_be_read(text: str, says: str) -> None:
    with pytest.raises(MatcherError, match=says):
        input_from_json(text)


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"introductions": [{"members": 1}]}'])
def test_result_that_cannot_be_read(text: str) -> None:
    with pytest.raises(MatcherError):
        matching_from_json(text)


def run_matcher(given_: bytes, hash_seed: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "matcher", *options],
        input=given_,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        timeout=60,
        check=False,
    )


def test_a_process_of_its_own_gives_the_same_whatever_the_hash_seed() -> None:
    names = [f"Zoë {n}" for n in range(31)]
    given_ = MatchInput(
        tuple(
            Person(
                name,
                name[-1],
                office=name[-1],
                takes_virtual=n % 3 > 0,
                level=str(n % 3),
                started_on=datetime.date(2010 + n % 7, 1, 1),
                interests=frozenset({f"é{n % 4}", f"b{n % 5}", "c"[n % 2 :]}),
            )
            for n, name in enumerate(names)
        ),
        tuple(PastPair(names[n], names[-n], datetime.date(2026, 1, 1 + n)) for n in range(1, 15)),
        Rules(frozenset(frozenset((names[n], names[n + 5])) for n in range(20))),
        seed=8,
        burdens=tuple(Burden(names[n], BurdenKind.SAT_OUT, 1 + n % 4) for n in range(0, 31, 3)),
    )
    expected = match(given_.people, given_.history, given_.rules, seed=8, burdens=given_.burdens)
    assert expected.values.use_of_lunch > 0
    for hash_seed in ("1", "4242"):
        done = run_matcher(input_to_json(given_).encode(), hash_seed)
        assert (done.returncode, done.stderr) == (0, b"")
        assert matching_from_json(done.stdout.decode()) == expected


SLOW = pytest.mark.slow  # a process of its own for each


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        pytest.param(b"\xff", marks=SLOW),
        pytest.param(b'{"people": [{"id": 1}, {"id": 1}], "seed": 1}', marks=SLOW),
    ],
)
def test_a_process_that_is_given_nonsense_says_so_and_exits_with_2(text: bytes) -> None:
    done = run_matcher(text, "0")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.endswith(b".\n")


@pytest.mark.parametrize("limit", [pytest.param("0", marks=SLOW), "nan", pytest.param("soon", marks=SLOW)])
def test_a_time_limit_is_a_positive_number_of_seconds(limit: str) -> None:
    done = run_matcher(b'{"people": [], "seed": 1}', "0", f"--time-limit={limit}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"give a positive number of seconds" in done.stderr


def test_options_of_the_process() -> None:
    done = run_matcher(b'{"people": [], "seed": 1}', "0", "--certify", "--time-limit", "60")
    assert (done.returncode, done.stderr) == (0, b"")
    assert matching_from_json(done.stdout.decode()) == match([], [], seed=1)
