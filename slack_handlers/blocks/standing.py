"""The answers to `/lunch`: where you stand, what happens next, and how to undo it."""

from domain.programs import Change, Standing
from slack_handlers.blocks.buttons import choices
from slack_handlers.blocks.message import Message, day, escaped, moment, people
from slack_handlers.blocks.private_answer import private_answer

WORDS = (
    ("join", "be introduced to a colleague you haven't met, every round"),
    ("leave", "stop; nobody is told"),
    ("pause 2w", "take a break that ends by itself; `pause until 15 January` works, too"),
    ("resume", "end the break now"),
    ("status", "where you stand, and when the next introductions go out"),
    ("help", "this list"),
)
HELP = "\n".join(f"`/lunch {word}`: {meaning}" for word, meaning in WORDS)


def standing(result: Standing) -> Message:
    """What a word to `/lunch` did, and what happens next."""
    return private_answer(sentence(result), buttons=choices(result))


def unknown_word(word: str, result: Standing) -> Message:
    """An answer to a word that is none of ours, or to no word at all: status and help."""
    shown = word if len(word) <= 40 else word[:40] + "…"
    sorry = f"I don't know “{escaped(shown)}”, sorry. " if word else ""
    return private_answer(f"{sorry}{sentence(result)}", HELP, buttons=choices(result))


def guide(result: Standing) -> Message:
    """What Lunchmates does, and every word that it knows."""
    whom = colleague(across=result.across_departments, in_groups=result.in_groups)
    you = "You all" if result.in_groups else "You two"
    what = (
        f"Lunchmates introduces you to {whom}, in a group message. {you} pick a time for lunch, coffee or "
        "a call. Only people who typed `/lunch join` are ever introduced."
    )
    return private_answer(what, HELP, buttons=choices(result))


def sentence(result: Standing) -> str:
    """Where somebody stands, in a sentence or two."""
    when = moment(result.next_at, result.today)
    whom = someone(across=result.across_departments, in_groups=result.in_groups)
    next_one = f"On {when}, I'll introduce you to {whom}."
    if_in = f"If you join, I'll introduce you on {when}, to {whom}."
    to = people(result.introduced_to) if result.introduced_to else ""
    met = f" This round you were introduced to {to}: look for the group message." if to else ""
    stays = f" You were already introduced to {to}; whether you still meet is up to you." if to else ""
    out = "You're out: no more introductions, and nobody is told. You can come back any time."
    changed = {
        Change.JOINED: f"You're in. {next_one}",
        Change.ALREADY_IN: f"You were in already, and nothing has changed. {next_one}",
        Change.RESUMED: f"You're back. {next_one}",
        Change.NOT_PAUSED: f"You weren't paused, so nothing has changed. {next_one}",
        Change.LEFT: f"{out}{stays}",
        Change.NOT_IN: "You weren't in, so there was nothing to leave. You can join any time.",
    }
    if result.change in changed:
        return changed[result.change]
    if result.paused_until is not None:
        return (
            f"You're paused until {day(result.paused_until, result.today)}, and nobody is told. "
            f"The pause ends by itself: on {when}, I'll introduce you to {whom}.{met}"
        )
    return f"You're in.{met} {next_one}" if result.is_in else f"You're not in.{met} {if_in}"


def someone(*, across: bool, in_groups: bool = False) -> str:
    """Whom a person may hope for; where departments aren't known, nothing is promised about them."""
    if in_groups:
        return "colleagues from other departments" if across else "colleagues you haven't met"
    return "someone from another department" if across else "a colleague you haven't met"


def colleague(*, across: bool, in_groups: bool = False) -> str:
    """The same in general."""
    if in_groups:
        return f"colleagues{' of other departments' if across else ''} whom you haven't met"
    return f"a colleague{' of another department' if across else ''} whom you haven't met"
