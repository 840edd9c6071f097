"""Rounding against its definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights import SecretError
from insights.rounding import Rounding
from tests.insights.companies import SECRET


def hmac_by_its_definition(key: bytes, message: bytes) -> int:
    """RFC 2104, for a key that is no longer than a block."""
    inner, outer = (bytes(byte ^ pad for byte in key.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    return int.from_bytes(hashlib.sha256(outer + hashlib.sha256(inner + message).digest()).digest(), "big")


@given(st.integers(0, 10**6), st.binary(min_size=16, max_size=64))
def test_up_where_the_draw_is_below_the_remainder(count: int, secret: bytes) -> None:
    draw = hmac_by_its_definition(secret, b'["people_funnel", null, "opted in"]') % 5
    expected = count - count % 5 + 5 * (draw < count % 5)
    assert Rounding(secret).released(count, "people_funnel", None, "opted in") == expected


@pytest.mark.parametrize("count", range(10))
def test_the_mean_over_cells_is_the_count(count: int) -> None:
    # The error of a mean of 4,000 draws is at most 2.5 / √4000 = 0.04.
    rounding = Rounding(SECRET)
    found = [rounding.released(count, "a table", "row", str(n)) for n in range(4000)]
    assert set(found) <= {count - count % 5, count - count % 5 + 5}
    assert abs(sum(found) / 4000 - count) < 0.16


def test_nothing_and_multiples_of_5_stay() -> None:
    rounding = Rounding(SECRET)
    for count in (0, 5, 45, 1000):
        assert {rounding.released(count, "a table", str(n)) for n in range(50)} == {count}


def test_cells_do_not_share_draws() -> None:
    rounding = Rounding(SECRET)
    columns = [
        tuple(rounding.released(count, *cell) for count in range(5) for cell in cells)
        for cells in (
            [(f"t{n}", "ab", "c") for n in range(20)],
            [(f"t{n}", "a", "bc") for n in range(20)],
            [(f"t{n}", None, "c") for n in range(20)],
            [(f"t{n}", "null", "c") for n in range(20)],
        )
    ]
    assert len(set(columns)) == 4


def test_any_name_of_a_department_can_be_drawn_for() -> None:
    assert Rounding(SECRET).released(40, "a table", "\ud800 Zoë", "met") == 40


def test_the_error_does_not_show_the_secret() -> None:
    with pytest.raises(SecretError) as caught:
        Rounding(b"hunter2")
    assert "hunter2" not in str(caught.value)
