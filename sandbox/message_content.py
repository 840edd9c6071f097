"""Slack's rules for what one message may say, whichever way it is sent."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.block_kit import check_message_blocks
from sandbox.errors import ApiError
from sandbox.posts import Content

TEXT_CHARACTERS = 40_000
MARKDOWN_CHARACTERS = 12_000
METADATA_BYTES = 16_000


def read_content(fields: Mapping[str, Any]) -> Content:
    """The checked content, or the error that Slack answers."""
    text = fields.get("text") or ""
    markdown = fields.get("markdown_text")
    blocks = fields.get("blocks") or []
    attachments = fields.get("attachments") or []
    if markdown and (text or blocks):
        raise ApiError("markdown_text_conflict")
    if not (text.strip() or markdown or blocks or attachments):
        raise ApiError("no_text")
    if len(text) > TEXT_CHARACTERS or len(markdown or "") > MARKDOWN_CHARACTERS:
        raise ApiError("msg_too_long")
    if findings := check_message_blocks(blocks):
        raise ApiError("invalid_blocks", messages=findings, fields={"errors": findings})
    metadata = fields.get("metadata")
    if metadata is not None:
        _check_metadata(metadata)
    return Content(markdown or text, blocks, attachments, metadata)


def _check_metadata(metadata: dict[str, Any]) -> None:
    right_shape = (
        metadata.keys() == {"event_type", "event_payload"}
        and isinstance(metadata["event_type"], str)
        and metadata["event_type"] != ""
        and isinstance(metadata["event_payload"], dict)
    )
    if not right_shape:
        raise ApiError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise ApiError("metadata_too_large")
