"""The button "Next week" on the sandbox's page plays on: check-ins, and then the next round."""

from datetime import UTC, datetime

from app import sandboxed_app
from cli.demo import next_week
from scheduler.clockwork import schedule

THURSDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)


def test_each_press_is_a_week() -> None:
    app = sandboxed_app(THURSDAY, speed=1000.0, page_buttons={"Next week": next_week})
    scheduler = schedule(app.installation.clockwork, tick=app.installation.tick)
    try:
        app.slack.add_users([{"id": f"U00{number}", "name": f"Person {number}"} for number in range(4)])
        app.installation.clockwork.read_directory()
        for number in range(4):
            app.slack.command(f"U00{number}", "/lunch", "join")
        scheduler.start()
        for day in ("Monday 23 November", "Monday 30 November"):
            assert app.slack.press_page_button("Next week") == f"{day}: 2 introductions went out."
    finally:
        app.installation.clockwork.stop()
        scheduler.shutdown()
        app.stop()
    assert len(app.slack.messages()) == 4 + 4  # two rounds, and the check-ins of the first
