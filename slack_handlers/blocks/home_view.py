"""The Home tab: where I stand, this round, my lunches and preferences, HR's numbers for HR, how it works."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    DividerBlock,
    InteractiveElement,
    MarkdownTextObject,
)
from slack_sdk.models.views import View

from domain.home import Home
from domain.programs import Standing
from insights import FirstScreen
from slack_handlers.blocks.buttons import choices, leave_button, pause_button, pause_until_picker
from slack_handlers.blocks.hr_numbers import hr_section, what_hr_sees
from slack_handlers.blocks.message import section
from slack_handlers.blocks.own_lunches import header, introduced, own_lunches, own_preferences
from slack_handlers.blocks.standing import Hopes, hope, sentence
from slack_handlers.blocks.words import Words, marked

EVERY_ROUND: Hopes = {
    (True, False): marked(
        "Every round I introduce you to a colleague of another department whom you haven't met, in a group "
        "message."
    ),
    (False, False): marked(
        "Every round I introduce you to a colleague whom you haven't met, in a group message."
    ),
    (True, True): marked(
        "Every round I introduce you to colleagues of other departments whom you haven't met, in a group "
        "message."
    ),
    (False, True): marked(
        "Every round I introduce you to colleagues whom you haven't met, in a group message."
    ),
}


def home_view(
    words: Words,
    result: Standing | None,
    home: Home | None = None,
    screen: FirstScreen | None = None,
    site: str | None = None,
    *,
    said: str = "",
) -> dict[str, Any]:
    """The view that one person sees; `said` is why a button did not do what it says.

    Without a result, where that can't be read, there is nothing to press; of somebody whom the app doesn't
    know there is nothing else to show. The `screen` is for HR alone; `site` is where the pages on the web
    are, if there are any.
    """
    blocks: list[Block] = [section(said), DividerBlock()] if said else []
    if result is not None:
        blocks += _where(words, result)
    if result is not None and home is not None:
        blocks += introduced(words, home)
        blocks += own_lunches(words, home, result.today, is_in=result.is_in)
        blocks += own_preferences(words, home)
    blocks += hr_section(words, screen, site)
    return View(type="home", blocks=[*blocks, *_what(words, result)]).to_dict()


def _where(words: Words, result: Standing) -> list[Block]:
    # No block has an id, so that a picker forgets a date that was refused when the view is drawn anew.
    buttons: list[InteractiveElement] = [*choices(words, result)]
    if result.is_in and result.paused_until is None and not result.is_resting:
        buttons = [
            *(pause_button(words, 2), pause_button(words, 4)),
            *(pause_until_picker(words), leave_button(words)),
        ]
    return [
        header(words.say("Where you stand")),
        section(sentence(words, replace(result, introduced_to=()))),
        ActionsBlock(elements=buttons),
    ]


def _what(words: Words, result: Standing | None) -> list[Block]:
    typing = words.say("Everything here also works by typing: `/lunch help`.")
    return [
        header(words.say("How Lunchmates works")),
        section(_how(words, (False, False) if result is None else hope(result))),
        header(words.say("Who sees what")),
        section(_seen(words)),
        ContextBlock(elements=[MarkdownTextObject(text=typing)]),
    ]


def _how(words: Words, hoped: tuple[bool, bool]) -> str:
    whom = words.say(EVERY_ROUND[hoped])
    in_groups = hoped[1]
    how = (
        words.say(
            "You all pick a time: lunch, coffee or a call, 45 minutes is plenty. If the number does not come "
            "out even, some groups are one larger or smaller. After it, or on day ten, I ask once whether "
            "you met."
        )
        if in_groups
        else words.say(
            "You two pick a time: lunch, coffee or a call, 45 minutes is plenty. If an odd number of people "
            "take part, one introduction has three. After it, or on day ten, I ask once whether you met."
        )
    )
    return f"{whom} {how}"


def _seen(words: Words) -> str:
    paragraphs = (
        *what_hr_sees(words),
        words.say(
            "*Whoever you are introduced to sees* your department, your office and what you like to be asked "
            "about, as you or the company's directory say. Nobody is shown your answer, your other "
            "preferences, your level or your time in the company."
        ),
        words.say(
            "*You see everything that is stored about you:* `/lunch my-data` sends it to you as a file, and "
            "`/lunch forget-me` erases it."
        ),
    )
    return "\n".join(paragraphs)
