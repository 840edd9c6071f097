"""Departments from Slack profiles: one call on joining, and one when an account changes."""

from collections import Counter

from sqlalchemy import select

from db.tables import Person
from sandbox import DEFAULT_SCOPES
from tests.end_to_end.conftest import Start, with_three_people
from tests.end_to_end.serving import wait_until


def test_joining_and_a_changed_account_read_one_profile_each(start: Start) -> None:
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
    app.slack.update_user("U0ADA", notify=True, title="in a meeting", name="Ada Byron")
    wait_until(lambda: ada().name == "Ada Byron")
    assert ada().department == "Design"
    assert Counter(entry["method"] for entry in app.slack.traffic()) == {"users.profile.get": 1}
