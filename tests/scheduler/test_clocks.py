"""Program time: the machine's, or one that a demo moves ahead."""

from datetime import UTC, datetime, timedelta

from scheduler.clocks import MovableClock, SystemClock
from tests.conftest import MONDAY
from tests.db.at_once import at_once

SECOND = timedelta(seconds=1)


def test_the_system_s_clock_tells_the_time_in_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < SECOND


def test_a_movable_clock_runs_from_where_it_was_set() -> None:
    clock = MovableClock(MONDAY)
    first = clock.now()
    assert MONDAY <= first < MONDAY + SECOND
    assert clock.now() > first


def test_a_movable_clock_can_be_moved_ahead() -> None:
    clock = MovableClock(MONDAY)
    clock.move(timedelta(days=7))
    assert MONDAY + timedelta(days=7) <= clock.now() < MONDAY + timedelta(days=7) + SECOND
    clock.move_to(MONDAY + timedelta(days=30))
    assert MONDAY + timedelta(days=30) <= clock.now() < MONDAY + timedelta(days=30) + SECOND


def test_a_movable_clock_never_goes_back() -> None:
    clock = MovableClock(MONDAY)
    before = clock.now()
    clock.move_to(MONDAY - timedelta(days=1))
    clock.move(-timedelta(hours=1))
    assert before < clock.now() < before + SECOND


def test_moves_from_several_threads_never_take_it_back() -> None:
    clock = MovableClock(MONDAY)

    def move() -> bool:
        times = [clock.now()]
        for _ in range(200):
            clock.move(timedelta(minutes=1))
            times.append(clock.now())
        return times == sorted(times)

    assert at_once(*[move] * 4) == [True] * 4
    assert clock.now() >= MONDAY + timedelta(minutes=200)
