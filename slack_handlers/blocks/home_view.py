"""The Home tab: where I stand, my next date, this round's introduction, how it works, what HR can see."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    PlainTextObject,
)
from slack_sdk.models.views import View

from domain.programs import Standing
from slack_handlers.blocks.buttons import choices, leave_button, pause_button, pause_until_picker
from slack_handlers.blocks.message import people, section
from slack_handlers.blocks.standing import colleague, sentence

HOW = (
    "You two pick a time: lunch, coffee or a call, 45 minutes is plenty. If an odd number of people take "
    "part, one introduction has three. Near the end I ask once whether you met."
)
HOW_IN_GROUPS = (
    "You all pick a time: lunch, coffee or a call, 45 minutes is plenty. If the number does not come out "
    "even, some groups are one larger or smaller. Near the end I ask once whether you met."
)
SEEN = (
    "*HR sees totals:* how many people take part, are introduced, answer and meet, and how the departments "
    "connect. They are rounded, and no group has fewer than ten people.\n"
    "*HR never sees names:* who takes part, who was introduced to whom, what anybody answered, who paused or "
    "left.\n"
    "*Whoever you are introduced to sees* your department, your office and what you like to be asked about, "
    "as far as the company's directory knows. Nobody is shown your answer, your level or your time in the "
    "company."
)


def home_view(result: Standing | None, *, said: str = "") -> dict[str, Any]:
    """The view that one person sees; `said` is why a button did not do what it says.

    Without a result, where that can't be read, there is nothing to press.
    """
    blocks: list[Block] = [section(said), DividerBlock()] if said else []
    if result is not None:
        blocks += _where(result)
    return View(type="home", blocks=[*blocks, *_what(result)]).to_dict()


def _where(result: Standing) -> list[Block]:
    # No block has an id, so that a picker forgets a date that was refused when the view is drawn anew.
    buttons: list[InteractiveElement] = [*choices(result)]
    if result.is_in and result.paused_until is None:
        buttons = [pause_button(2), pause_button(4), pause_until_picker(), leave_button()]
    blocks: list[Block] = [
        HeaderBlock(text=_plain("Where you stand")),
        section(sentence(replace(result, introduced_to=()))),
        ActionsBlock(elements=buttons),
    ]
    if result.introduced_to:
        to = people(result.introduced_to)
        blocks += [
            HeaderBlock(text=_plain("This round")),
            section(f"You were introduced to {to}. Look for the group message."),
        ]
    return blocks


def _what(result: Standing | None) -> list[Block]:
    in_groups = result is not None and result.in_groups
    whom = colleague(across=result is not None and result.across_departments, in_groups=in_groups)
    how = HOW_IN_GROUPS if in_groups else HOW
    return [
        HeaderBlock(text=_plain("How Lunchmates works")),
        section(f"Every round I introduce you to {whom}, in a group message. {how}"),
        HeaderBlock(text=_plain("Who sees what")),
        section(SEEN),
        ContextBlock(
            elements=[MarkdownTextObject(text="Everything here also works by typing: `/lunch help`.")]
        ),
    ]


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
