"""Everybody reads the language of their Slack; who share none read English."""

from datetime import timedelta

import pytest

from app import SandboxedApp
from tests.end_to_end.company import dump
from tests.end_to_end.test_getting_to_the_table import ask, event, group, submit
from tests.end_to_end.test_lunch_command import button, eventually, lunch, now_shows
from tests.end_to_end.test_refusals import home, labels, opened, paragraphs


@pytest.fixture
def german(app: SandboxedApp) -> SandboxedApp:
    """Ada's and Ben's Slack is German now, and Slack has said so."""
    for who in ("U0ADA", "U0BEN"):
        app.slack.update_user(who, notify=True, locale="de-DE")
    stored = app.installation.sessions
    eventually(lambda: str(dump(stored)["person"]).count("de-DE") == 2)
    return app


def test_commands_and_buttons_answer_in_german(german: SandboxedApp) -> None:
    joined = lunch(german, "join")
    assert "Du bist dabei. Am Montag, 23. November, gegen 11:00 Uhr" in joined["text"]
    assert button(joined) == "2 Wochen pausieren"
    german.slack.press("U0ADA", joined, "pause_program_2")
    assert "Du machst Pause bis Sonntag, 6. Dezember" in now_shows(german, joined)["text"]
    assert "Ich verstehe leider nicht, wie lange." in lunch(german, "pause soon")["text"]
    assert "You're not in." in lunch(german, "status", "U0CLEO")["text"]


def test_the_home_tab_and_what_it_refuses(german: SandboxedApp) -> None:
    lunch(german, "join")
    before = opened(german)
    assert labels(before) == ["2 Wochen pausieren", "4 Wochen pausieren", "Aussteigen", "Einstellungen"]
    german.slack.choose("U0ADA", before, "pause_program_until", "2020-01-01")
    assert paragraphs(home(german))[0].startswith("Eine Pause endet frühestens morgen")


def test_whoever_is_new_is_answered_in_their_language_once_they_joined(app: SandboxedApp) -> None:
    app.slack.add_user("U0NEW", name="New", locale="de-AT")
    assert "Du bist dabei." in lunch(app, "join", "U0NEW")["text"]


@pytest.mark.parametrize(("other", "says"), [("U0BEN", "darf ich vorstellen"), ("U0CLEO", ", meet ")])
def test_an_introduction_is_in_the_language_that_both_read(
    german: SandboxedApp, other: str, says: str
) -> None:
    for who in ("U0ADA", other):
        lunch(german, "join", who)
    german.clock.move(timedelta(days=1))
    german.installation.clockwork.run_rounds()
    german.installation.clockwork.run_deliveries()
    assert [says in message["text"] for message in german.slack.messages()] == [True]


@pytest.mark.parametrize(
    ("other", "says", "summary"),
    [
        ("U0BEN", ("schlägt", "passt das?", "Abgemacht:"), "mit Lunchmates"),
        ("U0CLEO", ("suggests", "does that work?", "You're on:"), "with Lunchmates"),
    ],
)
def test_the_table_is_set_in_the_language_of_both_and_questions_in_ones_own(
    german: SandboxedApp, other: str, says: tuple[str, str, str], summary: str
) -> None:
    for who in ("U0ADA", other):
        lunch(german, "join", who)
    german.clock.move(timedelta(days=1))
    german.installation.clockwork.run_rounds()
    german.installation.clockwork.run_deliveries()
    suggests, asks, agreed = says
    [message] = german.slack.messages()
    german.slack.press("U0ADA", message, "propose_time_0")
    eventually(lambda: suggests in group(german)["text"] and asks in group(german)["text"])
    [told] = german.slack.press("U0ADA", group(german), "accept_time").wait_for_messages(1)
    assert "Diese Zeit hast du selbst vorgeschlagen" in told["text"]
    german.slack.press(other, group(german), "accept_time")
    eventually(lambda: agreed in group(german)["text"])
    assert summary in event(german)["SUMMARY"]
    view = ask(german, "U0ADA")
    assert view["title"]["text"] == "Zeit vorschlagen"
    refused = submit(german, "U0ADA", view, german.clock.now() - timedelta(days=1), "walk")
    assert refused.errors == {"when": "Diese Zeit ist schon vorbei. Bitte such eine aus, die noch kommt."}
