"""conversations.history: what was posted in a conversation, the newest first."""

import re
from decimal import Decimal
from typing import Any

from sandbox.arguments import Arg
from sandbox.cursors import cursor_to, page_size, read_cursor
from sandbox.errors import ApiError
from sandbox.methods.conversations import scopes_for, visible_channel
from sandbox.posts import Json, Post
from sandbox.rate_limits import TIER_3
from sandbox.web_api import Call, Method


def _history(call: Call) -> Json:
    channel = visible_channel(call, "history")
    bot = call.installation
    if bot.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    posts = [post for post in reversed(call.workspace.posts_in(channel.id)) if _within(post, call.args)]
    shown, cursor = _page(posts, call.args)
    answer: Json = {
        "messages": [
            post.message(
                bot_id=bot.bot_id,
                app_id=bot.app_id,
                team_id=call.workspace.team_id,
                with_metadata=call.args.get("include_all_metadata", False),
            )
            for post in shown
        ],
        "has_more": bool(cursor),
        "pin_count": 0,
    }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def _page(posts: list[Post], args: dict[str, Any]) -> tuple[list[Post], str]:
    """A cursor is the ts to go on from, so that a message posted meanwhile shifts nothing."""
    size = page_size(args, default=100, most=999)
    start = read_cursor(args, "next_ts")
    left = [post for post in posts if start is None or _number(post) <= start]
    return left[:size], cursor_to("next_ts", _number(left[size])) if len(left) > size else ""


def _number(post: Post) -> int:
    return int(post.ts.replace(".", ""))


def _within(post: Post, args: dict[str, Any]) -> bool:
    ts = Decimal(post.ts)
    oldest, latest = _moment(args, "oldest"), _moment(args, "latest")
    if args.get("inclusive"):
        return (oldest is None or ts >= oldest) and (latest is None or ts <= latest)
    return (oldest is None or ts > oldest) and (latest is None or ts < latest)


def _moment(args: dict[str, Any], name: str) -> Decimal | None:
    value = args.get(name)
    if not value:
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", value):
        raise ApiError(f"invalid_ts_{name}")
    return Decimal(value)


METHODS = (
    Method(
        "conversations.history",
        _history,
        (
            Arg("channel", required=True),
            Arg("cursor"),
            Arg("limit", "integer"),
            Arg("oldest"),
            Arg("latest"),
            Arg("inclusive", "boolean"),
            Arg("include_all_metadata", "boolean"),
        ),
        scopes_for("history"),
        TIER_3,
    ),
)
