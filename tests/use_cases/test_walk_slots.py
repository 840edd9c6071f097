"""Slots: the same weekday and time on the program's own clock, for ever."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programs import Schedule, Slot
from use_cases.walk_slots import period_of, walk_slots

ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"),
    *("Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns"),
)


def schedule(timezone: str = "UTC", *, weekday: int = 0, cadence_weeks: int = 1, **values: date) -> Schedule:
    anchor_on = values.get("anchor_on", date(2026, 1, 5))
    return Schedule(cadence_weeks, weekday, time(10), timezone, anchor_on)


def first(count: int, of: Schedule, after: datetime) -> list[Slot]:
    return list(islice(walk_slots(of, after), count))


def local_days(slots: list[Slot], timezone: str) -> list[date]:
    return [slot.at.astimezone(ZoneInfo(timezone)).date() for slot in slots]


@pytest.mark.parametrize(
    ("timezone", "after", "utc_hours"),
    [
        ("Europe/Berlin", datetime(2026, 3, 20, tzinfo=UTC), [9, 8, 8]),
        ("Europe/Berlin", datetime(2026, 10, 16, tzinfo=UTC), [8, 9, 9]),
        ("America/New_York", datetime(2026, 2, 27, tzinfo=UTC), [15, 14, 14]),
        ("America/New_York", datetime(2026, 10, 23, tzinfo=UTC), [14, 15, 15]),
        # Not at all.
        ("Asia/Kolkata", datetime(2026, 10, 16, 12, tzinfo=UTC), [4, 4, 4]),
    ],
)
def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(
    timezone: str, after: datetime, utc_hours: list[int]
) -> None:
    slots = first(3, schedule(timezone), after)
    assert [slot.at.hour for slot in slots] == utc_hours
    assert {slot.at.astimezone(ZoneInfo(timezone)).time() for slot in slots} == {time(10)}


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_the_rhythm_goes_on_over_new_year_and_week_53(weeks: int) -> None:
    program = schedule("Europe/Berlin", weekday=2, cadence_weeks=weeks, anchor_on=date(2026, 11, 30))
    days = local_days(first(8, program, datetime(2026, 11, 29, 23, 30, tzinfo=UTC)), "Europe/Berlin")
    assert days == [date(2026, 12, 2) + timedelta(weeks=weeks * number) for number in range(8)]


def test_every_second_week_does_not_depend_on_where_the_walk_begins() -> None:
    program = schedule(cadence_weeks=2, anchor_on=date(2026, 11, 30))
    for begin in (date(2026, 12, 1), date(2026, 12, 7), date(2026, 12, 13)):
        after = datetime.combine(begin, time(12), UTC)
        assert local_days(first(2, program, after), "UTC") == [date(2026, 12, 14), date(2026, 12, 28)]


@pytest.mark.parametrize(
    ("timezone", "at"),
    [
        # Monday 10:00 is still Sunday in UTC, or already Monday evening.
        ("Pacific/Auckland", datetime(2026, 11, 22, 21, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 11, 22, 20, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2026, 11, 23, 21, tzinfo=UTC)),
    ],
)
def test_monday_is_the_program_s_monday_at_the_date_line(timezone: str, at: datetime) -> None:
    [slot] = first(1, schedule(timezone), at - timedelta(minutes=1))
    assert slot == Slot(at=at, period_on=date(2026, 11, 23))


def test_a_slot_is_not_later_than_itself() -> None:
    [slot] = first(1, schedule(), datetime(2026, 11, 23, 10, tzinfo=UTC))
    assert slot.at == datetime(2026, 11, 30, 10, tzinfo=UTC)


def test_a_period_changes_at_the_program_s_midnight() -> None:
    program = schedule("America/New_York")
    assert period_of(program, datetime(2026, 11, 23, 4, 59, tzinfo=UTC)) == date(2026, 11, 16)
    assert period_of(program, datetime(2026, 11, 23, 5, 0, tzinfo=UTC)) == date(2026, 11, 23)


schedules = st.builds(
    Schedule,
    cadence_weeks=st.integers(1, 12),
    weekday=st.integers(0, 6),
    local_time=st.times(time(6), time(22)).map(lambda moment: moment.replace(second=0, microsecond=0)),
    timezone=st.sampled_from(ZONES),
    anchor_on=st.integers(0, 500).map(lambda weeks: date(2024, 1, 1) + timedelta(weeks=weeks)),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@given(schedules, moments)
def test_slots_keep_their_weekday_their_time_and_their_distance(program: Schedule, after: datetime) -> None:
    zone = ZoneInfo(program.timezone)
    slots = first(6, program, after)
    assert after < slots[0].at <= after + timedelta(weeks=program.cadence_weeks, hours=2)
    for slot in slots:
        local = slot.at.astimezone(zone)
        assert (local.weekday(), local.time()) == (program.weekday, program.local_time)
        assert slot.period_on == period_of(program, slot.at)
        assert slot.period_on.weekday() == 0
        assert timedelta(0) <= local.date() - slot.period_on < timedelta(weeks=1)
    for one, following in pairwise(slots):
        assert one.at < following.at
        assert following.period_on - one.period_on == timedelta(weeks=program.cadence_weeks)


@given(schedules, moments, st.integers(1, 5))
def test_a_walk_taken_up_again_goes_on_where_it_was(program: Schedule, after: datetime, done: int) -> None:
    slots = first(done + 3, program, after)
    assert first(3, program, slots[done - 1].at) == slots[done:]
