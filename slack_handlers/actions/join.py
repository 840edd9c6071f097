"""The button "Join"."""

from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.ports import Clock, Directory
from slack_handlers.answer import answer
from slack_handlers.blocks.standing import standing
from use_cases.join_program import join_program


def join(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    sessions: Sessions,
    directory: Directory,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The same as `/lunch join`, shown in place of the message with the button."""
    ack()
    user = body["user"]["id"]
    result = join_program(sessions, directory, user, workspace_id=workspace_id, now=clock.now())
    answer(respond, standing(result), in_place=True)
