"""What is one person's own, over HTTP: preferences, the Home tab, the file, and being forgotten."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import urlopen

import pytest

from app import SandboxedApp
from db.tables import Exclusion, Person, Preference
from sandbox import DEFAULT_SCOPES, Fault
from tests.end_to_end.conftest import Start
from tests.end_to_end.serving import wait_until
from tests.use_cases.traces import rows, traces

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
ADA, BEN, CLEO = "U0ADA", "U0BEN", "U0CLEO"


@pytest.fixture
def app(start: Start, database_url: str) -> SandboxedApp:
    app = start(database_url=database_url)
    app.slack.add_users(
        {"id": f"U0{name.upper()}", "name": f"{name} Quillfeather"} for name in ("Ada", "Ben", "Cleo")
    )
    app.installation.clockwork.read_directory()
    return app


def introduce(app: SandboxedApp, *people: str) -> None:
    for who in people:
        app.slack.command(who, "/lunch", "join")
    app.clock.move_to(MONDAY + timedelta(seconds=1))
    tick(app)


def tick(app: SandboxedApp) -> None:
    app.installation.clockwork.run_rounds()
    app.installation.clockwork.run_deliveries()


def said(answer: Any) -> str:
    return str(answer.messages[-1]["text"])


def home(app: SandboxedApp, who: str) -> dict[str, Any]:
    app.slack.open_home(who)
    shown = app.slack.home_of(who)
    assert shown is not None
    return dict(shown)


def press_at_home(app: SandboxedApp, who: str, action_id: str) -> None:
    app.slack.press(who, home(app, who), action_id)


def opened(app: SandboxedApp, who: str) -> dict[str, Any]:
    wait_until(lambda: bool(app.slack.modals_of(who)))
    return dict(app.slack.modals_of(who)[-1])


def all_of(app: SandboxedApp, table: str) -> list[dict[str, Any]]:
    return rows(app.installation.sessions)[table]


def texts(blocks: list[dict[str, Any]]) -> list[str]:
    """Everything that is read, without the names that Slack gives to blocks."""
    return re.findall(r'"text": "(.*?)"', json.dumps(blocks))


# Preferences


def test_the_modal_of_the_command_says_what_is_saved(app: SandboxedApp) -> None:
    app.slack.command(ADA, "/lunch", "preferences")
    modal = opened(app, ADA)
    done = app.slack.submit_view(
        ADA,
        modal["id"],
        {
            "format": "video",
            "weekdays": ["1", "3"],
            "languages": ["de"],
            "left_out": [BEN],
            "every_rounds": "2",
        },
    )
    assert done.errors == {}
    assert "By video only" in json.dumps(done.view)
    assert "only you see this" in json.dumps(done.view)
    [row] = all_of(app, Preference.__tablename__)
    assert (row["format"], row["weekdays"], row["languages"], row["every_rounds"]) == (
        "video",
        [1, 3],
        ["de"],
        2,
    )
    assert len(all_of(app, Exclusion.__tablename__)) == 1


def test_the_home_tab_opens_it_with_what_was_said_and_shows_what_is_saved(app: SandboxedApp) -> None:
    press_at_home(app, ADA, "open_preferences")
    modal = opened(app, ADA)
    app.slack.submit_view(
        ADA, modal["id"], {"left_out": [BEN], "ask_about": "maps", "interests": "Bread, bread,tea"}
    )
    wait_until(lambda: "Ask me about: maps" in json.dumps(app.slack.home_of(ADA)))
    assert "Interests: Bread, tea" in json.dumps(app.slack.home_of(ADA))
    assert app.slack.modals_of(ADA) == []
    press_at_home(app, ADA, "open_preferences")
    modal = opened(app, ADA)
    app.slack.submit_view(ADA, modal["id"], {"left_out": [], "ask_about": None, "interests": None})
    wait_until(lambda: "Ask me about: maps" not in json.dumps(app.slack.home_of(ADA)))
    assert all_of(app, Exclusion.__tablename__) == all_of(app, Preference.__tablename__) == []


def test_every_field_that_can_t_be_says_so_and_nothing_is_applied(app: SandboxedApp) -> None:
    app.slack.command(ADA, "/lunch", "preferences")
    modal = opened(app, ADA)
    bot = app.slack.app_state()["bot_user_id"]
    refused = app.slack.submit_view(
        ADA, modal["id"], {"left_out": [bot], "interests": "x" * 61, "format": "video"}
    )
    assert refused.errors.keys() == {"left_out", "interests"}
    himself = app.slack.submit_view(ADA, modal["id"], {"left_out": [ADA], "interests": None})
    assert "yourself" in himself.errors["left_out"]
    assert all_of(app, Preference.__tablename__) == []


def test_a_modal_that_lay_open_takes_nothing_out_of_the_list_that_it_did_not_show(app: SandboxedApp) -> None:
    app.slack.command(ADA, "/lunch", "preferences")
    old = opened(app, ADA)
    with app.installation.sessions.write() as session:
        ids = {row["slack_user_id"]: row["id"] for row in all_of(app, Person.__tablename__)}
        session.add(Exclusion(owner_id=ids[ADA], other_id=ids[CLEO], created_at=MONDAY))
    app.slack.submit_view(ADA, old["id"], {"left_out": [BEN]})
    assert {row["other_id"] for row in all_of(app, Exclusion.__tablename__)} == {ids[BEN], ids[CLEO]}


# The Home tab


def test_the_buttons_of_the_home_tab_change_the_group_message(app: SandboxedApp) -> None:
    introduce(app, ADA, BEN)
    press_at_home(app, ADA, "propose_time_0")
    [group] = [one for one in app.slack.dms_of(ADA) if one["kind"] == "mpim"]
    wait_until(lambda: "suggests" in app.slack.messages(group["id"])[-1]["text"])
    wait_until(lambda: "suggests" in json.dumps(app.slack.home_of(ADA)))
    press_at_home(app, ADA, "accept_time")
    wait_until(lambda: "for the others to say" in json.dumps(app.slack.home_of(ADA)))
    press_at_home(app, BEN, "accept_time")
    wait_until(lambda: "You're on" in app.slack.messages(group["id"])[-1]["text"])
    press_at_home(app, BEN, "other_time")
    later = int((MONDAY + timedelta(days=4)).timestamp())
    app.slack.submit_view(BEN, opened(app, BEN)["id"], {"when": later})
    wait_until(lambda: "instead" in json.dumps(app.slack.home_of(BEN)))
    assert "instead" in app.slack.messages(group["id"])[-1]["text"]


def test_a_home_tab_is_of_one_person_alone(app: SandboxedApp) -> None:
    introduce(app, ADA, BEN)
    before = texts(home(app, BEN)["blocks"])
    app.slack.command(ADA, "/lunch", "preferences")
    app.slack.submit_view(ADA, opened(app, ADA)["id"], {"left_out": [BEN], "ask_about": "maps"})
    app.slack.command(ADA, "/lunch", "pause 2w")
    assert texts(home(app, BEN)["blocks"]) == before
    assert "maps" not in before


# The file


def test_the_file_comes_in_the_own_dm_and_is_whole(app: SandboxedApp) -> None:
    introduce(app, ADA, BEN)
    assert "I sent it to you" in said(app.slack.command(ADA, "/lunch", "my-data"))
    [dm] = [one for one in app.slack.dms_of(ADA) if one["kind"] == "im"]
    [file] = dm["messages"][-1]["files"]
    assert set(dm["members"]) == {ADA, app.slack.app_state()["bot_user_id"]}
    with urlopen(file["url_private_download"]) as answer:
        whole = json.loads(answer.read())
    assert whole["directory"]["data"]["name"] == "Ada Quillfeather"
    assert whole["introductions"]["data"][0]["others"] == [{"name": "Ben Quillfeather", "slack_user_id": BEN}]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("error", method="files.getUploadURLExternal", error="internal_error"),
        Fault("http_500", method="upload"),
        Fault("drop", method="upload"),
        Fault("ratelimited", method="files.completeUploadExternal"),
        Fault("error", method="conversations.open", error="fatal_error"),
    ],
)
def test_where_the_upload_fails_the_person_reads_a_kind_sentence(app: SandboxedApp, fault: Fault) -> None:
    app.slack.inject(fault)
    assert "couldn't send you the file" in said(app.slack.command(ADA, "/lunch", "my-data"))
    assert "I sent it" in said(app.slack.command(ADA, "/lunch", "my-data"))


def test_without_the_scope_an_older_installation_says_so_kindly(app: SandboxedApp) -> None:
    app.slack.update_app(scopes=[scope for scope in DEFAULT_SCOPES if scope != "files:write"])
    assert "ask your admin" in said(app.slack.command(ADA, "/lunch", "my-data"))


# Being forgotten


def test_forgotten_everywhere_after_a_question(app: SandboxedApp) -> None:
    introduce(app, ADA, BEN)
    app.slack.command(ADA, "/lunch", "preferences")
    app.slack.submit_view(ADA, opened(app, ADA)["id"], {"ask_about": "the Zanzibar expedition"})
    question = app.slack.command(ADA, "/lunch", "forget-me").messages[-1]
    assert question["response_type"] == "ephemeral"
    own = (ADA, "Ada Quillfeather", "Zanzibar")
    assert traces(app.installation.sessions, *own)
    app.slack.press(ADA, question, "keep_everything")
    assert traces(app.installation.sessions, *own)
    question = app.slack.command(ADA, "/lunch", "forget-me").messages[-1]
    app.slack.press(ADA, question, "forget_me")
    wait_until(lambda: traces(app.installation.sessions, *own) == [])
    wait_until(lambda: "Zanzibar" not in json.dumps(app.slack.home_of(ADA)))
    tick(app)
    app.clock.move_to(MONDAY + timedelta(hours=1, minutes=1))
    tick(app)
    [dm] = [one for one in app.slack.dms_of(BEN) if one["kind"] == "im"]
    assert "This lunch won't happen" in dm["messages"][-1]["text"]
    assert "forg" not in json.dumps(dm)
    assert "nothing stored" in said(app.slack.command(ADA, "/lunch", "my-data"))
    app.installation.clockwork.read_directory()
    assert "You're not in" in said(app.slack.command(ADA, "/lunch", "status"))
