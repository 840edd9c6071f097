"""Sign in with Slack (OpenID Connect): where a browser is sent, and who has come back from there."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

SCOPE = "openid"
"""Enough for the ids of person and workspace: names and addresses are nobody's business here."""
ALGORITHMS = ["RS256"]
TIMEOUT_SECONDS = 10.0
KEYS_KEPT_SECONDS = 3600.0
LEEWAY_SECONDS = 60
PASSING = ("ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout")
"""Answers of Slack's that mean: later."""
USER_ID, TEAM_ID = "https://slack.com/user_id", "https://slack.com/team_id"


class NotBelieved(Exception):
    """Slack's answer is not one to this question; the code says why, for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Exception):
    """Slack could not be asked."""


@dataclass(frozen=True)
class SlackIdentity:
    """Who somebody is: nothing here says what they may see."""

    slack_user_id: str
    team_id: str


class SlackOpenId:
    """One Slack app's sign-in, at the site that its API address belongs to."""

    def __init__(
        self,
        *,
        api_url: str,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        team_id: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        parts = urlsplit(api_url)
        self._issuer = f"{parts.scheme}://{parts.netloc}"
        self._client_id, self._client_secret = client_id, client_secret
        self._redirect_uri, self._team_id = redirect_uri, team_id
        self._token_url = f"{self._issuer}/api/openid.connect.token"
        self._keys = _SigningKeys(f"{self._issuer}/openid/connect/keys")
        self._now = now

    def start(self) -> tuple[str, str, str]:
        """The address in Slack to send a browser to; the state and the nonce that it must bring back."""
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        # Slack advertises no PKCE (https://slack.com/.well-known/openid-configuration).
        address, _ = self._session().create_authorization_url(
            f"{self._issuer}/openid/connect/authorize", state=state, nonce=nonce, team=self._team_id
        )
        return address, state, nonce

    def finish(self, code: str, nonce: str) -> SlackIdentity:
        """Who came back with this code: `NotBelieved` unless everything fits, `Unreachable` without Slack."""
        try:
            with self._session() as session:
                answer = session.fetch_token(self._token_url, code=code, grant_type="authorization_code")
            return self._identity(answer, nonce)
        except OAuthError as error:
            if error.error in PASSING:
                raise Unreachable() from error
            raise NotBelieved(str(error.error)) from error
        except requests.RequestException as error:
            raise Unreachable() from error
        except JoseError as error:
            raise NotBelieved(f"{error.error} {getattr(error, 'claim', '')}".strip()) from error
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            # What is no token, no key set or no claim at all.
            raise NotBelieved(type(error).__name__) from error

    def _identity(self, answer: dict[str, object], nonce: str) -> SlackIdentity:
        token = self._decoded(str(answer["id_token"]))
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client_id},
                "nonce": {"essential": True, "value": nonce},
                USER_ID: {"essential": True},
                TEAM_ID: {"essential": True},
            },
            {"nonce": nonce, "client_id": self._client_id, "access_token": answer.get("access_token")},
        )
        claims.validate(now=int(self._now()), leeway=LEEWAY_SECONDS)
        user, team = claims[USER_ID], claims[TEAM_ID]
        if not (isinstance(user, str) and isinstance(team, str)):
            raise TypeError
        return SlackIdentity(user, team)

    def _decoded(self, id_token: str) -> jwt.Token:
        try:
            return jwt.decode(id_token, self._keys.known(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            return jwt.decode(id_token, self._keys.fetched(), algorithms=ALGORITHMS)

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._client_secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 (the name of a method)
            scope=SCOPE,
            redirect_uri=self._redirect_uri,
            default_timeout=TIMEOUT_SECONDS,
        )


class _SigningKeys:
    """Slack's public keys, kept for an hour; a token whose key is not among them has them fetched anew."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._keys: KeySet | None = None
        self._good_until = 0.0

    def known(self) -> KeySet:
        with self._lock:
            keys = self._keys if time.monotonic() < self._good_until else None
        return keys or self.fetched()

    def fetched(self) -> KeySet:
        answer = requests.get(self._address, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        keys = KeySet.import_key_set(answer.json())
        with self._lock:
            self._keys, self._good_until = keys, time.monotonic() + KEYS_KEPT_SECONDS
        return keys
