"""How long it can go on, and what would help somebody who sits out."""

from itertools import combinations

import pytest

from matcher import Outlook, PastPair, Person, Remedy, Rules, SitOutCause, match
from tests.matcher.brute_force import may_meet
from tests.matcher.test_larger import drawn_round


def test_equal_departments_last_as_long_as_there_are_others() -> None:
    people = [Person(n, "abcd"[n % 4]) for n in range(12)]
    assert match(people, [], seed=1).outlook == Outlook(54, 9, 0, ())
    met = [PastPair(0, n) for n in range(1, 12)]
    # The three of department a have 9 + 9 left; each round needs three.
    assert match(people, met, seed=1).outlook == Outlook(45, 6, 1, ())


def test_a_department_of_more_than_a_half_is_named() -> None:
    people = [Person(n, "Sales" if n < 7 else "Law") for n in range(10)]
    assert match(people, [], seed=1).outlook == Outlook(21, 7, 0, ("Sales",))
    assert match(people[:6] + people[7:], [], seed=1).outlook.too_large == ("Sales",)
    assert match([Person(1), Person(2)], [], seed=1).outlook == Outlook(0, 0, 2, (None,))
    assert match([Person(1, "a"), Person(2, "b")], [], seed=1).outlook == Outlook(1, 1, 0, ())


@pytest.mark.parametrize("number", range(25))
def test_what_is_left_is_counted_pair_by_pair(number: int) -> None:
    given = drawn_round(number)
    known = {frozenset((past.a, past.b)) for past in given.history}
    left = [
        (a.id, b.id)
        for a, b in combinations(given.people, 2)
        if a.department != b.department
        and may_meet(a, b, given.rules)
        and frozenset((a.id, b.id)) not in known
    ]
    found = match(given.people, given.history, given.rules, seed=1).outlook
    assert found.unmet == len(left)
    some = {person for pair in left for person in pair}
    assert found.nobody_new == len(given.people) - len(some)


@pytest.mark.parametrize(
    ("format_", "remedy"),
    [
        ({"office": "Oslo", "takes_virtual": False}, Remedy.VIDEO),
        ({"takes_in_person": False, "takes_virtual": False, "office": "Oslo"}, Remedy.VIDEO),
        ({"office": "Oslo", "lunch_hours": frozenset({9})}, Remedy.MORE_HOURS),
        ({"office": "Rome", "lunch_hours": frozenset({9}), "takes_virtual": False}, Remedy.MORE_HOURS),
        (
            {"office": "Oslo", "lunch_hours": frozenset({9}), "takes_virtual": False},
            Remedy.VIDEO_AND_MORE_HOURS,
        ),
    ],
)
def test_what_would_help_who_shares_no_format(format_: dict[str, object], remedy: Remedy) -> None:
    hours = frozenset({12, 13})
    people = [Person(n, str(n), office="Rome", lunch_hours=hours) for n in range(4)]
    [sit_out] = match([*people, Person(9, "x", **format_)], [], seed=1).sit_outs  # type: ignore[arg-type]
    assert (sit_out.cause, sit_out.would_help) == (SitOutCause.NO_SHARED_FORMAT, remedy)


def test_what_would_help_others() -> None:
    in_person = [Person(n, office=office, takes_virtual=False) for n, office in enumerate("xxy")]
    [sit_out] = match(in_person, [], seed=1).sit_outs
    assert sit_out.would_help is Remedy.SOMEBODY_NEAR
    [alone] = match([Person(1)], [], seed=1).sit_outs
    assert alone.would_help is Remedy.ONE_MORE
    kept_apart = match([Person(1), Person(2)], [], Rules(frozenset({frozenset((1, 2))})), seed=1)
    assert {sit_out.would_help for sit_out in kept_apart.sit_outs} == {Remedy.SOMEBODY_NEW}
