"""Whether everything that is due has been sent: for a demo, which moves the clock."""

from datetime import datetime

from db.deliveries import is_anything_due
from db.sessions import Sessions


def check_quiet(sessions: Sessions, *, workspace_id: int, now: datetime) -> bool:
    """Whether nothing that is due by now is still on its way."""
    with sessions.read() as session:
        return not is_anything_due(session, workspace_id, now)
