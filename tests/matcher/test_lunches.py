"""The best use of the lunch: points of a pair, links between departments, and what is told of it."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher import Burden, BurdenKind, PastPair, Person, PersonError, Reason, Rules, Values, match
from matcher.history import History
from matcher.lunches import Lunches

Points = NDArray[np.int8]
NO_RULES = Rules()

DAY = datetime.date(2020, 1, 1)


def points_of(
    people: Sequence[Person], known: Iterable[tuple[int, int]] = (), rules: Rules = NO_RULES
) -> Points:
    """The points of all pairs."""
    everybody = np.arange(len(people))
    history = History(people, [PastPair(people[a].id, people[b].id) for a, b in known])
    return Lunches(people, history, rules).points(everybody, everybody)


def days_later(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days)


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        (Person(1), Person(2), 0),
        (Person(1, level="junior"), Person(2), 0),
        (Person(1, level="junior"), Person(2, level=""), 0),
        (Person(1, level="junior"), Person(2, level="junior"), 0),
        (Person(1, level="junior"), Person(2, level="senior"), 1),
        (Person(1, started_on=DAY), Person(2, started_on=days_later(730)), 0),
        (Person(1, started_on=DAY), Person(2, started_on=days_later(731)), 1),
        (Person(1, started_on=DAY), Person(2), 0),
        (Person(1, interests=frozenset({"Tea "})), Person(2, interests=frozenset({"tea", "jazz"})), 2),
        (Person(1, interests=frozenset({" "})), Person(2, interests=frozenset({""})), 0),
        (Person(1, "Law"), Person(2, "Sales"), 0),
        (Person(1, "Law", level="junior"), Person(2, "Sales"), 2),
        (Person(1, "Law", level="junior"), Person(2, None), 2),
        (
            Person(1, "Law", level="junior", started_on=DAY, interests=frozenset({"tea"})),
            Person(2, "Sales", level="senior", started_on=days_later(800), interests=frozenset({"tea"})),
            6,
        ),
    ],
)
def test_points_of_a_pair(one: Person, other: Person, points: int) -> None:
    found = points_of([one, other])
    assert found[0, 1] == found[1, 0] == points
    assert match([one, other], [], seed=1).values.use_of_lunch == points


def test_a_link_is_worth_less_the_more_it_has() -> None:
    people = [Person(n, "abcc"[n // 4], level="same") for n in range(16)]
    some = [PastPair(0, 8), PastPair(1, 9), *(PastPair(n, 4 + m) for n in range(4) for m in range(2))]
    known = [(past.a, past.b) for past in some if isinstance(past.a, int) and isinstance(past.b, int)]
    # Of a and b half, of a and c a sixteenth, of b and c nothing; of all links together an eighth.
    points = points_of(people, known)
    assert (points[0, 4], points[0, 8], points[4, 8]) == (0, 2, 2)
    points = points_of(people, [*known, (2, 8), (3, 8), (0, 9)])
    assert points[0, 8] == 1
    assert points_of(people)[0, 4] == 2
    assert points[0, 1] == points[8, 12] == 0


def test_links_with_few_come_first_and_even_out() -> None:
    # So many that all have partners for more than a year: no plan of later rounds comes before the links.
    people = [Person(n, "abcde"[n % 5], level="same") for n in range(80)]
    across = [(a, b) for a, b in combinations(range(80), 2) if {a % 5, b % 5} == {0, 1}]
    history = [PastPair(a, b) for a, b in across if (a // 5 + b // 5) % 16 < 10]
    links: Counter[frozenset[int]] = Counter()
    for number in range(4):
        matching = match(people, history, seed=number)
        assert matching.proven
        assert matching.values.repeats == 0
        for introduction in matching.introductions:
            history.append(PastPair(*introduction.members))
            links[frozenset(int(person) % 5 for person in introduction.members)] += 1
    # By chance it would be 16 of the 160, and as many of each other link.
    assert links[frozenset({0, 1})] <= 1
    assert all(links[frozenset(link)] >= 8 for link in combinations(range(5), 2) if link != (0, 1))


def test_nobody_has_no_points() -> None:
    assert Lunches([], History([], []), Rules()).most == 0
    assert match([], [], seed=1).values == Values(0, 0, 0, 0, 0)


def test_a_shared_interest_is_told_and_nothing_else() -> None:
    people = [
        Person(1, "a", level="junior", started_on=DAY, interests=frozenset({"tea", "jazz"})),
        Person(2, "b", level="senior", started_on=days_later(3000), interests=frozenset({"TEA"})),
    ]
    [introduction] = match(people, [], seed=1).introductions
    assert introduction.reasons == (Reason.NEW, Reason.CROSS_DEPARTMENT, Reason.SHARED_INTEREST)
    apart = [people[0], Person(2, "b", level="senior", started_on=days_later(3000))]
    [introduction] = match(apart, [], seed=1).introductions
    assert introduction.reasons == (Reason.NEW, Reason.CROSS_DEPARTMENT)


def test_a_trio_shares_an_interest_only_if_all_three_do() -> None:
    interests = [{"tea"}, {"tea", "jazz"}, {"jazz"}]
    people = [Person(n, str(n), interests=frozenset(own)) for n, own in enumerate(interests)]
    [trio] = match(people, [], seed=1).introductions
    assert Reason.SHARED_INTEREST not in trio.reasons
    assert match(people, [], seed=1).values.use_of_lunch == 2 + 2 + 3 * 2


def test_interests_are_a_set_of_texts() -> None:
    with pytest.raises(PersonError, match="frozenset"):
        Person(1, interests="tea")  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [131, 217])
def test_a_company_makes_the_best_of_its_lunches(size: int) -> None:
    random = Random(size)
    topics = [f"topic {n}" for n in range(20)]
    people = [
        Person(
            f"W{n:04}",
            f"department {int(12 * random.random() ** 2)}",
            level=random.choice([None, "one", "two", "three", "four"]),
            started_on=days_later(-random.randrange(5000)),
            interests=frozenset(random.sample(topics, random.randrange(4))),
        )
        for n in range(size)
    ]
    everybody = [person.id for person in people]
    history = [PastPair(*random.sample(everybody, 2), confirmed=True) for _ in range(4000)]
    burdens = [Burden(random.choice(everybody), random.choice(list(BurdenKind)), 1 + n) for n in range(60)]
    plain = [Person(person.id, person.department) for person in people]
    for number in range(2):
        matching = match(people, history, seed=number, burdens=burdens)
        assert matching.proven
        assert matching.values.unfairness == 0
        chance = match(plain, history, seed=number).introductions
        place = {person: n for n, person in enumerate(everybody)}
        points = points_of(people, ((place[past.a], place[past.b]) for past in history))
        usual = sum(
            int(points[place[a], place[b]]) for each in chance for a, b in combinations(each.members, 2)
        )
        assert matching.values.use_of_lunch > 1.5 * usual
        for each in matching.introductions:
            history += [PastPair(a, b, DAY) for a, b in combinations(each.members, 2)]
