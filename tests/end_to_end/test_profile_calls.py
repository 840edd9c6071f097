"""Departments from Slack profiles: read on joining, and not at every change of a status."""

from collections import Counter

from sqlalchemy import select

from db.tables import Person
from sandbox import DEFAULT_SCOPES
from tests.end_to_end.conftest import Start, with_three_people
from tests.end_to_end.serving import wait_until


def test_joining_reads_a_profile_and_a_changed_account_asks_slack_for_nothing(start: Start) -> None:
    app = with_three_people(
        start(scopes=(*DEFAULT_SCOPES, "users.profile:read"), department_field="Department")
    )
    app.slack.add_profile_field("XfDEPT", "Department")
    app.slack.update_user("U0ADA", fields={"XfDEPT": "Design"})

    def ada() -> Person:
        with app.installation.sessions.read() as session:
            return session.scalars(select(Person).filter_by(slack_user_id="U0ADA")).one()

    app.slack.command("U0ADA", "/lunch", "join")
    assert ada().department == "Design"

    app.slack.clear_traffic()
    for name in ("Ada at lunch", "Ada in a meeting", "Ada"):
        app.slack.update_user("U0ADA", notify=True, name=name)
        wait_until(lambda name=name: ada().name == name)
    assert ada().department == "Design"
    assert Counter(entry["method"] for entry in app.slack.traffic()) == {}
