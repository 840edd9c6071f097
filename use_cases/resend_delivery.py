"""An admin has looked, and an uncertain message is not there: it is sent again."""

from datetime import datetime

from db.deliveries import reopen_uncertain
from db.sessions import Sessions
from db.workspaces import record_audit
from domain.errors import UnknownDelivery


def resend_delivery(
    sessions: Sessions, delivery_id: str, *, workspace_id: int, actor: str, now: datetime
) -> None:
    """Put an uncertain delivery back in the queue."""
    with sessions.write() as session:
        if not reopen_uncertain(session, workspace_id, delivery_id):
            raise UnknownDelivery(delivery_id=delivery_id)
        record_audit(
            session, workspace_id, actor=actor, action="resent a delivery", now=now, delivery=delivery_id
        )
