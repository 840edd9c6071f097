"""Posts that were interrupted: looked up and adopted or sent again, else uncertain."""

from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from db.deliveries import RELEASED, advance, hold, interrupted
from db.sessions import Sessions
from db.tables import Delivery
from domain.errors import MessengerError, PersonUnreachable, Refused
from domain.ports import Messenger
from domain.rounds import DeliveryKind, DeliveryState, Timing

log = structlog.get_logger()


def settle_deliveries(sessions: Sessions, messenger: Messenger, *, workspace_id: int, timing: Timing) -> int:
    """Find out what became of every interrupted post; how many were settled. None is resent blindly."""
    settled = 0
    with sessions.read() as session:
        waiting = interrupted(session, workspace_id, timing.lookup_wait)
    for delivery in waiting:
        token = uuid4().hex
        with sessions.write() as session:
            if not hold(session, delivery, lease=timing.delivery_lease, lease_token=token):
                continue
        delivery.lease_token = token
        settled += _settle(sessions, messenger, delivery)
    return settled


def _settle(sessions: Sessions, messenger: Messenger, delivery: Delivery) -> bool:
    values = _outcome(messenger, delivery)
    if values is None:
        return False
    with sessions.write() as session:
        kept = advance(session, delivery, DeliveryState.SENDING, **values, **RELEASED)
    log.info("settled", delivery_id=delivery.public_id, kind=delivery.kind, state=values["state"])
    return kept


def _outcome(messenger: Messenger, delivery: Delivery) -> dict[str, object] | None:
    """What has become of a post; None where that is found out later, when this lease is over."""
    # The schema holds both.
    assert delivery.channel_id is not None
    assert delivery.sending_at is not None
    if delivery.kind != DeliveryKind.INTRODUCTION:
        # Looking it up takes `im:history`, the right to read what people write to the app. It has most likely
        # arrived, `/lunch status` says where they stand, and a second one would only puzzle them.
        return {"state": DeliveryState.UNCERTAIN}
    try:
        # Slack's clock and ours may differ a little.
        since: datetime = delivery.sending_at - timedelta(minutes=5)
        ts = messenger.find(delivery.channel_id, delivery_id=delivery.public_id, since=since)
    except MessengerError as error:
        log.info("not looked up", delivery_id=delivery.public_id, code=error.code)
        if error.code != "missing_scope" and not isinstance(error, (PersonUnreachable, Refused)):
            return None
        return {"state": DeliveryState.UNCERTAIN}
    if ts is None:
        return {"state": DeliveryState.OPENED}
    return {"state": DeliveryState.SENT, "message_ts": ts, "sent_at": delivery.sending_at}
