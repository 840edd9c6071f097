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
    SectionBlock,
)
from slack_sdk.models.views import View

from domain.programs import Standing
from slack_handlers.blocks.buttons import leave_button, pause_button, pause_until_picker
from slack_handlers.blocks.standing import choices, sentence

HOW = (
    "Every round I introduce you to one colleague of another department whom you haven't met, in a group "
    "message. You two pick a time: lunch, coffee or a call, 45 minutes is plenty. If an odd number of people "
    "take part, one introduction has three. Near the end I ask once whether you met."
)
HR = (
    "*What HR can see:* how many people take part, and how the departments connect, in rounded numbers of at "
    "least five people.\n*What nobody sees:* who you are introduced to, what you answer, whether you pause, "
    "or that you left. Your level and your time in the company are never shown to anyone."
)


def home_view(result: Standing) -> dict[str, Any]:
    """The view that one person sees."""
    buttons: list[InteractiveElement] = [*choices(result)]
    if result.is_in and result.paused_until is None:
        buttons = [leave_button(), pause_button(2), pause_button(4), pause_until_picker()]
    blocks: list[Block] = [
        HeaderBlock(text=_plain("Where you stand")),
        SectionBlock(text=_mrkdwn(sentence(replace(result, introduced_to=())))),
        ActionsBlock(elements=buttons),
    ]
    if result.introduced_to:
        people = " and ".join(f"<@{slack_id}>" for slack_id in result.introduced_to)
        blocks += [
            HeaderBlock(text=_plain("This round")),
            SectionBlock(text=_mrkdwn(f"You were introduced to {people}. Look for the group message.")),
        ]
    blocks += [
        HeaderBlock(text=_plain("How Lunchmates works")),
        SectionBlock(text=_mrkdwn(HOW)),
        DividerBlock(),
        SectionBlock(text=_mrkdwn(HR)),
        ContextBlock(elements=[_mrkdwn("Everything here also works by typing: `/lunch help`.")]),
    ]
    return View(type="home", blocks=blocks).to_dict()


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)


def _mrkdwn(text: str) -> MarkdownTextObject:
    return MarkdownTextObject(text=text)
