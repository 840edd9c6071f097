"""Companies to report on, worked out by hand or drawn, and the plain counts that nobody may see."""

import datetime
from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import strategies as st

from insights import Eligible, IntroductionRecord, PeriodRecords

MONDAY = datetime.date(2026, 1, 5)
SECRET = b"a secret of the tests, and no other"
FIRST_ID = 7_300_100_200  # so long that it is found wherever it leaks to


def people_of(**sizes: int) -> tuple[Eligible, ...]:
    """People numbered from 0, department after department; `none` is no department."""
    names = [name for name, size in sizes.items() for _ in range(size)]
    return tuple(Eligible(n, None if name == "none" else name) for n, name in enumerate(names))


def pairs_of(people: list[int] | range, met: int, **told: bool) -> list[IntroductionRecord]:
    """Two by two; the first `met` introductions are confirmed, the others as told."""
    plain = {"new": True, "cross_department": True, "open": True} | told
    return [
        IntroductionRecord(pair, met=pair, **{**plain, "open": False})
        if n // 2 < met
        else IntroductionRecord(pair, met=(), **plain)
        for n in range(0, len(people) - 1, 2)
        for pair in [(people[n], people[n + 1])]
    ]


def tied(
    people: tuple[Eligible, ...], ties: tuple[tuple[int, int], ...], opted_in: frozenset[int] = frozenset()
) -> PeriodRecords:
    """Twelve weeks in which these pairs were introduced and met, and nobody else was."""
    introduced = frozenset(person for tie in ties for person in tie)
    lunches = tuple(
        IntroductionRecord(tie, new=True, cross_department=True, met=tie, open=False) for tie in ties
    )
    return PeriodRecords(MONDAY, 12, people, opted_in | introduced, introduced, lunches, ties)


def drawn_records(seed: int, size: int, weeks: int, busy: float = 0.5) -> PeriodRecords:
    """A company of `size` people, of whom about `busy` take each next step; two more have left since."""
    random = Random(seed)
    departments = random.choices(["Law", "Sales", "Ops", "R&D", "Other", " ", None], k=size)
    people = [FIRST_ID + 7 * n for n in range(size)]
    opted_in = [person for person in people if random.random() < busy]
    introduced = [person for person in opted_in if random.random() < busy]
    seats = [*introduced, FIRST_ID - 7, FIRST_ID - 14]
    introductions = []
    for _ in range(3 if len(introduced) > 2 else 0):
        random.shuffle(seats)
        introductions += [
            drawn_introduction(random, tuple(seats[n : n + size]), busy)
            for size in [random.choice([2, 2, 3])]
            for n in range(0, len(seats) - size + 1, size)
        ]
    ties = {
        pair
        for each in introductions
        for pair in combinations(sorted(each.met), 2)
        if pair[0] in people and pair[1] in people and random.random() < 0.9
    }
    records = PeriodRecords(
        MONDAY,
        weeks,
        tuple(map(Eligible, people, departments)),
        frozenset(opted_in),
        frozenset(introduced),
        tuple(introductions),
        tuple(sorted(ties)),
    )
    return with_the_rest(records, Random(seed + 1), busy)


def with_the_rest(records: PeriodRecords, random: Random, busy: float) -> PeriodRecords:
    """The same company with offices, levels and first days, and all else that twelve weeks are made of."""
    here, opted_in = [each.person for each in records.eligible], sorted(records.opted_in)
    together = {
        pair
        for each in records.introductions
        for pair in combinations(sorted(each.met), 2)
        if {*pair} <= {*here}
    }
    active = frozenset(person for person in here if random.random() < busy)
    return replace(
        records,
        eligible=tuple(
            replace(
                each,
                office=random.choice(["Lyon", "Lyon", "Paris", None]),
                level=random.choice(["Junior", "Junior", "Mid", "Lead"]),
                started_on=random.choice([None, MONDAY - datetime.timedelta(random.randrange(4_000))]),
            )
            for each in records.eligible
        ),
        met_again=tuple(sorted(together - set(records.ties))),
        sit_outs=tuple(random.choices(opted_in, k=len(opted_in))) if opted_in else (),
        active_before=active,
        still_active=frozenset(person for person in active if random.random() < busy),
        first_met_on={
            person: MONDAY + datetime.timedelta(random.randrange(-90, 84))
            for person in here
            if random.random() < busy
        },
    )


def drawn_introduction(random: Random, people: tuple[int, ...], busy: float) -> IntroductionRecord:
    """An introduction of which all, two or none are confirmed to have met."""
    met = tuple(random.sample(people, random.randint(2, len(people)))) if random.random() < busy else ()
    return IntroductionRecord(
        people,
        new=random.random() < busy,
        cross_department=random.random() < busy,
        met=met,
        open=not met and random.random() < busy,
    )


def shuffled(records: PeriodRecords, seed: int) -> PeriodRecords:
    """The same records in another order, each pair the other way round."""
    random = Random(seed)

    def drawn(given: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(random.sample(given, len(given)))

    lunches = (replace(each, people=each.people[::-1], met=each.met[::-1]) for each in records.introductions)
    return replace(
        records,
        eligible=drawn(records.eligible),
        introductions=drawn(tuple(lunches)),
        ties=drawn(tuple((b, a) for a, b in records.ties)),
        met_again=drawn(tuple((b, a) for a, b in records.met_again)),
        sit_outs=drawn(records.sit_outs),
    )


def companies(
    weeks: st.SearchStrategy[int], sizes: st.SearchStrategy[int]
) -> st.SearchStrategy[PeriodRecords]:
    """Drawn companies in which nobody, some or all do what can be done."""
    return st.builds(
        drawn_records, st.integers(0, 10**6), sizes, weeks, st.sampled_from([0, 0.2, 0.5, 0.9, 1])
    )
