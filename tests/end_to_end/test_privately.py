"""What is said privately, over HTTP: each branch ends in place, and nobody else sees or hears of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import SandboxedApp
from db.tables import Exclusion, Meeting
from tests.end_to_end.conftest import Start
from tests.end_to_end.serving import wait_until

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 14, 23, tzinfo=UTC)
FULL_HOUR = datetime(2026, 11, 24, 15, tzinfo=UTC)
ADA, BEN, CLEO, DAN = "U0ADA", "U0BEN", "U0CLEO", "U0DAN"
NAMES = {ADA: "Ada", BEN: "Ben", CLEO: "Cleo", DAN: "Dan"}


@pytest.fixture
def app(start: Start, database_url: str) -> SandboxedApp:
    """Ada and Ben have been introduced; Cleo and Dan work here, too."""
    app = start(database_url=database_url)
    app.slack.add_users({"id": who, "name": name} for who, name in NAMES.items())
    app.installation.clockwork.read_directory()
    for who in (ADA, BEN):
        app.slack.command(who, "/lunch", "join")
    passes(app, MONDAY)
    app.clock.move_to(TUESDAY)
    return app


def passes(app: SandboxedApp, moment: datetime) -> None:
    """Time passes, and the clock ticks often enough for everything that follows from each other."""
    app.clock.move_to(moment + timedelta(seconds=1))
    for _ in range(3):
        app.installation.clockwork.run_rounds()
        app.installation.clockwork.run_deliveries()


def groups(app: SandboxedApp, who: str) -> list[dict[str, Any]]:
    """The messages of somebody's group DMs that everybody in them sees."""
    return [
        message
        for channel in app.slack.dms_of(who)
        if channel["kind"] == "mpim"
        for message in channel["messages"]
    ]


def notes(app: SandboxedApp, who: str) -> list[str]:
    """What the bot wrote to somebody alone."""
    return [
        message["text"]
        for channel in app.slack.dms_of(who)
        if channel["kind"] == "im"
        for message in channel["messages"]
    ]


def opens(app: SandboxedApp, who: str = ADA) -> dict[str, Any]:
    """Presses "Privately …": what only this person sees."""
    result = app.slack.press(who, groups(app, who)[0], "privately")
    [shown] = result.wait_for_messages(1)
    assert shown["response_type"] == "ephemeral"
    return dict(shown)


def press(app: SandboxedApp, shown: dict[str, Any], action_id: str, who: str = ADA) -> dict[str, Any]:
    """Presses a button of it; what then stands in its place."""
    result = app.slack.press(who, shown, action_id)
    assert (result.status, result.errors) == (200, [])

    def now() -> dict[str, Any]:
        return next(dict(one) for one in app.slack.ephemeral_of(who) if one["ts"] == shown["ts"])

    wait_until(lambda: now()["text"] != shown["text"])
    return now()


BRANCHES = {
    "already know": ("private_know", "private_new"),
    "can't": ("private_cant", "private_free"),
    "rather not": ("private_not", "private_sure"),
}


@pytest.mark.parametrize("buttons", BRANCHES.values(), ids=BRANCHES)
def test_giving_up_shows_nothing_to_the_other_before_the_full_hour_and_then_the_same(
    app: SandboxedApp, buttons: tuple[str, str]
) -> None:
    before, [group] = app.slack.dms_of(BEN), groups(app, BEN)
    shown = opens(app)
    for button in buttons:
        shown = press(app, shown, button)
    assert "At 16:00 the others read" in shown["text"]
    passes(app, FULL_HOUR - timedelta(seconds=2))
    assert app.slack.dms_of(BEN) == before
    assert "<@U0ADA>" in app.slack.command(BEN, "/lunch", "status").messages[0]["text"]
    passes(app, FULL_HOUR)
    assert notes(app, BEN) == [
        "This lunch won't happen, sorry: the one of your introduction of Monday 23 November. There was "
        "nobody else free to meet you this round. The next introductions go out on Monday 30 November, "
        "about 11:00."
    ]
    assert groups(app, BEN) == [group], "the group message stays as it was"
    assert "<@U0ADA>" not in app.slack.command(BEN, "/lunch", "status").messages[0]["text"]


def test_already_known_is_noted_and_a_latecomer_is_new(app: SandboxedApp) -> None:
    for who in (CLEO, DAN):
        app.slack.command(who, "/lunch", "join")
    press(app, press(app, opens(app), "private_know"), "private_new")
    passes(app, FULL_HOUR)
    readers = [
        frozenset(channel["members"]) & set(NAMES)
        for channel in app.slack.channels()
        if channel["kind"] == "mpim"
    ]
    assert len(readers) == 3
    assert readers[0] == {ADA, BEN}
    assert not {frozenset((ADA, BEN)), frozenset((CLEO, DAN))} & set(readers[1:])
    with app.installation.sessions.read() as session:
        assert len(session.query(Meeting).all()) == 1
    [note] = notes(app, BEN)
    assert "I have introduced you to somebody new" in note


def test_lunch_anyway_and_never_mind_change_nothing_for_anybody(app: SandboxedApp) -> None:
    before = app.slack.dms_of(BEN)
    anyway = press(app, press(app, opens(app), "private_know"), "private_anyway")
    assert "the lunch stands" in anyway["text"]
    assert "Nothing was changed." in press(app, opens(app), "private_never_mind")["text"]
    passes(app, FULL_HOUR)
    assert app.slack.dms_of(BEN) == before
    assert notes(app, ADA) == []


def test_another_week_changes_the_times_in_the_group_message(app: SandboxedApp) -> None:
    [before] = groups(app, BEN)
    moved = press(app, press(app, opens(app), "private_cant"), "private_next_week")
    assert "offers times from next week on" in moved["text"]
    wait_until(lambda: groups(app, BEN)[0]["blocks"] != before["blocks"])
    [after] = groups(app, BEN)
    values = [
        one["value"] for block in after["blocks"] for one in block.get("elements", ()) if "value" in one
    ]
    days = [value.split()[1][:10] for value in values if " " in value]
    assert len(days) == 3
    assert min(days) >= "2026-11-30"
    assert notes(app, BEN) == []


def test_rather_not_is_kept_in_the_rounds_that_follow(app: SandboxedApp) -> None:
    asked = press(app, opens(app), "private_not")
    assert "Shall I never introduce you to <@U0BEN> again?" in asked["text"]
    with app.installation.sessions.read() as session:
        assert session.query(Exclusion).all() == []
    press(app, asked, "private_sure")
    with app.installation.sessions.read() as session:
        assert len(session.query(Exclusion).all()) == 1
    for week in range(1, 5):
        passes(app, MONDAY + week * timedelta(weeks=1))
    assert len(groups(app, ADA)) == len(groups(app, BEN)) == 1


def test_pressed_twice_and_out_of_an_old_message_gets_a_kind_answer(app: SandboxedApp) -> None:
    shown = press(app, opens(app), "private_cant")
    press(app, shown, "private_free")
    [again] = app.slack.press(ADA, groups(app, ADA)[0], "privately").wait_for_messages(1)
    assert "or you have given it up" in again["text"]
    passes(app, FULL_HOUR)
    [over] = app.slack.press(BEN, groups(app, BEN)[0], "privately").wait_for_messages(1)
    assert over["response_type"] == "ephemeral"
    assert "This introduction is over" in over["text"]
    assert len(notes(app, BEN)) == 1
