"""Preferences in words: each choice, and what somebody has chosen in a few lines."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from domain.preferences import EVERY_ROUNDS, WORKDAYS, LunchFormat, Preferences
from slack_handlers.blocks.message import escaped
from slack_handlers.blocks.words import Words, marked

LONGEST = 300
ROUNDS = {
    1: marked("Every round"),
    2: marked("Every second round"),
    4: marked("Every fourth round"),
}
FORMATS = {
    LunchFormat.EITHER: marked("At a table or by video"),
    LunchFormat.IN_PERSON: marked("At a table only"),
    LunchFormat.VIDEO: marked("By video only"),
}


def summary(words: Words, said: Preferences, left_out: int, cadence_weeks: int) -> Iterator[str]:
    """What counts for somebody: what they have said, and what is taken for granted."""
    yield words.say("How: {format}", format=words.say(FORMATS[said.format]))
    office = escaped(said.office, most=LONGEST) if said.office else words.say("as in the directory")
    yield words.say("Where: {office}", office=office)
    days = words.all_of(words.weekday(day) for day in sorted(said.weekdays))
    if said.weekdays == WORKDAYS:
        days = words.say("Monday to Friday")
    yield words.say("When: {days}, {hours}", days=days, hours=hours(words, sorted(said.lunch_hours)))
    if said.languages:
        spoken = words.all_of(words.language(code) for code in said.languages)
        yield words.say("Languages: {languages}", languages=spoken)
    if said.interests is not None:
        interests = escaped(", ".join(said.interests), most=LONGEST)
        yield words.say("Interests: {interests}", interests=interests)
    if said.ask_about:
        yield words.say("Ask me about: {subject}", subject=escaped(said.ask_about, most=2 * LONGEST))
    yield words.say("How often: {often}", often=wanted_rounds(words, said.every_rounds, cadence_weeks))
    if said.heads_up:
        yield words.say("A heads-up the day before")
    if left_out:
        yield words.say_count(
            "{number} person whom you would rather not be introduced to; only you see this",
            "{number} people whom you would rather not be introduced to; only you see this",
            left_out,
        )


def wanted_rounds(words: Words, every_rounds: int, cadence_weeks: int) -> str:
    """How often, in rounds, and where rounds are weekly in months."""
    if every_rounds == EVERY_ROUNDS[-1] and cadence_weeks == 1:
        return words.say("Every fourth round, about once a month")
    return words.say(ROUNDS[every_rounds])


def hours(words: Words, starts: Sequence[int]) -> str:
    """Hours in which a lunch can start, neighbours together: 11:00 to 14:00."""
    runs = [
        [hour for _, hour in run] for _, run in groupby(enumerate(starts), key=lambda one: one[1] - one[0])
    ]
    return words.all_of(
        words.say("{start} to {end}", start=_clock(words, run[0]), end=_clock(words, run[-1] + 1))
        for run in runs
    )


def _clock(words: Words, hour: int) -> str:
    return words.time(datetime(2026, 1, 1, hour % 24, tzinfo=UTC))
