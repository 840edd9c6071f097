"""Named rounds with answers that a person can check by hand."""

import datetime

import pytest

from matcher import (
    MatcherError,
    Matching,
    Outlook,
    PairError,
    PastPair,
    Person,
    PersonError,
    Reason,
    Remedy,
    Rules,
    SitOut,
    SitOutCause,
    Values,
    match,
)
from tests.matcher.test_larger import before_the_plan

JANUARY, FEBRUARY = datetime.date(2026, 1, 5), datetime.date(2026, 2, 2)


def members(matching: Matching) -> list[tuple[int | str, ...]]:
    return [introduction.members for introduction in matching.introductions]


def pairs_of(ids: str) -> list[PastPair]:
    return [PastPair(a, b) for n, a in enumerate(ids) for b in ids[n + 1 :]]


def test_nobody() -> None:
    nothing = Values(0, 0, 0, 0, 0)
    assert match([], [], seed=1) == Matching((), (), nothing, nothing, 1, Outlook(0, 0, 0, ()))
    assert match([], [], seed=1).proven


def test_a_single_person_sits_out_as_an_odd_number_of_one() -> None:
    matching = match([Person("ana")], [PastPair("ana", "gone")], seed=1)
    assert matching.introductions == ()
    assert matching.sit_outs == (SitOut("ana", SitOutCause.ODD_NUMBER, Remedy.ONE_MORE),)
    assert matching.proven


def test_two_people() -> None:
    matching = match([Person("bo", "Law"), Person("ana", "Sales")], [], seed=1)
    [introduction] = matching.introductions
    assert introduction.members == ("ana", "bo")
    assert introduction.reasons == (Reason.NEW, Reason.CROSS_DEPARTMENT)
    assert introduction.repeats == 0


def test_two_people_without_a_department_share_one() -> None:
    [introduction] = match([Person(1), Person(2)], [], seed=1).introductions
    assert introduction.reasons == (Reason.NEW, Reason.SAME_DEPARTMENT)


@pytest.mark.parametrize("size", [3, 5, 7, 21])
def test_an_odd_number_makes_one_trio(size: int) -> None:
    matching = match([Person(n, f"department {n}") for n in range(size)], [], seed=1)
    assert before_the_plan(matching.values) == Values(0, 1, 0, 0, size // 2)
    assert matching.proven
    [trio] = [introduction for introduction in matching.introductions if len(introduction.members) == 3]
    assert trio.reasons == (Reason.NEW, Reason.CROSS_DEPARTMENT, Reason.TRIO)


def test_two_offices_of_three_make_two_trios() -> None:
    people = [Person(f"{office}{n}", office=office, takes_virtual=False) for office in "xy" for n in range(3)]
    assert members(match(people, [], seed=1)) == [("x0", "x1", "x2"), ("y0", "y1", "y2")]


def test_a_third_needs_both_links() -> None:
    rules = Rules(frozenset({frozenset("ac")}))
    matching = match([Person("a"), Person("b"), Person("c")], [], rules, seed=1)
    assert (matching.values.sit_outs, matching.values.extra_seats) == (1, 0)
    assert matching.proven


def test_one_department_larger_than_all_others_together() -> None:
    people = [Person(n, "Big") for n in range(20)] + [Person(20 + n, f"Small {n}") for n in range(7)]
    matching = match(people, [], seed=1)
    assert before_the_plan(matching.values) == Values(0, 1, 0, 0, 7)
    assert matching.proven


def test_somebody_whom_everybody_excludes_sits_out_and_learns_nothing() -> None:
    star = frozenset(frozenset(("hub", n)) for n in "abcd")
    people = [Person(person) for person in ("hub", "a", "b", "c", "d")]
    matching = match(people, [], Rules(star), seed=1)
    assert matching.sit_outs == (SitOut("hub", SitOutCause.ODD_NUMBER, Remedy.ONE_MORE),)
    assert matching.values == matching.bounds == Values(1, 0, 0, 0, 0)


def test_a_star_of_allowed_pairs_leaves_all_but_two_over() -> None:
    leaves = "abcde"
    excluded = frozenset(frozenset((a, b)) for a in leaves for b in leaves if a < b)
    matching = match([Person(person) for person in ("hub", *leaves)], [], Rules(excluded), seed=1)
    assert matching.values.sit_outs == 4
    assert {sit_out.cause for sit_out in matching.sit_outs} == {SitOutCause.NOBODY_FREE}


def test_a_sit_out_is_told_the_same_with_and_without_the_exclusion() -> None:
    people = [Person("a", office="x"), Person("b", office="x"), Person("c", office="y", takes_virtual=False)]
    apart = match(people, [], Rules(frozenset({frozenset("ab")})), seed=1)
    assert SitOut("c", SitOutCause.NO_SHARED_FORMAT, Remedy.VIDEO) in match(people, [], seed=1).sit_outs
    assert [sit_out.cause for sit_out in apart.sit_outs] == [
        SitOutCause.NOBODY_FREE,
        SitOutCause.NOBODY_FREE,
        SitOutCause.NO_SHARED_FORMAT,
    ]


def test_own_manager_and_direct_reports_never_meet() -> None:
    people = [Person(1, manager=2), Person(2, manager=9), Person(3, manager=9), Person(4, manager=3)]
    for seed in range(5):
        assert members(match(people, [], seed=seed)) in ([(1, 3), (2, 4)], [(1, 4), (2, 3)])


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Person(1, office="x", takes_virtual=False), Person(2, office="x", takes_virtual=False), True),
        (Person(1, office="x", takes_virtual=False), Person(2, office="y"), False),
        (Person(1, office="x"), Person(2, office="y"), True),
        (Person(1, takes_virtual=False), Person(2, takes_virtual=False), True),
        (Person(1, takes_virtual=False), Person(2, office="x"), False),
        (Person(1, takes_virtual=False), Person(2, takes_in_person=False), False),
        (Person(1), Person(2, takes_in_person=False), True),
        (Person(1, lunch_hours=frozenset({11, 12})), Person(2, lunch_hours=frozenset({12, 13})), True),
        (Person(1, lunch_hours=frozenset({11})), Person(2, lunch_hours=frozenset({12})), False),
        (Person(1, lunch_hours=frozenset({11})), Person(2), True),
        (Person(1, lunch_hours=frozenset()), Person(2), False),
    ],
)
def test_formats(one: Person, other: Person, meet: bool) -> None:
    assert bool(match([one, other], [], seed=1).introductions) == meet


@pytest.mark.parametrize(
    ("kept_apart", "repeated"),
    [
        (PastPair("a", "b", FEBRUARY), PastPair("a", "b", JANUARY)),
        (PastPair("a", "b", JANUARY), PastPair("a", "b")),
        (PastPair("a", "b", confirmed=True), PastPair("a", "b", FEBRUARY)),
        (PastPair("a", "b", FEBRUARY, confirmed=True), PastPair("a", "b", JANUARY, confirmed=True)),
    ],
)
def test_a_forced_repeat_is_unanswered_then_undated_then_oldest(
    kept_apart: PastPair, repeated: PastPair
) -> None:
    people = [Person(person, person) for person in "abcd"]
    for one, other in (("ab", "ac"), ("ac", "ab")):
        history = [
            PastPair(pair[0], pair[1], source.last_on, source.confirmed)
            for source, pairs in (
                (kept_apart, [one, "".join(sorted(set("abcd") - set(one))), "ad", "bc"]),
                (repeated, [other, "".join(sorted(set("abcd") - set(other)))]),
            )
            for pair in pairs
        ]
        matching = match(people, history, seed=1)
        assert ("a", other[1]) in members(matching)
        assert matching.values == Values(0, 0, 2, 0, 2)
        assert matching.introductions[0].reasons == (Reason.REPEAT, Reason.CROSS_DEPARTMENT)


def test_rows_for_one_pair_are_merged() -> None:
    people = [Person(person) for person in "abcd"]
    history = [*pairs_of("abcd"), PastPair("b", "a", FEBRUARY), PastPair("a", "b", None, confirmed=True)]
    assert match(people, history, seed=1).values == Values(0, 0, 2, 0, 0)
    assert ("a", "b") not in members(match(people, history, seed=1))


def test_the_order_of_priorities_can_be_turned_round() -> None:
    people = [Person("a", "Law"), Person("b", "Law"), Person("c", "Sales"), Person("d", "Sales")]
    history = [PastPair("a", "c"), PastPair("a", "d")]
    plain, turned = (
        match(people, history, rules, seed=1) for rules in (Rules(), Rules(cross_department_first=True))
    )
    assert before_the_plan(plain.values) == Values(0, 0, 0, 0, 0)
    assert before_the_plan(turned.values) == Values(0, 0, 1, 0, 2)


def test_the_seed_chooses_among_equals() -> None:
    people = [Person(n, str(n)) for n in range(10)]
    rounds = {match(people, [], seed=seed).introductions for seed in range(10)}
    assert len(rounds) == 10


@pytest.mark.parametrize(
    ("build", "error"),
    [
        (lambda: match([Person(1), Person(1)], [], seed=1), PersonError),
        (lambda: match([Person(1), Person("1")], [], seed=1), PersonError),
        (lambda: match([Person(True)], [], seed=1), PersonError),
        (lambda: Person(1, lunch_hours=frozenset({24})), PersonError),
        (lambda: PastPair("a", "a"), PairError),
        (lambda: Rules(frozenset({frozenset("a")})), PairError),
        (lambda: Rules(frozenset({frozenset("abc")})), PairError),
    ],
)
def test_errors_say_what_to_do(build: object, error: type[MatcherError]) -> None:
    assert callable(build)
    with pytest.raises(error, match=r"; .+\.$") as caught:
        build()
    assert isinstance(caught.value, ValueError)


def test_people_and_pairs_who_are_not_in_the_round_are_ignored() -> None:
    rules = Rules(frozenset({frozenset(("a", "gone"))}))
    matching = match([Person("a", manager="gone"), Person("b")], [PastPair("gone", "b")], rules, seed=1)
    assert members(matching) == [("a", "b")]
    assert matching.values.repeats == 0
