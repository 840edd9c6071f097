"""What an admin may need to look at: deliveries that are uncertain, failed or still on their way."""

from db.deliveries import unfinished
from db.sessions import Sessions
from domain.rounds import ListedDelivery


def list_deliveries(sessions: Sessions, *, workspace_id: int) -> list[ListedDelivery]:
    """Every delivery that is neither sent nor cancelled; without names and without text."""
    with sessions.read() as session:
        return [
            ListedDelivery(
                delivery_id=delivery.public_id,
                kind=delivery.kind,
                state=delivery.state,
                reason=delivery.reason,
                round_id=delivery.round_id,
                slot_at=round_.slot_at if round_ else None,
                period_on=round_.period_on if round_ else None,
            )
            for delivery, round_ in unfinished(session, workspace_id)
        ]
