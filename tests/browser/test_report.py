"""The report page in a real browser: signed in through Slack, light and dark, by key, on paper."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, expect

from app import SandboxedApp, sandboxed_app
from sandbox import DEFAULT_SCOPES
from tests.browser.test_accessibility import check
from tests.released_company import FIRST, released_tables, store
from web.browser_sessions import LASTS_SECONDS

pytestmark = pytest.mark.browser

PEOPLE = {"U0ADA": "Ada Lovelace", "U0BEN": "Ben Okafor", "U0CLEO": "Cleo Marin"}
GROUP = "S0HR"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def app() -> Iterator[SandboxedApp]:
    patched = pytest.MonkeyPatch()
    patched.setattr("slack_handlers.hr_role.KEPT_SECONDS", 0.0)
    running = sandboxed_app(
        datetime(2026, 7, 20, 9, tzinfo=UTC),
        hr=f"U0ADA,{GROUP}",
        scopes=(*DEFAULT_SCOPES, "usergroups:read"),
        speed=1000.0,
    )
    running.slack.add_users([{"id": who, "name": name} for who, name in PEOPLE.items()])
    running.slack.set_user_group(GROUP, ["U0CLEO"])
    running.installation.clockwork.read_directory()
    store(running.installation.sessions, running.installation.workspace_id, released_tables(2))
    yield running
    running.stop()
    patched.undo()


@pytest.fixture
def open_page(chromium: Browser, app: SandboxedApp) -> Iterator[Open]:
    """Opens windows of somebody who signs in. In the end none has complained or asked another host."""
    complaints: list[str] = []
    hosts: set[str] = set()
    with ExitStack() as windows:

        def opened(
            path: str = "/hr/",
            who: str = "Ada Lovelace",
            *,
            width: int = 1280,
            scheme: Any = "light",
            **more: Any,
        ) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, **more
            )
            windows.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
            page.goto(f"{app.url}{path}")
            page.get_by_role("link", name=who).click()
            page.wait_for_url(f"{app.url}{path}")
            return page

        yield opened
    assert complaints == []
    assert hosts == {urlsplit(app.url).netloc, urlsplit(app.slack.url).netloc}


def loaded(page: Page) -> list[str]:
    """The addresses of all pictures, which have loaded."""
    page.wait_for_function("[...document.images].every((one) => one.complete)")
    assert (
        page.evaluate("[...document.images].filter((one) => !one.naturalWidth).map((one) => one.src)") == []
    )
    found: list[str] = page.evaluate("[...document.images].map((one) => one.currentSrc)")
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_hr_sees_the_page_and_every_picture(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(width=width, scheme=scheme)
    expect(page.get_by_role("heading", name="How the teams connect")).to_be_visible()
    pictures = loaded(page)
    assert len(pictures) == 18
    assert all(one.endswith(f"-{scheme}.svg") for one in pictures)
    assert page.evaluate("[...document.images].every((one) => one.alt.length > 20)")
    check(page)
    for summary in page.locator("summary").all():
        summary.click()
    check(page)


def test_employees_see_the_same_page_and_not_that_of_hr(open_page: Open, app: SandboxedApp) -> None:
    page = open_page("/report/", "Ben Okafor")
    assert len(loaded(page)) == 18
    expect(page.get_by_text("HR's looks are noted; yours are not.")).to_be_visible()
    page.goto(f"{app.url}/hr/")
    expect(page.get_by_role("heading", name="This page is for HR")).to_be_visible()
    check(page)
    page.get_by_role("link", name="See the same numbers").click()
    expect(page.get_by_role("heading", name="How the teams connect")).to_be_visible()


def test_a_period_is_chosen_by_a_link_and_a_file_is_downloaded(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("link", name="Earlier: until 24 May 2026").click()
    expect(page.get_by_text("until 24 May 2026").first).to_be_visible()
    page.get_by_text("All periods").click()
    page.get_by_role("link", name="until 1 February 2026").click()
    expect(page.get_by_text("The numbers of departments come after")).to_be_visible()
    check(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Met rate as CSV").click()
    assert coming.value.suggested_filename == f"met_rate-{FIRST}-4w.csv"
    page.get_by_role("link", name="All tables as CSV").click()
    expect(page.get_by_role("heading", name="Every released table")).to_be_visible()
    check(page)


def test_without_javascript_nothing_is_missing(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.get_by_role("table").first).to_be_visible()
    page.locator("summary", has_text="The table: Department by department").click()
    expect(page.get_by_role("table", name="Department by department")).to_be_visible()
    assert page.get_by_role("columnheader").get_by_role("button").count() == 0


def test_with_javascript_tables_are_sorted_and_values_shown_under_the_pointer(open_page: Open) -> None:
    page = open_page()
    table = page.get_by_role("table", name="The steps of each department")
    names = table.locator("tbody th")
    assert names.all_text_contents() == sorted(names.all_text_contents())
    table.get_by_role("button", name="opted in").press("Enter")
    texts = table.locator("tbody td:nth-child(3)").all_inner_texts()
    shares = [int(re.findall(r"(\d+) %", text)[0]) for text in texts]
    assert shares == sorted(shares)
    table.get_by_role("button", name="Group").press("Enter")
    table.get_by_role("button", name="Group").press("Enter")
    assert names.all_text_contents() == sorted(names.all_text_contents(), reverse=True)
    check(page)

    picture = page.locator("img[src*='who_meets_whom']").first
    picture.hover()
    box = picture.bounding_box()
    assert box is not None
    page.locator(".chart svg").first.wait_for(state="attached")
    page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.45)
    page.mouse.move(box["x"] + box["width"] * 0.47, box["y"] + box["height"] * 0.47)
    expect(page.locator(".said")).to_have_text(re.compile(r"^.+, met .+: .+$"))
    check(page)


def test_everything_can_be_reached_with_the_keyboard(open_page: Open) -> None:
    page = open_page()
    wanted: int = page.evaluate(
        "[...document.querySelectorAll('a[href], button, summary, .scroll[tabindex]')]"
        ".filter((one) => one.checkVisibility()).length"
    )
    reached: dict[int, str] = {}
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        place, unseen = page.evaluate(
            """() => {
              const here = document.activeElement, look = getComputedStyle(here);
              const seen = look.outlineStyle !== "none" || look.boxShadow !== "none";
              return [[...document.querySelectorAll("*")].indexOf(here), seen ? "" : here.outerHTML];
            }"""
        )
        reached[place] = unseen
    assert len(reached) >= wanted
    # Whoever has come to something by key sees that it is there.
    assert [one for one in reached.values() if one and not one.startswith("<body")] == []


def test_on_paper_every_table_is_there(open_page: Open) -> None:
    page = open_page("/hr/print", scheme="dark")
    assert all(one.endswith("-light.svg") for one in loaded(page))
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate("[...document.querySelectorAll('table')].every((one) => one.checkVisibility())")
    check(page)
    # As wide as A4 is between its margins: no table runs into what stands beside it.
    page.set_viewport_size({"width": 718, "height": 1000})
    assert (
        page.evaluate(
            """[...document.querySelectorAll('.scroll > table')]
            .filter((one) => one.offsetWidth > one.parentElement.clientWidth + 1)
            .map((one) => one.caption.innerText)"""
        )
        == []
    )


@pytest.mark.parametrize(
    ("spoil", "heading"), [("nonce", "The sign-in did not work"), ("team", "That is another workspace")]
)
def test_a_sign_in_that_does_not_fit_shows_nothing(
    chromium: Browser, app: SandboxedApp, spoil: str, heading: str
) -> None:
    page = chromium.new_page()
    app.slack.spoil_id_token(spoil)
    page.goto(f"{app.url}/hr/")
    page.get_by_role("link", name="Ada Lovelace").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.goto(f"{app.url}/hr/tables/people_funnel-{FIRST}-4w.csv")
    expect(page.get_by_role("link", name="Ada Lovelace")).to_be_visible()
    page.close()


def test_a_session_that_is_too_old_ends_with_a_word_and_a_way_back(
    open_page: Open, app: SandboxedApp
) -> None:
    page = open_page()
    web = app.installation.web
    signer: Any = SecureCookieSessionInterface().get_signing_serializer(web)
    old = {"user": "U0ADA", "team": "T0LUNCH", "at": int(time.time()) - LASTS_SECONDS}
    page.context.add_cookies(
        [{"name": "lunchmates", "value": signer.dumps({"signed_in": old}), "url": app.url}]
    )
    page.reload()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_role("link", name="Ada Lovelace").click()
    expect(page.get_by_role("heading", name="How the teams connect")).to_be_visible()


def test_who_is_hr_no_more_reads_so_at_the_next_click(open_page: Open, app: SandboxedApp) -> None:
    page = open_page(who="Cleo Marin")
    app.slack.set_user_group(GROUP, ["U0ADA"])
    page.get_by_role("link", name="All tables as CSV").click()
    expect(page.get_by_role("heading", name="This page is for HR")).to_be_visible()
    picture = page.goto(f"{app.url}/hr/charts/who_meets_whom-{FIRST}-light.svg")
    assert picture is not None
    assert picture.status == 403
    app.slack.set_user_group(GROUP, ["U0CLEO"])
