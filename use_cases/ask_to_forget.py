"""Before somebody is forgotten: whom the answer will be about."""

from db.people import person_by_slack_id
from db.sessions import Sessions
from domain.errors import NothingStored


def ask_to_forget(sessions: Sessions, slack_user_id: str, *, workspace_id: int) -> int:
    """The person whom the question is for: somebody forgotten who comes back is another one."""
    with sessions.read() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        if person is None:
            raise NothingStored()
        return person.id
