"""What is one person's own, on the sandbox's page: preferences, the Home tab, the file, being forgotten."""

import json
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from app import SandboxedApp
from tests.browser.test_accessibility import check
from tests.browser.test_lunchmates import MONDAY, app, moves_to, say, visit, window, windows
from tests.use_cases.traces import traces

__all__ = ["app", "windows"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), pytest.param(390, "dark", marks=pytest.mark.slow)]
)
def test_somebody_says_what_they_like_reads_it_takes_it_along_and_is_forgotten(
    app: SandboxedApp,
    chromium: Browser,
    windows: ExitStack,
    width: int,
    scheme: str,
) -> None:
    page = window(chromium, windows, width, scheme)
    bot = app.slack.app_state()["bot_user_id"]
    for who in ("U0ADA", "U0BEN"):
        app.slack.command(who, "/lunch", "join")
    moves_to(app, MONDAY)

    visit(page, app, "U0ADA", "home")
    expect(page.get_by_text("You were introduced to")).to_be_visible()
    expect(page.get_by_role("button", name="Other time")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Preferences").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page)
    page.get_by_label("By video only").check()
    page.get_by_label("Ask me about …").fill("the Zanzibar expedition")
    page.get_by_label("What are you interested in?").fill("x" * 70)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Please name at most 20 interests")).to_be_visible()
    check(page)
    page.get_by_label("What are you interested in?").fill("bread, maps")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text("Ask me about: the Zanzibar expedition")).to_be_visible()
    check(page)

    visit(page, app, "U0ADA", bot)
    say(page, "/lunch my-data")
    expect(page.get_by_text("I sent it to you")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="lunchmates-my-data.json").click()
    whole = json.loads(coming.value.path().read_text(encoding="utf-8"))
    assert whole["preferences"]["data"]["ask_about"] == "the Zanzibar expedition"
    assert coming.value.suggested_filename == "lunchmates-my-data.json"
    check(page)

    say(page, "/lunch forget-me")
    expect(page.get_by_text("This can't be undone.")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Forget me").click()
    expect(page.get_by_text("Done: I have forgotten you")).to_be_visible()
    assert traces(app.installation.sessions, "U0ADA", "Ada Lovelace", "Zanzibar") == []
    visit(page, app, "U0ADA", "home")
    expect(page.get_by_text("You're not in.")).to_be_visible()
    expect(page.get_by_text("Zanzibar")).to_have_count(0)
    check(page)
