"""The Web API's front door: token, scopes, arguments and rate limits, before a method does its work."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request

from sandbox.arguments import Arg, coerce, read_arguments
from sandbox.errors import ApiError
from sandbox.exchanges import Exchanges
from sandbox.installation import Installation
from sandbox.openid import OpenId
from sandbox.posts import Json
from sandbox.rate_limits import RateLimits, Window
from sandbox.socket_mode import Sockets
from sandbox.traffic import Traffic
from sandbox.workspace import Workspace

# Bolt gives every call the team that its request came from.
_TEAM = Arg("team_id")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """What a method's handler gets; it runs with the workspace's lock held."""

    workspace: Workspace
    exchanges: Exchanges
    installation: Installation
    args: dict[str, Any]
    sockets: Sockets
    openid: OpenId

    def require(self, scope: str) -> None:
        if scope not in self.installation.scopes:
            raise missing_scope(self.installation, (scope,))


@dataclass(frozen=True)
class Method:
    """One of `scopes` is needed, where there are any; the handler asks for the one of the channel's kind."""

    name: str
    handler: Callable[[Call], Json]
    args: tuple[Arg, ...] = ()
    scopes: tuple[str, ...] = ()
    tier: Window | None = None
    windows: Callable[[dict[str, Any]], list[tuple[str, Window]]] | None = None
    needs_token: bool = True
    app_level: bool = False  # called with the app's own token, not with the bot's

    def limits(self, args: dict[str, Any]) -> list[tuple[str, Window]]:
        if self.windows:
            return self.windows(args)
        return [(self.name, self.tier)] if self.tier else []


@dataclass
class Reply:
    """`cut` ends the connection ("drop" or "reset") instead of answering."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"
    error: str | None = None
    cut: str | None = None


def missing_scope(installation: Installation, needed: tuple[str, ...]) -> ApiError:
    fields = {"needed": ",".join(needed), "provided": ",".join(installation.scopes)}
    return ApiError("missing_scope", fields=fields)


class WebApi:
    def __init__(
        self,
        workspace: Workspace,
        exchanges: Exchanges,
        limits: RateLimits,
        traffic: Traffic,
        methods: Mapping[str, Method],
        sockets: Sockets,
        openid: OpenId,
    ) -> None:
        self._workspace = workspace
        self._exchanges = exchanges
        self._limits = limits
        self._traffic = traffic
        self._methods = methods
        self._sockets = sockets
        self._openid = openid

    def take_upload(self, ticket: str, content: bytes) -> bool:
        """What is sent to an upload URL."""
        return self._workspace.take_upload(ticket, content)

    def begin(self, name: str, request: Request) -> tuple[dict[str, Any], Callable[[], Reply]]:
        """The log entry of a call, and the work that answers it: a fault may stand between the two."""
        given: dict[str, Any] = {}
        unreadable: ApiError | None = None
        try:
            given = read_arguments(request)
        except ApiError as error:
            unreadable = error
        token = _token(request, given)
        entry = self._traffic.begin(self._workspace.clock.now(), method=name, args=given, error=None)

        def work() -> Reply:
            try:
                if unreadable:
                    raise unreadable
                return self._ok(name, self._run(name, token, given))
            except ApiError as error:
                return self._refusal(name, error)
            except Exception:
                logger.exception("the sandbox's %s failed", name)
                return self._refusal(name, ApiError("fatal_error"))

        return entry, work

    def _run(self, name: str, token: str | None, given: dict[str, Any]) -> Json:
        method = self._methods.get(name)
        if method is None:
            raise ApiError("unknown_method", fields={"req_method": name})
        installation = self._workspace.installation
        if method.needs_token:
            _check_token(installation, token, app_level=method.app_level)
        granted = installation.app_scopes if method.app_level else installation.scopes
        if method.scopes and not set(method.scopes) & set(granted):
            raise missing_scope(installation, method.scopes)
        args = coerce((*method.args, _TEAM), given)
        if wait := self._limits.take(method.limits(args)):
            raise RateLimitedError(self._workspace.clock.retry_after(wait))
        with self._workspace.lock:
            call = Call(self._workspace, self._exchanges, installation, args, self._sockets, self._openid)
            return method.handler(call)

    def _ok(self, name: str, answer: Json) -> Reply:
        return Reply(200, json.dumps({"ok": True, **answer}), self._scope_headers(name))

    def _refusal(self, name: str, error: ApiError) -> Reply:
        if isinstance(error, RateLimitedError):
            return rate_limited(error.retry_after, self._scope_headers(name))
        return Reply(200, json.dumps(error.body()), self._scope_headers(name), error=error.code)

    def _scope_headers(self, name: str) -> dict[str, str]:
        method, app = self._methods.get(name), self._workspace.installation
        granted = app.app_scopes if method and method.app_level else app.scopes
        return {
            "x-oauth-scopes": ",".join(granted),
            "x-accepted-oauth-scopes": ",".join(method.scopes) if method else "",
        }


class RateLimitedError(ApiError):
    """The call came too early; `retry_after` is in real seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


def rate_limited(retry_after: int, headers: Mapping[str, str] | None = None) -> Reply:
    body = json.dumps(ApiError("ratelimited").body())
    return Reply(429, body, {**(headers or {}), "Retry-After": str(retry_after)}, error="ratelimited")


def _token(request: Request, given: dict[str, Any]) -> str | None:
    argument = given.pop("token", None)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return argument if isinstance(argument, str) and argument else None


def _check_token(installation: Installation, token: str | None, *, app_level: bool) -> None:
    if token is None:
        raise ApiError("not_authed")
    tokens = (installation.bot_token, installation.app_token)
    if token == tokens[not app_level]:
        raise ApiError("not_allowed_token_type")
    if token != tokens[app_level]:
        raise ApiError("invalid_auth")
    if installation.account_inactive:
        raise ApiError("account_inactive")
