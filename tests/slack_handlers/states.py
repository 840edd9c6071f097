"""Every state that a message or the Home tab can be in, by the builder that says it in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import matcher
from domain.errors import (
    DataNotSent,
    IntroductionOver,
    LeavesOutOneself,
    LeavesOutStranger,
    LunchGivenUp,
    LunchIsPast,
    LunchmatesError,
    NotForGuests,
    NothingStored,
    NotTakingPart,
    NotYourIntroduction,
    OfficeGone,
    PauseTooLong,
    QuestionTooOld,
    RoundHasBegun,
    TimeHasPassed,
    TooFarAhead,
    TooManyInterests,
    UnclearPause,
    UnknownPerson,
)
from domain.home import Home, OwnIntroduction, PastLunch
from domain.messages import (
    CalledOffMessage,
    Card,
    CheckInMessage,
    HeadsUpMessage,
    IntroductionMessage,
    NoticeMessage,
    NudgeMessage,
    PrivateAnswer,
    PrivateStep,
    RestingMessage,
    TimeQuestion,
    WelcomeBackMessage,
    Why,
)
from domain.preferences import LunchFormat, Preferences, PreferencesQuestion, SavedPreferences
from domain.programs import Change, Standing
from domain.proposals import AgreedTime, LunchKind, SuggestedTime
from domain.rounds import AnswerWord, Thumb, ToldReason
from slack_handlers.blocks import Message
from slack_handlers.blocks.called_off import called_off
from slack_handlers.blocks.check_in import check_in
from slack_handlers.blocks.heads_up import heads_up
from slack_handlers.blocks.home_view import home_view
from slack_handlers.blocks.hr_numbers import hr_numbers
from slack_handlers.blocks.introduction import introduction
from slack_handlers.blocks.languages import LANGUAGES
from slack_handlers.blocks.my_data import data_sent, forget_question, forgotten, nothing_forgotten
from slack_handlers.blocks.notice import notice
from slack_handlers.blocks.nudge import nudge
from slack_handlers.blocks.other_time import other_time
from slack_handlers.blocks.pause_question import pause_question
from slack_handlers.blocks.preferences import preferences, preferences_saved
from slack_handlers.blocks.privately import private_choice
from slack_handlers.blocks.refusal import refusal, trouble
from slack_handlers.blocks.resting import resting
from slack_handlers.blocks.standing import guide, standing, unknown_word
from slack_handlers.blocks.time_answer import TOLD, time_answer
from slack_handlers.blocks.welcome_back import welcome_back
from slack_handlers.blocks.words import Words, words_for
from tests.slack_handlers.hr_screens import SCREENS
from use_cases.prepare_match import listed

BERLIN = ZoneInfo("Europe/Berlin")
TODAY, NEXT = date(2026, 11, 26), datetime(2026, 11, 30, 10, tzinfo=BERLIN)
ADA, BEN, CLEO, DAN, EMA = "U0ADA", "U0BEN", "U0CLEO", "U0DAN", "U0EMA"


class State(NamedTuple):
    """A builder, and what it is given."""

    builder: Callable[..., Message | dict[str, Any]]
    given: tuple[Any, ...]
    said: Callable[[Words], str] | None = None
    """Only for the Home tab: why a button did not do what it says."""

    def built(self, words: Words) -> Message | dict[str, Any]:
        said = {"said": self.said(words)} if self.said else {}
        return self.builder(words, *self.given, **said)


# Where somebody stands

OUT = Standing(Change.NOTHING, is_in=False, next_at=NEXT, today=TODAY)
IN = replace(OUT, is_in=True)
PAUSED = replace(IN, paused_until=date(2026, 12, 14), next_at=NEXT + timedelta(weeks=2))
RESTING = replace(IN, is_resting=True)
PLACES = {"out": OUT, "in": IN, "paused": PAUSED, "resting": RESTING}
AFTER = {
    Change.NOTHING: ("out", "in", "paused", "resting"),
    Change.JOINED: ("in",),
    Change.ALREADY_IN: ("in",),
    Change.RESUMED: ("in",),
    Change.NOT_PAUSED: ("in",),
    Change.PAUSED: ("paused",),
    Change.LEFT: ("out",),
    Change.NOT_IN: ("out",),
}
CIRCUMSTANCES: dict[str, dict[str, Any]] = {
    "": {},
    ", introduced to one": {"introduced_to": (BEN,)},
    ", introduced to two": {"introduced_to": (BEN, CLEO)},
    ", of departments unknown": {"across_departments": False},
    ", with full hands": {"has_full_hands": True},
    ", in groups": {"in_groups": True},
}


def standings() -> Iterator[tuple[str, Standing]]:
    """Each change where it leads to, in each circumstance; a test reaches them all, and no other."""
    for change, (more, circumstance) in product(Change, CIRCUMSTANCES.items()):
        for place in AFTER[change]:
            name = f"status {place}" if change == Change.NOTHING else change.value
            yield f"{name}{more}", replace(PLACES[place], change=change, **circumstance)


STANDINGS = dict(standings())
LONG_PAUSE = replace(
    PAUSED, paused_until=date(2027, 11, 15), next_at=datetime(2027, 11, 15, 10, tzinfo=BERLIN)
)
NEW_YEAR = replace(IN, today=date(2026, 12, 30), next_at=datetime(2027, 1, 4, 10, tzinfo=BERLIN))
FAR = {"status paused, for a year": LONG_PAUSE, "status in, at the end of the year": NEW_YEAR}
REFUSALS: dict[LunchmatesError, tuple[str, ...]] = {
    UnclearPause(example=date(2026, 12, 17)): (),
    PauseTooLong(): ("in", "paused"),
    NotTakingPart(): ("out",),
    UnknownPerson(): ("out",),
    NotForGuests(): ("out",),
    NotYourIntroduction(): (),
    IntroductionOver(): (),
    LunchGivenUp(): (),
    LunchIsPast(): (),
    RoundHasBegun(): (),
    TimeHasPassed(): (),
    TooFarAhead(): (),
    OfficeGone(): (),
    TooManyInterests(most=20, longest=60): (),
    LeavesOutOneself(): (),
    LeavesOutStranger(): (),
    NothingStored(): (),
    DataNotSent(): (),
    QuestionTooOld(): (),
}
"""Each refusal, and where somebody may stand who meets it in the Home tab."""


def at_home() -> Iterator[tuple[str, State]]:
    for name, result in (STANDINGS | FAR).items():
        yield name, State(home_view, (result,))
    for error, places in REFUSALS.items():
        for place in places:
            name = f"{type(error).__name__}, {place}"
            yield name, State(home_view, (PLACES[place],), said=partial(Words.say_error, error=error))

    def sorry(words: Words) -> str:
        return trouble(words, "ABC123").text

    for place, result in PLACES.items():
        yield f"trouble, {place}", State(home_view, (result,), said=sorry)
    yield "trouble, where nothing can be read", State(home_view, (None,), said=sorry)
    for name, (place, home) in HOMES.items():
        yield name, State(home_view, (PLACES[place], home))
    for name in ("nothing released", "after four weeks", "after twelve weeks", "too few for departments"):
        yield f"HR, {name}", State(home_view, (IN, HOMES["lunches"][1], SCREENS[name]))
    most = SCREENS["as many departments as there is room for"]
    yield "HR, as much as there can be", State(home_view, (IN, HOMES["as much as there can be"][1], most))
    yield "HR, not in the directory", State(home_view, (OUT, None, SCREENS["after twelve weeks"]))
    here = (STANDINGS["status in, introduced to one"],)
    too_late = State(home_view, here, said=partial(Words.say_error, error=PauseTooLong()))
    yield "PauseTooLong, in, introduced to one", too_late


# Who is introduced to whom

RESEARCHER = Card(ADA, "Research", "Berlin", "trains", "Europe/Berlin", "Ada Lovelace")
SELLER = Card(BEN, "Sales", "Lisbon", None, "Europe/Berlin", "Ben Okafor")
LAWYER = Card(CLEO, "Legal", "Berlin", "chess, rivers", "Europe/Berlin", "Cleo Marin")
WRITER = Card(DAN, "Marketing", "Lisbon", "films", "Europe/Lisbon", "Dan Silva")
BUYER = Card(EMA, "Sales", "Berlin", None, "Europe/Berlin", "Ema Novak")
NEAR = replace(SELLER, office="Berlin")
AWAY = replace(SELLER, office="New York", timezone="America/New_York")
MATE = replace(SELLER, department="Research")
MARKED = Card(BEN, "R&D <labs> *bold* _it_ ~no~ `code`", "<!channel> & <@U0EVE>", "🚂 > 🚲, 日本語", "UTC")
RTL = Card(BEN, "מחקר ופיתוח", "دبي", "الشطرنج", "Asia/Dubai")
TRAINS = {one: replace(card, interests="rivers, Trains") for one, card in ((BEN, SELLER), (CLEO, LAWYER))}


def long(slack_user_id: str, letter: str) -> Card:
    """Each value as long as the directory allows."""
    return Card(slack_user_id, letter * 200, letter * 200, letter * 1000, "America/Argentina/ComodRivadavia")


def introduced(*people: Card, again: bool = False, today: date = TODAY, next_at: datetime = NEXT) -> State:
    """An introduction with the reasons that the matcher gives for it."""
    reasons = matcher.match(
        [
            matcher.Person(one.slack_user_id, one.department, one.office, interests=listed(one.interests))
            for one in people
        ],
        [matcher.PastPair(people[0].slack_user_id, people[1].slack_user_id)] if again else [],
        matcher.Rules(group_size=len(people) if len(people) > 3 else 2),
        seed=1,
    )
    why = frozenset(Why(reason.value) for reason in reasons.introductions[0].reasons)
    proposer = people[-1].slack_user_id
    return State(introduction, (IntroductionMessage("i1", people, why, 4, proposer, next_at, today),))


INTRODUCTIONS = {
    "pair": introduced(RESEARCHER, SELLER),
    "pair in one office": introduced(RESEARCHER, NEAR),
    "pair in two time zones": introduced(RESEARCHER, AWAY),
    "pair with a shared interest": introduced(RESEARCHER, TRAINS[BEN]),
    "pair of one department": introduced(RESEARCHER, MATE),
    "pair of one department, in one office": introduced(RESEARCHER, replace(MATE, office="Berlin")),
    "pair again": introduced(RESEARCHER, SELLER, again=True),
    "pair again in one department": introduced(RESEARCHER, MATE, again=True),
    "pair of which one department is unknown": introduced(RESEARCHER, Card(BEN)),
    "pair of whom nothing is known": introduced(Card(ADA), Card(BEN)),
    "pair with marks": introduced(RESEARCHER, MARKED),
    "pair from right to left": introduced(RESEARCHER, RTL),
    "pair with long values": introduced(long(ADA, "a"), long(BEN, "b")),
    "pair with long values to escape": introduced(long(ADA, "&"), long(BEN, "<")),
    "pair at the end of the year": introduced(
        RESEARCHER, SELLER, today=date(2026, 12, 28), next_at=datetime(2027, 1, 4, 10, tzinfo=BERLIN)
    ),
    "trio": introduced(RESEARCHER, SELLER, LAWYER),
    "trio in one office": introduced(RESEARCHER, NEAR, LAWYER),
    "trio with a shared interest": introduced(RESEARCHER, TRAINS[BEN], TRAINS[CLEO]),
    "trio with two of one department": introduced(RESEARCHER, MATE, LAWYER),
    "trio of one department": introduced(RESEARCHER, MATE, replace(LAWYER, department="Research")),
    "trio of which one department is unknown": introduced(RESEARCHER, SELLER, Card(CLEO)),
    "trio of whom nothing is known": introduced(Card(ADA), Card(BEN), Card(CLEO)),
    "trio again": introduced(RESEARCHER, SELLER, LAWYER, again=True),
    "trio with long values to escape": introduced(*map(long, (ADA, BEN, CLEO), "&<>")),
    "pair of which one was forgotten": introduced(RESEARCHER, Card("")),
    "group of five": introduced(RESEARCHER, SELLER, LAWYER, WRITER, BUYER),
    "group of five again": introduced(RESEARCHER, SELLER, LAWYER, WRITER, BUYER, again=True),
    "group of five with long values to escape": introduced(*map(long, (ADA, BEN, CLEO, DAN, EMA), "&<>&<")),
}

# Getting to the table

NOON = [datetime(2026, 12, day, 12, 30, tzinfo=BERLIN) for day in (1, 3, 9)]
FILE = "https://lunch.example.com/lunch/i1/t.ics"


def arranged(base: State, **values: Any) -> State:
    """An introduction with times."""
    [content] = base.given
    return State(introduction, (replace(content, **values),))


def suggestion(
    by: str, at: datetime, *waiting: str, yes: tuple[str, ...] = (), kind: LunchKind = LunchKind.LUNCH
) -> SuggestedTime:
    return SuggestedTime("p1", by, kind, at, yes, waiting)


def tables() -> Iterator[tuple[str, State]]:
    pair, trio = INTRODUCTIONS["pair"], INTRODUCTIONS["trio"]
    offered = {"offers": tuple(NOON)}
    at_noon = AgreedTime(LunchKind.LUNCH, NOON[0])
    afternoon = tuple(at.replace(hour=15) for at in NOON)
    apart = INTRODUCTIONS["pair in two time zones"]
    far = introduced(RESEARCHER, replace(SELLER, timezone="Pacific/Auckland"))
    yield "pair, offered", arranged(pair, **offered)
    yield "pair, offered one", arranged(pair, offers=tuple(NOON[:1]))
    yield "pair in two time zones, offered", arranged(apart, offers=afternoon)
    yield "pair on two days, offered", arranged(far, offers=afternoon)
    around = introduced(
        RESEARCHER,
        replace(SELLER, timezone="Pacific/Auckland"),
        replace(LAWYER, timezone="America/New_York"),
    )
    yield "trio on two days, offered", arranged(around, offers=afternoon)
    yield "trio, offered", arranged(trio, **offered)
    yield "pair, suggested", arranged(pair, **offered, suggested=suggestion(ADA, NOON[0], BEN))
    yield (
        "pair in two time zones, suggested",
        arranged(apart, offers=afternoon, suggested=suggestion(ADA, afternoon[0], BEN, kind=LunchKind.VIDEO)),
    )
    yield "trio, suggested", arranged(trio, **offered, suggested=suggestion(ADA, NOON[0], BEN, CLEO))
    yield (
        "trio, suggested, one yes",
        arranged(trio, **offered, suggested=suggestion(ADA, NOON[0], CLEO, yes=(BEN,))),
    )
    for kind in LunchKind:
        other = suggestion(BEN, NOON[1], ADA, kind=kind)
        yield f"pair, {kind.value} suggested", arranged(pair, suggested=other)
        yield f"pair, {kind.value} suggested instead", arranged(pair, agreed=at_noon, suggested=other)
        yield f"pair, {kind.value} agreed", arranged(pair, **offered, agreed=AgreedTime(kind, NOON[0]))
    yield "pair, agreed, with a file", arranged(pair, agreed=at_noon, calendar_file=FILE)
    yield "pair in two time zones, agreed", arranged(apart, agreed=at_noon, calendar_file=FILE)
    long_pair = INTRODUCTIONS["trio with long values to escape"]
    names = tuple(replace(card, name="長" * 200) for card in long_pair.given[0].people)
    yield (
        "trio with long values, agreed",
        arranged(long_pair, people=names, agreed=at_noon, calendar_file=FILE),
    )
    own_words = replace(RESEARCHER, ask_about="closing the books in three days!")
    yield "pair, in own words", introduced(own_words, SELLER)


# Preferences, and the rest of a Home tab

LONG = "&" * 200
USUAL = Preferences()
MANY_WISHES = Preferences(
    format=LunchFormat.IN_PERSON,
    office="Lisbon",
    weekdays=frozenset({1, 3}),
    lunch_hours=frozenset({12, 13, 15}),
    names_hours=True,
    languages=("de", "pt"),
    ask_about="<!channel> closing the books & more",
    interests=("bread", "maps <3"),
    every_rounds=4,
    heads_up=True,
)
LONGEST_WISHES = replace(
    MANY_WISHES,
    office=LONG,
    weekdays=frozenset(range(7)),
    lunch_hours=frozenset(range(0, 24, 2)),
    languages=LANGUAGES,
    ask_about="&" * 300,
    interests=("&" * 60,) * 20,
)
ASKED = PreferencesQuestion(USUAL, offices=("Berlin", "Lisbon"), own_office="Berlin", own_interests="trains")
QUESTIONS = {
    "nothing said": ASKED,
    "nothing known": PreferencesQuestion(USUAL),
    "everything said": replace(ASKED, said=MANY_WISHES, left_out=(BEN, CLEO)),
    "every second round": replace(ASKED, said=replace(USUAL, every_rounds=2)),
    "by video, every fourth of rounds that are not weekly": replace(
        ASKED, said=replace(USUAL, format=LunchFormat.VIDEO, every_rounds=4), cadence_weeks=2
    ),
    "as much as there can be": PreferencesQuestion(
        LONGEST_WISHES,
        left_out=(BEN,) * 100,
        offices=tuple(f"{number} {LONG}"[:200] for number in range(250)),
        own_office=LONG,
        own_interests="<" * 1000,
    ),
}
SAVED = {
    "nothing said": SavedPreferences(USUAL, 0, 1),
    "everything said": SavedPreferences(MANY_WISHES, 2, 1),
    "as much as there can be": SavedPreferences(LONGEST_WISHES, 100, 2),
}
LUNCH = PastLunch((BEN,), ("Sales",), date(2026, 11, 18), is_agreed=True)
LUNCHES = (
    LUNCH,
    PastLunch((CLEO, DAN), ("Legal", "Marketing"), date(2026, 11, 9)),
    PastLunch(("",), ("Sales",), date(2025, 12, 1)),
    PastLunch((EMA, ""), ("Sales", None), date(2025, 11, 24)),
    replace(LUNCH, on=date(2025, 11, 17)),
)


def own(state: State, *others: str) -> OwnIntroduction:
    [message] = state.given
    return OwnIntroduction(others, message)


def homes() -> Iterator[tuple[str, tuple[str, Home]]]:
    """The Home tab of somebody whom the app knows."""
    table = dict(tables())
    nothing = Home(USUAL, 0, 1, not_yet="Sales")
    yield "known, out", ("out", nothing)
    yield "known, in", ("in", nothing)
    yield "known, paused", ("paused", nothing)
    for name in ("pair, offered", "pair, suggested", "pair, agreed, with a file", "trio, suggested, one yes"):
        others = (BEN, CLEO) if "trio" in name else (BEN,)
        yield f"introduced, {name}", ("in", replace(nothing, introductions=(own(table[name], *others),)))
    two = (own(table["pair, offered"], BEN), own(table["pair, lunch agreed"], BEN))
    yield "two introductions", ("in", replace(nothing, introductions=two))
    met = replace(nothing, lunches=LUNCHES, departments=("Legal", "Marketing", "Sales"), not_yet="R&D")
    yield "lunches", ("in", met)
    yield "lunches, out", ("out", met)
    yield "one lunch", ("in", replace(nothing, lunches=(LUNCH,), departments=("Sales",), not_yet=None))
    yield "many lunches", ("in", replace(met, more_lunches=7, said=MANY_WISHES, left_out=1))
    longest = own(table["trio with long values, agreed"], BEN, CLEO)
    eight = PastLunch((ADA, BEN, CLEO, DAN, EMA, ADA, BEN), (None,) * 7, date(2025, 11, 24))
    most = Home(LONGEST_WISHES, 100, 2, (longest,) * 2, (eight,) * 5, 99, (LONG,) * 99, LONG)
    yield "as much as there can be", ("in", most)


HOMES = dict(homes())

# "Did you meet?"

UNNAMED = {"": (SELLER, LAWYER), ", without names": (replace(SELLER, name=""), replace(LAWYER, name=""))}
LONG_NAMED = replace(LAWYER, name="C" * 200)


def asked(*others: Card, answer: AnswerWord | None = None, met: tuple[str, ...] = ()) -> State:
    return State(check_in, (CheckInMessage("i1", others, answer, frozenset(met)),))


def check_ins() -> Iterator[tuple[str, State]]:
    for name, others in {"pair": (SELLER,), **{f"trio{more}": two for more, two in UNNAMED.items()}}.items():
        yield name, asked(*others)
        for word in (AnswerWord.PLANNED, AnswerWord.NOT_THIS_TIME):
            yield f"{name}, {word.value}", asked(*others, answer=word)
        everybody = tuple(other.slack_user_id for other in others)
        yield f"{name}, met", asked(*others, answer=AnswerWord.MET, met=everybody)
        for number, one in enumerate(everybody if others[1:] else (), start=1):
            yield f"{name}, met number {number}", asked(*others, answer=AnswerWord.MET, met=(one,))
    for thumb in Thumb:
        [given] = asked(SELLER, answer=AnswerWord.MET, met=(BEN,)).given
        yield f"pair, met, thumb {thumb.name.lower()}", State(check_in, (replace(given, thumb=thumb),))
    yield "trio with a long name", asked(SELLER, LONG_NAMED)
    others = (SELLER, LAWYER, WRITER, BUYER)
    yield "group of five", asked(*others)
    yield "group of five, met", asked(*others, answer=AnswerWord.MET, met=(BEN, CLEO, DAN, EMA))
    yield "group of five, met number 1", asked(*others, answer=AnswerWord.MET, met=(BEN,))
    yield "group of five, met number 1 and 3", asked(*others, answer=AnswerWord.MET, met=(BEN, DAN))


# Said privately

AT_THREE = datetime(2026, 11, 26, 15, tzinfo=BERLIN)
ABOUT = PrivateAnswer("i1", PrivateStep.CHOICES, (SELLER,), (SELLER,), AT_THREE)
ABOUT_TWO = replace(ABOUT, others=(SELLER, LONG_NAMED), about=(SELLER, LONG_NAMED))
TWO_ONLY = (PrivateStep.WHOM_DO_YOU_KNOW, PrivateStep.WITH_WHOM_NOT)
WHEN: dict[str, dict[str, Any]] = {
    "": {},
    ", a time agreed": {"is_agreed": True},
    ", past": {"is_past": True},
    ", after the round": {"is_this_round": False},
}
MATTERS = {
    ", a time agreed": (PrivateStep.CANT,),
    ", past": (PrivateStep.CHOICES, PrivateStep.SURE, PrivateStep.NEVER_AGAIN),
    ", after the round": (
        *(PrivateStep.KNOWN, PrivateStep.CANT, PrivateStep.GIVEN_UP, PrivateStep.SOMEBODY_NEW),
        *(PrivateStep.SURE, PrivateStep.NEVER_AGAIN),
    ),
}


def said_privately() -> Iterator[tuple[str, State]]:
    """Each step, with one other person and with two, and when it reads differently."""
    for step, (more, when) in product(PrivateStep, WHEN.items()):
        if step not in MATTERS.get(more, tuple(PrivateStep)):
            continue
        if step not in TWO_ONLY:
            yield f"{step.value}{more}", State(private_choice, (replace(ABOUT, step=step, **when),))
        if not more:
            yield f"{step.value}, in a trio", State(private_choice, (replace(ABOUT_TWO, step=step),))
    nameless = replace(ABOUT_TWO, step=PrivateStep.WITH_WHOM_NOT, others=UNNAMED[", without names"])
    yield "rather not with whom, without names", State(private_choice, (nameless,))


CALLED_OFF = CalledOffMessage(date(2026, 11, 23), NEXT, TODAY)
ENDS = {
    "somebody new": replace(CALLED_OFF, is_introduced_anew=True),
    "nobody free": replace(CALLED_OFF, is_left_over=True),
    "of an earlier round": CALLED_OFF,
    "at the end of the year": replace(
        CALLED_OFF,
        introduced_on=date(2026, 12, 28),
        today=date(2027, 1, 5),
        next_at=NEXT + timedelta(weeks=6),
    ),
}

SITE = "https://lunch.example.com"
WORDS = {
    "jion": "jion",
    "that mentions": "<!channel> <@U0EVE> & co",
    "of 10000 letters": "&" * 10_000,
}
ALL: dict[str, dict[str, State]] = {
    "standing": {name: State(standing, (result,)) for name, result in (STANDINGS | FAR).items()},
    "no word": {name: State(unknown_word, (result, "")) for name, result in PLACES.items()},
    "unknown word": {
        f"{how}, {name}": State(unknown_word, (result, word))
        for (how, word), (name, result) in product(WORDS.items(), PLACES.items())
    },
    "help": {
        **{name: State(guide, (result,)) for name, result in PLACES.items()},
        "of departments unknown": State(guide, (replace(OUT, across_departments=False),)),
    },
    "stats": {
        **{name: State(hr_numbers, (screen,)) for name, screen in SCREENS.items()},
        **{
            f"{name}, with pages on the web": State(hr_numbers, (SCREENS[name], SITE))
            for name in ("after twelve weeks", "of somebody who is not HR")
        },
        "with a picture": State(hr_numbers, (SCREENS["after twelve weeks"], SITE, True)),
    },
    "pause question": {name: State(pause_question, (result,)) for name, result in PLACES.items()},
    "refusal": {type(error).__name__: State(refusal, (error,)) for error in REFUSALS},
    "trouble": {"with a number": State(trouble, ("ABC123",))},
    "introduction": INTRODUCTIONS,
    "table": dict(tables()),
    "pressed": {pressed.value: State(time_answer, (pressed,)) for pressed in TOLD},
    "other time": {
        kind.value: State(other_time, (TimeQuestion("i1", kind, NOON[0]), "[]")) for kind in LunchKind
    },
    "preferences": {name: State(preferences, (asked, "home")) for name, asked in QUESTIONS.items()},
    "preferences saved": {name: State(preferences_saved, (saved,)) for name, saved in SAVED.items()},
    "my data": {"sent": State(data_sent, ())},
    "forget me": {
        "asked": State(forget_question, (17,)),
        "done": State(forgotten, ()),
        "not done": State(nothing_forgotten, ()),
    },
    "notice": {reason.value: State(notice, (NoticeMessage(reason, NEXT, TODAY),)) for reason in ToldReason},
    "called off": {name: State(called_off, (content,)) for name, content in ENDS.items()},
    "privately": dict(said_privately()),
    "nudge": {
        "to go first": State(nudge, (NudgeMessage((SELLER,), None, TODAY),)),
        "of a trio": State(nudge, (NudgeMessage((SELLER, LAWYER), None, TODAY),)),
        **{
            f"to answer, {kind.value}": State(
                nudge, (NudgeMessage((SELLER,), suggestion(BEN, NOON[0], ADA, kind=kind), TODAY),)
            )
            for kind in LunchKind
        },
    },
    "heads-up": {
        name: State(heads_up, (HeadsUpMessage(NEXT.date(), NEXT, TODAY, is_skipped=is_skipped),))
        for name, is_skipped in (("asked", None), ("skipped", True), ("taken", False))
    },
    "resting": {"after three rounds": State(resting, (RestingMessage(3),))},
    "check-in": dict(check_ins()),
    "welcome back": {
        f"{'over' if is_over else 'nearly over'}{'' if across else ', of departments unknown'}": State(
            welcome_back,
            (WelcomeBackMessage(NEXT, TODAY, is_over=is_over, across_departments=across),),
        )
        for is_over, across in product((True, False), (True, False))
    }
    | {"over, in groups": State(welcome_back, (WelcomeBackMessage(NEXT, TODAY, in_groups=True),))},
    "home": dict(at_home()),
}
STATES = {f"{what} - {name}": state for what, named in ALL.items() for name, state in named.items()}
LOCALES = {"": "en-GB", "de - ": "de-DE"}
SHOWN = {
    f"{language}{name}": (state, words_for(locale))
    for language, locale in LOCALES.items()
    for name, state in STATES.items()
}
"""Every state in every language, with the words to say it in; English needs no mark."""
