"""What the app answers to a user's action: in the acknowledgement, or later through its response URL."""

import json
from typing import Any

from sandbox.arguments import Arg, coerce
from sandbox.errors import ApiError
from sandbox.exchanges import Exchange, Exchanges
from sandbox.message_content import read_content
from sandbox.web_api import Reply
from sandbox.workspace import Workspace

_ANSWER = (
    Arg("text"),
    Arg("blocks", "list", unreadable="invalid_blocks_format"),
    Arg("attachments", "list", unreadable="invalid_attachments"),
    Arg("metadata", "object", unreadable="invalid_metadata_format"),
    Arg("response_type"),
    Arg("replace_original", "boolean"),
    Arg("delete_original", "boolean"),
    Arg("thread_ts"),
    Arg("unfurl_links", "boolean"),
    Arg("unfurl_media", "boolean"),
    Arg("mrkdwn", "boolean"),
)
_STATUS = {"invalid_url": 404, "used_url": 404, "expired_url": 404}


class Responses:
    def __init__(self, workspace: Workspace, exchanges: Exchanges) -> None:
        self._workspace = workspace
        self._exchanges = exchanges

    def through_url(self, token: str, body: bytes) -> Reply:
        """One use of a response URL; Slack answers with a bare word."""
        try:
            with self._workspace.changed:
                exchange = self._exchanges.for_response(token)
                exchange.uses += 1
                self._recorded(exchange, body)
        except ApiError as error:
            status = _STATUS.get(error.code, 400)
            return Reply(status, error.code, content_type="text/plain; charset=utf-8", error=error.code)
        return Reply(200, "ok", content_type="text/plain; charset=utf-8")

    def in_acknowledgement(self, exchange: Exchange, text: str, content_type: str) -> None:
        """The body of a command's acknowledgement is a message too; a bad one is not shown."""
        if not text.strip():
            return
        body = text if content_type.startswith("application/json") else json.dumps({"text": text})
        try:
            self._recorded(exchange, body.encode())
        except ApiError:
            return

    def _recorded(self, exchange: Exchange, body: bytes) -> None:
        with self._workspace.changed:
            try:
                self._apply(exchange, _read(body))
            except ApiError as error:
                exchange.errors.append(" ".join([error.code, *error.messages]))
                raise
            finally:
                self._workspace.changed.notify_all()

    def _apply(self, exchange: Exchange, answer: dict[str, Any]) -> None:
        workspace, source = self._workspace, exchange.source
        if answer.get("delete_original"):
            if source is None or source.deleted:
                raise ApiError("message_not_found")
            workspace.delete(source)
            return
        kind = answer.get("response_type", "ephemeral")
        if kind not in ("ephemeral", "in_channel"):
            raise ApiError("invalid_response_type")
        content = read_content(answer)
        if answer.get("replace_original") and source is not None:
            if source.deleted:
                raise ApiError("message_not_found")
            workspace.edit(source, content)
            return
        channel = workspace.channels.get(exchange.channel_id)
        if channel is None:
            raise ApiError("channel_not_found")
        shown_to = exchange.user_id if kind == "ephemeral" else None
        thread = answer.get("thread_ts")
        exchange.posts.append(workspace.post(channel, content, ephemeral_to=shown_to, thread_ts=thread))


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ApiError("invalid_payload") from error
    if not isinstance(answer, dict):
        raise ApiError("invalid_payload")
    return coerce(_ANSWER, answer)
