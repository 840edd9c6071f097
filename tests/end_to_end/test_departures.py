"""Whoever leaves the company leaves the rounds the same day: nobody is told, nobody waits in vain."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import SandboxedApp
from db.sessions import Sessions
from db.tables import SitOut
from domain.rounds import ToldReason
from tests.end_to_end.company import everybody_joins, joined, people, posts
from tests.end_to_end.conftest import Start
from tests.end_to_end.serving import wait_until

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def app(start: Start, database_url: str) -> SandboxedApp:
    return start(database_url=database_url, speed=600)


def employ(app: SandboxedApp, count: int) -> list[str]:
    """So many people work here and take part; their Slack ids."""
    app.slack.add_users(people(count))
    app.installation.clockwork.read_directory()
    everybody_joins(app.installation.sessions)
    return [user["id"] for user in people(count)]


def passes(app: SandboxedApp, moment: datetime) -> None:
    """Time passes, and the clock ticks often enough for everything that follows from each other."""
    app.clock.move_to(moment + timedelta(seconds=1))
    for _ in range(3):
        app.installation.clockwork.run_rounds()
        app.installation.clockwork.run_deliveries()


def closes_account(app: SandboxedApp, user: str) -> None:
    """An admin deactivates the account, and Slack tells the app; the nightly reading is far away."""
    before = joined(app.installation.sessions)
    app.slack.update_user(user, notify=True, deleted=True)
    wait_until(lambda: joined(app.installation.sessions) == before - {user})


def pairs(app: SandboxedApp) -> list[frozenset[str]]:
    """Who got group messages together."""
    found = [message["readers"] for messages in posts(app.slack).values() for message in messages]
    return [readers for readers in found if len(readers) > 1]


def notes(app: SandboxedApp) -> dict[str, str]:
    """What people read in their own DM."""
    found = [message for messages in posts(app.slack).values() for message in messages]
    return {next(iter(one["readers"])): one["text"] for one in found if len(one["readers"]) == 1}


def reasons(sessions: Sessions) -> list[ToldReason]:
    with sessions.read() as session:
        return list(session.scalars(select(SitOut.reason)))


def test_the_round_of_the_same_day_goes_on_without_them(app: SandboxedApp) -> None:
    everybody = employ(app, 7)
    passes(app, MONDAY - HOUR)
    closes_account(app, everybody[3])
    passes(app, MONDAY)
    met = [person for pair in pairs(app) for person in pair]
    assert sorted(met) == sorted(set(everybody) - {everybody[3]})
    passes(app, MONDAY + HOUR)
    assert notes(app) == {}


def test_an_introduction_that_has_not_gone_out_never_does_and_the_other_gets_somebody(
    app: SandboxedApp,
) -> None:
    everybody = employ(app, 6)
    app.clock.move_to(MONDAY + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    gone = {everybody[0], everybody[1]}
    for user in gone:
        closes_account(app, user)
    passes(app, MONDAY + timedelta(minutes=1))
    met = [person for pair in pairs(app) for person in pair]
    assert sorted(met) == sorted(set(everybody) - gone)


def test_an_introduction_that_has_gone_out_gives_the_other_a_new_partner(app: SandboxedApp) -> None:
    employ(app, 4)
    passes(app, MONDAY)
    first, second = pairs(app)
    closes_account(app, min(first))
    closes_account(app, min(second))
    passes(app, TUESDAY)
    assert pairs(app) == [first, second]
    passes(app, TUESDAY + HOUR)
    assert pairs(app) == [first, second, {max(first), max(second)}]
    [status] = app.slack.command(max(first), "/lunch", "status").messages
    assert f"<@{max(second)}>" in status["text"]
    assert f"<@{min(first)}>" not in status["text"]


def test_where_nobody_is_free_a_kind_word_comes_with_the_full_hour_and_says_nothing_of_the_account(
    app: SandboxedApp,
) -> None:
    employ(app, 2)
    passes(app, MONDAY)
    [pair] = pairs(app)
    closes_account(app, min(pair))
    passes(app, TUESDAY + timedelta(minutes=10))
    assert notes(app) == {}
    for hours in (1, 2):
        passes(app, TUESDAY + hours * HOUR)
    assert reasons(app.installation.sessions) == [ToldReason.CALLED_OFF]
    assert notes(app).keys() == {max(pair)}
    said = notes(app)[max(pair)]
    assert "This lunch won't happen" in said
    assert "Monday 30 November" in said
    assert min(pair) not in said
    assert not any(word in said.lower() for word in ("account", "deactivated", "left", "company", "person 0"))
    assert len(app.slack.messages()) == 2


def test_whoever_comes_back_is_not_in_until_they_join_again(app: SandboxedApp) -> None:
    everybody = employ(app, 4)
    closes_account(app, everybody[0])
    app.slack.update_user(everybody[0], notify=True, deleted=False)
    app.installation.clockwork.read_directory()
    passes(app, MONDAY)
    assert everybody[0] not in {person for pair in pairs(app) for person in pair}
    assert "You're in." in app.slack.command(everybody[0], "/lunch", "join").messages[0]["text"]
    passes(app, MONDAY + timedelta(weeks=1))
    assert everybody[0] in {person for pair in pairs(app) for person in pair}
