"""Signed HTTP requests to the app, as Slack sends them."""

import hashlib
import hmac
import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.clock import Clock
from sandbox.errors import SandboxError
from sandbox.installation import Installation
from sandbox.traffic import Traffic

ACK_SECONDS = 3.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


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
    def __init__(self, url: str | None, installation: Installation, clock: Clock, log: Traffic) -> None:
        self._url = url
        self._installation = installation
        self._clock = clock
        self._log = log
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

    def send_signed(
        self, kind: str, body: bytes, content_type: str, extra: Mapping[str, str] | None = None
    ) -> Answer:
        return self.send(kind, body, {"Content-Type": content_type, **self.sign(body), **(extra or {})})

    def send(self, kind: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        if self._url is None:
            raise SandboxError("the sandbox does not know the app yet: set app_url")
        entry = self._log.begin(
            self._clock.now(), kind=kind, body=body.decode(errors="replace"), headers=dict(headers)
        )
        started = time.monotonic()
        try:
            status, text, answered = _post(self._url, body, headers, self.ack_seconds)
            answer = Answer(status, text, answered, time.monotonic() - started)
        except TimeoutError:
            answer = Answer(0, "", {}, time.monotonic() - started, "http_timeout")
        except (OSError, http.client.HTTPException):
            answer = Answer(0, "", {}, time.monotonic() - started, "connection_failed")
        self._log.end(
            entry,
            status=answer.status,
            seconds=answer.seconds,
            failure=answer.failure,
            answer=answer.text,
        )
        return answer


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
