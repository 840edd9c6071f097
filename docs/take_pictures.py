"""Takes the pictures of the docs in headless Chromium: `python -m docs.take_pictures`.

A fictional company plays one week through the real app, and the sandbox's page shows it.
"""

import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

from app import SandboxedApp, sandboxed_app, set_up_logs
from db.tables import Person

PICTURES = Path(__file__).parent / "pictures"
THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 4, 9, tzinfo=UTC)
PEOPLE = {
    "U0IRINA": ("Irina Carneiro", "Engineering", "Lisbon", "film photography"),
    "U0JONAS": ("Jonas Weber", "Finance", "Berlin", "closing the books in three days"),
    "U0AMARA": ("Amara Okoye", "Product Design", "Berlin", "watching people use our app"),
    "U0TOM": ("Tom Becker", "Sales", "Boston", "city cycling"),
}
# Place, width, height and colours of each picture.
SHOTS = (
    ("join", "U0IRINA", "bot", 1100, 460, "light"),
    ("introduction", "U0IRINA", "group", 1100, 560, "light"),
    ("check-in", "U0IRINA", "bot", 1100, 560, "dark"),
    ("home", "U0JONAS", "home", 390, 760, "light"),
    ("home-dark", "U0JONAS", "home", 390, 760, "dark"),
)


def main() -> None:
    """Play the week, and take each picture at its time."""
    set_up_logs()
    app = sandboxed_app(THURSDAY, speed=100.0, timezone="Europe/Berlin")
    try:
        _open_company(app)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox"]
            )
            for who in list(PEOPLE)[1:]:
                app.slack.command(who, "/lunch", "join")
            _take(app, browser, *SHOTS[0])
            _move(app, MONDAY)
            _take(app, browser, *SHOTS[1])
            _move(app, FRIDAY)
            for shot in SHOTS[2:]:
                _take(app, browser, *shot)
            browser.close()
    finally:
        app.stop()


def _open_company(app: SandboxedApp) -> None:
    app.slack.add_users([{"id": one, "name": name} for one, (name, *_) in PEOPLE.items()])
    app.installation.clockwork.read_directory()
    with app.installation.sessions.write() as session:
        for person in session.scalars(select(Person)):
            _, person.department, person.office, person.interests = PEOPLE[person.slack_user_id or ""]


def _move(app: SandboxedApp, moment: datetime) -> None:
    app.clock.move_to(moment + timedelta(seconds=1))
    app.installation.clockwork.run_rounds()
    app.installation.clockwork.run_deliveries()


def _take(
    app: SandboxedApp, browser: Browser, name: str, who: str, place: str, width: int, height: int, scheme: Any
) -> None:
    places = {
        "bot": app.slack.app_state()["bot_user_id"],
        "group": next((one["id"] for one in app.slack.dms_of(who) if one["kind"] == "mpim"), ""),
        "home": "home",
    }
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1.5
    )
    page = context.new_page()
    page.goto(f"{app.slack.url}/#{who}/{places[place]}")
    if name == "join":
        field = page.get_by_role("combobox", name="Message or command")
        field.fill("/lunch join")
        field.press("Enter")
    page.wait_for_timeout(1500)
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    sys.exit(main())
