"""Whether somebody works here, as far as the directory knows."""

from db.people import person_by_slack_id
from db.sessions import Sessions


def is_employee(sessions: Sessions, slack_user_id: str, *, workspace_id: int) -> bool:
    """Whether an account is that of somebody in the directory now: no guest, no closed account."""
    with sessions.read() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        return person is not None and person.is_active
