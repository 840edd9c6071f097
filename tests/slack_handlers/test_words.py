"""The catalogue is whole and right, and everything that people read comes out of it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Message

from domain.calendar_files import CalendarEntry
from domain.errors import UnclearPause
from domain.preferences import PreferencesQuestion
from domain.proposals import LunchKind
from slack_handlers.blocks.calendar_texts import calendar_texts
from slack_handlers.blocks.catalogue import ENGLISH, LANGUAGES, path_of, read_catalogue
from slack_handlers.blocks.catalogue.messages import brought_up_to_date, is_whole, messages_of_source
from slack_handlers.blocks.words import Words, words_for
from tests.slack_handlers.states import STATES
from tests.slack_handlers.test_goldens import texts

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
TODAY = date(2026, 11, 26)
MORNING = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Lisbon"))


def forms(said: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def catalogue(language: str) -> Iterator[Message]:
    return (message for message in read_catalogue(language) if message.id)


# The catalogue


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_every_sentence_of_the_source_and_no_other(language: str) -> None:
    assert {message.id for message in catalogue(language)} == {
        message.id for message in messages_of_source() if message.id
    }
    assert not read_catalogue(language).obsolete


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_to_translate_and_nothing_is_fuzzy(language: str) -> None:
    assert [message.id for message in catalogue(language) if message.fuzzy or not is_whole(message)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_name_what_the_english_names(language: str) -> None:
    for message in catalogue(language):
        english = set().union(*map(holes, forms(message.id)))
        assert [holes(form) for form in forms(message.string)] == [english] * len(forms(message.string))


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_same_commands_and_marks(language: str) -> None:
    def marks(sentence: str) -> tuple[int, *tuple[str, ...]]:
        return sentence.count("*"), *sorted(re.findall(r"`(/lunch \w+|\w+)", sentence))

    for message in catalogue(language):
        assert {marks(form) for form in forms(message.string)} == {marks(form) for form in forms(message.id)}


@pytest.mark.parametrize("language", OTHERS)
def test_the_file_is_as_the_command_writes_it(language: str) -> None:
    written = brought_up_to_date(read_catalogue(language))
    assert written.decode() == path_of(language).read_text(encoding="utf-8")


# Nothing is said that is not in it


class Listening(Words):
    """Says every sentence of the catalogue with a mark around it; others it does not know."""

    SENTENCES = frozenset(form for message in messages_of_source() for form in forms(message.id))

    def say(self, sentence: str, /, **named: object) -> str:
        assert sentence in self.SENTENCES, sentence
        return f"⟦{super().say(sentence, **named)}⟧"

    def say_count(self, one: str, many: str, number: int, /, **named: object) -> str:
        assert {one, many} <= self.SENTENCES, one
        return f"⟦{super().say_count(one, many, number, **named)}⟧"

    def weekday(self, day: int) -> str:
        return f"⟦{super().weekday(day)}⟧"

    def language(self, code: str) -> str:
        return f"⟦{super().language(code)}⟧"


@pytest.mark.parametrize("name", STATES)
def test_every_word_that_is_shown_is_one_of_a_sentence_of_the_catalogue(name: str) -> None:
    built = STATES[name].built(Listening())
    for text in texts(built if isinstance(built, dict) else built.blocks):
        if is_an_office(text, STATES[name].given):
            continue
        # A label that is too long is cut, and loses the mark at its end.
        outside = re.sub(r"⟦[^⟦⟧]*(⟧|$)", "", innermost_out(text))
        assert not re.search(r"\w", outside), text


def is_an_office(text: str, given: tuple[Any, ...]) -> bool:
    """Whether it is the name of an office, perhaps cut: somebody else's words."""
    offices = [
        office for asked in given if isinstance(asked, PreferencesQuestion) for office in asked.offices
    ]
    return any(office.startswith(text.removesuffix("…")) for office in offices)


def innermost_out(text: str) -> str:
    """The text without sentences that stand in other sentences."""
    while (shorter := re.sub(r"(⟦[^⟦⟧]*)⟦[^⟦⟧]*⟧", r"\1", text)) != text:
        text = shorter
    return text


# Whose words


@pytest.mark.parametrize(
    ("locales", "expected"),
    [
        ((), "en_GB"),
        ((None,), "en_GB"),
        (("en-GB",), "en_GB"),
        (("en-US",), "en_US"),
        (("de-DE",), "de_DE"),
        (("de-AT",), "de_AT"),
        (("de",), "de"),
        (("fr-FR",), "en_GB"),
        (("zh-Hant-TW",), "en_GB"),
        (("",), "en_GB"),
        (("xx-YY",), "en_GB"),
        (("../de",), "en_GB"),
        (("de-DE", "de-DE"), "de_DE"),
        (("de-DE", "de-AT"), "de"),
        (("de-DE", "en-GB"), "en_GB"),
        (("de-DE", None), "en_GB"),
        (("en-US", "en-US"), "en_US"),
        (("en-US", "en-GB"), "en_GB"),
        (("fr-FR", "ja-JP"), "en_GB"),
    ],
)
def test_several_readers_get_the_words_that_they_share(
    locales: tuple[str | None, ...], expected: str
) -> None:
    assert str(words_for(*locales).locale) == expected


# Dates, times and lists


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-GB", "Monday 30 November, about 10:00"),
        ("en-US", "Monday, November 30, about 10:00\u202fAM"),
        ("de-DE", "Montag, 30. November, gegen 10:00 Uhr"),
    ],
)
def test_a_moment(locale: str, expected: str) -> None:
    assert words_for(locale).moment(MORNING, TODAY) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-GB", ("Mon 30 Nov", "10:00")),
        ("en-US", ("Mon, Nov 30", "10:00\u202fAM")),
        ("de-DE", ("Mo., 30. Nov.", "10:00")),
    ],
)
def test_a_short_day_and_a_time(locale: str, expected: tuple[str, str]) -> None:
    words = words_for(locale)
    assert (words.short_day(MORNING.date()), words.time(MORNING)) == expected


@pytest.mark.parametrize(
    ("locales", "summary"),
    [
        (("de-DE", "de-AT"), "Kaffee mit Lunchmates"),
        (("de-DE", "en-GB"), "Coffee with Lunchmates"),
        ((None,), "Coffee with Lunchmates"),
    ],
)
def test_a_calendar_file_is_in_the_language_that_its_people_share(
    locales: tuple[str | None, ...], summary: str
) -> None:
    entry = CalendarEntry("i1", LunchKind.COFFEE, MORNING, MORNING, 0, locales)
    assert calendar_texts(entry).summary == summary


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-GB", "Monday, 4 January 2027"),
        ("en-US", "Monday, January 4, 2027"),
        ("de-DE", "Montag, 4. Januar 2027"),
        ("de-AT", "Montag, 4. Jänner 2027"),
    ],
)
def test_another_year_is_named(locale: str, expected: str) -> None:
    assert words_for(locale).day(date(2027, 1, 4), TODAY) == expected


@pytest.mark.parametrize(
    ("locale", "everybody", "anybody"),
    [
        ("en-GB", "<@U1>, <@U2> and <@U3>", "a, b or c"),
        ("en-US", "<@U1>, <@U2>, and <@U3>", "a, b, or c"),
        ("de-DE", "<@U1>, <@U2> und <@U3>", "a, b oder c"),
    ],
)
def test_lists(locale: str, everybody: str, anybody: str) -> None:
    words = words_for(locale)
    assert words.people(["U1", "U2", "U3"]) == everybody
    assert words.one_of(["a", "b", "c"]) == anybody
    assert words.people(["U1"]) == "<@U1>"


@pytest.mark.parametrize(
    ("zone", "english", "german"),
    [
        ("Europe/Lisbon", "Lisbon", "Lissabon"),
        ("America/New_York", "New York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_city_of_a_time_zone(zone: str, english: str, german: str) -> None:
    at = datetime.combine(TODAY, time(10), ZoneInfo(zone))
    assert (words_for("en-GB").city(at), words_for("de-DE").city(at)) == (english, german)


def test_plurals() -> None:
    one, many = "Pause {number} week", "Pause {number} weeks"
    assert [words_for("en-GB").say_count(one, many, n) for n in (1, 2)] == ["Pause 1 week", "Pause 2 weeks"]
    german = [words_for("de-DE").say_count(one, many, n) for n in (1, 2)]
    assert german == ["1 Woche pausieren", "2 Wochen pausieren"]


def test_what_is_named_is_no_template() -> None:
    sentence = "I don't know “{word}”, sorry."
    assert words_for("de-DE").say(sentence, word="{x} {0}") == "„{x} {0}“ kenne ich leider nicht."


def test_a_date_to_type_is_one_that_is_understood() -> None:
    error = UnclearPause(example=date(2026, 12, 17))
    assert "`/lunch pause until 17 December`" in words_for("en-US").say_error(error)
    assert "`/lunch pause until 2026-12-17`" in words_for("de-DE").say_error(error)


def test_utc_has_a_city_whatever_made_it() -> None:
    assert words_for("en-GB").city(datetime(2026, 11, 30, 10, tzinfo=UTC)) == "UTC"
