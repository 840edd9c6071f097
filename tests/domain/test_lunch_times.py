"""Offered times suit everybody, and there are as many as there can be."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.days_off import country_of, days_off
from domain.lunch_times import DAYS, LENGTH, NOTICE, Diner, UtcHours, offer_times
from domain.preferences import LunchFormat

BERLIN, NEW_YORK, KATHMANDU = (
    ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Kathmandu")
)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Chatham", "UTC"]
HOURS = st.frozensets(st.integers(0, 23), min_size=1, max_size=14) | st.just(frozenset({11, 12, 13}))
NOW = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@st.composite
def diners(draw: st.DrawFn, now: datetime) -> Diner:
    day = now.date()
    return Diner(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        weekdays=draw(st.frozensets(st.integers(0, 6), max_size=7) | st.just(frozenset(range(5)))),
        lunch_hours=draw(HOURS),
        days_off=draw(
            st.frozensets(st.integers(0, 14).map(lambda ahead: day + timedelta(days=ahead)), max_size=5)
        ),
        taken=tuple(
            now + timedelta(hours=ahead) for ahead in draw(st.lists(st.integers(0, 340), max_size=3))
        ),
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Diner], datetime, int]:
    now = draw(NOW)
    return draw(st.lists(diners(now), min_size=2, max_size=4)), now, draw(st.integers(0, 9))


def suits(diner: Diner, at: datetime, now: datetime) -> bool:
    """The rules, read off the calendar on the wall."""
    local, today = at.astimezone(diner.zone), now.astimezone(diner.zone).date()
    return (
        at - now >= NOTICE
        and 1 <= (local.date() - today).days <= DAYS
        and local.weekday() in diner.weekdays
        and local.hour in diner.lunch_hours
        and local.date() not in diner.days_off
        and not any(other - LENGTH < at < other + LENGTH for other in diner.taken)
    )


def share_a_day(one: datetime, other: datetime, people: list[Diner]) -> bool:
    return any(one.astimezone(each.zone).date() == other.astimezone(each.zone).date() for each in people)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_every_offer_suits_everybody_and_none_is_missing(table: tuple[list[Diner], datetime, int]) -> None:
    people, now, seed = table
    offers = offer_times(people, now=now, seed=seed)
    assert offers == sorted(offers)
    assert all(suits(each, at, now) for each in people for at in offers)
    assert not any(share_a_day(one, other, people) for one, other in combinations(offers, 2))
    # By brute force: every quarter of an hour, and the most of them that share no day.
    start = now.replace(minute=0, second=0, microsecond=0)
    quarters = (start + timedelta(minutes=15) * step for step in range(96 * (DAYS + 2)))
    possible = [at for at in quarters if all(suits(each, at, now) for each in people)]
    whole = [at for at in possible if all(at.astimezone(each.zone).minute in (0, 30) for each in people)]
    assert set(offers) <= set(whole or possible)
    assert len(offers) == most_apart(whole or possible, people)
    assert offers == offer_times(people[::-1], now=now, seed=seed)


def most_apart(possible: list[datetime], people: list[Diner]) -> int:
    """The largest set, up to three, of which no two share a day; one of each day's starts stands for them."""
    by_days: dict[tuple[date, ...], datetime] = {}
    for at in possible:
        by_days.setdefault(tuple(at.astimezone(each.zone).date() for each in people), at)
    for size in (3, 2, 1):
        for chosen in combinations(by_days.values(), size):
            if not any(share_a_day(one, other, people) for one, other in combinations(chosen, 2)):
                return size
    return 0


def test_three_offers_at_the_middle_of_lunch_spread_over_ten_working_days() -> None:
    offers = offer_times([Diner(BERLIN), Diner(BERLIN)], now=MONDAY, seed=1)
    assert {at.astimezone(BERLIN).hour for at in offers} == {12}
    assert all(at.minute in (0, 30) for at in offers)
    first, second, third = (at.date() for at in offers)
    assert date(2026, 11, 24) <= first <= date(2026, 11, 26)
    assert date(2026, 11, 27) <= second <= date(2026, 12, 1)
    assert date(2026, 12, 2) <= third <= date(2026, 12, 7)


def test_which_days_are_offered_is_drawn() -> None:
    drawn = {offer_times([Diner(BERLIN)] * 2, now=MONDAY, seed=seed)[0] for seed in range(40)}
    assert len(drawn) > 3


def test_hours_hold_on_both_sides_of_a_change_of_the_clocks() -> None:
    # Berlin's clocks change on 25 October 2026, New York's a week later.
    friday = datetime(2026, 10, 23, 12, tzinfo=UTC)
    people = [
        Diner(BERLIN, weekdays=frozenset(range(7)), lunch_hours=frozenset({17})),
        Diner(NEW_YORK, weekdays=frozenset(range(7)), lunch_hours=frozenset({11})),
    ]
    offers = offer_times(people, now=friday, seed=1)
    assert offers, "at 17:00 in Berlin it is 11:00 in New York until the 24th and from November on"
    assert all(not date(2026, 10, 25) <= at.date() < date(2026, 11, 1) for at in offers)


def test_a_holiday_of_one_country_is_left_out_for_both() -> None:
    christmas = [date(2026, 12, day) for day in (24, 25, 26)]
    assert days_off("Europe/Berlin", christmas) == {date(2026, 12, 25), date(2026, 12, 26)}
    assert days_off("America/New_York", [date(2026, 11, 26)]) == {date(2026, 11, 26)}
    thanksgiving = Diner(
        NEW_YORK, weekdays=frozenset({3}), days_off=frozenset({date(2026, 11, 26), date(2026, 12, 3)})
    )
    assert offer_times([thanksgiving, Diner(NEW_YORK)], now=MONDAY, seed=1) == []


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+3", "Antarctica/Troll", "No/Where"])
def test_where_the_country_is_unknown_no_day_is_off(zone: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    assert days_off(zone, days) == frozenset()


def test_the_country_of_a_time_zone() -> None:
    assert (country_of("Europe/Lisbon"), country_of("Asia/Kolkata"), country_of("UTC")) == ("PT", "IN", None)


@pytest.mark.parametrize(
    ("one", "other", "some"),
    [
        (LunchFormat.IN_PERSON, LunchFormat.VIDEO, False),
        (LunchFormat.IN_PERSON, LunchFormat.EITHER, True),
        (LunchFormat.VIDEO, LunchFormat.EITHER, True),
    ],
)
def test_formats_that_cannot_meet_are_offered_nothing(
    one: LunchFormat, other: LunchFormat, some: bool
) -> None:
    people = [Diner(BERLIN, format=one), Diner(BERLIN, format=other)]
    assert bool(offer_times(people, now=MONDAY, seed=1)) == some


def test_spare_hours_count_only_where_no_lunch_hour_is_shared() -> None:
    spare = frozenset(range(9, 17))
    far = [Diner(BERLIN, spare_hours=spare), Diner(NEW_YORK, spare_hours=spare)]
    assert {at.astimezone(BERLIN).hour for at in offer_times(far, now=MONDAY, seed=1)} <= {15, 16}
    assert offer_times([Diner(BERLIN), Diner(NEW_YORK)], now=MONDAY, seed=1) == []
    near = [Diner(BERLIN, spare_hours=spare)] * 2
    assert offer_times(near, now=MONDAY, seed=1) == offer_times([Diner(BERLIN)] * 2, now=MONDAY, seed=1)


def test_quarters_of_an_hour_only_where_the_zones_have_no_half_hour_in_common() -> None:
    hours = frozenset(range(24))
    people = [Diner(KATHMANDU, lunch_hours=hours), Diner(BERLIN, lunch_hours=hours)]
    assert len(offer_times(people, now=MONDAY, seed=1)) == 3
    alone = offer_times([Diner(KATHMANDU)] * 2, now=MONDAY, seed=1)
    assert {at.astimezone(KATHMANDU).minute for at in alone} <= {0, 30}


def test_hours_of_the_day_in_utc() -> None:
    hours = UtcHours(MONDAY, "Europe/Berlin")
    assert hours.of(frozenset({11, 12}), None) == {10, 11}
    assert hours.of(frozenset({11}), "Asia/Kolkata") == {5, 6}
    assert UtcHours(datetime(2026, 10, 19, tzinfo=UTC), "Europe/Berlin").of(frozenset({12}), None) == {10, 11}
