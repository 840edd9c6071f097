"""What released cells leave open: the same as trying every count."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import product

import pytest

from insights.cells import Bounds, Cell, part
from insights.funnels import bounds
from insights.reading import left_open, rates_left_open
from insights.who_meets import meeting_cell

SHARE_BASE = 20


@pytest.mark.parametrize("rule", [part, meeting_cell])
@pytest.mark.parametrize("base", range(0, 140, 5))
def test_the_counts_that_read_alike_are_those_that_every_count_tried_gives(
    rule: Callable[..., Cell], base: int
) -> None:
    for sure, highest in product((base, max(base - 3, 0)), (base, max(base - 10, 0))):
        reads = partial(rule, base=base, sure=sure, share_base=SHARE_BASE)
        counts = range(0, highest + 1, 5)
        for cell in set(map(reads, counts)):
            found = [count for count in counts if reads(count) == cell]
            assert left_open(cell, reads, highest) == (found[0], found[-1])


def test_a_cell_that_no_count_gives_says_nothing() -> None:
    reads = partial(part, base=100, sure=100, share_base=20)
    assert left_open(reads(50), reads, 30) == (0, 30)


@pytest.mark.parametrize("every", range(20, 130, 5))
def test_the_rates_that_read_alike_are_those_that_all_counts_tried_give(every: int) -> None:
    by_cell: dict[Bounds, dict[int, list[int]]] = {}
    for few, more in product(range(0, every + 1, 5), repeat=2):
        if few + more <= every:
            cell = bounds(Fraction(few, every), Fraction(more, every))
            by_cell.setdefault(cell, {}).setdefault(few, []).append(more)
    for cell, found in by_cell.items():
        expected = [(few, more[0], more[-1]) for few, more in sorted(found.items())]
        assert list(rates_left_open(cell, every)) == expected
