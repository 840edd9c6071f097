"""conversations.open, .info and .members: direct messages, and who is in a channel."""

from sandbox.arguments import Arg
from sandbox.cursors import page
from sandbox.errors import ApiError
from sandbox.posts import Json
from sandbox.rate_limits import TIER_3, TIER_4
from sandbox.web_api import Call, Method
from sandbox.workspace import Channel

MOST_USERS = 8


def scopes_for(action: str) -> tuple[str, ...]:
    return tuple(f"{kind}:{action}" for kind in ("channels", "groups", "im", "mpim"))


def visible_channel(call: Call, action: str) -> Channel:
    """The channel of the call, where the app's scopes reach it."""
    channel = call.workspace.channels.get(call.args["channel"])
    is_member = channel is not None and call.installation.bot_user_id in channel.members
    if channel is None or (not is_member and (channel.is_private or channel.kind != "channel")):
        raise ApiError("channel_not_found")
    kind = channel.kind if channel.kind != "channel" else "groups" if channel.is_private else "channels"
    call.require(f"{kind}:{action}")
    return channel


def _open(call: Call) -> Json:
    if "channel" in call.args and "users" in call.args:
        raise ApiError("invalid_arguments", messages=["[ERROR] give either users or channel"])
    if "channel" in call.args:
        channel, already_open = _resumed(call, call.args["channel"]), True
    else:
        users = _checked_users(call)
        call.require("im:write" if len(users) == 1 else "mpim:write")
        found = call.workspace.find_conversation(users)
        already_open = found is not None
        if found is None and call.args.get("prevent_creation"):
            raise ApiError("channel_not_found")
        channel = found or call.workspace.open_conversation(users)
    shown = _shape(call, channel) if call.args.get("return_im") else {"id": channel.id}
    answer: Json = {"channel": shown}
    return {**answer, "no_op": True, "already_open": True} if already_open else answer


def _resumed(call: Call, channel_id: str) -> Channel:
    channel = call.workspace.channels.get(channel_id)
    if channel is None:
        raise ApiError("channel_not_found")
    if channel.kind == "channel":
        raise ApiError("method_not_supported_for_channel_type")
    call.require(f"{channel.kind}:write")
    return channel


def _checked_users(call: Call) -> list[str]:
    named = list(dict.fromkeys(call.args.get("users", [])))
    if not named:
        raise ApiError("users_list_not_supplied")
    users = [user for user in named if user != call.installation.bot_user_id]
    if not users:
        raise ApiError("not_enough_users")
    if len(users) > MOST_USERS:
        raise ApiError("too_many_users")
    for user_id in users:
        member = call.workspace.members.get(user_id)
        if member is None:
            raise ApiError("user_not_found")
        if member.hidden:
            raise ApiError("user_not_visible")
        if member.deleted:
            raise ApiError("user_disabled")
    return users


def _info(call: Call) -> Json:
    channel = visible_channel(call, "read")
    shown = _shape(call, channel)
    if call.args.get("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def _members(call: Call) -> Json:
    channel = visible_channel(call, "read")
    members, cursor = page(channel.members, call.args, kind="member", default=100, most=1000)
    return {"members": list(members), "response_metadata": {"next_cursor": cursor}}


def _shape(call: Call, channel: Channel) -> Json:
    bot = call.installation.bot_user_id
    shape: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": False,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_channel": channel.kind == "channel" and not channel.is_private,
        "is_group": channel.kind == "channel" and channel.is_private,
        "is_private": channel.is_private or channel.kind != "channel",
        "context_team_id": call.workspace.team_id,
    }
    if channel.kind == "im":
        return shape | {"user": next(user for user in channel.members if user != bot), "is_open": True}
    return shape | {"name": channel.name, "is_member": bot in channel.members}


METHODS = (
    Method(
        "conversations.open",
        _open,
        (
            Arg("users", "ids"),
            Arg("channel"),
            Arg("return_im", "boolean"),
            Arg("prevent_creation", "boolean"),
        ),
        ("im:write", "mpim:write"),
        TIER_3,
    ),
    Method(
        "conversations.info",
        _info,
        (
            Arg("channel", required=True),
            Arg("include_locale", "boolean"),
            Arg("include_num_members", "boolean"),
        ),
        scopes_for("read"),
        TIER_3,
    ),
    Method(
        "conversations.members",
        _members,
        (Arg("channel", required=True), Arg("cursor"), Arg("limit", "integer")),
        scopes_for("read"),
        TIER_4,
    ),
)
