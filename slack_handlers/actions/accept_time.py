"""The button "Works for me"."""

from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext, Respond

from db.sessions import Sessions
from domain.calendar_files import CalendarFiles
from domain.ports import Clock
from slack_handlers.readers import WordsOf
from slack_handlers.show_introduction import show_pressed, show_pressed_at_home
from use_cases.accept_time import accept_time as accept
from use_cases.read_introduction import read_introduction


def accept_time(
    ack: Ack,
    respond: Respond,
    context: BoltContext,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    clock: Clock,
    calendar: CalendarFiles,
    words_of: WordsOf,
) -> None:
    """Say yes to the time that is suggested."""
    ack()
    introduction_id, proposal_id = action["value"].split()
    user, now = body["user"]["id"], clock.now()
    arranged = accept(sessions, introduction_id, proposal_id, user, now=now, calendar=calendar)
    read = partial(read_introduction, sessions, introduction_id, now=now, calendar=calendar)
    if body.get("view"):
        show_pressed_at_home(context, body, words_of(user), arranged, read)
    else:
        show_pressed(body, respond, words_of(user), arranged, read)
