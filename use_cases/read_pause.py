"""How long a pause is to be, as people type it: a length from today on, or the day on which it ends."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
UNIT = r"(d|days?|w|wks?|weeks?|fortnights?|m|mos?|mths?|months?|y|yrs?|years?)"
LENGTH = re.compile(rf"(?:(\d{{1,9}}) ?|(an?|a couple of|{'|'.join(NUMBERS)}) ){UNIT}")
DAYS, CALENDAR_MONTHS = {"d": 1, "w": 7, "f": 14}, {"m": 1, "y": 12}
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
YEAR_LAST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
DAY_OF_MONTH = re.compile(r"(\d{1,2})(st|nd|rd|th)?\.?")
# More of anything is too long for a pause, and less than what a date can hold.
MOST = 1000


def read_pause(words: str, today: date) -> date | None:
    """The day on which somebody is in again, or None where the words don't say."""
    words = " ".join(words.casefold().replace(",", " ").split()).strip("`'\"“”‘’.!? ").removesuffix(" please")
    lead, _, rest = words.partition(" ")
    if lead in ("until", "till", "til", "to", "for"):
        words = rest
    monday = today + timedelta(days=7 - today.weekday())
    if words in ("this week", "next week") and lead not in ("until", "till", "til", "to"):
        # "pause next week" is a pause from lunch in that week, and not until it begins.
        return monday if words == "this week" else monday + timedelta(weeks=1)
    if found := LENGTH.fullmatch(words):
        return _later(today, _number(found), found[3][0])
    named = {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "next week": monday,
        "next month": _months_later(today.replace(day=1), 1),
        **dict.fromkeys(("next year", "new year", "the new year"), date(today.year + 1, 1, 1)),
    }
    try:
        return named.get(words) or _in_numbers(words) or _in_words(words.split(), today)
    except ValueError:  # a day that the calendar doesn't have
        return None


def _number(found: re.Match[str]) -> int:
    if found[1]:
        return min(int(found[1]), MOST)
    return NUMBERS.index(found[2]) + 1 if found[2] in NUMBERS else {"a couple of": 2}.get(found[2], 1)


def _later(today: date, number: int, unit: str) -> date:
    if unit in DAYS:
        return today + timedelta(days=number * DAYS[unit])
    return _months_later(today, number * CALENDAR_MONTHS[unit])


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + min(months, MOST), 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _in_numbers(words: str) -> date | None:
    if found := YEAR_FIRST.fullmatch(words):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := YEAR_LAST.fullmatch(words):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return None


def _in_words(words: Sequence[str], today: date) -> date | None:
    """The first day of which all is true that is said: "Friday", "15 January", "Fri, Jan 15th, 2027"."""
    said: dict[str, int] = {}
    for word in words:
        if word in ("the", "of", "on", "this"):
            continue
        part = _part(word)
        if part is None or part[0] in said:
            return None
        said[part[0]] = part[1]
    if said.keys() == {"next", "weekday"}:
        return today + timedelta(days=7 - today.weekday() + said["weekday"])
    if not said or "next" in said or (said.keys() == {"day"} and words[-1].isdigit()):
        return None
    if "month" in said:
        said.setdefault("day", 1)
    if "year" in said:
        days = [date(said["year"], said["month"], said["day"])] if "month" in said else []
    else:
        # Who says "Friday" on a Friday means the next one.
        first = 1 if said.keys() == {"weekday"} else 0
        days = [today + timedelta(days=ahead) for ahead in range(first, first + 366)]
    parts = ({"weekday": day.weekday(), "day": day.day, "month": day.month, "year": day.year} for day in days)
    return next((day for day, are in zip(days, parts, strict=True) if said.items() <= are.items()), None)


def _part(word: str) -> tuple[str, int] | None:
    """What a word of a date says, and its number."""
    if word == "next":
        return "next", 0
    if found := DAY_OF_MONTH.fullmatch(word):
        return "day", int(found[1])
    if re.fullmatch(r"\d{4}", word):
        return "year", int(word)
    word = word.rstrip(".")
    for kind, names, first in (("weekday", WEEKDAYS, 0), ("month", MONTHS, 1)):
        for number, name in enumerate(names, first):
            if len(word) >= 3 and name.startswith(word):
                return kind, number
    return None
