"""views.open, .push, .update and .publish: modals and Home tabs."""

import copy
from typing import Any

from sandbox.arguments import Arg
from sandbox.errors import ApiError
from sandbox.posts import Json
from sandbox.rate_limits import TIER_4
from sandbox.view_records import Modals, shown_to_app, view_record
from sandbox.web_api import Call, Method


def _open(call: Call) -> Json:
    exchange = call.exchanges.for_trigger(call.args["trigger_id"])
    view = Modals(call.workspace).open(exchange.user_id, call.args["view"])
    exchange.trigger_used = True
    return _answer(view)


def _push(call: Call) -> Json:
    exchange = call.exchanges.for_trigger(call.args["trigger_id"])
    modals = Modals(call.workspace)
    # Only what a user did in a modal lets the app put another one on top.
    if exchange.view_id is None or modals.find(exchange.view_id) is None:
        raise ApiError("invalid_trigger_id")
    view = modals.push(exchange.user_id, call.args["view"])
    exchange.trigger_used = True
    return _answer(view)


def _update(call: Call) -> Json:
    view_id, external_id = call.args.get("view_id"), call.args.get("external_id")
    if (view_id is None) == (external_id is None):
        raise ApiError("invalid_arguments", messages=["[ERROR] give either view_id or external_id"])
    modals = Modals(call.workspace)
    if before := modals.find(view_id, external_id):
        _check_hash(call.args, before)
        return _answer(modals.update(before, call.args["view"]))
    for user_id, home in call.workspace.homes.items():
        if home["id"] == view_id or (external_id and home["external_id"] == external_id):
            _check_hash(call.args, home)
            return _published(call, user_id, home)
    raise ApiError("not_found")


def _publish(call: Call) -> Json:
    user_id = call.args["user_id"]
    member = call.workspace.members.get(user_id)
    if member is None or member.deleted:
        raise ApiError("user_not_found")
    shown = call.workspace.homes.get(user_id)
    _check_hash(call.args, shown)
    return _published(call, user_id, shown)


def _published(call: Call, user_id: str, before: Json | None) -> Json:
    view = view_record(call.workspace, call.args["view"], "home", before)
    call.workspace.keep_home(view, user_id)
    return _answer(view)


def _check_hash(args: dict[str, Any], shown: Json | None) -> None:
    if "hash" in args and shown is not None and args["hash"] != shown["hash"]:
        raise ApiError("hash_conflict")


def _answer(view: Json) -> Json:
    return {"view": copy.deepcopy(shown_to_app(view))}


_VIEW = Arg("view", "object", required=True)
_TRIGGER = Arg("trigger_id", required=True)

METHODS = (
    Method("views.open", _open, (_TRIGGER, _VIEW), tier=TIER_4),
    Method("views.push", _push, (_TRIGGER, _VIEW), tier=TIER_4),
    Method(
        "views.update",
        _update,
        (Arg("view_id"), Arg("external_id"), _VIEW, Arg("hash")),
        tier=TIER_4,
    ),
    Method("views.publish", _publish, (Arg("user_id", required=True), _VIEW, Arg("hash")), tier=TIER_4),
)
