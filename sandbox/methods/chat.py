"""chat.postMessage, .postEphemeral, .update and .delete: what the app says."""

from dataclasses import replace
from typing import Any

from sandbox.arguments import Arg
from sandbox.errors import ApiError
from sandbox.message_content import read_content
from sandbox.posts import Json, Post
from sandbox.rate_limits import POSTS_IN_CHANNEL, POSTS_IN_WORKSPACE, TIER_3, TIER_4, Window
from sandbox.web_api import Call, Method
from sandbox.workspace import Channel


def _post_message(call: Call) -> Json:
    channel = _target(call)
    post = call.workspace.post(channel, read_content(call.args), thread_ts=call.args.get("thread_ts"))
    return {"channel": channel.id, "ts": post.ts, "message": _message(call, post)}


def _post_ephemeral(call: Call) -> Json:
    channel = _target(call)
    user = call.args["user"]
    if user not in channel.members or call.workspace.member(user).deleted:
        raise ApiError("user_not_in_channel")
    content = read_content(call.args)
    post = call.workspace.post(channel, content, ephemeral_to=user, thread_ts=call.args.get("thread_ts"))
    return {"message_ts": post.ts}


def _update(call: Call) -> Json:
    channel = _writable(call)
    post = call.workspace.find_post(channel.id, call.args["ts"])
    if post is None or post.ephemeral_to:
        raise ApiError("message_not_found")
    if post.user != call.installation.bot_user_id:
        raise ApiError("cant_update_message")
    # Slack keeps the parts that an update does not mention; blocks go away only with an empty list.
    kept = {"blocks": post.content.blocks, "attachments": post.content.attachments}
    if "markdown_text" in call.args:
        kept.pop("blocks")
    content = read_content({**kept, **call.args})
    if "metadata" not in call.args:
        content = replace(content, metadata=post.content.metadata)
    call.workspace.edit(post, content)
    return {
        "channel": channel.id,
        "ts": post.ts,
        "text": post.content.text,
        "message": _message(call, post),
    }


def _delete(call: Call) -> Json:
    channel = _writable(call)
    post = call.workspace.find_post(channel.id, call.args["ts"])
    if post is None or post.ephemeral_to:
        raise ApiError("message_not_found")
    if post.user != call.installation.bot_user_id:
        raise ApiError("cant_delete_message")
    call.workspace.delete(post)
    return {"channel": channel.id, "ts": post.ts}


def _target(call: Call) -> Channel:
    """The channel that the app may write in; a user's id stands for the direct message with that user."""
    bot = call.installation.bot_user_id
    name = call.args["channel"]
    if name in call.workspace.members and name != bot:
        member = call.workspace.members[name]
        if member.deleted or member.hidden:
            raise ApiError("channel_not_found")
        return call.workspace.open_conversation([name])
    return _writable(call)


def _writable(call: Call) -> Channel:
    bot = call.installation.bot_user_id
    channel = call.workspace.channels.get(call.args["channel"])
    if channel is None or (channel.is_private and bot not in channel.members):
        raise ApiError("channel_not_found")
    if bot not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _message(call: Call, post: Post) -> Json:
    bot = call.installation
    return post.message(
        bot_id=bot.bot_id, app_id=bot.app_id, team_id=call.workspace.team_id, with_metadata=True
    )


def _post_windows(args: dict[str, Any]) -> list[tuple[str, Window]]:
    return [
        ("chat.postMessage", POSTS_IN_WORKSPACE),
        (f"chat.postMessage in {args['channel']}", POSTS_IN_CHANNEL),
    ]


_SAYING = (
    Arg("channel", required=True),
    Arg("text"),
    Arg("markdown_text"),
    Arg("blocks", "list", unreadable="invalid_blocks_format"),
    Arg("attachments", "list", unreadable="invalid_attachments"),
    Arg("link_names", "boolean"),
    Arg("parse"),
)
_METADATA = Arg("metadata", "object", unreadable="invalid_metadata_format")
_THREAD = Arg("thread_ts")

METHODS = (
    Method(
        "chat.postMessage",
        _post_message,
        (
            *_SAYING,
            _METADATA,
            _THREAD,
            Arg("reply_broadcast", "boolean"),
            Arg("unfurl_links", "boolean"),
            Arg("unfurl_media", "boolean"),
            Arg("mrkdwn", "boolean"),
        ),
        ("chat:write",),
        windows=_post_windows,
    ),
    Method(
        "chat.postEphemeral",
        _post_ephemeral,
        (*_SAYING, Arg("user", required=True), _THREAD),
        ("chat:write",),
        TIER_4,
    ),
    Method(
        "chat.update",
        _update,
        (*_SAYING, Arg("ts", required=True), _METADATA, Arg("reply_broadcast", "boolean")),
        ("chat:write",),
        TIER_3,
    ),
    Method(
        "chat.delete",
        _delete,
        (Arg("channel", required=True), Arg("ts", required=True)),
        ("chat:write",),
        TIER_3,
    ),
)
