"""The button "Leave"."""

from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.ports import Clock
from slack_handlers.answer import answer
from slack_handlers.blocks.standing import standing
from use_cases.leave_program import leave_program


def leave(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The same as `/lunch leave`, shown in place of the message with the button."""
    ack()
    user = body["user"]["id"]
    result = leave_program(sessions, user, workspace_id=workspace_id, now=clock.now())
    answer(respond, standing(result), in_place=True)
