"""Calls to Slack's Web API, with every way to fail turned into one of our errors."""

import math
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from domain.errors import (
    Ambiguous,
    MessengerError,
    NotDone,
    NotPermitted,
    PersonUnreachable,
    RateLimited,
    Refused,
)

TIMEOUT_SECONDS = 10
ROLE_TIMEOUT_SECONDS = 3

# https://docs.slack.dev/reference/methods/chat.postMessage and conversations.open, "Errors".
UNCLEAR = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
ABOUT_A_PERSON = {"user_disabled", "user_not_visible", "user_not_found", "users_not_found", "cannot_dm_bot"}
ABOUT_THE_APP = {
    *("not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "no_permission"),
    *("missing_scope", "not_allowed_token_type", "org_login_required", "ekm_access_denied"),
    *("team_access_not_granted", "access_denied", "team_added_to_org"),
}


def patient_client(token: str, base_url: str) -> WebClient:
    """A client for reading at leisure: asking twice changes nothing, so it waits and tries again."""
    return WebClient(
        token=token,
        base_url=base_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(max_retry_count=20)],
    )


def prompt_client(token: str, base_url: str) -> WebClient:
    """A client for writing, and for reading while somebody waits: it never tries again by itself.

    slack_sdk's default handler posts a message a second time when the peer closes the connection,
    and waiting out a rate limit would hold up other deliveries, or the thread that answers a command.
    """
    return WebClient(token=token, base_url=base_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])


def role_client(token: str, base_url: str) -> WebClient:
    """A client for asking who somebody is, while everybody else who asks it waits, too."""
    return WebClient(token=token, base_url=base_url, timeout=ROLE_TIMEOUT_SECONDS, retry_handlers=[])


def call(method: Callable[..., Any], **arguments: Any) -> Mapping[str, Any]:
    """Call a method of a client; every failure is a MessengerError."""
    try:
        answer = method(**arguments)
    except SlackApiError as error:
        raise _api_error(method.__name__, error) from error
    except URLError as error:
        if isinstance(error.reason, ConnectionRefusedError | socket.gaierror):
            raise NotDone(code=type(error.reason).__name__) from error
        raise Ambiguous(code=type(error.reason).__name__) from error
    except (OSError, HTTPException, ValueError, SlackClientError) as error:
        # A closed connection, a timeout while reading, an answer cut short.
        raise Ambiguous(code=type(error).__name__) from error
    if not isinstance(answer.data, dict):
        raise Ambiguous(code="no JSON in the answer")
    return answer.data


def field(answer: Mapping[str, Any], *path: str) -> str:
    """A text in an answer; its absence is a failure that Slack has not explained."""
    value: Any = answer
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(value, str) or not value:
        raise Ambiguous(code=f"no {'.'.join(path)} in the answer")
    return value


def granted_scopes(client: WebClient) -> frozenset[str]:
    """What Slack lets a client's token do; it says so in a header of every answer."""
    call(client.auth_test)
    headers = {name.lower(): value for name, value in client.auth_test().headers.items()}
    return frozenset(scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(","))


def try_app_token(client: WebClient, app_token: str) -> None:
    """`NotPermitted` where Slack opens no connection for this token; the one that it offers is not used."""
    with suppress(RateLimited):  # asked for too often is not refused
        call(client.apps_connections_open, app_token=app_token)


def _api_error(method: str, error: SlackApiError) -> MessengerError:
    response: Any = error.response
    status = getattr(response, "status_code", None)
    data = getattr(response, "data", response)
    code = data.get("error") if isinstance(data, Mapping) else None
    if status == 429 or code == "ratelimited":
        headers = {key.lower(): value for key, value in (getattr(response, "headers", None) or {}).items()}
        return RateLimited(
            code="ratelimited", method=method, retry_after=_seconds(headers.get("retry-after"))
        )
    # Where the answer is not JSON, slack_sdk puts a sentence in the place of Slack's word.
    if not isinstance(code, str) or not code.isidentifier():
        return Ambiguous(code=f"HTTP {status} without an answer")
    if code in UNCLEAR or (status or 200) >= 500:
        return Ambiguous(code=code)
    if code in ABOUT_A_PERSON:
        return PersonUnreachable(code=code)
    if code in ABOUT_THE_APP:
        return NotPermitted(code=code)
    return Refused(code=code)


def _seconds(value: object) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        return 30.0
    return 30.0 if math.isnan(seconds) else min(max(seconds, 1.0), 3600.0)
