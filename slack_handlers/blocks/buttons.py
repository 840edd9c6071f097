"""The four things that a person can do about taking part, as buttons and as they are typed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement, DatePickerElement, PlainTextObject

from domain.programs import Standing

JOIN, LEAVE, RESUME = "join_program", "leave_program", "resume_program"
PAUSE, PAUSE_UNTIL = "pause_program", "pause_program_until"
TYPED = {JOIN: "join", LEAVE: "leave", RESUME: "resume", f"{PAUSE}_2": "pause 2w", f"{PAUSE}_4": "pause 4w"}


def choices(result: Standing) -> list[ButtonElement]:
    """What somebody can do from where they stand, the way out last."""
    if not result.is_in:
        return [join_button()]
    if result.paused_until is not None:
        return [resume_button(), leave_button()]
    return [pause_button(2), leave_button()]


def by_typing(buttons: Sequence[ButtonElement]) -> str:
    """What to type instead of pressing one of these."""
    typed = [f"`/lunch {TYPED[button.action_id or '']}`" for button in buttons]
    return f"By typing: {', '.join(typed[:-1])}{' or ' if typed[1:] else ''}{typed[-1]}."


def join_button() -> ButtonElement:
    """Take part."""
    return ButtonElement(text=_plain("Join"), action_id=JOIN, style="primary")


def leave_button() -> ButtonElement:
    """Stop taking part."""
    return ButtonElement(text=_plain("Leave"), action_id=LEAVE)


def resume_button() -> ButtonElement:
    """End a pause."""
    return ButtonElement(text=_plain("Resume"), action_id=RESUME, style="primary")


def pause_button(weeks: int) -> ButtonElement:
    """Pause for some weeks."""
    return ButtonElement(text=_plain(f"Pause {weeks} weeks"), action_id=f"{PAUSE}_{weeks}", value=f"{weeks}w")


def pause_until_picker() -> DatePickerElement:
    """Pause until a date."""
    return DatePickerElement(action_id=PAUSE_UNTIL, placeholder=_plain("Pause until …"))


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
