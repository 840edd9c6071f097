"""The answers to `/lunch`: where you stand, what happens next, and how to undo it."""

from domain.messages import WelcomeBackMessage
from domain.programs import Change, Standing
from slack_handlers.blocks.buttons import choices
from slack_handlers.blocks.message import Message, escaped
from slack_handlers.blocks.private_answer import private_answer
from slack_handlers.blocks.words import Words, marked

WORDS = (
    ("join", marked("be introduced to a colleague you haven't met, every round")),
    ("leave", marked("stop; nobody is told")),
    ("pause 2w", marked("take a break that ends by itself; `pause until 15 January` works, too")),
    ("resume", marked("end the break now")),
    ("preferences", marked("how, when and how often you like to meet; all of it is optional")),
    ("status", marked("where you stand, and when the next introductions go out")),
    ("my-data", marked("a file with everything that is stored about you")),
    ("forget-me", marked("erase it; you are asked once whether you mean it")),
    ("stats", marked("HR's numbers, for HR; for everybody else, what HR sees and never sees")),
    ("help", marked("this list")),
)

# Whom a person may hope for: whether the directory knows other departments, and whether groups are met.
Hopes = dict[tuple[bool, bool], str]
NEXT: Hopes = {
    (True, False): marked("On {when}, I'll introduce you to someone from another department."),
    (False, False): marked("On {when}, I'll introduce you to a colleague you haven't met."),
    (True, True): marked("On {when}, I'll introduce you to colleagues from other departments."),
    (False, True): marked("On {when}, I'll introduce you to colleagues you haven't met."),
}
AFTER_THE_PAUSE: Hopes = {
    (True, False): marked(
        "The pause ends by itself: on {when}, I'll introduce you to someone from another department."
    ),
    (False, False): marked(
        "The pause ends by itself: on {when}, I'll introduce you to a colleague you haven't met."
    ),
    (True, True): marked(
        "The pause ends by itself: on {when}, I'll introduce you to colleagues from other departments."
    ),
    (False, True): marked(
        "The pause ends by itself: on {when}, I'll introduce you to colleagues you haven't met."
    ),
}
IF_YOU_JOIN: Hopes = {
    (True, False): marked("If you join, I'll introduce you on {when}, to someone from another department."),
    (False, False): marked("If you join, I'll introduce you on {when}, to a colleague you haven't met."),
    (True, True): marked("If you join, I'll introduce you on {when}, to colleagues from other departments."),
    (False, True): marked("If you join, I'll introduce you on {when}, to colleagues you haven't met."),
}
WHAT: Hopes = {
    (True, False): marked(
        "Lunchmates introduces you to a colleague of another department whom you haven't met, in a group "
        "message."
    ),
    (False, False): marked(
        "Lunchmates introduces you to a colleague whom you haven't met, in a group message."
    ),
    (True, True): marked(
        "Lunchmates introduces you to colleagues of other departments whom you haven't met, in a group "
        "message."
    ),
    (False, True): marked(
        "Lunchmates introduces you to colleagues whom you haven't met, in a group message."
    ),
}


def standing(words: Words, result: Standing) -> Message:
    """What a word to `/lunch` did, and what happens next."""
    return private_answer(words, sentence(words, result), buttons=choices(words, result))


def unknown_word(words: Words, result: Standing, word: str) -> Message:
    """An answer to a word that is none of ours, or to no word at all: status and help."""
    shown = word if len(word) <= 40 else word[:40] + "…"
    said = sentence(words, result)
    if word:
        sorry = words.say("I don't know “{word}”, sorry.", word=escaped(shown))
        said = f"{sorry} {said}"
    return private_answer(words, said, _help(words), buttons=choices(words, result))


def guide(words: Words, result: Standing) -> Message:
    """What Lunchmates does, and every word that it knows."""
    what = words.say(WHAT[hope(result)])
    how = (
        words.say(
            "You all pick a time for lunch, coffee or a call. Only people who typed `/lunch join` are ever "
            "introduced."
        )
        if result.in_groups
        else words.say(
            "You two pick a time for lunch, coffee or a call. Only people who typed `/lunch join` are ever "
            "introduced."
        )
    )
    return private_answer(words, f"{what} {how}", _help(words), buttons=choices(words, result))


def sentence(words: Words, result: Standing) -> str:
    """Where somebody stands, in a few sentences."""
    when = words.moment(result.next_at, result.today)
    coming = _coming(words, result, when)
    said = {
        Change.JOINED: [words.say("You're in."), coming],
        Change.ALREADY_IN: [words.say("You were in already, and nothing has changed."), coming],
        Change.RESUMED: [words.say("You're back."), coming],
        Change.NOT_PAUSED: [words.say("You weren't paused, so nothing has changed."), coming],
        Change.LEFT: [
            words.say("You're out: no more introductions, and nobody is told. You can come back any time."),
            _still_introduced(words, result),
        ],
        Change.NOT_IN: [
            words.say("You weren't in, so there was nothing to leave. You can join any time."),
        ],
    }.get(result.change) or _where(words, result, when, coming)
    return " ".join(filter(None, said))


def _coming(words: Words, result: Standing, when: str) -> str:
    if result.has_full_hands:
        return words.say(
            "Two of your lunches are still open. Unless one of them is over by {when}, you get no new "
            "introduction then: answer “Did you meet?”, or press *Privately …* in its group message.",
            when=when,
        )
    return next_introduction(words, result, when)


def hope(whose: Standing | WelcomeBackMessage) -> tuple[bool, bool]:
    """Whom somebody may hope for; where departments aren't known, nothing is promised about them."""
    return whose.across_departments, whose.in_groups


def next_introduction(words: Words, whose: Standing | WelcomeBackMessage, when: str) -> str:
    """When the next one comes, and whom it brings."""
    return words.say(NEXT[hope(whose)], when=when)


def _where(words: Words, result: Standing, when: str, coming: str) -> list[str]:
    met = _introduced(words, result)
    if result.paused_until is not None:
        until = words.day(result.paused_until, result.today)
        return [
            words.say("You're paused until {until}, and nobody is told.", until=until),
            coming if result.has_full_hands else words.say(AFTER_THE_PAUSE[hope(result)], when=when),
            met,
        ]
    if result.is_resting:
        return [
            words.say(
                "You're paused, since nobody answered about your last introductions; nobody is told. You're "
                "in again as soon as you say so."
            ),
            met,
        ]
    if result.is_in:
        return [words.say("You're in."), met, coming]
    return [words.say("You're not in."), met, words.say(IF_YOU_JOIN[hope(result)], when=when)]


def _introduced(words: Words, result: Standing) -> str:
    if not result.introduced_to:
        return ""
    to = words.people(result.introduced_to)
    return words.say("This round you were introduced to {people}: look for the group message.", people=to)


def _still_introduced(words: Words, result: Standing) -> str:
    if not result.introduced_to:
        return ""
    to = words.people(result.introduced_to)
    return words.say(
        "You were already introduced to {people}; whether you still meet is up to you.", people=to
    )


def _help(words: Words) -> str:
    return "\n".join(
        words.say("{command}: {meaning}", command=f"`/lunch {word}`", meaning=words.say(meaning))
        for word, meaning in WORDS
    )
