"""Takes the pictures of the docs in headless Chromium: `python -m docs.take_pictures`.

A fictional company lives with the real app for six weeks, on the sandbox's page. The thumbs need a font that
has them (Debian: fonts-noto-color-emoji).
"""

import re
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select

from app import SandboxedApp, sandboxed_app, set_up_logs
from db.reports import store_table
from db.tables import Person, Preference
from docs.drawn_numbers import drawn_numbers
from docs.small_pictures import smaller
from domain.preferences import LunchFormat

PICTURES = Path(__file__).parent / "pictures"
PEOPLE = {
    "U0IRINA": ("Irina Carneiro", "Engineering", "Lisbon", "film photography"),
    "U0NIA": ("Nia Mbeki", "Legal", "Lisbon", "contracts that people understand"),
    "U0JONAS": ("Jonas Weber", "Finance", "Berlin", "closing the books in three days"),
    "U0AMARA": ("Amara Okoye", "Product Design", "Berlin", "watching people use our app"),
    "U0SOFIA": ("Sofia Lind", "Support", "Oslo", "the tickets that make us laugh"),
    "U0PAWEL": ("Pawel Nowak", "Logistics", "Oslo", "sailing in winter"),
    "U0TOM": ("Tom Becker", "Sales", "Boston", "city cycling"),
    "U0KOFI": ("Kofi Mensah", "Research", "Boston", "questions without an answer"),
}
"""They like to meet at a table, so that their offices say who is introduced to whom."""
WARNED, PAUSED, OF_HR = "U0NIA", "U0KOFI", "U0PAWEL"
NUMBERS_FROM = date(2026, 5, 25)
"""First day of the numbers that HR reads, which are those of the demo's larger company."""
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 11, 27, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 12, 2, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 4, 16, tzinfo=UTC)
JANUARY = datetime(2027, 1, 4, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)


class View(NamedTuple):
    """A window, how many dots its pictures have for each of its points, and whether they show one thing."""

    name: str
    width: int
    scheme: Any
    dots: float
    is_cut: bool = False


class Step(NamedTuple):
    """What one person types or presses, when and where; words that stand there afterwards; its pictures."""

    name: str
    at: datetime
    who: str
    place: str
    does: tuple[str, ...]
    shows: str
    views: tuple[View, ...]


LIGHT, DARK = View("desktop-light", 1280, "light", 1), View("desktop-dark", 1280, "dark", 1)
PHONE_LIGHT, PHONE_DARK = View("phone-light", 390, "light", 1.2), View("phone-dark", 390, "dark", 1.2)
CUT_LIGHT, CUT_DARK = View("cut-light", 390, "light", 1.2, True), View("cut-dark", 390, "dark", 1.2, True)
CUT_WIDE = View("wide-light", 900, "light", 1, True)
PAGE_LIGHT = View("page-light", 1280, "light", 1)
TIME = r"\d\d:\d\d"
STEPS = (
    Step("join", THURSDAY, "U0IRINA", "messages", ("/lunch join",), "You're in.", (PHONE_LIGHT, DARK)),
    Step(
        "pause", THURSDAY, "U0JONAS", "messages", ("/lunch pause 2w",), "You're paused", (LIGHT, PHONE_DARK)
    ),
    Step("resume", THURSDAY, "U0JONAS", "messages", ("Resume",), "You're back.", (LIGHT, PHONE_DARK)),
    Step("leave", THURSDAY, "U0TOM", "messages", ("/lunch leave",), "You're out", (LIGHT, PHONE_DARK)),
    Step(
        "preferences", THURSDAY, "U0IRINA", "home", ("Preferences",), "How do you like to meet?", (CUT_LIGHT,)
    ),
    Step("heads-up", DAY_BEFORE, WARNED, "messages", (), "skip this one", (CUT_LIGHT,)),
    Step("skipped", DAY_BEFORE, WARNED, "messages", ("Skip this round",), "you are left out", (CUT_LIGHT,)),
    Step("taken-back", DAY_BEFORE, WARNED, "messages", ("I'm in after all",), "Noted: you're in.", ()),
    Step("welcome-back", MONDAY - HOUR, PAUSED, "messages", (), "Welcome back", (CUT_LIGHT,)),
    Step("introduction", MONDAY, "U0AMARA", "group", (), "Why you two:", (LIGHT, PHONE_LIGHT, DARK)),
    Step("home", MONDAY, "U0NIA", "home", (), "You were introduced to", (LIGHT, PHONE_DARK)),
    Step("privately", MONDAY, "U0AMARA", "group", ("Privately",), "between you and me?", (CUT_DARK,)),
    Step("know", MONDAY, "U0AMARA", "group", ("We already know",), "somebody else this week?", (CUT_LIGHT,)),
    Step(
        "cant",
        MONDAY,
        "U0AMARA",
        "group",
        ("No, we'll", "Privately", "I can't"),
        "Or not at all?",
        (CUT_LIGHT,),
    ),
    Step(
        "rather-not",
        MONDAY,
        "U0AMARA",
        "group",
        ("Never mind", "Privately", "Rather not"),
        "Shall I never",
        (CUT_LIGHT,),
    ),
    Step("suggestion", MONDAY, "U0AMARA", "group", ("Never mind", TIME), "suggests lunch", (CUT_LIGHT,)),
    Step("other-time", MONDAY, "U0JONAS", "group", ("Other time",), "What for?", (CUT_LIGHT,)),
    Step("agreed", MONDAY, "U0JONAS", "group", ("Works for me",), "You're on:", (CUT_DARK,)),
    Step("notice", MONDAY + HOUR, "U0KOFI", "messages", (), "No introduction for you", (CUT_LIGHT,)),
    Step(
        "given-up",
        TUESDAY,
        "U0SOFIA",
        "group",
        ("Privately", "I can't", "Give it up"),
        "is given up",
        (CUT_DARK,),
    ),
    Step("called-off", TUESDAY + HOUR, "U0PAWEL", "messages", (), "This lunch won't happen", (CUT_LIGHT,)),
    Step("nudge", WEDNESDAY, "U0IRINA", "messages", (), "haven't picked a time", (CUT_LIGHT,)),
    Step("check-in", FRIDAY, "U0AMARA", "messages", (), "Did the two of you meet?", (PHONE_LIGHT, DARK)),
    Step("answer", FRIDAY, "U0AMARA", "messages", ("We met",), "Good to hear.", (PHONE_LIGHT,)),
    Step("thumb", FRIDAY, "U0AMARA", "messages", ("👍",), "You gave a thumb up", (CUT_LIGHT,)),
    Step("my-data", FRIDAY, "U0SOFIA", "messages", ("/lunch my-data",), "I sent it to you", (LIGHT,)),
    Step(
        "forget-me", FRIDAY, "U0SOFIA", "messages", ("/lunch forget-me",), "Do you want me to", (CUT_LIGHT,)
    ),
    Step("stats", FRIDAY, OF_HR, "messages", ("/lunch stats",), "The next period is released", (CUT_WIDE,)),
    Step("report", FRIDAY, OF_HR, "report", (), "How the teams connect", (PAGE_LIGHT,)),
    Step("resting", JANUARY, "U0IRINA", "messages", (), "It's been quiet", (CUT_LIGHT,)),
)


def picture(step: Step, view: View) -> str:
    """The name of the file."""
    return f"{step.name}-{view.name}.png"


def main() -> None:
    """Live through the weeks, and take the pictures of each step when it is done, or of those named."""
    named = sys.argv[1:] or [step.name for step in STEPS]
    set_up_logs()
    app = sandboxed_app(THURSDAY, speed=100.0, timezone="Europe/Berlin", hr=OF_HR)
    try:
        _open_company(app)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--headless=new", "--no-sandbox"],
            )
            for step in STEPS:
                _do(app, browser, step)
                for view in step.views if step.name in named else ():
                    _take(app, browser, step, view)
                _close(app, step)
            browser.close()
    finally:
        app.stop()


def _open_company(app: SandboxedApp) -> None:
    """Everybody but the first has joined, in a channel: their own messages begin with their step."""
    app.slack.add_users([{"id": one, "name": name} for one, (name, *_) in PEOPLE.items()])
    app.installation.clockwork.read_directory()
    with app.installation.sessions.write() as session:
        for person in session.scalars(select(Person)):
            who = person.slack_user_id or ""
            _, person.department, person.office, person.interests = PEOPLE[who]
            # Whoever has been here for longest goes first.
            person.started_on = date(2024 + list(PEOPLE).index(who) % 2, 1, 7)
            liked = Preference(person_id=person.id, format=LunchFormat.IN_PERSON, heads_up=who == WARNED)
            session.add(liked)
    _release(app)
    said = [*((who, "join") for who in list(PEOPLE)[1:]), (PAUSED, f"pause until {MONDAY:%Y-%m-%d}")]
    for who, words in said:
        app.slack.command(who, "/lunch", words, channel_id="C0GENERAL")
        app.slack.mark_read(who, "C0GENERAL")


def _release(app: SandboxedApp) -> None:
    with app.installation.sessions.write() as session:
        for table in drawn_numbers(NUMBERS_FROM):
            store_table(
                session,
                app.installation.workspace_id,
                name=table.name,
                period_on=table.period_on,
                weeks=table.weeks,
                body=table.to_dict(),
                now=THURSDAY,
            )


def _do(app: SandboxedApp, browser: Browser, step: Step) -> None:
    """Live on until then, hour by hour, and do it."""
    while app.clock.now() < step.at:
        app.clock.move_to(min(app.clock.now() + HOUR, step.at + timedelta(seconds=1)))
        app.installation.clockwork.run_rounds()
        app.installation.clockwork.run_deliveries()
    page = _window(app, browser, step, LIGHT)
    for one in step.does:
        if one.startswith("/"):
            field = page.get_by_role("combobox", name="Message or command")
            field.fill(one)
            field.press("Enter")
        else:
            page.get_by_role("button", name=re.compile(one)).first.click()
    expect(page.get_by_text(step.shows)).to_be_visible()
    page.context.close()


def _take(app: SandboxedApp, browser: Browser, step: Step, view: View) -> None:
    page, path = _window(app, browser, step, view), PICTURES / picture(step, view)
    expect(page.get_by_text(step.shows)).to_be_visible()
    if step.place == "report":
        page.wait_for_load_state("networkidle")
        below = page.get_by_role("navigation", name="On this page").bounding_box()
        page.set_viewport_size({"width": view.width, "height": round(below["y"]) if below else 800})
        taken = page.screenshot()
    elif view.is_cut:
        shown = page.get_by_role("dialog").or_(page.get_by_role("listitem").filter(has_text=step.shows))
        page.set_viewport_size({"width": view.width, "height": 2400})
        # A long modal scrolls; its picture shows all of it.
        page.evaluate("document.querySelector('dialog').style.maxHeight = 'none'")
        taken = shown.screenshot()
    else:
        below = page.evaluate("(log => log.scrollHeight - log.clientHeight)(document.querySelector('.log'))")
        page.set_viewport_size({"width": view.width, "height": page.evaluate("innerHeight") + below})
        taken = page.screenshot()
    page.goto("about:blank")
    path.write_bytes(smaller(taken, page))
    page.context.close()
    print(f"docs/pictures/{path.name}")


def _close(app: SandboxedApp, step: Step) -> None:
    """Leave no modal open for whatever this person does next."""
    for modal in app.slack.modals_of(step.who):
        app.slack.close_view(step.who, modal["id"])


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
        timezone_id="Europe/Berlin",
    )
    page = context.new_page()
    if step.place == "report":
        page.goto(f"{app.url}/hr/")
        page.get_by_role("link", name=PEOPLE[step.who][0]).click()
        return page
    page.goto(f"{app.slack.url}/#{step.who}/{places[step.place]}")
    return page


if __name__ == "__main__":
    main()
