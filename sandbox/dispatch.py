"""Requests to the app, as Slack sends them: signed over HTTP, or through the app's own WebSocket."""

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.installation import Installation
from sandbox.posts import Json
from sandbox.socket_mode import Sockets
from sandbox.traffic import Traffic

ACK_SECONDS = 3.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
_ENVELOPES = {"command": "slash_commands", "interaction": "interactive", "event": "events_api"}


@dataclass(frozen=True)
class Retry:
    attempt: int
    reason: str


@dataclass(frozen=True)
class Answer:
    """`failure` is what Slack calls the reason why there is no answer; status is 0 then."""

    status: int
    text: str
    headers: Mapping[str, str]
    seconds: float
    failure: str | None = None

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


class AppLink:
    def __init__(self, installation: Installation, clock: Clock, log: Traffic, sockets: Sockets) -> None:
        self._url: str | None = None
        self._installation = installation
        self._clock = clock
        self._log = log
        self._sockets = sockets
        self.ack_seconds = ACK_SECONDS

    @property
    def url(self) -> str | None:
        return self._url

    @url.setter
    def url(self, url: str | None) -> None:
        if url is not None and not _is_address(url):
            raise SandboxError(f"{url!r} is no address of an app, such as http://127.0.0.1:3000/slack/events")
        self._url = url

    def sign(self, body: bytes, timestamp: int | None = None) -> dict[str, str]:
        """Slack's signature headers; real time, since the app compares them with its own clock."""
        moment = str(int(time.time()) if timestamp is None else timestamp)
        secret = self._installation.signing_secret.encode()
        digest = hmac.new(secret, b":".join((b"v0", moment.encode(), body)), hashlib.sha256)
        return {
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": f"v0={digest.hexdigest()}",
        }

    def deliver(self, kind: str, payload: Json, retry: Retry | None = None) -> Answer:
        """`kind`: command, interaction or event. An app that is connected by a socket gets it there."""
        if self._sockets.connected or (self._url is None and self._sockets.were_used):
            return self._through_socket(kind, payload, retry)
        body, content_type = _encoded(kind, payload)
        headers = {"Content-Type": content_type, **self.sign(body)}
        if retry:
            headers |= {"x-slack-retry-num": str(retry.attempt), "x-slack-retry-reason": retry.reason}
        return self.send(kind, body, headers)

    def send(self, kind: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """One HTTP request with exactly this."""
        if self._url is None:
            raise SandboxError("the sandbox does not know the app yet: set app_url, or connect a socket")
        entry = self._begin(kind, "http", body.decode(errors="replace"), dict(headers))
        started = time.monotonic()
        try:
            status, text, answered = _post(self._url, body, headers, self.ack_seconds)
            answer = Answer(status, text, answered, time.monotonic() - started)
        except TimeoutError:
            answer = Answer(0, "", {}, time.monotonic() - started, "http_timeout")
        except (OSError, http.client.HTTPException):
            answer = Answer(0, "", {}, time.monotonic() - started, "connection_failed")
        return self._end(entry, answer)

    def _through_socket(self, kind: str, payload: Json, retry: Retry | None) -> Answer:
        envelope: Json = {
            "type": _ENVELOPES[kind],
            "payload": payload,
            "accepts_response_payload": kind != "event",
        }
        if kind == "event":
            envelope |= {"retry_attempt": retry.attempt if retry else 0}
            envelope |= {"retry_reason": retry.reason if retry else ""}
        entry = self._begin(kind, "socket", json.dumps(envelope), {})
        started = time.monotonic()
        outcome = self._sockets.ask(envelope, self.ack_seconds)
        seconds = time.monotonic() - started
        if outcome.failure:
            return self._end(entry, Answer(0, "", {}, seconds, outcome.failure))
        text = "" if outcome.payload is None else json.dumps(outcome.payload)
        return self._end(entry, Answer(200, text, {"content-type": JSON}, seconds))

    def _begin(self, kind: str, via: str, body: str, headers: dict[str, str]) -> dict[str, Any]:
        return self._log.begin(self._clock.now(), kind=kind, via=via, body=body, headers=headers)

    def _end(self, entry: dict[str, Any], answer: Answer) -> Answer:
        self._log.end(
            entry,
            status=answer.status,
            seconds=answer.seconds,
            failure=answer.failure,
            answer=answer.text,
        )
        return answer


def _encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "command":
        return urlencode(payload).encode(), FORM
    if kind == "interaction":
        return urlencode({"payload": json.dumps(payload)}).encode(), FORM
    return json.dumps(payload).encode(), JSON


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _post(
    url: str, body: bytes, headers: Mapping[str, str], seconds: float
) -> tuple[int, str, dict[str, str]]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {"User-Agent": "Slackbot 1.0 (sandbox)", **headers})
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        return response.status, text, {k.lower(): v for k, v in response.getheaders()}
    finally:
        connection.close()
