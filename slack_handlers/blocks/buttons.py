"""The four things that a person can do about taking part, as buttons and as they are typed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement, DatePickerElement, PlainTextObject

from domain.programs import Standing
from slack_handlers.blocks.words import Words

JOIN, LEAVE, RESUME = "join_program", "leave_program", "resume_program"
PREFERENCES = "open_preferences"
PAUSE, PAUSE_UNTIL = "pause_program", "pause_program_until"
TYPED = {JOIN: "join", LEAVE: "leave", RESUME: "resume", f"{PAUSE}_2": "pause 2w", f"{PAUSE}_4": "pause 4w"}


def choices(words: Words, result: Standing) -> list[ButtonElement]:
    """What somebody can do from where they stand, the way out last."""
    if not result.is_in:
        return [join_button(words)]
    if result.is_resting:
        return [back_button(words), leave_button(words)]
    if result.paused_until is not None:
        return [resume_button(words), leave_button(words)]
    return [pause_button(words, 2), leave_button(words)]


def by_typing(words: Words, buttons: Sequence[ButtonElement]) -> str:
    """What to type instead of pressing one of these."""
    typed = [f"`/lunch {TYPED[button.action_id or '']}`" for button in buttons]
    return words.say("By typing: {commands}.", commands=words.one_of(typed))


def join_button(words: Words) -> ButtonElement:
    """Take part."""
    return ButtonElement(text=_plain(words.say("Join")), action_id=JOIN, style="primary")


def leave_button(words: Words) -> ButtonElement:
    """Stop taking part."""
    return ButtonElement(text=_plain(words.say("Leave")), action_id=LEAVE)


def resume_button(words: Words) -> ButtonElement:
    """End a pause."""
    return ButtonElement(text=_plain(words.say("Resume")), action_id=RESUME, style="primary")


def back_button(words: Words) -> ButtonElement:
    """End a pause that nobody asked for."""
    return ButtonElement(text=_plain(words.say("I'm back")), action_id=RESUME, style="primary")


def pause_button(words: Words, weeks: int) -> ButtonElement:
    """Pause for some weeks."""
    label = words.say_count("Pause {number} week", "Pause {number} weeks", weeks)
    return ButtonElement(text=_plain(label), action_id=f"{PAUSE}_{weeks}", value=f"{weeks}w")


def preferences_button(words: Words) -> ButtonElement:
    """Say how, when and how often."""
    return ButtonElement(text=_plain(words.say("Preferences")), action_id=PREFERENCES)


def pause_until_picker(words: Words) -> DatePickerElement:
    """Pause until a date."""
    return DatePickerElement(action_id=PAUSE_UNTIL, placeholder=_plain(words.say("Pause until …")))


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
