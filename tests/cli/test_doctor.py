"""`doctor` says what is wrong, once and with what to do; what is only worth knowing is no fault."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from db.sessions import Sessions, make_engine
from db.tables import Delivery, Person
from domain.rounds import DeliveryKind, DeliveryState
from sandbox import DEFAULT_SCOPES, Sandbox
from tests.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(signing_secret="secret", bot_token="xoxb-1", app_token="xapp-1") as sandbox:
        sandbox.add_users([{"id": "U0ADA", "name": "Ada"}, {"id": "U0BEN", "name": "Ben"}])
        yield sandbox


@pytest.fixture
def sessions(app: Run, slack: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sessions]:
    """The database of an installation in which nothing is wrong."""
    url = f"sqlite:///{tmp_path}/lunchmates.db"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("LUNCHMATES_TIMEZONE", "Europe/Berlin")
    assert app("migrate").code == 0
    file = tmp_path / "people.csv"
    file.write_text("person_id,department,slack_user_id\nE1,Design,U0ADA\nE2,Sales,U0BEN\n")
    assert app("import-people", file).code == 0
    opened = Sessions(make_engine(url))
    yield opened
    opened.engine.dispose()


def findings(app: Run, code: int) -> list[str]:
    done = app("doctor")
    assert done.code == code, done.out
    return done.out.splitlines()


@pytest.mark.usefixtures("sessions")
def test_where_nothing_is_wrong_every_line_says_so(app: Run) -> None:
    said = findings(app, 0)
    assert all(line.startswith("ok    ") for line in said)
    assert "ok    2 people in the directory, 0 of them take part." in said
    [schedule] = [line for line in said if "next introductions" in line]
    assert " 10:00 (Europe/Berlin)." in schedule
    assert "Monday" in schedule


@pytest.mark.usefixtures("sessions")
def test_a_token_that_slack_refuses_is_named_once(app: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-last-year")
    said = findings(app, 1)
    assert len([line for line in said if "SLACK_BOT_TOKEN: Slack refuses it (invalid_auth)" in line]) == 1
    assert said[0].startswith("ok    The database answers")


@pytest.mark.usefixtures("sessions")
def test_profile_fields_need_their_scope(app: Run, slack: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUNCHMATES_DEPARTMENT_FIELD", "Team")
    assert [line for line in findings(app, 1) if line.startswith("MEND")] == [
        "MEND  Slack has not granted users.profile:read: add them to the app and install it again."
    ]
    slack.update_app(scopes=(*DEFAULT_SCOPES, "users.profile:read"))
    findings(app, 0)


@pytest.mark.usefixtures("sessions")
def test_optional_scopes_are_worth_knowing(app: Run, slack: Sandbox) -> None:
    slack.update_app(scopes=[scope for scope in DEFAULT_SCOPES if scope != "mpim:history"])
    assert any("mpim:history is not granted" in line for line in findings(app, 0))
    slack.update_app(scopes=["commands"])
    assert any("has not granted chat:write, mpim:write" in line for line in findings(app, 1))


def test_departments_that_nobody_knows_are_worth_knowing(app: Run, sessions: Sessions) -> None:
    with sessions.write() as session:
        session.execute(update(Person).values(department=None))
    assert any("Nobody's department is known" in line for line in findings(app, 0))


def test_an_interrupted_note_to_one_person_is_counted(app: Run, sessions: Sessions) -> None:
    with sessions.write() as session:
        session.add(
            Delivery(
                public_id="d1",
                workspace_id=1,
                program_id=1,
                person_id=1,
                kind=DeliveryKind.WELCOME_BACK,
                recipient_key="person 1",
                state=DeliveryState.UNCERTAIN,
                channel_id="D1",
                sending_at=datetime.now(UTC),
                due_at=datetime.now(UTC),
            )
        )
    assert any(line.startswith("ok    Interrupted notes to one person: 1.") for line in findings(app, 0))


def test_an_old_schema_is_said_once(app: Run, monkeypatch: pytest.MonkeyPatch, slack: Sandbox) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite://" + "/:memory:")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    said = findings(app, 1)
    assert len([line for line in said if "python app.py migrate" in line]) == 1
    assert any("every scope that is needed is granted" in line for line in said)


def test_without_a_public_address_there_are_no_calendar_files(
    app: Run, monkeypatch: pytest.MonkeyPatch, sessions: Sessions
) -> None:
    assert sessions is not None
    assert any("LUNCHMATES_PUBLIC_URL is not set" in line for line in findings(app, 0))
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", "https://lunch.example.com")
    assert not any("LUNCHMATES_PUBLIC_URL" in line for line in findings(app, 0))


@pytest.mark.usefixtures("sessions")
def test_the_user_group_of_hr_is_tried(app: Run, slack: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ok    LUNCHMATES_HR is not set: nobody sees HR's numbers in Slack." in findings(app, 0)
    monkeypatch.setenv("LUNCHMATES_HR", "U0ADA,S0HR")
    said = findings(app, 1)
    assert any("Slack has not granted usergroups:read" in line for line in said)
    assert any("LUNCHMATES_RELEASE_SECRET: it is missing" in line for line in said)
    slack.update_app(scopes=(*DEFAULT_SCOPES, "usergroups:read"))
    monkeypatch.setenv("LUNCHMATES_RELEASE_SECRET", "0123456789abcdef" * 2)
    assert any("user group S0HR (no_such_subteam)" in line for line in findings(app, 1))
    slack.set_user_group("S0HR", ["U0BEN"])
    assert "ok    HR's numbers in Slack: 1 people of the user group S0HR see them." in findings(app, 0)


@pytest.mark.usefixtures("sessions")
def test_pages_on_the_web_are_set_up_wholly_or_not_at_all(app: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ok    HR's page on the web is not set up; docs/admins.md has the steps." in findings(app, 0)
    monkeypatch.setenv("SLACK_CLIENT_ID", "111.222")
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", "https://lunch.example.com")
    assert (
        "MEND  HR's page on the web is off: SLACK_CLIENT_SECRET, LUNCHMATES_SESSION_SECRET must be set, too."
        in findings(app, 1)
    )
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    monkeypatch.setenv("LUNCHMATES_SESSION_SECRET", "0123456789abcdef" * 2)
    [said] = [line for line in findings(app, 0) if "HR's page" in line]
    assert "https://lunch.example.com/hr/" in said
    assert "https://lunch.example.com/sign-in/callback" in said
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", "http://lunch.example.com")
    assert any("must begin with https://" in line for line in findings(app, 1))
    monkeypatch.setenv("LUNCHMATES_PUBLIC_URL", "http://127.0.0.1:3000")
    findings(app, 0)
