"""Messages of the sandbox: what stands in a channel, or is shown to one user only."""

import copy
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Content:
    """What an app may say in one message, already checked."""

    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)


@dataclass
class Post:
    seq: int
    channel: str
    ts: str
    user: str
    content: Content
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    deleted: bool = False
    revision: int = 0
    by_app: bool = True
    stamp: str = ""

    def record(self) -> Json:
        """How the sandbox's driver reads it."""
        record: Json = {
            "seq": self.seq,
            "channel": self.channel,
            "ts": self.ts,
            "user": self.user,
            "text": self.content.text,
            "blocks": copy.deepcopy(self.content.blocks),
            "attachments": copy.deepcopy(self.content.attachments),
            "metadata": copy.deepcopy(self.content.metadata),
            "response_type": "ephemeral" if self.ephemeral_to else "in_channel",
            "edited": self.edited_ts is not None,
        }
        if self.content.files:
            record["files"] = copy.deepcopy(self.content.files)
        if self.thread_ts:
            record["thread_ts"] = self.thread_ts
        if self.ephemeral_to:
            record["shown_to"] = self.ephemeral_to
        return record

    def message(self, *, bot_id: str, app_id: str, team_id: str, with_metadata: bool = False) -> Json:
        """How Slack shows it to apps."""
        message: Json = {
            "type": "message",
            "user": self.user,
            **({"bot_id": bot_id, "app_id": app_id} if self.by_app else {}),
            "team": team_id,
            "ts": self.ts,
            "text": self.content.text,
        }
        if self.content.blocks:
            message["blocks"] = copy.deepcopy(self.content.blocks)
        if self.content.attachments:
            message["attachments"] = copy.deepcopy(self.content.attachments)
        if self.content.files:
            message["files"] = copy.deepcopy(self.content.files)
        if with_metadata and self.content.metadata is not None:
            message["metadata"] = copy.deepcopy(self.content.metadata)
        if self.thread_ts:
            message["thread_ts"] = self.thread_ts
        if self.edited_ts:
            message["edited"] = {"user": self.user, "ts": self.edited_ts}
        return message


def name_blocks(blocks: list[Json], revision: str) -> list[Json]:
    """The blocks with every block_id and action_id that the app left to Slack."""
    named = copy.deepcopy(blocks)
    taken = {block["block_id"] for block in named if "block_id" in block}
    for index, block in enumerate(named):
        if "block_id" not in block:
            block["block_id"] = _free(f"{revision}b{index}", taken)
        elements = [block[key] for key in ("accessory", "element") if key in block]
        if block["type"] == "actions":
            elements += block["elements"]
        actions = {element["action_id"] for element in elements if "action_id" in element}
        for place, element in enumerate(elements):
            if element["type"] != "image" and "action_id" not in element:
                element["action_id"] = _free(f"{revision}a{place}", actions)
    return named


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "x"
    taken.add(name)
    return name
