"""The real app on the sandbox's page: three employees live with it, wide and narrow, light and dark."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from app import SandboxedApp, sandboxed_app
from tests.browser.test_accessibility import check
from tests.end_to_end.company import everybody_agrees

pytestmark = pytest.mark.browser

THURSDAY = datetime(2026, 11, 19, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
PEOPLE = {"U0ADA": "Ada Lovelace", "U0BEN": "Ben Okafor", "U0CLEO": "Cleo Marin"}


@pytest.fixture
def app() -> Iterator[SandboxedApp]:
    running = sandboxed_app(THURSDAY, speed=100.0)
    running.slack.add_users([{"id": one, "name": name} for one, name in PEOPLE.items()])
    running.installation.clockwork.read_directory()
    yield running
    running.stop()


@pytest.fixture
def windows(chromium: Browser) -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def window(
    chromium: Browser, windows: ExitStack, width: int, scheme: Any, *, zone: str | None = None
) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, timezone_id=zone
    )
    windows.callback(context.close)
    page = context.new_page()
    page.set_default_timeout(10_000)
    return page


def visit(page: Page, app: SandboxedApp, who: str, place: str) -> None:
    """Be somebody, somewhere. A new address, so that the page starts anew."""
    page.goto("about:blank")
    page.goto(f"{app.slack.url}/#{who}/{place}")


def say(page: Page, words: str) -> None:
    field = page.get_by_role("combobox", name="Message or command")
    field.fill(words)
    field.press("Enter")


def moves_to(app: SandboxedApp, moment: datetime) -> None:
    app.clock.move_to(moment + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.installation.clockwork.run_deliveries()


def group_of(app: SandboxedApp, who: str) -> str:
    [channel] = [one["id"] for one in app.slack.dms_of(who) if one["kind"] == "mpim"]
    return str(channel)


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        *(
            pytest.param(*view, marks=pytest.mark.slow)
            for view in ((1280, "dark"), (390, "light"), (390, "dark"))
        ),
    ],
)
def test_three_employees_live_with_it(
    app: SandboxedApp, chromium: Browser, windows: ExitStack, width: int, scheme: str
) -> None:
    page = window(chromium, windows, width, scheme)
    bot = app.slack.app_state()["bot_user_id"]
    for who in PEOPLE:
        visit(page, app, who, bot)
        say(page, "/lunch join")
        expect(page.get_by_text("You're in. On Monday 23 November, about 11:00")).to_be_visible()
    check(page)

    moves_to(app, MONDAY)
    for who in PEOPLE:
        visit(page, app, who, group_of(app, who))
        expect(page.get_by_text("Why you three:")).to_be_visible()
        expect(page.get_by_text("45 minutes is plenty")).to_be_visible()
    check(page)

    everybody_agrees(app.installation, FRIDAY - timedelta(hours=22))
    moves_to(app, FRIDAY)
    visit(page, app, "U0ADA", bot)
    expect(page.get_by_text("Did you meet?")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Only with Ben Okafor").click()
    expect(page.get_by_text("Noted: you met @Ben Okafor. Good to hear.")).to_be_visible()
    check(page)
    for who in ("U0BEN", "U0CLEO"):
        visit(page, app, who, bot)
        expect(page.get_by_text("Did you meet?")).to_be_visible()
        expect(page.get_by_role("log")).not_to_contain_text("Noted")

    visit(page, app, "U0BEN", "home")
    expect(page.get_by_text("Pause until …", exact=True)).to_be_visible()
    check(page)
    page.get_by_label("Pause until …").fill("2026-11-20")
    expect(page.get_by_text("A pause ends tomorrow at the earliest")).to_be_visible()
    expect(page.get_by_label("Pause until …")).to_have_value("")
    check(page)
    page.get_by_role("button", name="Pause 2 weeks").click()
    expect(page.get_by_text("A pause ends tomorrow at the earliest")).to_have_count(0)
    expect(page.get_by_text("You're paused until Friday 11 December")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("You're back.")).to_be_visible()
    check(page)

    visit(page, app, "U0CLEO", bot)
    say(page, "/lunch leave")
    answer = page.get_by_role("listitem").filter(has_text="You're out")
    expect(answer).to_be_visible()
    check(page)
    answer.get_by_role("button", name="Join").click()
    expect(answer).to_have_count(0)
    expect(page.get_by_text("You're in.").last).to_be_visible()


def test_two_employees_of_two_time_zones_get_to_the_table(
    app: SandboxedApp, chromium: Browser, windows: ExitStack
) -> None:
    app.slack.update_user("U0BEN", tz=NEW_YORK.key)
    app.installation.clockwork.read_directory()
    bot = app.slack.app_state()["bot_user_id"]
    ada = window(chromium, windows, 1280, "light", zone=BERLIN.key)
    ben = window(chromium, windows, 390, "dark", zone=NEW_YORK.key)
    for page, who, at in ((ada, "U0ADA", "11:00"), (ben, "U0BEN", "05:00")):
        visit(page, app, who, bot)
        say(page, "/lunch join")
        expect(page.get_by_text(f"You're in. On Monday 23 November, about {at}")).to_be_visible()
    moves_to(app, MONDAY)
    visit(ada, app, "U0ADA", group_of(app, "U0ADA"))
    visit(ben, app, "U0BEN", group_of(app, "U0BEN"))

    ada.get_by_role("button", name=re.compile(r"\d\d:\d\d")).first.click()
    expect(ben.get_by_text("suggests a video call on")).to_be_visible()
    check(ben)
    ben.get_by_role("button", name="Other time").click()
    expect(ben.get_by_role("heading", name="Suggest a time")).to_be_visible()
    check(ben)
    ben.get_by_label("When?").fill("2026-11-20T12:00")
    ben.get_by_role("button", name="Suggest", exact=True).click()
    expect(ben.get_by_text("That time has passed.")).to_be_visible()
    check(ben)
    ben.get_by_label("When?").fill("2026-12-03T09:30")
    ben.get_by_text("Coffee", exact=True).click()
    ben.get_by_role("button", name="Suggest", exact=True).click()
    when = "Thursday 3 December, 15:30 for @Ada Lovelace; 09:30 for @Ben Okafor"
    expect(ada.get_by_text(f"suggests coffee on {when}")).to_be_visible()
    ada.get_by_role("button", name="Works for me").click()

    for page in (ada, ben):
        expect(page.get_by_text(f"You're on: coffee on {when}.")).to_be_visible()
        check(page)
    links = {
        name: ben.get_by_role("link", name=name) for name in ("Google Calendar", "Outlook", "Calendar file")
    }
    assert all(link.get_attribute("target") == "_blank" for link in links.values())
    with urlopen(str(links["Calendar file"].get_attribute("href"))) as answer:
        [event] = Calendar.from_ical(answer.read()).walk("VEVENT")
    assert event["SUMMARY"] == "Coffee with Lunchmates"
    starts_at = event["DTSTART"].dt
    assert [f"{starts_at.astimezone(zone):%d %H:%M}" for zone in (BERLIN, NEW_YORK)] == [
        "03 15:30",
        "03 09:30",
    ]
    assert event["DTEND"].dt - starts_at == timedelta(minutes=45)

    moves_to(app, starts_at + timedelta(days=1))
    for page, who in ((ada, "U0ADA"), (ben, "U0BEN")):
        visit(page, app, who, bot)
        expect(page.get_by_text("Did the two of you meet?")).to_be_visible()
    ben.get_by_role("button", name="We met").click()
    expect(ben.get_by_text("Noted: you met @Ada Lovelace. Good to hear.")).to_be_visible()
    ben.get_by_role("button", name="👎").click()
    expect(ben.get_by_text("You gave a thumb down, which only the matcher sees")).to_be_visible()
    check(ben)
    visit(ada, app, "U0ADA", bot)
    expect(ada.get_by_text("Did the two of you meet?")).to_be_visible()
    expect(ada.get_by_role("log")).not_to_contain_text(re.compile("Noted|thumb"))
