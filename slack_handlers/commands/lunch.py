"""`/lunch` with a word: join, leave, pause, resume, preferences, status, stats and more."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext, Respond

from db.sessions import Sessions
from domain.ports import Clock, Directory
from domain.programs import Standing
from slack_handlers.answer import answer
from slack_handlers.blocks import Message
from slack_handlers.blocks.hr_numbers import hr_numbers
from slack_handlers.blocks.my_data import data_sent, forget_question
from slack_handlers.blocks.pause_question import pause_question
from slack_handlers.blocks.standing import guide, standing, unknown_word
from slack_handlers.blocks.words import Words
from slack_handlers.open_preferences import open_preferences
from slack_handlers.readers import WordsOf
from use_cases.ask_to_forget import ask_to_forget
from use_cases.join_program import join_program
from use_cases.leave_program import leave_program
from use_cases.pause_program import pause_program
from use_cases.resume_program import resume_program
from use_cases.send_my_data import send_my_data
from use_cases.send_report_picture import send_report_picture
from use_cases.show_stats import show_stats
from use_cases.show_status import show_status


def lunch(
    ack: Ack,
    context: BoltContext,
    respond: Respond,
    command: dict[str, Any],
    sessions: Sessions,
    directory: Directory,
    clock: Clock,
    workspace_id: int,
    words_of: WordsOf,
) -> None:
    """Answer to the person alone."""
    ack()
    user, word = command["user_id"], " ".join(command.get("text", "").split())
    here: Any = {"workspace_id": workspace_id, "now": clock.now()}
    status = partial(show_status, sessions, user, **here)
    show: Callable[[Words, Standing], Message] = standing
    match word.casefold():
        case "join":
            result = join_program(sessions, directory, user, **here)
        case "leave":
            result = leave_program(sessions, user, **here)
        case "resume":
            result = resume_program(sessions, user, **here)
        case "pause":
            result, show = status(), pause_question
        case said if said.startswith("pause "):
            result = pause_program(sessions, user, said.removeprefix("pause "), **here)
        case "preferences":
            open_preferences(context, command["trigger_id"], user)
            return
        case "stats":
            answer(respond, _stats(context, user))
            return
        case "my-data" | "forget-me" as own:
            answer(respond, _own_data(context, user, own))
            return
        case "status":
            result = status()
        case "help":
            result, show = status(), guide
        case _:
            result, show = status(), partial(unknown_word, word=word)
    answer(respond, show(words_of(user), result))


def _stats(context: BoltContext, user: str) -> Message:
    """HR's numbers for HR, and what they are for everybody else."""
    screen = show_stats(
        context["sessions"],
        context["is_hr"],
        user,
        workspace_id=context["workspace_id"],
        now=context["clock"].now(),
        where="/lunch stats",
    )
    has_picture = screen is not None and send_report_picture(
        context["sessions"], context["messenger"], user, workspace_id=context["workspace_id"]
    )
    return hr_numbers(context["words_of"](user), screen, context["site"], has_picture=has_picture)


def _own_data(context: BoltContext, user: str, word: str) -> Message:
    """Send it at once; erase it only after a question."""
    sessions: Sessions = context["sessions"]
    words, workspace_id = context["words_of"](user), context["workspace_id"]
    if word == "my-data":
        now = context["clock"].now()
        send_my_data(sessions, context["messenger"], user, workspace_id=workspace_id, now=now)
        return data_sent(words)
    return forget_question(words, ask_to_forget(sessions, user, workspace_id=workspace_id))
