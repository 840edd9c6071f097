"""HR asks for its numbers in Slack: who gets them, what stands in them, and what is noted."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.request import urlopen

import pytest
from sqlalchemy import select

from app import SandboxedApp
from db.tables import AuditEvent, Person, Program
from sandbox import DEFAULT_SCOPES, Fault
from slack_handlers import hr_role
from tests.end_to_end.company import join
from tests.end_to_end.conftest import SUNDAY, Start, with_three_people
from tests.end_to_end.test_lunch_command import lunch
from use_cases.release_report import release_report
from use_cases.take_census import take_census

ADA, BEN, CLEO = "U0ADA", "U0BEN", "U0CLEO"
GROUP, METHOD = "S0HR", "usergroups.users.list"
HIRED, JOINED = 43, 22
FOR_HR_ONLY = "HR's numbers are for HR."


@pytest.fixture
def app(start: Start, monkeypatch: pytest.MonkeyPatch) -> SandboxedApp:
    """Ada is HR by name, Ben by the user group, Cleo is not; Slack is asked about the group every time."""
    monkeypatch.setattr(hr_role, "KEPT_SECONDS", 0.0)
    monkeypatch.setattr(hr_role, "FAILED_SECONDS", 0.0)
    scopes = (*DEFAULT_SCOPES, "usergroups:read")
    made = with_three_people(start(hr=f"{ADA},{GROUP}", scopes=scopes))
    made.slack.set_user_group(GROUP, [BEN])
    return made


def a_quarter_goes_by(app: SandboxedApp) -> None:
    """Forty-six people work here, some take part, and what they did is released."""
    installed = app.installation
    with installed.sessions.write() as session:
        program = session.scalars(select(Program)).one()
        people = [
            Person(
                workspace_id=installed.workspace_id,
                slack_user_id=f"U0Z{number:03}",
                name=f"Zanzibar {number}",
                department=("Design", "Legal", "Sales")[number % 3],
            )
            for number in range(HIRED)
        ]
        session.add_all(people)
        session.flush()
        join(session, program, people[:JOINED])
    here: dict[str, Any] = {"workspace_id": installed.workspace_id}
    for week in range(16):
        now = SUNDAY + timedelta(weeks=week)
        take_census(installed.sessions, now=now, **here)
        release_report(installed.sessions, secret=b"0123456789abcdef", now=now, **here)
    app.clock.move_to(SUNDAY + timedelta(weeks=15))


def looks(app: SandboxedApp) -> list[tuple[str, str, Any]]:
    """What the audit has noted: who by Slack id, what, and where."""
    with app.installation.sessions.read() as session:
        ids = {f"person {person.id}": person.slack_user_id for person in session.scalars(select(Person))}
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [(str(ids[one.actor]), one.action, one.details) for one in events]


def home(app: SandboxedApp, user: str) -> str:
    app.slack.open_home(user)
    return json.dumps(app.slack.home_of(user), ensure_ascii=False)


def test_hr_by_name_and_by_group_and_nobody_else(app: SandboxedApp) -> None:
    a_quarter_goes_by(app)
    for_ada, for_ben = lunch(app, "stats", ADA)["text"], lunch(app, "Stats", BEN)["text"]
    assert "*Take part:*" in for_ada
    assert f"<{app.url}/hr/>" in for_ada
    assert for_ada == for_ben
    refused = lunch(app, "stats", CLEO)["text"]
    assert FOR_HR_ONLY in refused
    assert "HR never sees names" in refused
    assert f"<{app.url}/report/>" in refused
    assert not re.search(r"\d", re.sub("<[^>]*>", "", refused))
    where = ("looked at HR's numbers", {"where": "/lunch stats"})
    assert looks(app) == [(ADA, *where), (BEN, *where)]
    check_what_is_said(for_ada)


def pictures(app: SandboxedApp, user: str) -> list[dict[str, Any]]:
    """The files in the bot's own DM with somebody, and what is said with them."""
    own = [one for one in app.slack.dms_of(user) if one["kind"] == "im"]
    return [message for one in own for message in one["messages"] if message.get("files")]


def test_hr_gets_who_meets_whom_as_a_picture_and_nobody_else_does(app: SandboxedApp) -> None:
    assert "as a picture" not in lunch(app, "stats", ADA)["text"]
    a_quarter_goes_by(app)
    assert "*Who met whom as a picture:*" in lunch(app, "stats", ADA)["text"]
    lunch(app, "stats", CLEO)
    assert pictures(app, CLEO) == pictures(app, BEN) == []
    [message] = pictures(app, ADA)
    [file] = message["files"]
    assert re.fullmatch(r"who-meets-whom-\d{4}-\d\d-\d\d\.png", file["name"])
    with urlopen(file["url_private_download"]) as answer:
        assert answer.read().startswith(b"\x89PNG")
    assert "Who meets whom, " in message["text"]
    check_no_names(message["text"])


def test_a_picture_that_cannot_be_sent_keeps_no_numbers_back(app: SandboxedApp) -> None:
    a_quarter_goes_by(app)
    app.slack.inject(Fault("error", method="files.getUploadURLExternal", error="internal_error"))
    said = lunch(app, "stats", ADA)["text"]
    assert "*Take part:*" in said
    assert "as a picture" not in said
    assert pictures(app, ADA) == []


def check_no_names(text: str) -> None:
    assert "Zanzibar" not in text
    assert "U0" not in text


def check_what_is_said(text: str) -> None:
    """Rounded counts and shares; no name, no id, no true count."""
    check_no_names(text)
    for headline in ("Take part", "Met", "New ties", "Met somebody of another", "Pairs of departments"):
        assert f"*{headline}" in text
    *lines, periods, _ = text.splitlines()
    said = re.sub(r"\d+ %|\d+ of \d+, with|0–4|0–9|<[^>]*>", "", "\n".join(lines))
    counts = [int(number) for number in re.findall(r"\d+", said)]
    assert counts
    assert all(count % 5 == 0 for count in counts), said
    assert "• Design: Design can't tell · Sales 0–9 · Other 0–9" in text
    assert "The next period is released on" in periods


def test_who_leaves_the_group_or_is_not_vouched_for_by_slack_is_not_hr(app: SandboxedApp) -> None:
    a_quarter_goes_by(app)
    assert "*Take part:*" in lunch(app, "stats", BEN)["text"]
    for kind in ("http_500", "drop", "ratelimited"):
        app.slack.inject(Fault(kind, METHOD))
        assert FOR_HR_ONLY in lunch(app, "stats", BEN)["text"]
    app.slack.inject(Fault("http_500", METHOD))
    assert "*Take part:*" in lunch(app, "stats", ADA)["text"]
    app.slack.clear_faults()
    assert "*Take part:*" in lunch(app, "stats", BEN)["text"]
    app.slack.set_user_group(GROUP, [])
    assert FOR_HR_ONLY in lunch(app, "stats", BEN)["text"]
    assert [who for who, *_ in looks(app)] == [BEN, ADA, BEN]


def test_the_home_tab_of_hr_has_them_too(app: SandboxedApp) -> None:
    a_quarter_goes_by(app)
    assert "*Take part:*" in (shown := home(app, ADA))
    assert f"<{app.url}/hr/>" in shown
    assert "*Take part:*" not in home(app, CLEO)
    assert "HR's numbers" not in home(app, CLEO)
    assert looks(app) == [(ADA, "looked at HR's numbers", {"where": "Home tab"})]
    app.slack.inject(Fault("http_500", METHOD))
    assert "*Take part:*" not in home(app, BEN)


def test_before_anything_is_released_it_says_when(app: SandboxedApp) -> None:
    text = lunch(app, "stats", ADA)["text"]
    assert "Nothing is released yet." in text
    assert "The next are due on Monday 28 December, if at least 20 people work here" in text
    assert "Nothing is released yet." in home(app, ADA)
    assert looks(app) == []


def test_without_the_setting_nobody_is_hr(start: Start) -> None:
    app = with_three_people(start())
    a_quarter_goes_by(app)
    assert FOR_HR_ONLY in lunch(app, "stats", ADA)["text"]
    assert looks(app) == []
