"""From the introduction to the calendar, over HTTP: one press suggests, one agrees, a file opens."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from app import SandboxedApp
from db.tables import Proposal
from sandbox import Fault
from tests.end_to_end.conftest import Start
from tests.end_to_end.serving import wait_until

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
ADA, BEN, CLEO = "U0ADA", "U0BEN", "U0CLEO"
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


@pytest.fixture
def app(start: Start, database_url: str) -> SandboxedApp:
    """Ada in Berlin and Ben in New York have been introduced."""
    app = start(database_url=database_url, timezone="Europe/Berlin")
    app.slack.add_users(
        [
            {"id": ADA, "name": "Ada", "tz": BERLIN.key},
            {"id": BEN, "name": "Ben", "tz": NEW_YORK.key},
            {"id": CLEO, "name": "Cleo", "tz": BERLIN.key},
        ]
    )
    app.installation.clockwork.read_directory()
    for who in (ADA, BEN):
        app.slack.command(who, "/lunch", "join")
    app.clock.move_to(MONDAY + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.installation.clockwork.run_deliveries()
    return app


def group(app: SandboxedApp, who: str = ADA) -> dict[str, Any]:
    """The one message of the group DM."""
    [channel] = [one for one in app.slack.dms_of(who) if one["kind"] == "mpim"]
    [message] = [one for one in channel["messages"] if one["response_type"] != "ephemeral"]
    return dict(message)


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        element["action_id"]: element
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    }


def press(app: SandboxedApp, who: str, action_id: str, message: dict[str, Any] | None = None) -> Any:
    result = app.slack.press(who, message or group(app), action_id)
    assert (result.status, result.errors) == (200, [])
    return result


def agree(app: SandboxedApp) -> dict[str, Any]:
    """One suggests the first time that is offered, the other says yes; the message then."""
    press(app, ADA, "propose_time_0")
    shows(app, f"<@{BEN}>, does that work?")
    press(app, BEN, "accept_time")
    return shows(app, "You're on:")


def shows(app: SandboxedApp, words: str) -> dict[str, Any]:
    """The message, as soon as it says something."""
    wait_until(lambda: words in group(app)["text"])
    return group(app)


def fetch(address: str) -> tuple[int, str, bytes]:
    try:
        with urlopen(address) as answer:
            return answer.status, answer.headers["Cache-Control"], answer.read()
    except HTTPError as error:
        return error.code, error.headers["Cache-Control"], error.read()


def event(app: SandboxedApp) -> Any:
    status, kept, body = fetch(buttons(group(app))["calendar_file"]["url"])
    assert (status, kept) == (200, "no-store")
    [found] = Calendar.from_ical(body).walk("VEVENT")
    return found


def test_one_press_suggests_one_agrees_and_both_calendars_have_it(app: SandboxedApp) -> None:
    offered = group(app)
    assert [name for name in buttons(offered) if name.startswith("propose_time")] != []
    press(app, ADA, "propose_time_0")
    suggested = shows(app, f"<@{BEN}>, does that work?")
    assert suggested["ts"] == offered["ts"]
    assert suggested["metadata"] == offered["metadata"]
    press(app, BEN, "accept_time")
    agreed = shows(app, "You're on: a video call on")
    assert group(app, BEN) == agreed

    [row] = stored(app)
    found = event(app)
    starts = found["DTSTART"].dt
    assert starts == row.starts_at
    assert found["DTEND"].dt - starts == timedelta(minutes=45)
    # 15:00 to 16:59 in Berlin is the morning in New York.
    assert starts.astimezone(BERLIN).hour in (15, 16)
    assert starts.astimezone(NEW_YORK).hour in (9, 10)
    assert f"{starts.astimezone(BERLIN):%H:%M} for <@{ADA}>" in agreed["text"]
    assert f"{starts.astimezone(NEW_YORK):%H:%M} for <@{BEN}>" in agreed["text"]
    assert found["SEQUENCE"] == 0
    assert not {"Ada", "Ben", ADA, BEN} & set(str(found.to_ical()).replace("\\r\\n", " ").split())
    assert "ATTENDEE" not in found
    for name in ("google", "outlook"):
        address = buttons(agreed)[f"calendar_{name}"]["url"]
        assert "Ada, Ben" in str(parse_qs(urlsplit(address).query))
        # A link opens in the browser: nothing changes that one could wait for.
        result = app.slack.press(ADA, agreed, f"calendar_{name}", wait=0)
        assert (result.status, result.errors) == (200, [])


def stored(app: SandboxedApp) -> list[Proposal]:
    with app.installation.sessions.read() as session:
        return session.query(Proposal).order_by(Proposal.id).all()


def ask(app: SandboxedApp, who: str) -> dict[str, Any]:
    press(app, who, "other_time")
    wait_until(lambda: bool(app.slack.modals_of(who)))
    return dict(app.slack.modals_of(who)[-1])


def submit(app: SandboxedApp, who: str, view: dict[str, Any], at: datetime, kind: str) -> Any:
    return app.slack.submit_view(who, view["id"], {"when": int(at.timestamp()), "what": kind})


def test_another_time_is_suggested_in_a_modal_and_moves_what_was_agreed(app: SandboxedApp) -> None:
    agree(app)
    before = event(app)
    view = ask(app, BEN)
    for wrong, said in (
        (MONDAY, "That time has passed."),
        (MONDAY + timedelta(weeks=4), "more than three weeks ahead"),
    ):
        refused = submit(app, BEN, view, wrong, "coffee")
        assert said in refused.errors["when"]
    thursday = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
    assert submit(app, BEN, view, thursday, "coffee").errors == {}
    moving = shows(app, "suggests coffee")
    assert "You're on:" in moving["text"], "the agreed time stands until the other one is accepted"
    press(app, ADA, "accept_time")
    shows(app, "You're on: coffee")
    after = event(app)
    assert after["UID"] == before["UID"]
    assert (after["DTSTART"].dt, after["SEQUENCE"]) == (thursday, 1)
    assert after["SUMMARY"] == "Coffee with Lunchmates"


def test_slack_is_busy_while_the_message_changes(app: SandboxedApp) -> None:
    view = ask(app, ADA)
    app.slack.inject(Fault("ratelimited", "chat.update", times=1, retry_after=1))
    submit(app, ADA, view, MONDAY + timedelta(days=2), "walk")
    shows(app, "suggests a walk")


def test_who_is_refused_is_told_alone_and_the_message_stays(app: SandboxedApp) -> None:
    press(app, ADA, "propose_time_0")
    shown = shows(app, "does that work?")
    result = press(app, ADA, "accept_time")
    [told] = result.wait_for_messages(1)
    assert told["response_type"] == "ephemeral"
    assert told["ts"] not in {one["ts"] for one in app.slack.messages()}
    assert "You suggested this time yourself" in told["text"]
    app.clock.move_to(MONDAY + timedelta(weeks=2))
    [told] = press(app, BEN, "accept_time").wait_for_messages(1)
    assert "That time has passed." in told["text"]
    assert group(app)["text"].split("The next")[0] == shown["text"].split("The next")[0]


def test_two_presses_at_once_end_in_the_message_that_is_true(app: SandboxedApp) -> None:
    message = group(app)
    presses = [
        threading.Thread(target=press, args=(app, who, action, message))
        for who, action in ((ADA, "propose_time_0"), (BEN, "propose_time_1"), (BEN, "propose_time_0"))
    ]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    def is_true() -> bool:
        text, rows = group(app)["text"], stored(app)
        agreed = [row for row in rows if row.state == "accepted"]
        waiting = [row for row in rows if row.state == "open"]
        return ("You're on:" in text) == bool(agreed) and ("does that work?" in text) == bool(waiting)

    wait_until(is_true)
    assert [row.state for row in stored(app)].count("accepted") <= 1


@pytest.mark.parametrize(
    "change", [lambda one: one.replace(".ics", "0.ics"), lambda one: one[:-6] + "ö0.ics"]
)
def test_a_wrong_address_tells_nothing(app: SandboxedApp, change: Any) -> None:
    address = buttons(agree(app))["calendar_file"]["url"]
    wrong = change(address).encode("ascii", "ignore").decode()
    nowhere = address.rsplit("/", 2)[0] + "/nobody/" + address.rsplit("/", 1)[1]
    assert fetch(wrong)[::2] == fetch(nowhere)[::2] == (404, b'{"error":"Not Found"}\n')
    assert fetch(wrong)[1] == "no-store"


def test_without_a_public_address_there_is_no_file(start: Start) -> None:
    app = start(public_url=None)
    app.slack.add_users([{"id": ADA, "name": "Ada"}, {"id": BEN, "name": "Ben"}])
    app.installation.clockwork.read_directory()
    for who in (ADA, BEN):
        app.slack.command(who, "/lunch", "join")
    app.clock.move_to(MONDAY + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.installation.clockwork.run_deliveries()
    assert {name for name in buttons(agree(app)) if name.startswith("calendar")} == {
        "calendar_google",
        "calendar_outlook",
    }
