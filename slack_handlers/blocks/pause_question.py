"""The answer to `/lunch pause` alone: for how long?"""

from datetime import timedelta

from domain.errors import NotTakingPart
from domain.programs import Standing
from slack_handlers.blocks.buttons import pause_button, resume_button
from slack_handlers.blocks.message import Message, day
from slack_handlers.blocks.private_answer import private_answer
from slack_handlers.blocks.refusal import refusal


def pause_question(result: Standing) -> Message:
    """How long the pause is to be; who isn't in has nothing to pause."""
    if not result.is_in:
        return refusal(NotTakingPart())
    end = result.today + timedelta(weeks=3)
    typed = f"type when it ends: `/lunch pause until {end.day} {end:%B}`."
    if result.paused_until is None:
        return private_answer(
            f"How long would you like to pause? Nobody is told. Press a button, or {typed}",
            buttons=[pause_button(2), pause_button(4)],
        )
    until = day(result.paused_until, result.today)
    return private_answer(
        f"You're paused until {until}. To change that, press a button, which counts from today, or {typed}",
        buttons=[pause_button(2), pause_button(4), resume_button()],
    )
