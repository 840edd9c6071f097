"""The buttons with offered times."""

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext, Respond

from db.sessions import Sessions
from domain.calendar_files import CalendarFiles
from domain.ports import Clock
from slack_handlers.readers import WordsOf
from slack_handlers.show_introduction import show_pressed, show_pressed_at_home
from use_cases.propose_time import propose_time as propose
from use_cases.read_introduction import read_introduction


def propose_time(
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
    """Suggest it, or say yes to it where another member has suggested it just before."""
    ack()
    introduction_id, at = action["value"].split()
    user, now, starts_at = body["user"]["id"], clock.now(), datetime.fromisoformat(at)
    arranged = propose(sessions, introduction_id, user, starts_at, now=now, calendar=calendar)
    read = partial(read_introduction, sessions, introduction_id, now=now, calendar=calendar)
    if body.get("view"):
        show_pressed_at_home(context, body, words_of(user), arranged, read)
    else:
        show_pressed(body, respond, words_of(user), arranged, read)
