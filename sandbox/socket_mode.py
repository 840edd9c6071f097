"""Socket Mode: the WebSockets that the app opens, and the envelopes that go through them."""

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from simple_websocket import ConnectionClosed, Server  # type: ignore[import-untyped]
from wsproto.events import Ping

from sandbox.installation import Installation

PING_SECONDS = 5.0
# Slack says some ten seconds ahead that it will close a connection, so that the app can open the next one.
LEAVING_SECONDS = 10.0
# As long as an envelope waits for a client that is just connecting anew.
ARRIVING_SECONDS = 2.0
REASONS = ("warning", "refresh_requested")


@dataclass(frozen=True)
class Outcome:
    payload: Any = None
    failure: str | None = None


@dataclass(eq=False)
class _Connection:
    socket: Any
    sending: threading.Lock = field(default_factory=threading.Lock)
    leaving: bool = False

    def send(self, message: Mapping[str, Any]) -> bool:
        """False where the other side is gone."""
        try:
            with self.sending:
                self.socket.send(json.dumps(message))
        except (ConnectionClosed, OSError):
            return False
        return True

    def ping(self) -> None:
        """Says something, as Slack's pings do: slack_sdk's client loses an empty one that comes alone."""
        try:
            with self.sending:
                self.socket.sock.send(self.socket.ws.send(Ping(b"Ping from the sandbox")))
        except (ConnectionClosed, OSError):
            return

    def close(self) -> None:
        try:
            self.socket.close()
        except (ConnectionClosed, OSError):
            return


@dataclass(eq=False)
class _Waiting:
    connection: _Connection
    answered: threading.Event = field(default_factory=threading.Event)
    outcome: Outcome = Outcome(failure="timeout")

    def settle(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.answered.set()


class Sockets:
    """The connections of the app; envelopes go through them in turn."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._lock = threading.RLock()
        self._arrived = threading.Condition(self._lock)
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._waiting: dict[str, _Waiting] = {}
        self._turn = 0
        self.were_used = False
        self.base_url = ""

    @property
    def connected(self) -> int:
        with self._lock:
            return len(self._connections)

    def new_url(self) -> str:
        """An address that works once."""
        ticket = secrets.token_hex(16)
        with self._lock:
            self._tickets.add(ticket)
        return f"{self.base_url}/socket/link?ticket={ticket}&app_id={self._installation.app_id}"

    def take_ticket(self, ticket: str) -> bool:
        with self._lock:
            if ticket not in self._tickets:
                return False
            self._tickets.remove(ticket)
            return True

    def serve(self, environ: dict[str, Any]) -> None:
        """Speaks with one client until it goes away."""
        # simple_websocket's own pings are empty.
        socket = Server.accept(environ)
        connection = _Connection(socket)
        with self._lock:
            number = len(self._connections) + 1
        # Nothing may come before the greeting.
        connection.send(self._hello(number))
        with self._lock:
            self._connections.append(connection)
            self.were_used = True
            self._arrived.notify_all()
            left = [each for each in self._connections if each.leaving]
        for each in left:
            each.close()
        try:
            while True:
                message = socket.receive(PING_SECONDS)
                if message is None:
                    connection.ping()
                else:
                    self._acknowledged(message)
        except ConnectionClosed:
            return
        finally:
            self._drop(connection)

    def ask(self, envelope: Mapping[str, Any], seconds: float) -> Outcome:
        """The app's acknowledgement; a connection that turns out dead is dropped for the next one."""
        while (connection := self._next()) is not None:
            envelope_id = str(uuid4())
            waiting = _Waiting(connection)
            with self._lock:
                self._waiting[envelope_id] = waiting
            try:
                if connection.send({"envelope_id": envelope_id, **envelope}):
                    waiting.answered.wait(seconds)
                    return waiting.outcome
                self._drop(connection)
            finally:
                with self._lock:
                    del self._waiting[envelope_id]
        return Outcome(failure="connection_failed")

    def disconnect(self, reason: str) -> int:
        """Asks every client to connect anew, and says how many were asked."""
        with self._lock:
            leaving = list(self._connections)
            for connection in leaving:
                connection.leaving = True
        for connection in leaving:
            connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            timer = threading.Timer(LEAVING_SECONDS, connection.close)
            timer.daemon = True
            timer.start()
        return len(leaving)

    def close(self) -> None:
        with self._lock:
            open_ones = list(self._connections)
            self._tickets.clear()
        for connection in open_ones:
            connection.close()
            self._drop(connection)

    def _next(self) -> _Connection | None:
        with self._lock:
            if self._connections and not self._staying():
                self._arrived.wait_for(self._staying, ARRIVING_SECONDS)
            usable = self._staying() or self._connections
            if not usable:
                return None
            self._turn += 1
            return usable[self._turn % len(usable)]

    def _staying(self) -> list[_Connection]:
        return [each for each in self._connections if not each.leaving]

    def _acknowledged(self, raw: str | bytes | None) -> None:
        try:
            message = json.loads(raw or "")
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        with self._lock:
            waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting:
            waiting.settle(Outcome(payload=message.get("payload")))

    def _drop(self, connection: _Connection) -> None:
        with self._lock:
            if connection in self._connections:
                self._connections.remove(connection)
            # A client that was asked to leave acknowledges through its next connection.
            lost = [] if connection.leaving else list(self._waiting.values())
            lost = [each for each in lost if each.connection is connection]
        for waiting in lost:
            if not waiting.answered.is_set():
                waiting.settle(Outcome(failure="connection_failed"))

    def _hello(self, number: int) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": number,
            "connection_info": {"app_id": self._installation.app_id},
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": 18_060,
            },
        }
