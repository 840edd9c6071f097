"""The four things that a person can do about taking part, as buttons."""

from slack_sdk.models.blocks import ButtonElement, DatePickerElement, PlainTextObject

JOIN, LEAVE, RESUME = "join_program", "leave_program", "resume_program"
PAUSE, PAUSE_UNTIL = "pause_program", "pause_program_until"


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
