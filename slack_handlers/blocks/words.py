"""The words for one reader: sentences from the catalogue; lists, dates and times by their locale."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list

from domain.errors import LunchmatesError
from slack_handlers.blocks.catalogue import ENGLISH, LANGUAGES, translations

HALF_A_YEAR = timedelta(days=183)
BRITISH = Locale("en", "GB")
"""Where nobody's locale is known, and for languages that are not in the catalogue."""


def marked(sentence: str) -> str:
    """Tells the catalogue of a sentence that is only said later, by `Words.say`."""
    return sentence


class Words:
    """Says everything in one language. A sentence is whole, with named placeholders; never a fragment."""

    def __init__(self, locale: Locale = BRITISH) -> None:
        self.locale = locale
        self._translations = translations(locale.language)

    def say(self, sentence: str, /, **named: object) -> str:
        """A sentence. What is named comes into it as it is: text that is somebody else's must be escaped."""
        return self._translations.gettext(sentence).format_map(named)

    def say_count(self, one: str, many: str, number: int, /, **named: object) -> str:
        """A sentence about {number} things."""
        return self._translations.ngettext(one, many, number).format_map({"number": number, **named})

    def say_error(self, error: LunchmatesError) -> str:
        """Why a wish can't be met."""
        named = {
            name: self.typed_day(value) if isinstance(value, date) else value
            for name, value in error.details.items()
        }
        return self.say(type(error).sentence(), **named)

    def people(self, slack_user_ids: Iterable[str]) -> str:
        """People as Slack links them: @Ada, @Ben and @Cleo; whoever was forgotten has no id."""
        gone = self.say("somebody who is no longer here")
        return self.all_of(f"<@{one}>" if one else gone for one in slack_user_ids)

    def all_of(self, things: Iterable[str]) -> str:
        """This, this and that."""
        return self._list(things, "standard")

    def one_of(self, things: Iterable[str]) -> str:
        """This, this or that."""
        return self._list(things, "or")

    def _list(self, things: Iterable[str], style: Literal["standard", "or"]) -> str:
        return format_list(list(things), style=style, locale=self.locale)

    def day(self, at: date, today: date) -> str:
        """A date as people say it: Monday 30 November, with the year where it isn't the nearest one."""
        if at.year != today.year or at - today > HALF_A_YEAR:
            return format_date(at, "full", locale=self.locale)
        return format_date(at, self._without_year, locale=self.locale)

    @property
    def _without_year(self) -> str:
        # Few locales have a pattern for a whole weekday and month without a year.
        known = self.locale.datetime_skeletons.get("MMMMEEEEd")
        return known.pattern if known else re.sub(r"[\s,]*y+", "", self.locale.date_formats["full"].pattern)

    def short_day(self, at: date) -> str:
        """A date where there is little room, like a button: Tue 1 Dec."""
        return format_skeleton("MMMEd", at, locale=self.locale)

    def time(self, at: datetime) -> str:
        """A time of day."""
        return format_time(at.time(), "short", locale=self.locale)

    def moment(self, at: datetime, today: date) -> str:
        """A date with a rough time: Monday 30 November, about 10:00."""
        return self.say("{day}, about {time}", day=self.day(at.date(), today), time=self.time(at))

    def typed_day(self, at: date) -> str:
        """A date that `/lunch pause until` understands: it knows the names of English months only."""
        if self.locale.language == ENGLISH:
            return format_date(at, "d MMMM", locale=self.locale)
        return at.isoformat()

    def weekday(self, day: int) -> str:
        """The name of a day of the week; 0 is Monday."""
        return str(self.locale.days["stand-alone"]["wide"][day])

    def language(self, code: str) -> str:
        """The name of a language."""
        return str(self.locale.languages.get(code, code))

    def city(self, at: datetime) -> str:
        """The city that names a moment's time zone."""
        city = get_timezone_location(at.tzinfo, locale=self.locale, return_city=True)
        return city.rsplit("/", 1)[-1].replace("_", " ")


def words_for(*locales: str | None) -> Words:
    """The words that all the readers of these Slack locales share; English where they share none."""
    found = {_locale(one) for one in locales}
    if len(found) == 1:
        return _words(found.pop())
    languages = {one.language for one in found}
    return _words(Locale(languages.pop()) if len(languages) == 1 and languages != {ENGLISH} else BRITISH)


@lru_cache(maxsize=100)
def _words(locale: Locale) -> Words:
    return Words(locale)


@lru_cache(maxsize=1000)
def _locale(slack_locale: str | None) -> Locale:
    try:
        locale = Locale.parse((slack_locale or "").replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return BRITISH
    return locale if locale.language in LANGUAGES else BRITISH
