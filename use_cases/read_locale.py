"""The language in which somebody reads Slack."""

from db.people import locale_of
from db.sessions import Sessions


def read_locale(sessions: Sessions, slack_user_id: str, *, workspace_id: int) -> str | None:
    """As Slack writes it, "de-DE"; None for whom nobody knows yet."""
    with sessions.read() as session:
        return locale_of(session, workspace_id, slack_user_id)
