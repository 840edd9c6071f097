"""How long nothing has been heard from Slack over Socket Mode."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler


class Heartbeat:
    """Listens to the pings that a connection exchanges with Slack every ten seconds."""

    def __init__(self, socket: SocketModeHandler, *, now: Callable[[], float] = time.time) -> None:
        self._client, self._now = socket.client, now
        self._session: Any = None
        self._heard = now()

    def silence(self) -> timedelta:
        """Since the last answer to a ping, or since the newest connection was first seen here."""
        session = self._client.current_session
        if session is not None:
            if session is not self._session and session.is_active():
                # The client takes a connection that was never answered for a good one.
                self._session, self._heard = session, self._now()
            self._heard = max(self._heard, session.last_ping_pong_time or 0.0)
        return timedelta(seconds=max(0.0, self._now() - self._heard))


def silence_of(socket: SocketModeHandler | None) -> Callable[[], timedelta]:
    """How long Slack has been silent by now; never at all where its requests come over HTTP."""
    return timedelta if socket is None else Heartbeat(socket).silence
