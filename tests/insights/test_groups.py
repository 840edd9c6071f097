"""Groups and floors by hand, and against their definition."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights import Eligible, Floor, FloorError, PeriodRecords, attribute_groups
from insights.attributes import DEPARTMENT
from insights.groups import in_order
from tests.insights.companies import MONDAY

SIZES = st.dictionaries(
    st.sampled_from(["A", "B", "C", "D", "Other", "No department", None, " ", ""]), st.integers(1, 30)
)


def groups(sizes: dict[Any, int], floor: Floor | None = None) -> dict[str, str]:
    names = [name for name, size in sizes.items() for _ in range(size)]
    records = PeriodRecords(MONDAY, 12, tuple(Eligible(*each) for each in enumerate(names)))
    return attribute_groups(records, floor or Floor())["department"]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"A": 20, "B": 20}, {"A": "A", "B": "B"}),
        ({"A": 20, "B": 19}, {}),  # 39 people
        ({"A": 40}, {}),  # one group is the company
        # 9 alone are too few, so Other takes the next smallest, though that is large enough.
        ({"A": 9, "B": 12, "C": 30}, {"A": "Other", "B": "Other", "C": "C"}),
        # 3 + 8 are enough: the next smallest stays.
        ({"A": 3, "B": 8, "C": 12, "D": 30}, {"A": "Other", "B": "Other", "C": "C", "D": "D"}),
        # 6 + 7 are enough, but 8 is not.
        ({"A": 6, "B": 7, "C": 8, "D": 30}, {"A": "Other", "B": "Other", "C": "Other", "D": "D"}),
        # Of two equally small ones, the first by name.
        ({"C": 10, "B": 10, "A": 5, "D": 30}, {"A": "Other", "B": "Other", "C": "C", "D": "D"}),
        # Everybody is in Other, so there are no groups.
        ({"A": 3, "B": 37}, {}),
        ({str(n): 1 for n in range(50)}, {}),
        # No department is a department of its own, and goes into Other like one.
        ({"A": 20, None: 20}, {"A": "A", "No department": "No department"}),
        ({"A": 20, None: 10, "": 5, "  ": 5}, {"A": "A", "No department": "No department"}),
        ({"A": 9, None: 2, "B": 30}, {"A": "Other", "No department": "Other", "B": "B"}),
        # A department that is called Other is the first to go, however large.
        ({"Other": 15, "A": 3, "B": 30}, {"Other": "Other", "A": "Other", "B": "B"}),
        ({"Other": 15, "A": 30}, {"Other": "Other", "A": "A"}),
        ({" A ": 20, "A": 1, "B": 20}, {"A": "A", "B": "B"}),
    ],
)
def test_groups_by_hand(sizes: dict[str | None, int], expected: dict[str, str]) -> None:
    assert groups(sizes) == expected


@given(SIZES, st.integers(5, 8))
def test_each_group_is_large_enough_and_other_no_larger_than_it_must(
    sizes: dict[str | None, int], k: int
) -> None:
    given_: Counter[str] = Counter()
    for name, size in sizes.items():
        given_[(name or "").strip() or "No department"] += size
    found = groups(sizes, Floor(k))
    if not found:
        assert given_.total() < 8 * k or len(given_) < 2 or min(given_.values()) < 2 * k
        return
    assert set(found) == set(given_)
    of_group: Counter[str] = Counter()
    for name, group in found.items():
        assert group in (name, "Other")
        of_group[group] += given_[name]
    assert min(of_group.values()) >= 2 * k
    taken = [name for name, group in found.items() if group == "Other" and name != "Other"]
    if taken:
        largest = max(taken, key=lambda name: given_[name])
        assert given_[largest] <= min(given_[name] for name, group in found.items() if group != "Other")
        assert given_[largest] < 2 * k or of_group["Other"] - given_[largest] < 2 * k


def test_groups_are_in_an_order_that_tells_no_size() -> None:
    groups = in_order(["Other", "b", "No department", "a", "b"], DEPARTMENT)
    assert groups == ("a", "b", "No department", "Other")


@pytest.mark.parametrize("k", [4, 0, -5, 5.0, True])
def test_a_floor_under_5_is_refused(k: Any) -> None:
    with pytest.raises(FloorError):
        Floor(k)


def test_a_floor_can_be_raised_and_never_lowered() -> None:
    raised = Floor().raised_to(5).raised_to(8)
    assert (raised.group, raised.company, raised.share_base, raised.departments) == (16, 32, 32, 64)
    with pytest.raises(FloorError, match="cannot be lowered"):
        raised.raised_to(7)
