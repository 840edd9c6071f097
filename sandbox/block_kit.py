"""Block Kit's rules for messages, modals and Home tabs."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.block_elements import accessory, actions_element, context_element, input_element
from sandbox.block_rules import (
    ID,
    TYPE,
    Check,
    any_text,
    anything,
    boolean,
    by_type,
    finding,
    list_of,
    one_of,
    plain_text,
    shape,
    string,
    url,
)

_COMMON: dict[str, Check] = {"block_id": ID}
_BLOCKS: dict[str, Check] = {
    "section": shape(
        {"type": TYPE},
        {
            "text": any_text(3000),
            "fields": list_of(any_text(2000), 10),
            "accessory": accessory,
            "expand": boolean,
            **_COMMON,
        },
        at_least_one=("text", "fields"),
    ),
    "header": shape({"type": TYPE, "text": plain_text(150)}, _COMMON),
    "context": shape({"type": TYPE, "elements": list_of(context_element, 10)}, _COMMON),
    "divider": shape({"type": TYPE}, _COMMON),
    "actions": shape({"type": TYPE, "elements": list_of(actions_element, 25)}, _COMMON),
    "image": shape(
        {"type": TYPE, "alt_text": string(2000)},
        {"image_url": url, "slack_file": anything, "title": plain_text(2000), **_COMMON},
        exactly_one=("image_url", "slack_file"),
    ),
    "input": shape(
        {"type": TYPE, "label": plain_text(2000), "element": input_element},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean, **_COMMON},
    ),
    "rich_text": shape({"type": TYPE, "elements": list_of(anything, 100)}, _COMMON),
}
_MARKDOWN = {"markdown": shape({"type": TYPE, "text": string(12_000)}, _COMMON)}
_MESSAGE_BLOCKS = list_of(by_type({**_BLOCKS, **_MARKDOWN}), 50, 0)
_VIEW_BLOCKS = list_of(by_type(_BLOCKS), 100, 0)

_VIEW: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_MODAL = shape(
    {"type": TYPE, "title": plain_text(24), "blocks": _VIEW_BLOCKS},
    {
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
        **_VIEW,
    },
)
_HOME = shape({"type": one_of("home"), "blocks": _VIEW_BLOCKS}, _VIEW)
VIEW_BYTES = 250_000


def check_message_blocks(blocks: Any) -> list[str]:
    found: list[str] = []
    _MESSAGE_BLOCKS(blocks, "/blocks", found)
    return found or list(_repeated_ids(blocks, "/blocks"))


def check_view(view: Any, kind: str) -> list[str]:
    found: list[str] = []
    by_type({"modal": _MODAL, "home": _HOME})(view, "/view", found)
    if not found and view["type"] != kind:
        found.append(finding(f"must be a view of type {kind}", "/view/type"))
    if found:
        return found
    if kind == "modal" and "submit" not in view and any(b["type"] == "input" for b in view["blocks"]):
        found.append(finding("missing required field: submit (a modal with an input needs one)", "/view"))
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        found.append(finding(f"view is larger than {VIEW_BYTES} bytes", "/view"))
    return [*found, *_repeated_ids(view["blocks"], "/view/blocks")]


def _repeated_ids(blocks: list[dict[str, Any]], at: str) -> Iterator[str]:
    seen_blocks: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen_blocks:
            yield finding(f"`block_id` {block_id!r} already exists", f"{at}/{index}/block_id")
        if block_id is not None:
            seen_blocks.add(block_id)
        seen_actions: set[str] = set()
        for place, element in enumerate(block["elements"] if block["type"] == "actions" else []):
            action_id = element.get("action_id")
            if action_id in seen_actions:
                where = f"{at}/{index}/elements/{place}/action_id"
                yield finding(f"`action_id` {action_id!r} already exists", where)
            if action_id is not None:
                seen_actions.add(action_id)
