"""Past pairs as numbers: merged as a dictionary would merge them, whatever their order and the blocks."""

import sys
from random import Random

import numpy as np
import pytest

from matcher.past_numbers import PastNumbers

Row = tuple[int, int, int, bool]
LATEST = 3_652_059


def drawn_rows(random: Random, count: int, ids: list[int]) -> list[Row]:
    """Rows of two people each, of whom some are not in the round."""
    rows = []
    for _ in range(count):
        one, other = random.sample([*ids, -5, 10**6], 2)
        rows.append((one, other, random.choice([0, 1, 739_000, LATEST]), random.random() < 0.3))
    return rows


def in_parts(numbers: PastNumbers, rows: list[Row], size: int) -> list[np.ndarray]:
    parts = []
    for start in range(0, len(rows), size):
        a, b, days, met = zip(*rows[start : start + size], strict=True)
        parts.append(numbers.of(np.array(a), np.array(b), np.array(days), np.array(met)))
    return parts


def merged_one_by_one(rows: list[Row], ids: list[int]) -> list[Row]:
    merged: dict[tuple[int, int], tuple[int, bool]] = {}
    for one, other, day, met in rows:
        if one in ids and other in ids:
            low, high = min(one, other), max(one, other)
            latest, ever = merged.get((low, high), (0, False))
            merged[low, high] = max(latest, day), ever or met
    return [(*pair, *state) for pair, state in sorted(merged.items())]


@pytest.mark.parametrize("block", [1, 3, 1 << 20])
@pytest.mark.parametrize("first", [1, 2**31 - 5, 2**40])
def test_every_pair_is_there_once_with_its_latest_day(
    block: int, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["matcher.past_numbers"], "BLOCK", block)
    for seed in range(10):
        random = Random(seed)
        ids = random.sample(range(first, first + 12), 8)
        rows = drawn_rows(random, 60, ids)
        past = PastNumbers(ids).merged(in_parts(PastNumbers(ids), rows, size=7))
        found = list(
            zip(past.a.tolist(), past.b.tolist(), past.day.tolist(), past.confirmed.tolist(), strict=True)
        )
        assert found == merged_one_by_one(rows, ids)


@pytest.mark.parametrize("ids", [[], [3], [3, 4]])
def test_nothing_is_merged_into_nothing(ids: list[int]) -> None:
    numbers = PastNumbers(ids)
    for parts in ([], in_parts(numbers, [(8, 9, 1, True)], size=1)):
        past = numbers.merged(parts)
        assert [len(column) for column in (past.a, past.b, past.day, past.confirmed)] == [0] * 4


def test_the_largest_number_fits() -> None:
    ids = list(range(2**20))
    rows = [(2**20 - 1, 2**20 - 2, LATEST, True)]
    past = PastNumbers(ids).merged(in_parts(PastNumbers(ids), rows, size=1))
    assert (past.a[0], past.b[0], past.day[0], past.confirmed[0]) == (2**20 - 2, 2**20 - 1, LATEST, True)


def test_more_people_are_refused() -> None:
    with pytest.raises(ValueError, match="make programs of fewer people"):
        PastNumbers(range(2**20 + 1))
