"""What axe finds on the page, wide and narrow, light and dark: nothing."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.lunch_app import introduce

pytestmark = pytest.mark.browser


def check(page: Page) -> None:
    # Colours that are still fading in have less contrast than they will have.
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    # Nobody should have to scroll to the side.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        *((1280, "light"), (390, "dark")),
        *(pytest.param(*view, marks=pytest.mark.slow) for view in ((1280, "dark"), (390, "light"))),
    ],
)
def test_every_place(open_page: Callable[..., Page], company: Company, width: int, scheme: str) -> None:
    group = introduce(company.app, "U0ADA", "U0BEN", "U0CLEO")
    page = open_page("U0ADA", width=width, scheme=scheme)
    expect(page.get_by_role("navigation").get_by_role("link", name="Ben Okafor, Cleo Marin")).to_be_visible()
    check(page)
    page.get_by_role("combobox", name="You are").click()
    check(page)
    page.keyboard.press("Escape")
    page.goto(f"{company.slack.url}/#U0ADA/U0LUNCHBOT")
    field = page.get_by_role("combobox", name="Message or command")
    field.fill("/lunch")
    expect(page.get_by_role("option", name="/lunch join")).to_be_visible()
    check(page)
    field.press("Enter")
    expect(page.get_by_text("Only visible to you")).to_be_visible()
    check(page)
    field.fill("/lunch preferences")
    field.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Please complete this required field.")).to_have_count(2)
    check(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto(f"{company.slack.url}/#U0ADA/home")
    expect(page.get_by_role("heading", name="Your next lunch")).to_be_visible()
    check(page)
    page.get_by_role("button", name="More actions").click()
    check(page)
    page.goto(f"{company.slack.url}/#U0ADA/{group}")
    expect(page.get_by_role("button", name="We picked a time")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Traffic", exact=True).click()
    page.locator("summary").first.click()
    check(page)
