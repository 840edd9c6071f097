"""Rounds whose time is over are closed; what was not delivered by then is not delivered any more."""

from datetime import datetime

from db.rounds import close_ended
from db.sessions import Sessions


def close_rounds(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Close every round that has ended; how many that were."""
    with sessions.write() as session:
        return close_ended(session, workspace_id, now)
