"""Sign in with Slack: codes, ID tokens and the keys that sign them. It lives in real time, as browsers do."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey

from sandbox.errors import ApiError, SandboxError
from sandbox.posts import Json
from sandbox.workspace import Workspace

SCOPES = ("openid", "profile", "email")
CODE_SECONDS = 600
TOKEN_SECONDS = 300
SPOILS = (
    *("nonce", "team", "user", "expired", "audience", "issuer"),
    *("signature", "unknown_key", "algorithm", "unsigned"),
)
"""What may be wrong with an ID token."""


@dataclass(frozen=True)
class Ask:
    """What an app asks for when it sends a browser to be signed in."""

    client_id: str = ""
    redirect_uri: str = ""
    scope: str = ""
    response_type: str = ""
    state: str = ""
    nonce: str = ""
    team: str = ""


@dataclass(frozen=True)
class Code:
    ask: Ask
    user_id: str
    good_until: float
    is_used: bool = False


class OpenId:
    """Who signs in is chosen on a page, or beforehand by the driver."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._keys: list[RSAKey] = []
        self.issuer = ""
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._codes: dict[str, Code] = {}
            self._spoils: list[str] = []
            self.user_id: str | None = None

    def refusal(self, ask: Ask) -> str | None:
        """Why Slack shows an error instead of its page."""
        app = self._workspace.installation
        scopes = ask.scope.split()
        if not app.client_id or ask.client_id != app.client_id:
            return "invalid_client_id"
        if ask.redirect_uri not in app.redirect_urls:
            return "bad_redirect_uri"
        if "openid" not in scopes or not set(scopes) <= set(SCOPES):
            return "invalid_scope"
        if ask.response_type != "code":
            return "unsupported_response_type"
        return None

    def agreed(self, ask: Ask, user_id: str) -> str:
        """Where the browser of somebody who has agreed is sent."""
        if self._workspace.member(user_id).deleted:
            raise SandboxError(f"the account of {user_id} is closed")
        code = secrets.token_hex(16)
        with self._lock:
            self._codes[code] = Code(ask, user_id, time.time() + CODE_SECONDS)
        return _back(ask, code=code)

    def declined(self, ask: Ask) -> str:
        return _back(ask, error="access_denied")

    def exchange(self, args: dict[str, Any]) -> Json:
        """What openid.connect.token answers to a code, once."""
        app = self._workspace.installation
        if not app.client_id or args.get("client_id") != app.client_id:
            raise ApiError("invalid_client_id")
        if args.get("client_secret") != app.client_secret:
            raise ApiError("bad_client_secret")
        if args.get("grant_type", "authorization_code") != "authorization_code":
            raise ApiError("invalid_grant_type")
        with self._lock:
            code = self._codes.get(args.get("code", ""))
            if code is None:
                raise ApiError("invalid_code")
            if code.is_used:
                raise ApiError("code_already_used")
            if code.ask.redirect_uri != args.get("redirect_uri"):
                raise ApiError("bad_redirect_uri")
            if code.good_until < time.time():
                raise ApiError("code_expired")
            self._codes[args["code"]] = replace(code, is_used=True)
            spoil = self._spoils.pop(0) if self._spoils else ""
        access_token = f"xoxp-{secrets.token_hex(16)}"
        id_token = self._signed(self._claims(code, access_token, spoil), spoil)
        return {"access_token": access_token, "token_type": "Bearer", "id_token": id_token}

    def _claims(self, code: Code, access_token: str, spoil: str) -> Json:
        now = int(time.time())
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims: Json = {
            "iss": self.issuer,
            "sub": code.user_id,
            "aud": code.ask.client_id,
            "exp": now + TOKEN_SECONDS,
            "iat": now,
            "auth_time": now,
            "nonce": code.ask.nonce,
            "at_hash": _part(half),
            "https://slack.com/team_id": self._workspace.member(code.user_id).team_id,
            "https://slack.com/user_id": code.user_id,
        }
        spoiled: dict[str, Json] = {
            "nonce": {"nonce": secrets.token_hex(8)},
            "team": {"https://slack.com/team_id": "T0OTHER"},
            "user": {"https://slack.com/user_id": None},
            "expired": {"iat": now - 7200, "exp": now - 3600},
            "audience": {"aud": "1.2", "azp": code.ask.client_id},
            "issuer": {"iss": "https://slack.example.com"},
        }
        claims |= spoiled.get(spoil, {})
        return {name: value for name, value in claims.items() if value is not None}

    def _signed(self, claims: Json, spoil: str) -> str:
        key = self._key()
        header = {"alg": "RS256", "kid": str(key.kid)}
        if spoil in ("algorithm", "unsigned"):
            return _signed_by_nobody(header, claims, key, signs=spoil == "algorithm")
        if spoil in ("signature", "unknown_key"):
            key = _new_key()
        if spoil == "unknown_key":
            header["kid"] = str(key.kid)
        return jwt.encode(header, claims, key)

    def _key(self) -> RSAKey:
        """Made when somebody needs it: it takes a while."""
        with self._lock:
            if not self._keys:
                self._keys.append(_new_key())
            return self._keys[-1]

    def public_keys(self) -> Json:
        self._key()
        with self._lock:
            return {"keys": [{**key.as_dict(private=False), "use": "sig"} for key in self._keys]}

    def rotate_key(self) -> None:
        """From now on another key signs; the last one stays good, as Slack's do."""
        with self._lock:
            self._keys = [*self._keys[-1:], _new_key()]

    def spoil(self, what: str) -> None:
        """The next ID token is wrong in one way."""
        if what not in SPOILS:
            raise SandboxError(f"an ID token can be wrong in: {', '.join(SPOILS)}")
        with self._lock:
            self._spoils.append(what)

    def configuration(self) -> Json:
        """What is said at /.well-known/openid-configuration."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/openid/connect/authorize",
            "token_endpoint": f"{self.issuer}/api/openid.connect.token",
            "jwks_uri": f"{self.issuer}/openid/connect/keys",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


def _back(ask: Ask, **answer: str) -> str:
    sign = "&" if "?" in ask.redirect_uri else "?"
    return f"{ask.redirect_uri}{sign}{urlencode({**answer, 'state': ask.state})}"


def _signed_by_nobody(header: Json, claims: Json, key: RSAKey, *, signs: bool) -> str:
    """What careless readers have believed: no signature, or one with the public key as a shared secret."""
    header = {**header, "alg": "HS256" if signs else "none"}
    body = f"{_part(json.dumps(header).encode())}.{_part(json.dumps(claims).encode())}"
    signature = hmac.digest(key.as_pem(private=False), body.encode(), "sha256") if signs else b""
    return f"{body}.{_part(signature)}"


def _part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _new_key() -> RSAKey:
    key = RSAKey.generate_key(2048, {"alg": "RS256"})
    key.ensure_kid()
    return key
