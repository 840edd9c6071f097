"""What somebody says privately about an introduction: only they see it, and nothing of it is posted."""

from slack_sdk.models.blocks import ActionsBlock, ContextBlock, MarkdownTextObject

from domain.messages import PrivateAnswer, PrivateStep
from slack_handlers.blocks.message import Message, message, section
from slack_handlers.blocks.private_buttons import private_buttons
from slack_handlers.blocks.words import Words, marked

SAID = {
    PrivateStep.WHOM_DO_YOU_KNOW: marked("Whom do you know already?"),
    PrivateStep.LUNCH_ANYWAY: marked("Good, then the lunch stands, and nothing changes for anybody."),
    PrivateStep.MOVED: marked(
        "Done: the group message offers times from next week on. It doesn't say who asked for them."
    ),
    PrivateStep.NOT_MOVED: marked(
        "I found no time from next week on that suits everybody, so nothing was changed. *Other time* in the "
        "group message lets you suggest one."
    ),
    PrivateStep.WITH_WHOM_NOT: marked("With whom would you rather not have lunch?"),
    PrivateStep.NEVER_MIND: marked("Nothing was changed."),
}


def private_choice(words: Words, content: PrivateAnswer) -> Message:
    """One step: what is noted or asked, what happens next, and who hears what."""
    paragraphs = [words.say(SAID[content.step])] if content.step in SAID else _paragraphs(words, content)
    buttons = private_buttons(words, content)
    small = words.say("Only you see this. HR never sees what you choose here, and neither does anybody else.")
    return message(
        words,
        "\n".join((*paragraphs, small)).replace("*", ""),
        *(section(paragraph) for paragraph in paragraphs),
        *([ActionsBlock(elements=list(buttons))] if buttons else []),
        ContextBlock(elements=[MarkdownTextObject(text=small)]),
    )


def _paragraphs(words: Words, content: PrivateAnswer) -> list[str]:
    """A step about which there is more to say than one sentence."""
    more = {
        PrivateStep.CHOICES: _choices,
        PrivateStep.KNOWN: _known,
        PrivateStep.CANT: _cant,
        PrivateStep.GIVEN_UP: _given_up,
        PrivateStep.SOMEBODY_NEW: _somebody_new,
        PrivateStep.SURE: _sure,
        PrivateStep.NEVER_AGAIN: _never_again,
    }
    return more[content.step](words, content)


def _choices(words: Words, content: PrivateAnswer) -> list[str]:
    rather_not = words.say(
        "*Rather not:* you are never introduced to each other again, and a lunch that is still ahead won't "
        "happen. Nobody is told why, or by whom."
    )
    if content.is_past:
        past = words.say("This lunch is past, or you have given it up; one thing can still be said.")
        return [past, rather_not]
    know = words.say(
        "*We already know each other:* I note it, so that you come last for each other. If you like, I look "
        "for somebody new."
    )
    cant = words.say(
        "*I can't:* another week, or this lunch won't happen. The others read just that, not who gave it up, "
        "or why."
    )
    ask = words.say("What would you like to say, between you and me?")
    return [ask, "\n".join((know, cant, rather_not))]


def _known(words: Words, content: PrivateAnswer) -> list[str]:
    ask = (
        words.say("Shall I look for somebody else this week?")
        if content.is_this_round
        else words.say("Would you rather not have this lunch?")
    )
    people = words.people(card.slack_user_id for card in content.about)
    noted = words.say("Noted: you and {people} know each other already.", people=people)
    return [noted, f"{ask} {_would_read(words, content)}"]


def _cant(words: Words, content: PrivateAnswer) -> list[str]:
    later = (
        words.say(
            "*Another week?* Press *Other time* in the group message and suggest a day: what you agreed on "
            "stands until everybody says yes to it."
        )
        if content.is_agreed
        else words.say(
            "*Another week?* The group message then offers times from next week on, and doesn't say who "
            "asked for them."
        )
    )
    never, alone = words.say("*Or not at all?*"), words.say("You won't get somebody else this round.")
    return [f"{later}\n{never} {_would_read(words, content)} {alone}"]


def _given_up(words: Words, content: PrivateAnswer) -> list[str]:
    return [_done(words, content), words.say("You won't get somebody else this round.")]


def _somebody_new(words: Words, content: PrivateAnswer) -> list[str]:
    return [_done(words, content), *_either_way(words, content)]


def _sure(words: Words, content: PrivateAnswer) -> list[str]:
    people = words.people(card.slack_user_id for card in content.about)
    asked = words.say("Shall I never introduce you to {people} again?", people=people)
    return [asked if content.is_past else f"{asked} {_would_read(words, content)}"]


def _never_again(words: Words, content: PrivateAnswer) -> list[str]:
    people = words.people(card.slack_user_id for card in content.about)
    done = words.say("Done.")
    apart = words.say("You and {people} won't be introduced again. Nobody is told.", people=people)
    if content.is_past:
        return [f"{done} {apart}"]
    return [f"{done} {apart} {_will_read(words, content)}", *_either_way(words, content)]


def _done(words: Words, content: PrivateAnswer) -> str:
    done = words.say("Done: this lunch is given up.")
    return f"{done} {_will_read(words, content)}"


def _would_read(words: Words, content: PrivateAnswer) -> str:
    """What the others are told if the lunch is given up, and when."""
    told = words.say(
        "If so, the others read at {time} that this lunch won't happen, not who gave it up, or why.",
        time=_full_hour(words, content),
    )
    return " ".join((told, *_anew(words, content)))


def _will_read(words: Words, content: PrivateAnswer) -> str:
    """The same, when it is given up."""
    told = words.say(
        "At {time} the others read that this lunch won't happen, not who gave it up, or why.",
        time=_full_hour(words, content),
    )
    return " ".join((told, *_anew(words, content)))


def _full_hour(words: Words, content: PrivateAnswer) -> str:
    assert content.told_at is not None  # every step that gives a lunch up has it
    return words.time(content.told_at)


def _anew(words: Words, content: PrivateAnswer) -> list[str]:
    if not content.is_this_round:
        return []
    return [words.say("They get somebody new if anybody is free.")]


def _either_way(words: Words, content: PrivateAnswer) -> list[str]:
    if not content.is_this_round:
        return []
    return [words.say("I look for somebody new for you, too, and tell you then either way.")]
