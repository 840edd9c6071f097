"""The buttons of what "Privately …" has opened; each changes it in place."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, Respond

from db.sessions import Sessions
from domain.calendar_files import CalendarFiles
from domain.messages import PrivateAnswer, PrivateStep
from domain.ports import Clock, Messenger
from slack_handlers.answer import answer
from slack_handlers.blocks.private_buttons import (
    ANYWAY,
    CANT,
    FREE,
    KNOW,
    NEVER_MIND,
    NEXT_WEEK,
    RATHER_NOT,
    SOMEBODY_NEW,
    SURE,
)
from slack_handlers.blocks.privately import private_choice
from slack_handlers.readers import WordsOf
from slack_handlers.show_introduction import show_submitted
from use_cases.ask_privately import ask_privately
from use_cases.exclude_person import exclude_person
from use_cases.give_up_lunch import give_up_lunch
from use_cases.move_to_next_week import move_to_next_week
from use_cases.read_introduction import read_introduction
from use_cases.record_acquaintance import record_acquaintance

ASKED = {
    CANT: PrivateStep.CANT,
    RATHER_NOT: PrivateStep.SURE,
    ANYWAY: PrivateStep.LUNCH_ANYWAY,
    NEVER_MIND: PrivateStep.NEVER_MIND,
}
"""Steps that only ask, or end it."""

Step = Callable[[Sessions, str, str, list[str], datetime], PrivateAnswer]


def private_step(
    ack: Ack,
    respond: Respond,
    body: dict[str, Any],
    action: dict[str, Any],
    sessions: Sessions,
    messenger: Messenger,
    clock: Clock,
    calendar: CalendarFiles,
    words_of: WordsOf,
) -> None:
    """Note it, and show what comes next in the place of the question."""
    ack()
    introduction_id, *whom = action["value"].split()
    user, now, pressed = body["user"]["id"], clock.now(), action["action_id"]
    if pressed == NEXT_WEEK:
        moved = move_to_next_week(sessions, introduction_id, user, now=now, calendar=calendar)
        answer(respond, private_choice(words_of(user), moved.answer), in_place=True)
        if moved.message is not None:
            show_submitted(
                messenger,
                moved.channel_id,
                moved.ts,
                moved.message,
                lambda: read_introduction(sessions, introduction_id, now=now, calendar=calendar),
            )
        return
    noted = _step(pressed)(sessions, introduction_id, user, whom, now)
    answer(respond, private_choice(words_of(user), noted), in_place=True)


def _step(pressed: str) -> Step:
    if pressed.startswith(KNOW):
        return lambda sessions, about, user, whom, now: record_acquaintance(
            sessions, about, user, whom=whom, now=now
        )
    if pressed in (SOMEBODY_NEW, FREE):
        return lambda sessions, about, user, _, now: give_up_lunch(
            sessions, about, user, wants_another=pressed == SOMEBODY_NEW, now=now
        )
    if pressed == SURE:
        return lambda sessions, about, user, whom, now: exclude_person(
            sessions, about, user, whom=whom, now=now
        )
    asked = next(step for name, step in ASKED.items() if pressed.startswith(name))
    return lambda sessions, about, user, whom, now: ask_privately(
        sessions, about, user, asked, whom=whom, now=now
    )
