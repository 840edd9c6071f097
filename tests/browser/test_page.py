"""The sandbox's page as people use it, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.lunch_app import introduce

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def say(page: Page, words: str) -> None:
    field = page.get_by_role("combobox", name="Message or command")
    field.fill(words)
    field.press("Enter")


def test_the_first_employee_is_there_at_once(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.get_by_role("combobox", name="You are")).to_have_value("Ada Lovelace")
    expect(page).to_have_url(re.compile("#U0ADA/U0LUNCHBOT$"))
    expect(page).to_have_title("Lunch Company")
    expect(page.get_by_text("No messages yet.")).to_be_visible()
    assert page.request.get(page.url).headers["content-security-policy"].startswith("default-src 'none'")


def test_being_three_employees(open_page: OpenPage, company: Company) -> None:
    introduce(company.app, "U0ADA", "U0BEN")
    page = open_page("U0ADA/U0LUNCHBOT")
    you = page.get_by_role("combobox", name="You are")
    group = page.get_by_role("navigation").get_by_role("link", name="Ben Okafor")
    expect(group).to_be_visible()
    for typed, name, sees in (("ben", "Ben Okafor", "Ada Lovelace"), ("cleo", "Cleo Marin", None)):
        you.fill(typed)
        expect(page.get_by_role("option")).to_have_count(1)
        you.press("Enter")
        expect(you).to_have_value(name)
        links = page.get_by_role("region", name="Group messages").get_by_role("link")
        nav = page.get_by_role("navigation")
        expect(nav.get_by_role("link", name="Ben Okafor")).to_have_count(0)
        if sees:
            expect(nav.get_by_role("link", name=sees)).to_be_visible()
        else:
            expect(links).to_have_count(0)
    page.reload()
    expect(you).to_have_value("Cleo Marin")


def test_a_command_its_answer_and_its_button(open_page: OpenPage) -> None:
    page = open_page("U0ADA/U0LUNCHBOT")
    field = page.get_by_role("combobox", name="Message or command")
    field.fill("/lunch j")
    expect(page.get_by_role("option", name="/lunch join")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("/lunch join ")
    field.press("Enter")
    answer = page.get_by_role("listitem").filter(has_text="Only visible to you")
    expect(answer).to_contain_text("On Monday I'll introduce you to someone")
    expect(answer.locator("strong", has_text="Monday")).to_be_visible()
    answer.get_by_role("button", name="Pause").click()
    expect(answer).to_contain_text("Paused until Monday.")
    expect(answer.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text="Only visible to you")).to_have_count(1)


def test_others_do_not_see_what_is_for_one(open_page: OpenPage) -> None:
    ada, ben = open_page("U0ADA/C0GENERAL"), open_page("U0BEN/C0GENERAL")
    say(ada, "/lunch join")
    say(ada, "Who is for *lunch*? <b>")
    expect(ben.get_by_role("listitem").filter(has_text="Who is for lunch? <b>")).to_be_visible()
    expect(ada.get_by_text("Only visible to you")).to_be_visible()
    expect(ben.get_by_text("Only visible to you")).to_have_count(0)


def test_a_command_that_is_none(open_page: OpenPage, company: Company) -> None:
    page = open_page("U0ADA/U0LUNCHBOT")
    say(page, "/dinner now")
    expect(page.get_by_role("status")).to_contain_text("/dinner is not a command here")
    expect(page.get_by_role("combobox", name="Message or command")).to_have_value("/dinner now")
    company.slack.app_url = "http://127.0.0.1:1/"
    say(page, "/lunch")
    expect(page.get_by_role("status")).to_contain_text("/lunch failed: the app could not be reached.")


def test_a_modal_with_errors_and_then_without(open_page: OpenPage, company: Company) -> None:
    page = open_page("U0ADA/U0LUNCHBOT")
    say(page, "/lunch preferences")
    modal = page.get_by_role("dialog", name="Your lunches")
    modal.get_by_role("button", name="Save").click()
    expect(modal.get_by_text("Please complete this required field.")).to_have_count(2)
    modal.get_by_label("Coffee").check()
    topics = modal.get_by_label("What do you like to talk about?")
    topics.fill("my secret")
    topics.press("Enter")
    expect(modal.get_by_text("Please choose something you can talk about.")).to_be_visible()
    expect(topics).to_have_attribute("aria-invalid", "true")
    expect(topics).to_be_focused()
    topics.fill("bread & graphs")
    without = modal.get_by_label("Who should we leave out?")
    for name in ("Ben", "Cleo"):
        without.fill(name)
        without.press("Enter")
    modal.get_by_role("button", name="Remove Ben Okafor").click()
    modal.get_by_label("Where?").select_option("Paris")
    modal.get_by_label("Tuesday").check()
    modal.get_by_label("Pause until").fill("2026-12-24")
    modal.get_by_role("button", name="Save").click()
    expect(modal).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text="Saved: bread & graphs")).to_be_visible()
    [submitted] = [view for view in company.slack.views() if view["callback_id"] == "preferences"]
    values = {block: actions["entered"] for block, actions in submitted["state"]["values"].items()}
    assert values["format"]["selected_option"]["value"] == "coffee"
    assert values["without"]["selected_users"] == ["U0CLEO"]
    assert values["office"]["selected_option"]["value"] == "paris"
    assert [each["value"] for each in values["days"]["selected_options"]] == ["tuesday"]
    assert values["until"]["selected_date"] == "2026-12-24"
    assert values["earliest"]["selected_time"] == "12:00"


def test_closing_a_modal_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("U0ADA/U0LUNCHBOT")
    say(page, "/lunch preferences")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text="Nothing was changed.")).to_be_visible()


def test_the_home_tab(open_page: OpenPage, company: Company) -> None:
    page = open_page("U0ADA/U0LUNCHBOT")
    page.get_by_role("navigation").get_by_role("link", name="Home").click()
    home = page.get_by_role("region", name="Home")
    expect(home.get_by_role("heading", name="Your next lunch")).to_be_visible()
    home.get_by_role("button", name="Press").click()
    expect(home.locator(".field", has_text="Pressed")).to_contain_text("1")
    home.get_by_label("Group size").select_option("Three")
    home.get_by_role("button", name="More actions").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.wait_for_timeout(200)
    sent = [
        request["body"] for request in company.slack.requests_to_app() if request["kind"] == "interaction"
    ]
    assert ["press" in sent[0], "three" in sent[1], "forget+me" in sent[2]] == [True] * 3


def test_a_group_message_arrives_while_one_looks(open_page: OpenPage, company: Company) -> None:
    page = open_page("U0BEN/U0LUNCHBOT")
    expect(page.get_by_text("No messages yet.")).to_be_visible()
    introduce(company.app, "U0ADA", "U0BEN")
    link = page.get_by_role("navigation").get_by_role("link", name="Ada Lovelace")
    expect(link).to_contain_text("1 unread")
    expect(page).to_have_title("(1) Lunch Company")
    link.click()
    expect(page.get_by_role("log")).to_contain_text("@Ada Lovelace, meet @Ben Okafor.")
    expect(page.locator(".mention.me").first).to_have_text("@Ben Okafor")
    expect(page.get_by_role("log").get_by_text("New", exact=True)).to_be_visible()
    expect(page).to_have_title("Lunch Company")
    say(page, "Tuesday?")
    other = open_page("U0ADA/U0LUNCHBOT")
    expect(other.get_by_role("navigation").get_by_role("link", name="Ben Okafor")).to_contain_text("2 unread")


def test_the_traffic(open_page: OpenPage) -> None:
    page = open_page("U0ADA/U0LUNCHBOT")
    toggle = page.get_by_role("button", name="Traffic", exact=True)
    toggle.click()
    drawer = page.get_by_role("complementary", name="Traffic")
    say(page, "/lunch join")
    entry = drawer.locator("details", has_text="command: /lunch join")
    expect(entry).to_contain_text("200")
    entry.locator("summary").click()
    expect(entry).to_contain_text('"user_id": "U0ADA"')
    expect(entry).to_contain_text("X-Slack-Signature")
    drawer.get_by_label("Filter the traffic").fill("views.")
    expect(drawer.locator("details")).to_have_count(0)
    drawer.get_by_label("Filter the traffic").fill("")
    drawer.get_by_label("Direction").select_option("From the app")
    expect(entry).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(toggle).to_be_focused()


def test_a_program_button(open_page: OpenPage, company: Company) -> None:
    page, other = open_page("U0ADA/U0LUNCHBOT"), open_page("U0BEN/U0LUNCHBOT")
    expect(page.get_by_text("Mon 30 Nov 2026")).to_be_visible()
    button = page.get_by_role("button", name="Next week")
    button.click()
    expect(button).to_be_disabled()
    expect(other.get_by_role("button", name="Next week")).to_be_disabled()
    company.week.set()
    expect(page.get_by_role("status")).to_have_text("2 introductions went out.")
    expect(button).to_be_enabled()
