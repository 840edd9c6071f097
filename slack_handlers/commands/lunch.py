"""`/lunch` with a word: join, leave, pause, resume, status or help."""

from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.ports import Clock, Directory
from slack_handlers.answer import answer
from slack_handlers.blocks.pause_question import pause_question
from slack_handlers.blocks.standing import guide, standing, unknown_word
from use_cases.join_program import join_program
from use_cases.leave_program import leave_program
from use_cases.pause_program import pause_program
from use_cases.resume_program import resume_program
from use_cases.show_status import show_status


def lunch(
    ack: Ack,
    respond: Respond,
    command: dict[str, Any],
    sessions: Sessions,
    directory: Directory,
    clock: Clock,
    workspace_id: int,
) -> None:
    """Answer to the person alone."""
    ack()
    user, word = command["user_id"], " ".join(command.get("text", "").split())
    here: Any = {"workspace_id": workspace_id, "now": clock.now()}
    match word.casefold():
        case "join":
            shown = standing(join_program(sessions, directory, user, **here))
        case "leave":
            shown = standing(leave_program(sessions, user, **here))
        case "resume":
            shown = standing(resume_program(sessions, user, **here))
        case "pause":
            shown = pause_question(show_status(sessions, user, **here))
        case said if said.startswith("pause "):
            shown = standing(pause_program(sessions, user, said.removeprefix("pause "), **here))
        case "status":
            shown = standing(show_status(sessions, user, **here))
        case "help":
            shown = guide(show_status(sessions, user, **here))
        case _:
            shown = unknown_word(word, show_status(sessions, user, **here))
    answer(respond, shown)
