"""What can't be done is said where it was asked for: in the Home tab, in the message, or in an answer."""

import json
from typing import Any

import pytest
from sqlalchemy import text as sql

from app import SandboxedApp
from sandbox import Fault
from tests.end_to_end.test_lunch_command import SORRY, lunch, members, now_shows

TOO_LONG = "A pause ends tomorrow at the earliest"


def home(app: SandboxedApp, user: str = "U0ADA") -> dict[str, Any]:
    """The Home tab as it stands now."""
    shown = app.slack.home_of(user)
    assert shown is not None
    return shown


def opened(app: SandboxedApp, user: str = "U0ADA") -> dict[str, Any]:
    app.slack.open_home(user)
    return home(app, user)


def paragraphs(view: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


def labels(shown: dict[str, Any]) -> list[str]:
    return [
        element["text"]["text"]
        for block in shown["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


@pytest.mark.parametrize("day", ["2026-11-22", "2020-01-01", "2027-11-24", "9999-12-31"])
def test_a_date_that_no_pause_can_end_on_is_refused_on_top_of_the_home_tab(
    app: SandboxedApp, day: str
) -> None:
    lunch(app, "join")
    before = opened(app)
    app.slack.choose("U0ADA", before, "pause_program_until", day)
    said, stands, *_ = paragraphs(home(app))
    assert said.startswith(TOO_LONG)
    assert stands.startswith("You're in. On Monday")
    # A block with a new id is a new picker: the date that was refused no longer stands in it.
    ids = [{block["block_id"] for block in view["blocks"]} for view in (before, home(app))]
    assert not set.intersection(*ids)
    assert day not in str(home(app)["state"])
    assert paragraphs(opened(app))[0].startswith("You're in.")
    assert len(app.slack.ephemeral_of("U0ADA")) == 1


def test_an_old_home_tab_says_why_its_button_did_nothing(app: SandboxedApp) -> None:
    lunch(app, "join")
    old = opened(app)
    lunch(app, "leave")
    app.slack.press("U0ADA", old, "pause_program_2")
    said, stands, *_ = paragraphs(home(app))
    assert said.startswith("You aren't in, so there is nothing to pause")
    assert stands.startswith("You're not in.")
    assert labels(home(app)) == ["Join", "Preferences"]


def test_a_guest_who_presses_join_in_the_home_tab_is_told_why_not(app: SandboxedApp) -> None:
    app.slack.add_user("U0GUEST", name="Guest", is_restricted=True)
    app.slack.press("U0GUEST", opened(app, "U0GUEST"), "join_program")
    assert "ask your Slack admin" in paragraphs(home(app, "U0GUEST"))[0]
    assert members(app) == set()


def test_when_the_database_fails_the_home_tab_says_so_and_offers_no_button(app: SandboxedApp) -> None:
    lunch(app, "join")
    before = opened(app)
    with app.installation.sessions.write() as session:
        session.execute(sql("ALTER TABLE participant RENAME TO elsewhere"))
    app.slack.press("U0ADA", before, "leave_program")
    assert labels(home(app)) == []
    assert "give your admin this number" in paragraphs(home(app))[0]
    assert "give your admin this number" in paragraphs(opened(app, "U0BEN"))[0]
    with app.installation.sessions.write() as session:
        session.execute(sql("ALTER TABLE elsewhere RENAME TO participant"))
    assert paragraphs(opened(app))[0].startswith("You're in.")


def test_when_slack_drops_the_new_home_tab_it_is_drawn_once_more(app: SandboxedApp) -> None:
    before = opened(app)
    app.slack.inject(Fault("drop", "views.publish", times=1))
    app.slack.press("U0ADA", before, "join_program")
    said, stands, *_ = paragraphs(home(app))
    assert "`/lunch status` shows where you stand" in said
    assert stands.startswith("You're in.")


def test_an_old_button_in_a_message_is_refused_in_its_place(app: SandboxedApp) -> None:
    message = lunch(app, "join")
    lunch(app, "leave")
    app.slack.press("U0ADA", message, "pause_program_2")
    refused = now_shows(app, message)
    assert refused["text"].startswith("You aren't in, so there is nothing to pause")
    assert labels(refused) == ["Join"]
    app.slack.press("U0ADA", refused, "join_program")
    assert now_shows(app, message)["text"].startswith("You're in.")


def test_a_pause_without_a_length_is_a_question(app: SandboxedApp) -> None:
    assert labels(lunch(app, "pause")) == ["Join"]
    lunch(app, "join")
    asked = lunch(app, "pause")
    assert asked["text"].startswith("How long would you like to pause?")
    assert "`/lunch pause until 13 December`" in asked["text"]
    assert labels(asked) == ["Pause 2 weeks", "Pause 4 weeks"]
    app.slack.press("U0ADA", asked, "pause_program_4")
    assert "You're paused until Sunday 20 December" in now_shows(app, asked)["text"]
    again = lunch(app, "pause")
    assert again["text"].startswith("You're paused until Sunday 20 December. To change that, press a button")
    assert labels(again) == ["Pause 2 weeks", "Pause 4 weeks", "Resume"]


@pytest.mark.parametrize(("words", "buttons"), [("pause a while", 2), ("pause 100w", 3)])
def test_a_refused_pause_offers_what_would_go(app: SandboxedApp, words: str, buttons: int) -> None:
    lunch(app, "join")
    refused = lunch(app, words)
    assert labels(refused)[:2] == ["Pause 2 weeks", "Pause 4 weeks"]
    assert len(labels(refused)) == buttons
    app.slack.press("U0ADA", refused, "pause_program_2")
    assert "You're paused until Sunday 6 December" in now_shows(app, refused)["text"]


def test_what_is_said_in_place_does_not_change_who_can_read_it(app: SandboxedApp) -> None:
    message = lunch(app, "join")
    app.slack.press("U0ADA", message, "pause_program_2")
    uses = [one["args"]["body"] for one in app.slack.traffic() if one["method"] == "response_url"]
    new, changed = map(json.loads, uses)
    assert (new["response_type"], new["replace_original"]) == ("ephemeral", False)
    assert changed["replace_original"] is True
    assert "response_type" not in changed


def test_what_broke_is_said_beside_the_button_so_that_it_can_be_tried_again(app: SandboxedApp) -> None:
    message = lunch(app, "join")
    with app.installation.sessions.write() as session:
        session.execute(sql("ALTER TABLE participant RENAME TO elsewhere"))
    app.slack.press("U0ADA", message, "leave_program")
    with app.installation.sessions.write() as session:
        session.execute(sql("ALTER TABLE elsewhere RENAME TO participant"))
    first, sorry = app.slack.ephemeral_of("U0ADA")
    assert first["text"] == message["text"]
    assert SORRY.split(":", maxsplit=1)[0] in sorry["text"]
    app.slack.press("U0ADA", first, "leave_program")
    assert now_shows(app, first)["text"].startswith("You're out")
