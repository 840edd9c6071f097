"""The real app on the sandbox's page: three employees live with it, wide and narrow, light and dark."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import urlopen

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


def window(chromium: Browser, windows: ExitStack, width: int, scheme: Any) -> Page:
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
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
    ("width", "scheme"), [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
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
    expect(page.get_by_text("Good to hear.")).to_be_visible()
    check(page)

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


def test_two_employees_get_to_the_table(app: SandboxedApp, chromium: Browser, windows: ExitStack) -> None:
    for who in ("U0ADA", "U0BEN"):
        app.slack.command(who, "/lunch", "join")
    moves_to(app, MONDAY)
    ada, ben = (
        window(chromium, windows, width, scheme) for width, scheme in ((1280, "light"), (390, "dark"))
    )
    visit(ada, app, "U0ADA", group_of(app, "U0ADA"))
    visit(ben, app, "U0BEN", group_of(app, "U0BEN"))

    ada.get_by_role("button", name=re.compile(r"\d\d:\d\d")).first.click()
    expect(ben.get_by_text("suggests lunch on")).to_be_visible()
    check(ben)
    ben.get_by_role("button", name="Other time").click()
    expect(ben.get_by_role("heading", name="Suggest a time")).to_be_visible()
    check(ben)
    ben.get_by_label("When?").fill("2026-11-20T12:00")
    ben.get_by_role("button", name="Suggest", exact=True).click()
    expect(ben.get_by_text("That time has passed.")).to_be_visible()
    check(ben)
    ben.get_by_label("When?").fill("2026-12-03T15:30")
    ben.get_by_text("Coffee", exact=True).click()
    ben.get_by_role("button", name="Suggest", exact=True).click()
    expect(ada.get_by_text("suggests coffee on Thursday 3 December")).to_be_visible()
    ada.get_by_role("button", name="Works for me").click()

    for page in (ada, ben):
        expect(page.get_by_text("You're on:")).to_be_visible()
        check(page)
    links = {
        name: ben.get_by_role("link", name=name) for name in ("Google Calendar", "Outlook", "Calendar file")
    }
    assert all(link.get_attribute("target") == "_blank" for link in links.values())
    with urlopen(str(links["Calendar file"].get_attribute("href"))) as answer:
        [event] = Calendar.from_ical(answer.read()).walk("VEVENT")
    assert event["SUMMARY"] == "Coffee with Lunchmates"
    assert event["DTSTART"].dt.timestamp() == ben.evaluate("Date.parse('2026-12-03T15:30') / 1000")
