"""The answer to `/lunch pause` alone: for how long?"""

from datetime import timedelta

from domain.errors import NotTakingPart
from domain.programs import Standing
from slack_handlers.blocks.buttons import pause_button, resume_button
from slack_handlers.blocks.message import Message
from slack_handlers.blocks.private_answer import private_answer
from slack_handlers.blocks.refusal import refusal
from slack_handlers.blocks.words import Words


def pause_question(words: Words, result: Standing) -> Message:
    """How long the pause is to be; who isn't in has nothing to pause."""
    if not result.is_in:
        return refusal(words, NotTakingPart())
    end = words.typed_day(result.today + timedelta(weeks=3))
    lengths = [pause_button(words, 2), pause_button(words, 4)]
    if result.paused_until is None:
        asked = words.say(
            "How long would you like to pause? Nobody is told. Press a button, or type when it ends: "
            "`/lunch pause until {end}`.",
            end=end,
        )
        return private_answer(words, asked, buttons=lengths)
    asked = words.say(
        "You're paused until {until}. To change that, press a button, which counts from today, or type when "
        "it ends: `/lunch pause until {end}`.",
        until=words.day(result.paused_until, result.today),
        end=end,
    )
    return private_answer(words, asked, buttons=[*lengths, resume_button(words)])
