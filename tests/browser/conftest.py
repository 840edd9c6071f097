"""A real Chromium, a sandbox with people in it, and a small app."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.browser.lunch_app import SECRET, TOKEN, served

PEOPLE = ("Ada Lovelace", "Ben Okafor", "Cleo Marin", "Dmitri Volkov")
COMMANDS = ("/lunch", "/lunch join", "/lunch leave", "/lunch preferences")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Company:
    """The sandbox and the app beside it; the button "Next week" ends when `week` is set."""

    slack: Sandbox
    app: WebClient
    week: Event = field(default_factory=Event)


@pytest.fixture
def company() -> Iterator[Company]:
    week = Event()

    def next_week() -> str:
        week.wait(5)
        return "2 introductions went out."

    slack = Sandbox(
        signing_secret=SECRET,
        bot_token=TOKEN,
        commands=COMMANDS,
        page_buttons={"Next week": next_week},
        page_clock=lambda: "Mon 30 Nov 2026",
    )
    with slack:
        for name in PEOPLE:
            slack.add_user(f"U0{name.split()[0].upper()}", name=name, title="Finance")
        with served(slack) as client:
            yield Company(slack, client, week)


@pytest.fixture
def open_page(chromium: Browser, company: Company) -> Iterator[Callable[..., Page]]:
    """Opens windows. In the end none of them has complained, and none has asked another host for anything."""
    complaints: list[str] = []
    hosts: set[str] = set()
    with ExitStack() as windows:

        def opened(place: str = "", *, width: int = 1280, scheme: Any = "light") -> Page:
            size = {"width": width, "height": 800}
            context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
            windows.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(5000)
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
            page.goto(f"{company.slack.url}/#{place}")
            return page

        yield opened
    assert complaints == []
    assert hosts <= {urlsplit(company.slack.url).netloc}
