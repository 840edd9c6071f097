"""How the app answers somebody who typed a command or pressed a button: to that person alone."""

from typing import Any

import structlog
from slack_bolt import Respond

from slack_handlers.blocks import Message

log = structlog.get_logger()


def answer(
    respond: Respond, message: Message, *, in_place: bool = False, metadata: dict[str, Any] | None = None
) -> None:
    """Show a message to one person; a pressed button changes its message instead of adding another.

    A message of a group, changed in place, changes for everybody in it, and keeps its `metadata` if given.
    """
    done = respond(
        text=message.text,
        blocks=message.blocks,
        # A message that is changed stays what it was: some are in the bot's own DM, and not ephemeral.
        response_type=None if in_place else "ephemeral",
        replace_original=in_place,
        metadata=metadata,
    )
    if done.status_code != 200:
        log.error("answer not shown", status=done.status_code, said=done.body[:200])
