"""Parts of the Home tab: this round's introductions, past lunches, the own network, preferences."""

from datetime import date

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
)

from domain.home import Home, PastLunch
from slack_handlers.blocks.buttons import preferences_button
from slack_handlers.blocks.message import escaped, section
from slack_handlers.blocks.preference_words import summary
from slack_handlers.blocks.table import arrangement, arranging_buttons
from slack_handlers.blocks.words import Words

DEPARTMENTS_SHOWN, LONGEST = 12, 100


def introduced(words: Words, home: Home) -> list[Block]:
    """Who it is, what is arranged, and the newest one's buttons, which do what those of the message do."""
    blocks: list[Block] = []
    for number, one in enumerate(home.introductions):
        to = words.people(one.others)
        said = words.say("You were introduced to {people}. Look for the group message.", people=to)
        blocks += [] if blocks else [header(words.say("This round"))]
        blocks.append(section(f"{said}\n{arrangement(words, one.message)}"))
        if number == 0:
            blocks.append(ActionsBlock(elements=list(arranging_buttons(words, one.message))))
    return blocks


def own_lunches(words: Words, home: Home, today: date, *, is_in: bool) -> list[Block]:
    """Past lunches, departments met, and one that is still to be met."""
    if not home.lunches and not is_in:
        return []
    lines = [f"• {_lunch(words, lunch, today)}" for lunch in home.lunches]
    if home.more_lunches:
        lines.append(words.say_count("and {number} more", "and {number} more", home.more_lunches))
    lunches = lines or [
        words.say("None yet. After each lunch I ask whether you met, and then it stands here.")
    ]
    return [
        header(words.say("Your lunches")),
        section("\n".join(lunches)),
        header(words.say("Your network")),
        section(" ".join(_network(words, home))),
        _small(words.say("Only you see this; your lunches are those that you said took place.")),
    ]


def own_preferences(words: Words, home: Home) -> list[Block]:
    """What counts for the person, and the button that changes it."""
    lines = summary(words, home.said, home.left_out, home.cadence_weeks)
    return [
        header(words.say("Your preferences")),
        section("\n".join(f"• {line}" for line in lines)),
        ActionsBlock(elements=[preferences_button(words)]),
    ]


def header(text: str) -> HeaderBlock:
    """A heading of the Home tab."""
    return HeaderBlock(text=PlainTextObject(text=text, emoji=False))


def _lunch(words: Words, lunch: PastLunch, today: date) -> str:
    day, people = words.day(lunch.on, today), words.people(lunch.people)
    if lunch.is_agreed:
        return words.say("{day}: {people}", day=day, people=people)
    return words.say("introduced on {day}: {people}", day=day, people=people)


def _network(words: Words, home: Home) -> list[str]:
    said = []
    if home.departments:
        shown = [escaped(one, most=LONGEST) for one in home.departments[:DEPARTMENTS_SHOWN]]
        if len(home.departments) > len(shown):
            shown.append("…")
        said.append(
            words.say_count(
                "You've met people of {number} other department: {departments}.",
                "You've met people of {number} other departments: {departments}.",
                len(home.departments),
                departments=", ".join(shown),
            )
        )
    else:
        said.append(words.say("You haven't met anybody of another department yet."))
    if home.not_yet:
        said.append(
            words.say(
                "Of {department}, say, you haven't met anybody. Introductions go to people whom you haven't "
                "met, of other departments first; which department it is depends on who takes part.",
                department=escaped(home.not_yet, most=LONGEST),
            )
        )
    return said


def _small(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text)])
