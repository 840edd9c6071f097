"""The button "Next week" on the sandbox's page plays on: the days between, and then the next round."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app import SandboxedApp, sandboxed_app
from cli.demo import next_week
from scheduler.clockwork import schedule

THURSDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)
DAYS = ("Monday 23 November", "Monday 30 November")


@contextmanager
def ticking(count: int) -> Iterator[SandboxedApp]:
    """The app, ticking, with so many people in its directory and the button on the sandbox's page."""
    app = sandboxed_app(THURSDAY, speed=1000.0, page_buttons={"Next week": next_week})
    scheduler = schedule(app.installation.clockwork, tick=app.installation.tick)
    try:
        app.slack.add_users([{"id": f"U00{number}", "name": f"Person {number}"} for number in range(count)])
        app.installation.clockwork.read_directory()
        scheduler.start()
        yield app
    finally:
        app.installation.clockwork.stop()
        scheduler.shutdown()
        app.stop()


def test_each_press_is_a_week() -> None:
    with ticking(4) as app:
        for number in range(4):
            app.slack.command(f"U00{number}", "/lunch", "join")
        for day in DAYS:
            assert app.slack.press_page_button("Next week") == f"{day}: 2 introductions went out."
    assert len(app.slack.messages()) == 4 + 2  # two rounds, and the nudges of the first


def test_a_week_goes_by_without_anybody() -> None:
    with ticking(2) as app:
        for day in DAYS:
            assert app.slack.press_page_button("Next week") == f"{day}: 0 introductions went out."
    assert app.slack.messages() == []
