"""That somebody of HR looks at the numbers is written down before they are shown."""

from datetime import datetime, timedelta

from db.people import person_by_slack_id
from db.sessions import Sessions
from db.workspaces import actor_of, has_audit_since, record_audit

ACTION = "looked at HR's numbers"
ONE_LOOK = timedelta(hours=1)


def note_look(
    sessions: Sessions, slack_user_id: str, *, workspace_id: int, now: datetime, where: str
) -> None:
    """Note who looked, when and where."""
    with sessions.write() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        actor = slack_user_id if person is None else actor_of(person)
        record_audit(session, workspace_id, actor=actor, action=ACTION, now=now, where=where)


def note_look_at_part(
    sessions: Sessions, slack_user_id: str, *, workspace_id: int, now: datetime, where: str
) -> None:
    """The same of a picture, which belongs to the look at its page where there was one lately."""
    with sessions.read() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        actor = slack_user_id if person is None else actor_of(person)
        looked = has_audit_since(session, workspace_id, actor=actor, action=ACTION, since=now - ONE_LOOK)
    if not looked:
        note_look(sessions, slack_user_id, workspace_id=workspace_id, now=now, where=where)
