"""What happens by itself, from the slot to the message."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from structlog.testing import capture_logs

from db.sessions import Sessions
from db.tables import AuditEvent, Person, ReleasedTable, Round
from db.workspaces import record_audit
from domain.directory import DirectoryUser, Profile
from domain.errors import Ambiguous, NotDone, PersonUnreachable
from domain.rounds import DeliveryState, RoundState, Timing
from scheduler.clocks import MovableClock
from scheduler.clockwork import Clockwork, schedule
from tests.conftest import MONDAY
from tests.fakes import FakeDirectory
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company, Once, colleague


@pytest.fixture
def company(sessions: Sessions, workspace_id: int) -> Company:
    return Company(sessions, workspace_id)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MONDAY)


@pytest.fixture
def clockwork(company: Company, clock: MovableClock) -> Clockwork:
    return Clockwork(
        sessions=company.sessions,
        messenger=company.messenger,
        directory=company.directory,
        clock=clock,
        workspace_id=company.workspace_id,
        timing=company.timing,
    )


def tick(clockwork: Clockwork) -> int:
    """Both jobs; how many deliveries were tried."""
    clockwork.run_rounds()
    return clockwork.run_deliveries()


def test_a_tick_claims_matches_and_delivers(
    company: Company, clockwork: Clockwork, clock: MovableClock
) -> None:
    company.join("UA", "UB")
    assert tick(clockwork) == 0
    clock.move_to(SLOT)
    [outcome] = clockwork.run_rounds()
    assert (outcome.people, outcome.introductions) == (2, 1)
    assert clockwork.run_deliveries() == 1
    assert company.posted() == [{"UA", "UB"}]
    assert tick(clockwork) == 0


def test_whoever_is_stranded_is_told_at_the_full_hour(
    company: Company, clockwork: Clockwork, clock: MovableClock
) -> None:
    company.join("UA", "UB")
    clock.move_to(SLOT)
    clockwork.run_rounds()
    company.leave("UA")
    tick(clockwork)
    tick(clockwork)
    assert company.told() == []
    clock.move_to(FULL_HOUR)
    tick(clockwork)
    assert company.told() == [("UB", company.sit_outs()["UB"])]


def test_weeks_go_by_and_rounds_are_closed(
    company: Company, clockwork: Clockwork, clock: MovableClock
) -> None:
    company.join("UA", "UB", "UC", "UD")
    for week in range(3):
        clock.move_to(SLOT + week * WEEK)
        tick(clockwork)
        company.everybody_met(now=clock.now())
    assert len(set(company.posted())) == 6
    assert sorted(round_.state for round_ in company.all(Round)) == [
        RoundState.CLOSED,
        RoundState.CLOSED,
        RoundState.MATCHED,
    ]


def test_an_interrupted_post_is_settled_by_a_later_tick(
    company: Company, clockwork: Clockwork, clock: MovableClock
) -> None:
    company.join("UA", "UB")
    clock.move_to(SLOT)
    company.messenger.after = Once("post", Ambiguous(code="timeout"))
    tick(clockwork)
    assert company.states() == [DeliveryState.SENDING]
    company.real_time_passes(timedelta(minutes=3))
    tick(clockwork)
    assert company.states() == [DeliveryState.SENT]
    assert len(company.posted()) == 1


def test_a_stop_finishes_the_delivery_that_is_being_sent_and_begins_no_other(
    company: Company, clockwork: Clockwork, clock: MovableClock
) -> None:
    company.employ(6)
    clock.move_to(SLOT)
    clockwork.run_rounds()
    company.messenger.before = lambda what: clockwork.stop()
    assert clockwork.run_deliveries() == 1
    assert company.states() == [DeliveryState.PENDING] * 2 + [DeliveryState.SENT]


def test_hr_s_numbers_come_by_themselves(company: Company, clockwork: Clockwork, clock: MovableClock) -> None:
    clockwork = replace(clockwork, release_secret=b"0123456789abcdef")
    company.employ(20)
    for week in range(1, 6):
        clock.move_to(MONDAY + week * WEEK)
        clockwork.close_periods()
        assert company.all(ReleasedTable) == []
    clock.move_to(MONDAY + 6 * WEEK)
    clockwork.close_periods()
    clockwork.close_periods()
    assert len(company.all(ReleasedTable)) == 3


def test_without_a_secret_the_numbers_wait_as_they_were(
    company: Company, clockwork: Clockwork, clock: MovableClock
) -> None:
    company.employ(20)
    for week in (4, 6):
        clock.move_to(MONDAY + week * WEEK)
        clockwork.close_periods()
    assert company.all(ReleasedTable) == []
    clock.move_to(MONDAY + 7 * WEEK)
    replace(clockwork, release_secret=b"0123456789abcdef").close_periods()
    assert len(company.all(ReleasedTable)) == 3


def test_the_secret_is_in_no_log(clockwork: Clockwork) -> None:
    assert "hunter" not in repr(replace(clockwork, release_secret=b"hunter2hunter2hunter2"))


def test_old_rows_are_forgotten(company: Company, clockwork: Clockwork, clock: MovableClock) -> None:
    with company.sessions.write() as session:
        record_audit(session, company.workspace_id, actor="command line", action="a test", now=MONDAY)
    clock.move(timedelta(days=366))
    clockwork.forget_old_rows()
    assert company.all(AuditEvent) == []


def test_the_directory_is_read(company: Company, clockwork: Clockwork) -> None:
    company.directory.add(colleague("UA"), colleague("UB"), colleague("UC"))
    clockwork.read_directory()
    assert len(company.all(Person)) == 3


class DirectoryThatIsDown(FakeDirectory):
    def pages(self) -> Iterator[Sequence[DirectoryUser]]:
        raise NotDone(code="connection_refused")


def test_a_directory_that_is_down_stops_nothing(company: Company, clockwork: Clockwork) -> None:
    company.join("UA")
    replace(clockwork, directory=DirectoryThatIsDown()).read_directory()
    assert [person.is_active for person in company.all(Person)] == [True]


def test_profiles_are_read_and_those_that_are_not_are_one_line_without_names(
    company: Company, clockwork: Clockwork
) -> None:
    company.join("UA", "UB", "UC")
    company.directory.add(colleague("UA", profile=Profile(department="Design")))

    def before(slack_user_id: str) -> None:
        if slack_user_id != "UA":
            raise PersonUnreachable(code="user_not_visible")

    company.directory.before = before
    with capture_logs() as logged:
        clockwork.read_profiles()
    assert logged == [
        {"event": "profiles read", "people": 1, "skipped": {"user_not_visible": 2}, "log_level": "info"}
    ]
    clockwork.stop()
    with capture_logs() as logged:
        clockwork.read_profiles()
    assert logged == [{"event": "profiles read", "people": 0, "skipped": {}, "log_level": "info"}]


def test_the_scheduler_reads_the_directory_at_once_and_ticks(company: Company, clock: MovableClock) -> None:
    clock.move_to(SLOT)
    company.directory.add(colleague("UA"), colleague("UB"))
    ticked = [Event(), Event(), Event(), Event()]

    class Watched(Clockwork):
        def read_directory(self) -> None:
            super().read_directory()
            ticked[0].set()

        def run_rounds(self) -> list[object]:
            ticked[1].set()
            return []

        def run_deliveries(self) -> int:
            ticked[2].set()
            return 0

        def close_periods(self) -> None:
            ticked[3].set()

    scheduler = schedule(
        Watched(
            company.sessions,
            company.messenger,
            company.directory,
            clock,
            company.workspace_id,
            Timing(),
        ),
        tick=timedelta(seconds=0.05),
    )
    scheduler.start()
    try:
        assert all(event.wait(timeout=5) for event in ticked)
    finally:
        scheduler.shutdown()
    assert len(company.all(Person)) == 2
