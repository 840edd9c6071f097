"""views.open and views.publish: modals and Home tabs, as far as opening and storing them."""

import copy
import hashlib
import json
from typing import Any

from sandbox.arguments import Arg
from sandbox.block_kit import check_view
from sandbox.errors import ApiError
from sandbox.posts import Json, name_blocks
from sandbox.rate_limits import TIER_4
from sandbox.web_api import Call, Method


def _open(call: Call) -> Json:
    exchange = call.exchanges.for_trigger(call.args["trigger_id"])
    view = _stored(call, call.args["view"], "modal")
    exchange.trigger_used = True
    call.workspace.keep_view(view, exchange.user_id)
    return {"view": copy.deepcopy(view)}


def _publish(call: Call) -> Json:
    user_id = call.args["user_id"]
    member = call.workspace.members.get(user_id)
    if member is None or member.deleted:
        raise ApiError("user_not_found")
    shown = call.workspace.homes.get(user_id)
    if "hash" in call.args and shown is not None and call.args["hash"] != shown["hash"]:
        raise ApiError("hash_conflict")
    view = _stored(call, call.args["view"], "home")
    call.workspace.keep_home(view, user_id)
    return {"view": copy.deepcopy(view)}


def _stored(call: Call, view: dict[str, Any], kind: str) -> Json:
    if findings := check_view(view, kind):
        raise ApiError("invalid_arguments", messages=findings)
    bot = call.installation
    view_id = call.workspace.new_id("V")
    digest = hashlib.sha256(json.dumps([view_id, view]).encode()).hexdigest()[:8]
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **view,
        "blocks": name_blocks(view["blocks"], view_id),
        "id": view_id,
        "team_id": call.workspace.team_id,
        "app_id": bot.app_id,
        "bot_id": bot.bot_id,
        "hash": f"{int(call.workspace.clock.now())}.{digest}",
        "state": {"values": {}},
        "root_view_id": view_id,
        "previous_view_id": None,
    }


_VIEW = Arg("view", "object", required=True)

METHODS = (
    Method("views.open", _open, (Arg("trigger_id", required=True), _VIEW), tier=TIER_4),
    Method("views.publish", _publish, (Arg("user_id", required=True), _VIEW, Arg("hash")), tier=TIER_4),
)
