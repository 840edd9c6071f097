"""An admin moves a program's rounds: never two in a period, and never the ground under a due one."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from db.tables import AuditEvent, Round
from domain.errors import BadSchedule
from domain.programs import Schedule
from domain.rounds import Claim, RoundState
from tests.conftest import MONDAY
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.change_schedule import change_schedule
from use_cases.run_round import run_round
from use_cases.start_due_rounds import start_due_rounds, start_round_now

DAY = timedelta(days=1)
TUESDAY = SLOT + DAY
WEDNESDAY, MONDAYS = 2, 0


def change(company: Company, now: datetime, **values: Any) -> tuple[Schedule, datetime]:
    return change_schedule(
        company.sessions, workspace_id=company.workspace_id, now=now, actor="an admin", **values
    )


def tick(company: Company, now: datetime) -> list[Claim]:
    claims = start_due_rounds(
        company.sessions, workspace_id=company.workspace_id, now=now, timing=company.timing
    )
    for claim in claims:
        run_round(company.sessions, claim, now=now)
    return claims


def rounds_until(company: Company, begin: datetime, end: datetime) -> list[datetime]:
    """When rounds ran, with a tick every other hour."""
    ran = []
    while begin <= end:
        ran += [begin] if tick(company, begin) else []
        begin += timedelta(hours=2)
    return ran


def test_moved_to_later_in_a_week_that_ran_it_waits_for_the_next_week(company: Company) -> None:
    assert tick(company, SLOT)
    _, next_at = change(company, TUESDAY, weekday=WEDNESDAY)
    assert next_at == SLOT + 2 * DAY + WEEK
    assert rounds_until(company, TUESDAY, next_at) == [next_at]


def test_moved_to_later_in_a_week_that_has_not_run_it_runs_in_it(company: Company) -> None:
    _, next_at = change(company, MONDAY, weekday=WEDNESDAY)
    assert next_at == SLOT + 2 * DAY
    assert rounds_until(company, MONDAY, next_at + WEEK) == [next_at, next_at + WEEK]


def test_moved_to_a_day_of_this_week_that_is_over_it_runs_next_week(company: Company) -> None:
    change(company, MONDAY, weekday=WEDNESDAY)
    _, next_at = change(company, TUESDAY, weekday=MONDAYS)
    assert next_at == SLOT + WEEK
    assert rounds_until(company, TUESDAY, next_at) == [next_at]


def test_a_due_round_is_not_pulled_away(company: Company) -> None:
    with pytest.raises(BadSchedule, match="due right now"):
        change(company, SLOT + timedelta(minutes=1), weekday=WEDNESDAY)
    assert tick(company, SLOT + timedelta(minutes=1))
    change(company, SLOT + timedelta(minutes=2), weekday=WEDNESDAY)


def test_a_slot_that_is_too_late_to_run_does_not_block_a_change(company: Company) -> None:
    schedule, _ = change(company, SLOT + 2 * DAY, weekday=3)
    assert schedule.weekday == 3


def test_what_an_outage_has_missed_is_recorded_before_the_schedule_changes(company: Company) -> None:
    after = SLOT + 2 * WEEK + 2 * DAY
    _, next_at = change(company, after, weekday=WEDNESDAY, local_time=time(16))
    missed = [(round_.slot_at, round_.state) for round_ in company.all(Round)]
    assert sorted(missed) == [(SLOT + week * WEEK, RoundState.MISSED) for week in range(3)]
    # As if the clock had ticked first: this week's round was missed, and `run-round` makes up for it.
    assert next_at == SLOT + 3 * WEEK + 2 * DAY + timedelta(hours=6)
    assert rounds_until(company, after, next_at) == [next_at]
    assert start_round_now(
        company.sessions, workspace_id=company.workspace_id, now=after, timing=company.timing, actor="me"
    )


def test_a_change_that_is_refused_records_nothing(company: Company) -> None:
    with pytest.raises(BadSchedule, match="due right now"):
        change(company, SLOT + WEEK + timedelta(minutes=1), weekday=WEDNESDAY)
    assert company.all(Round) == []


def test_showing_the_schedule_records_nothing(company: Company) -> None:
    change(company, SLOT + 2 * WEEK + 2 * DAY)
    assert company.all(Round) == []


def test_a_longer_cadence_counts_from_this_week(company: Company) -> None:
    tick(company, SLOT)
    schedule, next_at = change(company, TUESDAY, cadence_weeks=3)
    assert schedule.anchor_on == date(2026, 11, 23)
    assert next_at == SLOT + 3 * WEEK
    assert rounds_until(company, TUESDAY, next_at) == [next_at]


def test_a_shorter_cadence_begins_at_once(company: Company) -> None:
    change(company, MONDAY, cadence_weeks=4)
    tick(company, SLOT)
    _, next_at = change(company, SLOT + 8 * DAY, cadence_weeks=1)
    assert next_at == SLOT + 2 * WEEK
    assert rounds_until(company, SLOT + 8 * DAY, next_at) == [next_at]


def test_another_zone_moves_the_moment_and_is_shown_in_that_zone(company: Company) -> None:
    _, next_at = change(company, MONDAY, timezone="America/New_York")
    assert next_at.isoformat() == "2026-11-23T10:00:00-05:00"


def test_the_time_is_kept_to_the_minute(company: Company) -> None:
    schedule, _ = change(company, MONDAY, local_time=time(9, 30, 15))
    assert schedule.local_time == time(9, 30)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"weekday": 7}, "monday to sunday"),
        ({"weekday": -1}, "monday to sunday"),
        ({"local_time": time(5, 59)}, "between 06:00 and 22:00"),
        ({"local_time": time(22, 1)}, "between 06:00 and 22:00"),
        ({"timezone": "Mars/Olympus"}, "'Mars/Olympus' is no time zone"),
        ({"timezone": ""}, "is no time zone"),
        ({"cadence_weeks": 0}, "every 1 to 12 weeks"),
        ({"cadence_weeks": 13}, "every 1 to 12 weeks"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused(
    company: Company, values: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadSchedule, match=problem):
        change(company, MONDAY, **values)
    assert company.all(AuditEvent) == []


def test_the_edges_of_the_day_are_accepted(company: Company) -> None:
    for at in (time(6), time(22)):
        assert change(company, MONDAY, local_time=at)[0].local_time == at


def test_nothing_given_changes_nothing(company: Company) -> None:
    before = company.program()
    _, next_at = change(company, TUESDAY)
    assert next_at == datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert company.program().schedule_changed_at == before.schedule_changed_at
    assert company.all(AuditEvent) == []
    assert company.all(Round) == []


def test_a_change_is_noted(company: Company) -> None:
    change(company, MONDAY, weekday=WEDNESDAY)
    [event] = company.all(AuditEvent)
    assert (event.actor, event.action) == ("an admin", "changed the schedule")
