"""The control API: the methods of a Sandbox as JSON over HTTP, for a driver in another process."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from sandbox.errors import SandboxError

_TEXT, _NUMBER, _FLAG, _OBJECT, _LIST, _ANY = str, (int, float), bool, dict, list, object


@dataclass(frozen=True, eq=False)
class Endpoint:
    """`calls` names the Sandbox's method. A field is required unless it is in `optional`.

    `free` takes the whole body, for methods that check their details themselves.
    """

    verb: str
    path: str
    calls: str
    required: Mapping[str, Any] = field(default_factory=dict)
    optional: Mapping[str, Any] = field(default_factory=dict)
    free: bool = False


ENDPOINTS = (
    Endpoint("GET", "/users", "users"),
    Endpoint("POST", "/users", "add_user", free=True),
    Endpoint("POST", "/users/bulk", "add_users", {"users": _LIST}),
    Endpoint("PATCH", "/users/<id>", "update_user", free=True),
    Endpoint("GET", "/users/<user_id>/dms", "dms_of"),
    Endpoint("GET", "/users/<user_id>/ephemeral", "ephemeral_of"),
    Endpoint("GET", "/users/<user_id>/home", "home_of"),
    Endpoint("GET", "/users/<user_id>/modals", "modals_of"),
    Endpoint("GET", "/channels", "channels"),
    Endpoint(
        "POST",
        "/channels",
        "add_channel",
        {"name": _TEXT},
        {"members": _LIST, "id": _TEXT, "is_private": _FLAG},
    ),
    Endpoint(
        "POST",
        "/command",
        "command",
        {"user_id": _TEXT, "command": _TEXT},
        {"text": _TEXT, "channel_id": _TEXT, "wait": _NUMBER},
    ),
    Endpoint(
        "POST",
        "/press",
        "press",
        {"user_id": _TEXT, "message": _OBJECT, "action_id": _TEXT},
        {"value": _TEXT, "wait": _NUMBER, "block_id": _TEXT, "entered": _OBJECT},
    ),
    Endpoint(
        "POST",
        "/choose",
        "choose",
        {"user_id": _TEXT, "message": _OBJECT, "action_id": _TEXT, "choice": _ANY},
        {"wait": _NUMBER, "block_id": _TEXT, "entered": _OBJECT},
    ),
    Endpoint("POST", "/say", "say", {"user_id": _TEXT, "channel_id": _TEXT, "text": _TEXT}),
    Endpoint("POST", "/home", "open_home", {"user_id": _TEXT}, {"wait": _NUMBER}),
    Endpoint(
        "POST", "/views/submit", "submit_view", {"user_id": _TEXT, "view_id": _TEXT}, {"values": _OBJECT}
    ),
    Endpoint("POST", "/views/close", "close_view", {"user_id": _TEXT, "view_id": _TEXT}, {"every": _FLAG}),
    Endpoint("POST", "/read", "mark_read", {"user_id": _TEXT, "channel_id": _TEXT}),
    Endpoint("POST", "/sign-in-as", "sign_in_as", {}, {"user_id": _TEXT}),
    Endpoint("POST", "/id-token", "spoil_id_token", {"what": _TEXT}),
    Endpoint("POST", "/signing-key", "rotate_signing_key"),
    Endpoint("POST", "/page-button", "press_page_button", {"label": _TEXT}),
    Endpoint(
        "POST",
        "/profile-fields",
        "add_profile_field",
        {"id": _TEXT, "label": _TEXT},
        {"type": _TEXT, "is_hidden": _FLAG},
    ),
    Endpoint("PUT", "/user-groups/<id>", "set_user_group", {"users": _LIST}, {"is_disabled": _FLAG}),
    Endpoint("GET", "/sockets", "socket_connections"),
    Endpoint("POST", "/sockets/disconnect", "disconnect_sockets", {}, {"reason": _TEXT}),
    Endpoint("POST", "/event", "send_event", {"event": _OBJECT}, {"wait": _NUMBER}),
    Endpoint("GET", "/messages", "messages", {}, {"channel_id": _TEXT}),
    Endpoint("GET", "/views", "views"),
    Endpoint("GET", "/traffic", "traffic"),
    Endpoint("DELETE", "/traffic", "clear_traffic"),
    Endpoint("GET", "/requests-to-app", "requests_to_app"),
    Endpoint("GET", "/faults", "faults"),
    Endpoint("POST", "/faults", "inject", {"fault": _OBJECT}),
    Endpoint("DELETE", "/faults", "clear_faults"),
    Endpoint("GET", "/clock", "now"),
    Endpoint("POST", "/advance", "advance", {"seconds": _NUMBER}),
    Endpoint("POST", "/reset", "reset"),
    Endpoint("GET", "/app", "app_state"),
    Endpoint(
        "PATCH",
        "/app",
        "update_app",
        {},
        {"app_url": _TEXT, "scopes": _LIST, "account_inactive": _FLAG, "redirect_urls": _LIST},
    ),
)
_ROUTES = Map([Rule(f"/control{e.path}", methods=[e.verb], endpoint=e) for e in ENDPOINTS])


class Control:
    """Answers `{"result": …}`, or `{"error": …}` with a 4xx status."""

    def __init__(self, sandbox: object) -> None:
        self._sandbox = sandbox

    def __call__(self, request: Request) -> Response:
        try:
            endpoint, found = _ROUTES.bind_to_environ(request.environ).match()
            arguments = {**_arguments(endpoint, request), **found}
            method: Callable[..., Any] = getattr(self._sandbox, endpoint.calls)
            return _answer(200, {"result": _as_json(method(**arguments))})
        except SandboxError as error:
            return _answer(400, {"error": str(error)})
        except HTTPException as error:
            status = error.code if error.code and error.code >= 400 else 404
            return _answer(status, {"error": error.description or error.name})


def _arguments(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    given = dict(request.args.items()) if request.method == "GET" else _body(request)
    if endpoint.free:
        return given
    fields = {**endpoint.required, **endpoint.optional}
    if unknown := given.keys() - fields.keys():
        raise SandboxError(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(fields) or 'none'}")
    if missing := endpoint.required.keys() - given.keys():
        raise SandboxError(f"missing: {', '.join(sorted(missing))}")
    for name, value in given.items():
        if not _fits(value, fields[name]):
            raise SandboxError(f"{name} has the wrong type: {value!r}")
    return given


def _fits(value: Any, kind: Any) -> bool:
    if kind is _NUMBER:
        return isinstance(value, kind) and not isinstance(value, bool) and math.isfinite(value)
    return isinstance(value, kind)


def _body(request: Request) -> dict[str, Any]:
    raw = request.get_data()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise SandboxError(f"the body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise SandboxError("the body must be a JSON object")
    return body


def _as_json(result: Any) -> Any:
    if hasattr(result, "as_json"):
        return result.as_json()
    if is_dataclass(result) and not isinstance(result, type):
        return asdict(result)
    return result


def _answer(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), status, content_type="application/json; charset=utf-8")
