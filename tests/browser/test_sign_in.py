"""Signing in on the web and out again, in a real browser that keeps to the pages' policy."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from app import SandboxedApp, sandboxed_app
from tests.browser.test_accessibility import check

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app() -> Iterator[SandboxedApp]:
    running = sandboxed_app(datetime(2026, 11, 19, 9, tzinfo=UTC), hr="U0ADA")
    running.slack.add_users([{"id": "U0ADA", "name": "Ada Lovelace"}, {"id": "U0BEN", "name": "Ben Okafor"}])
    running.installation.clockwork.read_directory()
    yield running
    running.stop()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_somebody_signs_in_and_out(chromium: Browser, app: SandboxedApp, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))

    page.goto(f"{app.url}/sign-in?to=/hr/")
    page.get_by_role("link", name="Don’t sign in").click()
    expect(page.get_by_role("heading", name="You are not signed in")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_role("link", name="Ada Lovelace").click()
    page.wait_for_url(f"{app.url}/hr/")
    page.goto(f"{app.url}/sign-out")
    expect(page.get_by_role("heading", name="Sign out?")).to_be_visible()
    check(page)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    check(page)

    assert complaints == []
    assert hosts == {urlsplit(app.url).netloc, urlsplit(app.slack.url).netloc}
    context.close()
