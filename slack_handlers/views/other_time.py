"""The answer to "Which other time?"."""

import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from db.sessions import Sessions
from domain.calendar_files import CalendarFiles
from domain.errors import UnmetWish
from domain.ports import Clock, Messenger
from domain.proposals import LunchKind
from slack_handlers.blocks.other_time import PICKED, WHAT, WHEN
from slack_handlers.readers import WordsOf
from slack_handlers.show_introduction import show_pressed_at_home, show_submitted
from use_cases.propose_time import propose_time
from use_cases.read_introduction import read_introduction


def other_time(
    ack: Ack,
    context: BoltContext,
    body: dict[str, Any],
    view: dict[str, Any],
    sessions: Sessions,
    messenger: Messenger,
    clock: Clock,
    calendar: CalendarFiles,
    words_of: WordsOf,
) -> None:
    """Suggest it, or say in the modal why it can't be."""
    introduction_id, *place = json.loads(view["private_metadata"])
    chosen = view["state"]["values"]
    starts_at = datetime.fromtimestamp(chosen[WHEN][PICKED]["selected_date_time"], UTC)
    kind = LunchKind(chosen[WHAT][PICKED]["selected_option"]["value"])
    user, now = body["user"]["id"], clock.now()
    try:
        arranged = propose_time(
            sessions, introduction_id, user, starts_at, kind=kind, now=now, calendar=calendar
        )
    except UnmetWish as error:
        ack(response_action="errors", errors={WHEN: words_of(user).say_error(error)})
        return
    ack()
    read = partial(read_introduction, sessions, introduction_id, now=now, calendar=calendar)
    if place:
        channel_id, ts = place
        show_submitted(messenger, channel_id, ts, arranged.message, read)
    else:
        show_pressed_at_home(context, body, words_of(user), arranged, read)
