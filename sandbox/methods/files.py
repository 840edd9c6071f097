"""files.getUploadURLExternal and files.completeUploadExternal: a file in three steps, the upload between."""

import secrets
from typing import Any

from sandbox.arguments import Arg
from sandbox.errors import ApiError
from sandbox.files import MOST_BYTES, StoredFile
from sandbox.message_content import TEXT_CHARACTERS
from sandbox.posts import Content, Json
from sandbox.rate_limits import TIER_4
from sandbox.web_api import Call, Method


def _get_url(call: Call) -> Json:
    name, length = call.args["filename"], call.args["length"]
    if not name or "/" in name:
        raise ApiError("invalid_arguments", messages=["[ERROR] filename must be the name of a file"])
    if length <= 0:
        raise ApiError("invalid_arguments", messages=["[ERROR] length must be more than 0"])
    if length > MOST_BYTES:
        raise ApiError("file_upload_size_restricted")
    file = StoredFile(call.workspace.new_id("F"), name, length, secrets.token_hex(16))
    call.workspace.files[file.id] = file
    return {"upload_url": f"{call.exchanges.base_url}/upload/{file.ticket}", "file_id": file.id}


def _complete(call: Call) -> Json:
    files = [_uploaded(call, each) for each in call.args["files"]]
    if not files:
        raise ApiError("invalid_arguments", messages=["[ERROR] files must not be empty"])
    comment = call.args.get("initial_comment", "")
    if len(comment) > TEXT_CHARACTERS:
        raise ApiError("msg_too_long")
    channel = call.workspace.channels.get(call.args.get("channel_id", ""))
    if "channel_id" in call.args and channel is None:
        raise ApiError("channel_not_found")
    if channel is not None and call.installation.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    bot, base_url = call.installation.bot_user_id, call.exchanges.base_url
    for file, title in files:
        file.title, file.shared_in = title, channel.id if channel else None
    shown = [file.record(base_url, bot) for file, _ in files]
    if channel is not None:
        call.workspace.post(channel, Content(comment, files=shown))
    return {"files": shown}


def _uploaded(call: Call, each: Any) -> tuple[StoredFile, str]:
    if not isinstance(each, dict) or not isinstance(each.get("id"), str):
        raise ApiError("invalid_arguments", messages=["[ERROR] every file has an id"])
    file = call.workspace.files.get(each["id"])
    if file is None or file.content is None or file.shared_in is not None:
        raise ApiError("file_not_found")
    return file, str(each.get("title", ""))


_SCOPES = ("files:write",)

METHODS = (
    Method(
        "files.getUploadURLExternal",
        _get_url,
        (
            Arg("filename", required=True),
            Arg("length", "integer", required=True),
            Arg("alt_txt"),
            Arg("snippet_type"),
        ),
        _SCOPES,
        TIER_4,
    ),
    Method(
        "files.completeUploadExternal",
        _complete,
        (Arg("files", "list", required=True), Arg("channel_id"), Arg("initial_comment"), Arg("thread_ts")),
        _SCOPES,
        TIER_4,
    ),
)
