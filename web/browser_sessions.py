"""Who is signed in, in a signed cookie: a Slack id, a workspace, since when, and nothing else."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import session
from flask.sansio.app import App
from flask_wtf import CSRFProtect

LASTS_SECONDS = 8 * 3600
"""However busy somebody is, after so long they sign in again."""
SKEW_SECONDS = 60
"""So far the clocks of two replicas may be apart."""
STARTED_SECONDS = 600
"""So long somebody may take to agree in Slack; a code of Slack's lives no longer."""
STARTED_AT_ONCE = 4
"""So many tabs may be signing in; a cookie has little room."""

csrf = CSRFProtect()


@dataclass(frozen=True)
class SignedIn:
    """What the cookie says; whether it still counts is asked on every request."""

    slack_user_id: str
    team_id: str
    is_expired: bool


@dataclass(frozen=True)
class Started:
    """A sign-in that somebody has begun in this browser."""

    nonce: str
    to: str | None


def keep_sessions(app: App, *, secret: str, by_https: bool) -> None:
    """Let an app keep sessions, and check forms where a page asks for it: Slack's requests are no forms."""
    app.secret_key = secret
    app.config.update(
        # Browsers take a name like this from https alone, for this host alone, and for all its paths.
        SESSION_COOKIE_NAME="__Host-lunchmates" if by_https else "lunchmates",
        SESSION_COOKIE_SECURE=by_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        # It wants a Referer, which our pages never send; the token and the cookie's SameSite stand for it.
        WTF_CSRF_SSL_STRICT=False,
    )
    csrf.init_app(app)


class BrowserSessions:
    """Reads and writes the cookie of the request that is being answered."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now

    def signed_in(self) -> SignedIn | None:
        kept = session.get("signed_in")
        if not isinstance(kept, dict):
            return None
        age = self._now() - kept["at"]
        return SignedIn(kept["user"], kept["team"], is_expired=not -SKEW_SECONDS <= age < LASTS_SECONDS)

    def sign_in(self, slack_user_id: str, team_id: str) -> None:
        session.clear()
        session["signed_in"] = {"user": slack_user_id, "team": team_id, "at": int(self._now())}

    def sign_out(self) -> None:
        session.clear()

    def start(self, state: str, nonce: str, to: str | None) -> None:
        """Remember a sign-in until Slack sends the browser back."""
        started = [*self._started(), {"state": state, "nonce": nonce, "to": to, "at": int(self._now())}]
        session["started"] = started[-STARTED_AT_ONCE:]

    def finish(self, state: str) -> Started | None:
        """What was remembered, once."""
        started = self._started()
        found = next((one for one in started if one["state"] == state), None)
        session["started"] = [one for one in started if one is not found]
        return Started(found["nonce"], found["to"]) if found else None

    def _started(self) -> list[dict[str, Any]]:
        since = self._now() - STARTED_SECONDS
        return [one for one in session.get("started", []) if one["at"] > since]
