"""Department, office, level and manager come from custom profile fields over HTTP: on joining, with a change,
and every night."""

from pathlib import Path
from typing import Any

import pytest

from app import SandboxedApp
from db.people import person_by_slack_id
from db.tables import Person
from sandbox import DEFAULT_SCOPES, Fault
from tests.end_to_end.conftest import Start
from tests.end_to_end.serving import wait_until
from use_cases.import_people import import_people
from use_cases.read_csv import read_people

FIELDS = {"XfTEAM": "Team", "XfSITE": "Site", "XfGRADE": "Grade", "XfBOSS": "Reports to", "XfCAT": "Cat"}
NAMED = {
    "department_field": "Team",
    "office_field": "site",
    "level_field": "GRADE",
    "manager_field": "Reports to",
}
ADA = {"XfTEAM": "Design", "XfSITE": "Berlin", "XfGRADE": "Senior", "XfBOSS": "U0BO", "XfCAT": "Ada's"}


@pytest.fixture
def app(start: Start, database_url: str) -> SandboxedApp:
    """Ada reports to Bo, in a company whose Slack has custom profile fields."""
    made = start(
        database_url=database_url, scopes=(*DEFAULT_SCOPES, "users.profile:read"), speed=600, **NAMED
    )
    for field_id, label in FIELDS.items():
        made.slack.add_profile_field(field_id, label)
    made.slack.add_users([{"id": "U0BO", "name": "Bo"}, {"id": "U0ADA", "name": "Ada", "fields": ADA}])
    made.installation.clockwork.read_directory()
    return made


def facts(app: SandboxedApp, user: str = "U0ADA") -> tuple[Any, ...]:
    """Department, office, level and the manager's Slack id, as they are stored."""
    installed = app.installation
    with installed.sessions.read() as session:
        person = person_by_slack_id(session, installed.workspace_id, user)
        assert person is not None
        manager = session.get(Person, person.manager_id) if person.manager_id else None
        return person.department, person.office, person.level, manager and manager.slack_user_id


NOTHING = (None, None, None, None)
EVERYTHING = ("Design", "Berlin", "Senior", "U0BO")


def joins(app: SandboxedApp, user: str = "U0ADA") -> None:
    assert "You're in." in app.slack.command(user, "/lunch", "join").messages[0]["text"]


def test_joining_reads_them(app: SandboxedApp) -> None:
    assert facts(app) == NOTHING
    joins(app)
    assert facts(app) == EVERYTHING


def test_a_change_is_taken_over_at_once(app: SandboxedApp) -> None:
    joins(app)
    app.slack.update_user(
        "U0ADA", notify=True, title="on the move", fields={**ADA, "XfTEAM": "Sales", "XfBOSS": ""}
    )
    wait_until(lambda: facts(app) == ("Sales", "Berlin", "Senior", None))


def test_every_night_everybody_is_read_those_who_have_not_joined_included(app: SandboxedApp) -> None:
    app.slack.update_user("U0BO", fields={"XfTEAM": "Board"})
    app.installation.clockwork.read_profiles()
    assert facts(app) == EVERYTHING
    assert facts(app, "U0BO") == ("Board", None, None, None)
    app.slack.update_user("U0ADA", fields={"XfTEAM": "Legal"})
    app.installation.clockwork.read_profiles()
    assert facts(app) == ("Legal", None, None, None)


def test_what_a_people_file_says_wins(app: SandboxedApp, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("person_id,department,office,slack_user_id\nE1,Law,,U0ADA\n")
    installed = app.installation
    import_people(
        installed.sessions,
        read_people(file),
        workspace_id=installed.workspace_id,
        actor="test",
        now=app.clock.now(),
    )
    joins(app)
    assert facts(app) == ("Law", "Berlin", "Senior", "U0BO")
    app.slack.update_user(
        "U0ADA", notify=True, title="on the move", fields={**ADA, "XfTEAM": "Sales", "XfSITE": "Lisbon"}
    )
    wait_until(lambda: facts(app) == ("Law", "Lisbon", "Senior", "U0BO"))
    app.installation.clockwork.read_profiles()
    assert facts(app) == ("Law", "Lisbon", "Senior", "U0BO")


def test_joining_does_not_fail_for_a_profile_that_slack_keeps(app: SandboxedApp) -> None:
    app.slack.inject(Fault("http_500", "users.profile.get", times=None))
    joins(app)
    assert facts(app) == NOTHING
    app.slack.clear_faults()
    app.installation.clockwork.read_profiles()
    assert facts(app) == EVERYTHING
