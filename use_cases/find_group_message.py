"""Where an introduction's group message stands."""

from sqlalchemy import select

from db.sessions import Sessions
from db.tables import Delivery, Introduction
from domain.rounds import DeliveryKind, DeliveryState


def find_group_message(sessions: Sessions, introduction_id: str) -> tuple[str, str] | None:
    """Channel and timestamp, where it is known to have been sent."""
    with sessions.read() as session:
        row = session.execute(
            select(Delivery.channel_id, Delivery.message_ts)
            .join(Introduction, Introduction.id == Delivery.introduction_id)
            .where(
                Introduction.public_id == introduction_id,
                Delivery.kind == DeliveryKind.INTRODUCTION,
                Delivery.state == DeliveryState.SENT,
            )
        ).one_or_none()
    return (row[0] or "", row[1] or "") if row else None
