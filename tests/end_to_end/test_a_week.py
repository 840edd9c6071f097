"""A whole week over HTTP: people join, a round is matched, and everybody hears of it exactly once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import SandboxedApp
from db.tables import Introduction, IntroductionMember
from domain.rounds import DeliveryState
from sandbox import DEFAULT_SCOPES, Fault
from tests.end_to_end.company import (
    ON_ITS_WAY,
    audience,
    check_delivered,
    deliveries,
    everybody_joins,
    introductions,
    people,
    posts,
    states,
)
from tests.end_to_end.conftest import Start
from tests.end_to_end.serving import wait_until

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
WITHOUT_HISTORY = tuple(scope for scope in DEFAULT_SCOPES if scope != "mpim:history")


def is_settled(app: SandboxedApp) -> bool:
    return not states(app.installation.sessions).keys() & ON_ITS_WAY


def hear(app: SandboxedApp) -> Counter[str]:
    """How many messages each person can read."""
    return Counter(
        person
        for messages in posts(app.slack).values()
        for message in messages
        for person in message["readers"]
    )


def run_everything(app: SandboxedApp) -> None:
    app.installation.clockwork.run_rounds()
    app.installation.clockwork.run_deliveries()


def test_25_people_get_one_group_message_each_and_nobody_else_hears_anything(
    start: Start, database_url: str
) -> None:
    app = start(database_url=database_url, speed=600)
    app.slack.add_users(people(40))
    app.slack.add_user("U0GUEST", name="Guest", is_restricted=True)
    app.installation.clockwork.read_directory()
    joining = [f"U0P{number:04}" for number in range(25)]
    for user in joining:
        assert "You're in." in app.slack.command(user, "/lunch", "join").messages[0]["text"]
    run_everything(app)
    assert posts(app.slack) == {}, "nothing goes out before the round's time"

    app.clock.move_to(MONDAY + timedelta(seconds=1))
    for _ in range(3):
        run_everything(app)
    check_delivered(app.slack, app.installation.sessions, exactly=True)
    sizes = Counter(len(readers) for readers in audience(app.installation.sessions).values())
    assert sizes == {2: 11, 3: 1}
    assert hear(app) == dict.fromkeys(joining, 1)
    assert {one["kind"] for one in app.slack.channels() if one["members"]} == {"channel", "mpim"}

    partner = app.slack.command(joining[0], "/lunch", "status").messages[0]["text"]
    [readers] = [one for one in audience(app.installation.sessions).values() if joining[0] in one]
    assert all(f"<@{other}>" in partner for other in readers - {joining[0]})


def test_the_next_week_brings_other_people_together(start: Start) -> None:
    app = start(speed=600)
    app.slack.add_users(people(24))
    app.installation.clockwork.read_directory()
    everybody_joins(app.installation.sessions)
    for week in range(3):
        app.clock.move_to(MONDAY + timedelta(weeks=week, seconds=1))
        run_everything(app)
    check_delivered(app.slack, app.installation.sessions, exactly=True)
    assert len({one for one in audience(app.installation.sessions).values() if len(one) > 1}) == 36
    # Three introductions, and the question about the first.
    assert hear(app) == {user["id"]: 3 + 1 for user in people(24)}


def test_a_single_person_is_told_in_the_hourly_batch_and_introduced_to_nobody(start: Start) -> None:
    app = start()
    app.slack.add_users(people(3))
    app.installation.clockwork.read_directory()
    app.slack.command("U0P0000", "/lunch", "join")
    app.clock.move_to(MONDAY + timedelta(minutes=1))
    run_everything(app)
    assert app.slack.messages() == []
    app.clock.move_to(MONDAY + timedelta(hours=1, seconds=1))
    run_everything(app)
    [notice] = app.slack.messages()
    assert "No introduction for you this round, sorry." in notice["text"]
    assert "Monday 30 November" in notice["text"]
    check_delivered(app.slack, app.installation.sessions, exactly=True)
    assert hear(app) == {"U0P0000": 1}


def test_whoever_leaves_before_the_message_is_not_introduced_and_the_other_gets_somebody(
    start: Start,
) -> None:
    app = start()
    app.slack.add_users(people(6))
    app.installation.clockwork.read_directory()
    everybody_joins(app.installation.sessions)
    app.clock.move_to(MONDAY + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.slack.command("U0P0000", "/lunch", "leave")
    app.slack.command("U0P0001", "/lunch", "leave")
    for _ in range(3):
        run_everything(app)
    heard = hear(app)
    assert heard.keys() == {user["id"] for user in people(6)} - {"U0P0000", "U0P0001"}
    assert set(heard.values()) == {1}


def test_somebody_whom_slack_will_not_let_us_write_to_does_not_cost_the_other_a_lunch(start: Start) -> None:
    app = start()
    app.slack.add_users(people(6))
    app.installation.clockwork.read_directory()
    everybody_joins(app.installation.sessions)
    app.clock.move_to(MONDAY + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.slack.update_user("U0P0000", deleted=True)
    app.slack.update_user("U0P0001", deleted=True)
    for _ in range(3):
        run_everything(app)
    heard = hear(app)
    assert heard.keys() == {user["id"] for user in people(6)} - {"U0P0000", "U0P0001"}
    assert set(heard.values()) == {1}


FAULTS = [
    Fault(kind, method, times=None, probability=0.06, retry_after=1)
    for method in ("conversations.open", "chat.postMessage")
    for kind in ("http_500", "drop", "drop_after", "reset", "reset_after", "error_after")
]
TOO_MANY = [
    Fault("ratelimited", method, times=2, probability=0.06, retry_after=1)
    for method in ("conversations.open", "chat.postMessage", "conversations.history")
]


@pytest.mark.parametrize("history", [True, False], ids=["history", "no-history"])
def test_a_week_in_which_slack_fails_all_the_time(start: Start, database_url: str, history: bool) -> None:
    app = start(
        database_url=database_url,
        speed=600,
        scopes=DEFAULT_SCOPES if history else WITHOUT_HISTORY,
        lease_seconds=0.3,
        lookup_seconds=0.1,
    )
    app.slack.add_users(people(101))
    app.installation.clockwork.read_directory()
    everybody_joins(app.installation.sessions)
    for fault in (*FAULTS, *TOO_MANY, Fault("drop", "conversations.history", times=None, probability=0.2)):
        app.slack.inject(fault)
    app.clock.move_to(MONDAY + timedelta(seconds=1))

    def go_on() -> bool:
        run_everything(app)
        return is_settled(app)

    wait_until(go_on, seconds=60, every=0.05)
    struck = {entry["fault"] for entry in app.slack.traffic()} - {None}
    assert struck >= {"http_500", "drop", "drop_after", "reset", "reset_after", "error_after", "ratelimited"}
    check_delivered(app.slack, app.installation.sessions, exactly=history)
    assert len(introductions(app.installation.sessions)) == 50
    uncertain = [one for one in deliveries(app.installation.sessions) if one.state == DeliveryState.UNCERTAIN]
    assert bool(uncertain) == (not history)


def test_nobody_is_in_two_introductions_of_a_round(start: Start) -> None:
    app = start(speed=600)
    app.slack.add_users(people(30))
    app.installation.clockwork.read_directory()
    everybody_joins(app.installation.sessions)
    app.slack.inject(Fault("error", "conversations.open", times=3, error="user_not_visible"))
    app.clock.move_to(MONDAY + timedelta(seconds=1))
    for _ in range(5):
        run_everything(app)
    assert is_settled(app)
    with app.installation.sessions.read() as session:
        assert session.scalars(select(Introduction).where(Introduction.active.is_(False))).all()
        active = session.scalars(select(IntroductionMember.person_id).where(IntroductionMember.active)).all()
    assert len(active) == len(set(active)) == 30
    assert set(hear(app).values()) == {1}
