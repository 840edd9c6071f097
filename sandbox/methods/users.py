"""users.list and users.info: the people of the workspace, bots, guests and deactivated accounts included."""

from sandbox.arguments import Arg
from sandbox.cursors import page
from sandbox.errors import ApiError
from sandbox.members import Member
from sandbox.posts import Json
from sandbox.rate_limits import TIER_2, TIER_4
from sandbox.web_api import Call, Method


def _list(call: Call) -> Json:
    visible = [member for member in call.workspace.members.values() if not member.hidden]
    members, cursor = page(visible, call.args, kind="user", default=1000, most=1000)
    return {
        "members": [_shape(call, member) for member in members],
        "cache_ts": int(call.workspace.clock.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def _info(call: Call) -> Json:
    member = call.workspace.members.get(call.args["user"])
    if member is None:
        raise ApiError("user_not_found")
    if member.hidden:
        raise ApiError("user_not_visible")
    return {"user": _shape(call, member)}


def _shape(call: Call, member: Member) -> Json:
    return call.workspace.member_shape(
        member,
        with_email="users:read.email" in call.installation.scopes,
        with_locale=call.args.get("include_locale", False),
    )


METHODS = (
    Method(
        "users.list",
        _list,
        (Arg("cursor"), Arg("limit", "integer"), Arg("include_locale", "boolean")),
        ("users:read",),
        TIER_2,
    ),
    Method(
        "users.info",
        _info,
        (Arg("user", required=True), Arg("include_locale", "boolean")),
        ("users:read",),
        TIER_4,
    ),
)
