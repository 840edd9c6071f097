"""One person's weeks through the whole app: the same over HTTP and over Socket Mode."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import SandboxedApp, sandboxed_app
from db.tables import Meeting
from domain.rounds import MeetingSource
from tests.end_to_end.company import everybody_agrees, joined
from tests.end_to_end.serving import wait_until

THURSDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)


@pytest.fixture(params=["http", "socket"])
def app(request: pytest.FixtureRequest, database_url: str) -> Iterator[SandboxedApp]:
    """Two colleagues, and the app as it is served."""
    running = sandboxed_app(
        THURSDAY, by_socket=request.param == "socket", database_url=database_url, speed=100.0
    )
    running.slack.add_users([{"id": "U0ADA", "name": "Ada"}, {"id": "U0BEN", "name": "Ben"}])
    running.installation.clockwork.read_directory()
    yield running
    running.stop()


def moves_to(app: SandboxedApp, moment: datetime) -> None:
    """Time passes, and what is due by then is done."""
    app.clock.move_to(moment + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.installation.clockwork.run_deliveries()


def lunch(app: SandboxedApp, text: str, user: str = "U0ADA") -> str:
    [message] = app.slack.command(user, "/lunch", text).messages
    return str(message["text"])


def texts(app: SandboxedApp, user: str, kind: str) -> list[str]:
    """What somebody has been written."""
    return [
        message["text"]
        for channel in app.slack.dms_of(user)
        if channel["kind"] == kind
        for message in channel["messages"]
    ]


def own_messages(app: SandboxedApp, user: str = "U0ADA") -> list[dict[str, Any]]:
    """What the app has written to somebody alone, as it stands there now."""
    [channel] = [one for one in app.slack.dms_of(user) if one["kind"] == "im"]
    return list(channel["messages"])


def home(app: SandboxedApp, user: str = "U0ADA") -> dict[str, Any]:
    app.slack.open_home(user)
    shown = app.slack.home_of(user)
    assert shown is not None
    return shown


def says(view: dict[str, Any]) -> str:
    """What a Home tab reads."""
    return " ".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def test_join_meet_pause_resume_and_leave(app: SandboxedApp) -> None:
    assert "Monday 23 November, about 11:00" in lunch(app, "join")
    lunch(app, "join", "U0BEN")
    moves_to(app, MONDAY)
    [introduction] = texts(app, "U0ADA", "mpim")
    assert texts(app, "U0BEN", "mpim") == [introduction]
    assert "This round you were introduced to <@U0BEN>" in lunch(app, "status")

    everybody_agrees(app.installation, FRIDAY - timedelta(hours=22))
    moves_to(app, FRIDAY)
    [asked] = texts(app, "U0ADA", "im")
    assert "Did the two of you meet?" in asked
    app.slack.press("U0ADA", own_messages(app)[0], "answer_met")
    [noted] = texts(app, "U0ADA", "im")
    assert "Noted: you met <@U0BEN>" in noted
    for thumb, said in (("thumb_down", "a thumb down"), ("thumb_up", "a thumb up")):
        app.slack.press("U0ADA", own_messages(app)[0], thumb)
        assert f"You gave {said}, which only the matcher sees" in texts(app, "U0ADA", "im")[0]
    [theirs] = texts(app, "U0BEN", "im")
    assert "Did the two of you meet?" in theirs
    with app.installation.sessions.read() as session:
        [meeting] = session.query(Meeting).all()
    assert meeting.source == MeetingSource.CONFIRMED

    assert "You're paused until Friday 11 December" in lunch(app, "pause 2w")
    moves_to(app, MONDAY + timedelta(weeks=1))
    assert len(texts(app, "U0ADA", "mpim")) == 1
    assert "You're back" in lunch(app, "resume")
    assert "You're out" in lunch(app, "leave")
    assert joined(app.installation.sessions) == {"U0BEN"}


def test_a_pause_says_when_it_is_over(app: SandboxedApp) -> None:
    lunch(app, "join")
    lunch(app, "pause until 2026-11-25")
    moves_to(app, datetime(2026, 11, 25, 9, tzinfo=UTC))
    [welcome] = texts(app, "U0ADA", "im")
    assert welcome.startswith("Welcome back: your pause is over. On Monday 30 November")


@pytest.mark.parametrize("app", ["http"], indirect=True)
def test_a_heads_up_is_skipped_taken_back_and_skipped_again(app: SandboxedApp) -> None:
    for who in ("U0ADA", "U0BEN"):
        lunch(app, "join", who)
    app.slack.command("U0ADA", "/lunch", "preferences")
    wait_until(lambda: bool(app.slack.modals_of("U0ADA")))
    app.slack.submit_view("U0ADA", app.slack.modals_of("U0ADA")[-1]["id"], {"heads_up": ["yes"]})
    moves_to(app, MONDAY - timedelta(days=3))
    [asked] = texts(app, "U0ADA", "im")
    assert "The next introductions go out on Monday 23 November, about 11:00, and you're in." in asked
    for button, said in (
        ("skip_round", "Noted: you are left out of the introductions on Monday 23 November"),
        ("take_round", "Noted: you're in."),
        ("skip_round", "Noted: you are left out of the introductions on Monday 23 November"),
    ):
        app.slack.press("U0ADA", own_messages(app)[0], button)
        [noted] = texts(app, "U0ADA", "im")
        assert noted.startswith(said)
    moves_to(app, MONDAY)
    assert app.slack.dms_of("U0BEN") == []
    moves_to(app, MONDAY + timedelta(hours=1))
    [told] = texts(app, "U0BEN", "im")
    assert "nobody was left for you to meet" in told
    assert texts(app, "U0ADA", "im") == [noted]
    app.slack.press("U0ADA", own_messages(app)[0], "take_round")
    assert texts(app, "U0ADA", "mpim") == [], "the round has begun"
    moves_to(app, MONDAY + timedelta(weeks=1))
    assert len(texts(app, "U0ADA", "mpim")) == len(texts(app, "U0BEN", "mpim")) == 1


def test_the_home_tab_has_all_four_as_buttons(app: SandboxedApp) -> None:
    assert "You're not in" in says(home(app))
    app.slack.press("U0ADA", home(app), "join_program")
    assert "You're in." in says(app.slack.home_of("U0ADA") or {})
    app.slack.press("U0ADA", home(app), "pause_program_2")
    assert "You're paused until Thursday 3 December" in says(app.slack.home_of("U0ADA") or {})
    app.slack.press("U0ADA", home(app), "resume_program")
    app.slack.choose("U0ADA", home(app), "pause_program_until", "2027-01-15")
    assert "You're paused until Friday, 15 January 2027" in says(app.slack.home_of("U0ADA") or {})
    app.slack.press("U0ADA", home(app), "leave_program")
    assert "You're not in" in says(home(app))
