"""Takes the pictures of the docs in headless Chromium: `python -m docs.take_pictures`.

A fictional company lives with the real app for a week, on the sandbox's page.
"""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select

from app import SandboxedApp, sandboxed_app, set_up_logs
from db.introductions import members_of
from db.tables import Introduction, Person
from use_cases.accept_time import accept_time
from use_cases.propose_time import propose_time

PICTURES = Path(__file__).parent / "pictures"
PEOPLE = {
    "U0IRINA": ("Irina Carneiro", "Engineering", "Lisbon", "film photography"),
    "U0JONAS": ("Jonas Weber", "Finance", "Berlin", "closing the books in three days"),
    "U0AMARA": ("Amara Okoye", "Product Design", "Berlin", "watching people use our app"),
    "U0TOM": ("Tom Becker", "Sales", "Boston", "city cycling"),
    "U0NIA": ("Nia Mbeki", "Legal", "Lisbon", "contracts that people understand"),
}
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 4, 9, tzinfo=UTC)


class View(NamedTuple):
    """A window, and how many dots its pictures have for each of its points."""

    name: str
    width: int
    scheme: Any
    dots: float


class Step(NamedTuple):
    """What one person types or presses, when and where; words that stand there afterwards; its pictures."""

    name: str
    at: datetime
    who: str
    place: str
    does: str
    shows: str
    views: tuple[View, ...]


LIGHT, DARK = View("desktop-light", 1280, "light", 1), View("desktop-dark", 1280, "dark", 1)
PHONE_LIGHT, PHONE_DARK = View("phone-light", 390, "light", 1.2), View("phone-dark", 390, "dark", 1.2)
STEPS = (
    Step("join", THURSDAY, "U0IRINA", "messages", "/lunch join", "You're in.", (PHONE_LIGHT, DARK)),
    Step("pause", THURSDAY, "U0JONAS", "messages", "/lunch pause 2w", "You're paused", (LIGHT, PHONE_DARK)),
    Step("resume", THURSDAY, "U0JONAS", "messages", "Resume", "You're back.", (LIGHT, PHONE_DARK)),
    Step("leave", THURSDAY, "U0TOM", "messages", "/lunch leave", "You're out", (LIGHT, PHONE_DARK)),
    Step("introduction", MONDAY, "U0AMARA", "group", "", "Why you two:", (LIGHT, PHONE_LIGHT, DARK)),
    Step("check-in", FRIDAY, "U0AMARA", "messages", "", "Did the two of you meet?", (PHONE_LIGHT, DARK)),
    Step("answer", FRIDAY, "U0AMARA", "messages", "We met", "Good to hear.", (PHONE_LIGHT,)),
    Step("home", FRIDAY, "U0NIA", "home", "", "You were introduced to", (LIGHT, PHONE_DARK)),
)


def picture(step: Step, view: View) -> str:
    """The name of the file."""
    return f"{step.name}-{view.name}.png"


def main() -> None:
    """Live through the week, and take the pictures of each step when it is done."""
    set_up_logs()
    app = sandboxed_app(THURSDAY, speed=100.0, timezone="Europe/Berlin")
    try:
        _open_company(app)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox"]
            )
            for step in STEPS:
                _do(app, browser, step)
                for view in step.views:
                    _take(app, browser, step, view)
            browser.close()
    finally:
        app.stop()


def _open_company(app: SandboxedApp) -> None:
    """Everybody but the first has joined, in a channel: their own messages begin with their step."""
    app.slack.add_users([{"id": one, "name": name} for one, (name, *_) in PEOPLE.items()])
    app.installation.clockwork.read_directory()
    with app.installation.sessions.write() as session:
        for person in session.scalars(select(Person)):
            _, person.department, person.office, person.interests = PEOPLE[person.slack_user_id or ""]
    for who in list(PEOPLE)[1:]:
        app.slack.command(who, "/lunch", "join", channel_id="C0GENERAL")
        app.slack.mark_read(who, "C0GENERAL")


def _everybody_agrees(app: SandboxedApp, at: datetime) -> None:
    """The people of each introduction agree on a time, so that they are asked after it."""
    sessions, now = app.installation.sessions, app.clock.now()
    with sessions.read() as session:
        people = {
            one.public_id: [str(person.slack_user_id) for person in members_of(session, one.id)]
            for one in session.scalars(select(Introduction).where(Introduction.active))
        }
    for introduction_id, (first, *others) in people.items():
        suggested = propose_time(sessions, introduction_id, first, at, now=now).message.suggested
        for other in others:
            accept_time(sessions, introduction_id, suggested.proposal_id, other, now=now)


def _do(app: SandboxedApp, browser: Browser, step: Step) -> None:
    if app.clock.now() < step.at:
        if step.at == FRIDAY:
            _everybody_agrees(app, FRIDAY - timedelta(hours=22))
        app.clock.move_to(step.at + timedelta(seconds=1))
        app.installation.clockwork.run_rounds()
        app.installation.clockwork.run_deliveries()
    page = _window(app, browser, step, LIGHT)
    if step.does.startswith("/"):
        field = page.get_by_role("combobox", name="Message or command")
        field.fill(step.does)
        field.press("Enter")
    elif step.does:
        page.get_by_role("button", name=step.does).click()
    expect(page.get_by_text(step.shows)).to_be_visible()
    page.context.close()


def _take(app: SandboxedApp, browser: Browser, step: Step, view: View) -> None:
    page = _window(app, browser, step, view)
    expect(page.get_by_text(step.shows)).to_be_visible()
    below = page.evaluate("(log => log.scrollHeight - log.clientHeight)(document.querySelector('.log'))")
    page.set_viewport_size({"width": view.width, "height": page.evaluate("innerHeight") + below})
    page.screenshot(path=PICTURES / picture(step, view))
    page.context.close()
    print(f"docs/pictures/{picture(step, view)}")


def _window(app: SandboxedApp, browser: Browser, step: Step, view: View) -> Page:
    """A window as low as the sidebar allows, where this person looks at this place."""
    groups = [one["id"] for one in app.slack.dms_of(step.who) if one["kind"] == "mpim"]
    bot = app.slack.app_state()["bot_user_id"]
    places = {"messages": bot, "group": next(iter(groups), ""), "home": "home"}
    context = browser.new_context(
        viewport={"width": view.width, "height": 300},
        color_scheme=view.scheme,
        device_scale_factor=view.dots,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{app.slack.url}/#{step.who}/{places[step.place]}")
    return page


if __name__ == "__main__":
    main()
