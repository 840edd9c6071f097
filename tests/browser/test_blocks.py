"""Every block and element that apps use, as the page shows and sends it."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company
from tests.browser.lunch_app import button, options, plain, section
from tests.browser.test_accessibility import check

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]

WORDS = (
    "*bold* _italic_ ~struck~ `code` <@U0BEN> <#C0GENERAL> :tada: a &amp; b &lt;i&gt;\n"
    "<https://example.org/a_b_c|a link> <!date^1795424400^{date_long} at {time}|soon>\n"
    "1. first\n2. second\n• a point\n&gt; a quote\n```\npre *formatted*\n```"
)
MARKDOWN = (
    "## Plan\nSome **strong**, *soft* and ~~gone~~ words, [a link](https://example.org).\n\n- one\n- two"
)


def post(company: Company, *blocks: dict[str, Any]) -> None:
    company.app.chat_postMessage(channel="U0ADA", text="Blocks", blocks=list(blocks))


def sent(company: Company) -> list[dict[str, Any]]:
    bodies = [each["body"] for each in company.slack.requests_to_app() if each["kind"] == "interaction"]
    return [json.loads(parse_qs(body)["payload"][0])["actions"][0] for body in bodies]


def test_text(open_page: OpenPage, company: Company) -> None:
    post(company, section(WORDS), {"type": "markdown", "text": MARKDOWN})
    page = open_page("U0ADA/U0LUNCHBOT")
    message = page.get_by_role("article")
    for tag, text in (
        ("strong", "bold"),
        ("em", "italic"),
        ("s", "struck"),
        ("code", "code"),
        (".mention", "@Ben Okafor"),
        (".mention", "#general"),
        ("ol > li", "second"),
        ("ul > li", "a point"),
        ("blockquote", "a quote"),
        ("pre", "pre *formatted*"),
        (".markdown .heading", "Plan"),
        (".markdown strong", "strong"),
        (".markdown li", "two"),
    ):
        expect(message.locator(tag, has_text=text).first).to_be_visible()
    expect(message).to_contain_text("🎉 a & b <i>")
    expect(message.locator("time", has_text="2026 at")).to_have_attribute("title", "soon")
    link = message.get_by_role("link", name="a link").first
    expect(link).to_have_attribute("href", "https://example.org/a_b_c")


def test_pictures_of_other_hosts_are_links(open_page: OpenPage, company: Company) -> None:
    here = f"{company.slack.url}/page/icon.svg"
    image = {"type": "image", "title": plain("A chart"), "image_url": here, "alt_text": "Two rings"}
    there = {"type": "image", "image_url": "https://example.org/cat.png", "alt_text": "A cat"}
    post(company, image, section("x", accessory=there))
    page = open_page("U0ADA/U0LUNCHBOT")
    expect(page.get_by_role("img", name="Two rings")).to_be_visible()
    expect(page.get_by_text("A chart")).to_be_visible()
    expect(page.get_by_role("link", name="Picture: A cat")).to_be_visible()


def test_choosing_in_a_message(open_page: OpenPage, company: Company) -> None:
    some = {"options": options("One", "Two")}
    post(
        company,
        section("Menu", accessory={"type": "static_select", "action_id": "menu", **some}),
        section("Person", accessory={"type": "users_select", "action_id": "person"}),
        section("Topics", accessory={"type": "multi_static_select", "action_id": "topics", **some}),
        section("Day", accessory={"type": "datepicker", "action_id": "day"}),
        section("Boxes", accessory={"type": "checkboxes", "action_id": "boxes", **some}),
        section("Radios", accessory={"type": "radio_buttons", "action_id": "radios", **some}),
    )
    page = open_page("U0ADA/U0LUNCHBOT")
    check(page)
    page.get_by_label("Menu").select_option("Two")
    page.get_by_role("combobox", name="Person").fill("cleo")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Topics").fill("one")
    page.keyboard.press("Enter")
    page.get_by_label("Day").fill("2026-12-01")
    page.get_by_role("group", name="Boxes").get_by_label("One").check()
    page.get_by_role("radiogroup", name="Radios").get_by_label("Two").check()
    expect(page.get_by_role("radiogroup", name="Radios").get_by_label("Two")).to_be_checked()
    expect(page.get_by_role("combobox", name="Person")).to_have_value("Cleo Marin")
    expect(page.get_by_role("button", name="Remove One")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Menu")).to_have_value("two")
    menu, person, topics, day, boxes, radios = sent(company)
    assert menu["selected_option"]["value"] == "two"
    assert person["selected_user"] == "U0CLEO"
    assert [each["value"] for each in topics["selected_options"]] == ["one"]
    assert day["selected_date"] == "2026-12-01"
    assert [each["value"] for each in boxes["selected_options"]] == ["one"]
    assert radios["selected_option"]["value"] == "two"


@pytest.mark.parametrize("width", [1280, 390])
def test_dates_and_times_say_what_they_are_for(open_page: OpenPage, company: Company, width: int) -> None:
    until = {"type": "datepicker", "action_id": "until", "placeholder": plain("Pause until …")}
    fields = [until, *({"type": kind, "action_id": kind} for kind in ("timepicker", "datetimepicker"))]
    post(company, {"type": "actions", "elements": [button("Pause", "pause"), *fields]})
    page = open_page("U0ADA/U0LUNCHBOT", width=width)
    for words in ("Pause until …", "Choose a time", "Choose a date and time"):
        expect(page.get_by_text(words, exact=True)).to_be_visible()
        expect(page.get_by_label(words, exact=True)).to_be_editable()
    check(page)
    page.get_by_label("Pause until …").focus()
    with page.expect_response("**/control/choose"):
        page.keyboard.type("12242026")
    with page.expect_response("**/control/choose"):
        page.get_by_label("Choose a time").fill("12:30")
    with page.expect_response("**/control/choose"):
        page.get_by_label("Choose a date and time").fill("2026-12-24T12:30")
    day, time, moment = sent(company)
    assert day["selected_date"] == "2026-12-24"
    assert time["selected_time"] == "12:30"
    assert moment["selected_date_time"] > 0


def test_short_names_and_commands_stay_on_one_line(open_page: OpenPage, company: Company) -> None:
    company.slack.add_user("U0LONG", name="Maximiliane Sophie von und zu Hohenlohe-Langenburg-Weikersheim")
    words = "word " * 9
    names = "".join(f"{words[: 5 * count]}<@U0BEN> `/lunch leave`. " for count in range(9))
    post(company, section(f"{names}<@U0LONG>"))
    page = open_page("U0ADA/U0LUNCHBOT", width=390)
    expect(page.locator("article .mention")).to_have_count(10)
    lines = page.locator("article :is(.mention, code)").evaluate_all(
        "all => all.map(each => each.getClientRects().length)"
    )
    assert lines[:-1] == [1] * 18
    assert lines[-1] > 1
    check(page)


def test_a_button_may_ask_first(open_page: OpenPage, company: Company) -> None:
    question = {
        "title": plain("Leave?"),
        "text": {"type": "mrkdwn", "text": "*Nobody* is told."},
        "confirm": plain("Leave"),
        "deny": plain("Stay"),
    }
    asks: dict[str, Any] = {**button("Leave the program", "leave", style="danger"), "confirm": question}
    post(company, {"type": "actions", "elements": [asks]})
    page = open_page("U0ADA/U0LUNCHBOT")
    leave = page.get_by_role("button", name="Leave the program")
    leave.click()
    check(page)
    page.get_by_role("dialog", name="Leave?").get_by_role("button", name="Stay").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert sent(company) == []
    leave.click()
    page.get_by_role("dialog", name="Leave?").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("article")).to_contain_text("You left.")
    assert [each["action_id"] for each in sent(company)] == ["leave"]


def test_nothing_that_an_app_says_becomes_markup(open_page: OpenPage, company: Company) -> None:
    nasty = "<script>alert(1)</script> <img src=x onerror=alert(1)> <javascript:alert(1)|click>"
    post(company, section(nasty), {"type": "markdown", "text": f"{nasty} [x](javascript:alert(1))"})
    page = open_page("U0ADA/U0LUNCHBOT")
    expect(page.get_by_role("article")).to_contain_text("click")
    assert page.locator("article script, article img, article a").count() == 0
