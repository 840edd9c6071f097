"""Each number by hand, with the source of its table, and each released count beside plain counting."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights import (
    AtLeast,
    Cell,
    Count,
    Eligible,
    PeriodRecords,
    Reading,
    ReleasedTable,
    Share,
)
from insights.attributes import DEPARTMENT, TENURE_BANDS, tenure_band
from insights.chance import pairs_across
from insights.participation import newcomers, reach, retention, sit_outs
from insights.release import draft
from insights.steps import Step
from insights.ties import tie_steps
from tests.insights.companies import MONDAY, SECRET, companies, people_of, tied

KARATE = nx.karate_club_graph()


def counts(steps: tuple[Step, ...]) -> list[int]:
    return [step.count for step in steps]


def tables(records: PeriodRecords, secret: bytes = SECRET) -> dict[str, ReleasedTable]:
    return {table.name: table for table in draft(records, secret=secret)}


@pytest.fixture
def karate_club() -> PeriodRecords:
    """Zachary's karate club as a company of two departments, Mr. Hi's and the officer's.

    Zachary: An Information Flow Model for Conflict and Fission in Small Groups. Journal of Anthropological
    Research 33 (1977) 452-473. doi:10.1086/jar.33.4.3629752. Its 34 members have 78 ties, 35 of them inside
    Mr. Hi's part and 32 inside the officer's.
    """
    people = tuple(Eligible(one, KARATE.nodes[one]["club"]) for one in KARATE)
    return tied(people, tuple(KARATE.edges))


def test_ties_of_the_karate_club(karate_club: PeriodRecords) -> None:
    steps = tie_steps(karate_club, DEPARTMENT.values(karate_club), "across departments", "")
    assert counts(steps) == [78, 78 - 35 - 32]


def test_reach_in_the_karate_club(karate_club: PeriodRecords) -> None:
    other = [any(KARATE.nodes[b]["club"] != KARATE.nodes[a]["club"] for b in KARATE[a]) for a in KARATE]
    assert counts(reach(karate_club)) == [34, 34, sum(other), 0]


def test_an_imported_or_old_meeting_is_no_tie_and_reaches_all_the_same(karate_club: PeriodRecords) -> None:
    """Pairs that had met before are in `met_again`, not in `ties`; imported ones are in neither."""
    again = replace(karate_club, ties=karate_club.ties[:70], met_again=karate_club.ties[70:])
    assert counts(tie_steps(again, DEPARTMENT.values(again), "", ""))[0] == 70
    assert reach(again) == reach(karate_club)


def test_chance_by_the_table_of_a_textbook() -> None:
    """Ground flora of a wood, a common example of Simpson's index: 2, 8, 1, 1 and 3 plants of five species.

    Σ nᵢ(nᵢ - 1) = 2 + 56 + 0 + 0 + 6 = 64 of 15 · 14 = 210. The formula is Simpson's, doi:10.1038/163688a0.
    """
    assert pairs_across([2, 8, 1, 1, 3]) == 1 - Fraction(64, 210)


@given(st.lists(st.integers(1, 8), min_size=1, max_size=5).filter(lambda sizes: sum(sizes) > 1))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_chance_is_the_share_of_edges_in_a_complete_multipartite_graph(sizes: list[int]) -> None:
    edges, people = nx.complete_multipartite_graph(*sizes).number_of_edges(), sum(sizes)
    assert pairs_across(sizes) == Fraction(edges, people * (people - 1) // 2)


def test_reach_by_hand() -> None:
    # Person 0 of Law met people of Law, Ops, Sales and no department; the others met nobody but 0.
    people = people_of(Law=2, Ops=2, Sales=2, none=2)
    ties = ((0, 1), (0, 2), (0, 3), (0, 4), (0, 6))
    records = tied(people, ties, opted_in=frozenset({5}))
    # Opted in: 0, 1, 2, 3, 4, 5, 6. Of another department: 0 met three, 2, 3, 4 and 6 met Law, 1 met none.
    assert counts(reach(records)) == [8, 7, 5, 1]


def test_sit_outs_and_retention_by_hand() -> None:
    everybody = frozenset(range(6))
    records = PeriodRecords(
        MONDAY,
        12,
        people_of(Law=6),
        everybody,
        sit_outs=(0, 1, 1, 2, 2, 2),
        active_before=frozenset({1, 2, 3}),
        still_active=frozenset({3}),
    )
    assert counts(sit_outs(records)) == [6, 6, 2]
    assert counts(retention(records)) == [6, 3, 1]


@pytest.mark.parametrize(
    ("started", "met", "expected"),
    [
        # From 5 January to 29 March; the 90 days of who began on 7 October were over on the day before.
        (date(2025, 10, 7), None, [0, 0]),
        (date(2025, 10, 8), None, [1, 0]),
        (date(2025, 10, 8), date(2026, 1, 5), [1, 1]),
        (date(2025, 10, 8), date(2026, 1, 6), [1, 0]),
        (date(2025, 12, 30), date(2025, 12, 30), [1, 1]),
        (date(2025, 12, 31), date(2026, 1, 7), [0, 0]),
    ],
)
def test_newcomers_by_the_calendar(started: date, met: date | None, expected: list[int]) -> None:
    people = (Eligible(1, started_on=started), Eligible(2))
    records = PeriodRecords(MONDAY, 12, people, first_met_on={1: met} if met else {})
    assert counts(newcomers(records)) == expected


def test_each_joiner_is_counted_in_one_period_alone() -> None:
    for day in range(200):
        people = (Eligible(1, started_on=MONDAY + timedelta(day)),)
        periods = [PeriodRecords(MONDAY + timedelta(weeks=12 * n), 12, people) for n in range(5)]
        assert sum(counts(newcomers(each))[0] for each in periods) == 1


def test_tenure_is_in_full_years() -> None:
    leap = date(2024, 2, 29)
    bands = [tenure_band(leap, date(2024 + n, 2, 28)) for n in (0, 1, 2, 5, 6, 10, 11)]
    places = [TENURE_BANDS.index(band or "") for band in bands]
    assert places == [0, 0, 1, 1, 2, 2, 3]
    assert tenure_band(None, leap) is None


def test_levels_and_tenures_are_rows_in_their_order() -> None:
    # 20 people each of Junior, Mid and Lead, here for 0, 6 and 12 years. 10 Juniors and 5 Mids met.
    levels = ["Junior"] * 20 + ["Mid"] * 20 + ["Lead"] * 20
    people = tuple(
        Eligible(n, "Law", level=level, started_on=date(2026 - 6 * (n // 20), 1, 1))
        for n, level in enumerate(levels)
    )
    ties = tuple((n, 20 + n % 5) for n in range(10))
    found = tables(tied(people, ties))
    assert [row.label for row in found["opt_in_by_level"].rows] == ["Junior", "Lead", "Mid"]
    assert found["opt_in_by_level"].cell("Junior", "opted in") == Share(50, 10)
    assert [row.label for row in found["opt_in_by_tenure"].rows] == [TENURE_BANDS[n] for n in (0, 2, 3)]
    assert found["levels_meet"].cell("Junior", "Mid") == Count(10)
    assert found["levels_meet"].cell("Mid", "Junior") is Reading.UP_TO_9
    assert [row.label for row in found["opt_in_by_office"].rows] == ["Company"]
    # All 10 ties cross levels; by chance 1 - 3 · 20 · 19 / (60 · 59) = 68 %.
    assert found["ties_across_levels"].rows[0].cells == (Count(10), Reading.CANNOT_TELL, Share(68))


def test_offices_of_fifty_people_are_rows_every_four_weeks() -> None:
    offices = ["Lyon"] * 60 + ["Paris"] * 50 + ["Lille"] * 5
    people = tuple(Eligible(n, office=office) for n, office in enumerate(offices))
    records = PeriodRecords(MONDAY, 4, people, opted_in=frozenset(range(30)))
    funnel = tables(records)["people_funnel"]
    # Lille alone could be worked out as all the others: it takes the next smallest along.
    assert [row.label for row in funnel.rows] == ["Company", "Lyon", "Other"]
    assert funnel.cell("Lyon", "opted in") == Share(50, 30)
    # Of 60 people in Lyon alone there is one group.
    [company] = tables(replace(records, eligible=people[:60]))["people_funnel"].rows
    assert company.label == "Company"


Members = dict[str, set[int]]


def members(records: PeriodRecords, table: ReleasedTable, value: Callable[[Eligible], str | None]) -> Members:
    """The people of each row, read off its label."""
    labels = [row.label for row in table.rows]
    found: Members = {label: set() for label in labels}
    for each in records.eligible:
        own = "Company" if labels == ["Company"] else value(each) or ""
        found[own if own in found else "Other"].add(each.person)
    return found


def assert_adjacent(cell: Cell, truth: int) -> None:
    match cell:
        case Count(count) | Share(_, int(count)):
            assert count % 5 == 0
            assert abs(count - truth) < 5
        case AtLeast(count):
            assert truth > count - 5


@settings(deadline=None, derandomize=True, max_examples=60)
@given(companies(st.just(12), st.integers(20, 90)), st.binary(min_size=16, max_size=20))
def test_each_released_count_is_adjacent_to_a_plain_count(records: PeriodRecords, secret: bytes) -> None:
    found = tables(records, secret)
    for name, value in (("office", lambda one: one.office or "No office"), ("level", lambda one: one.level)):
        table = found[f"opt_in_by_{name}"]
        for label, people in members(records, table, value).items():
            assert_adjacent(table.cell(label, "eligible"), len(people))
            assert_adjacent(table.cell(label, "opted in"), len(people & records.opted_in))
    department = {one.person: (one.department or "").strip() or "No department" for one in records.eligible}
    pairs = [pair for each in records.introductions for pair in combinations(each.met, 2)]
    met_all = {*records.ties, *records.met_again}
    assert met_all == {tuple(sorted(pair)) for pair in pairs if {*pair} <= department.keys()}
    others: dict[int, set[str]] = {one: set() for one in department}
    for one, other in (*met_all, *((b, a) for a, b in met_all)):
        others[one] |= {department[other]} - {department[one]}
    sat_out = Counter(records.sit_outs)
    plain = {
        "reach": [
            *(len(department), len(records.opted_in)),
            *(sum(len(each) >= least for each in others.values()) for least in (1, 3)),
        ],
        "sit_outs": [len(department), len(records.opted_in), sum(times > 1 for times in sat_out.values())],
        "retention": [len(department), len(records.active_before), len(records.still_active)],
        "new_ties": [len(records.ties), sum(department[a] != department[b] for a, b in records.ties)],
        "newcomers": joined(records),
    }
    for name, truths in plain.items():
        (row,) = found[name].rows
        for cell, truth in zip(row.cells, truths, strict=True):
            assert_adjacent(cell, truth)


def joined(records: PeriodRecords) -> list[int]:
    """Joiners day by day: whose day 90 is one of the period's."""
    days = {MONDAY + timedelta(n) for n in range(84)}
    joiners = [one for one in records.eligible if one.started_on and one.started_on + timedelta(89) in days]
    met = [
        one
        for one in joiners
        if one.started_on and records.first_met_on.get(one.person, date.max) <= one.started_on + timedelta(89)
    ]
    return [len(joiners), len(met)]
