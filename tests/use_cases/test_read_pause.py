"""How long a pause is to be, in the words that people type."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slack_handlers.blocks.catalogue import LANGUAGES
from slack_handlers.blocks.standing import WORDS
from slack_handlers.blocks.words import words_for
from use_cases.read_pause import MONTHS, NUMBERS, WEEKDAYS, read_pause

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2090, 1, 1))


def later(**length: int) -> date:
    return MONDAY + timedelta(**length)


LENGTHS = {
    "2w": later(weeks=2),
    "2 wks": later(weeks=2),
    "2 weeks": later(weeks=2),
    "two weeks": later(weeks=2),
    "a couple of weeks": later(weeks=2),
    "a week": later(weeks=1),
    "for 10 days": later(days=10),
    "1d": later(days=1),
    "a fortnight": later(weeks=2),
    "1 Month": date(2026, 12, 23),
    "twelve months": date(2027, 11, 23),
    "1 year": date(2027, 11, 23),
    "2 weeks, please!": later(weeks=2),
    "`2w`": later(weeks=2),
    "this week": later(weeks=1),
    # From now on until that week is over, and not until it begins.
    "next week": later(weeks=2),
    "for next week": later(weeks=2),
}
ENDS = {
    "until 2027-01-15": date(2027, 1, 15),
    "2027-01-15": date(2027, 1, 15),
    "until 2027-1-15": date(2027, 1, 15),
    "until 2027/01/15": date(2027, 1, 15),
    "till 15.1.2027": date(2027, 1, 15),
    "until 15 January": date(2027, 1, 15),
    "until the 15th of January": date(2027, 1, 15),
    "until Jan 15": date(2027, 1, 15),
    "until Jan. 15th, 2027": date(2027, 1, 15),
    "to Friday, 15 January 2027": date(2027, 1, 15),
    "'til 15 sept": date(2027, 9, 15),
    "until the 15th": date(2026, 12, 15),
    "until the 23rd of November": MONDAY,
    "until January": date(2027, 1, 1),
    "until march 2027": date(2027, 3, 1),
    "tomorrow": date(2026, 11, 24),
    "until monday": date(2026, 11, 30),
    "until fri": date(2026, 11, 27),
    "this friday": date(2026, 11, 27),
    "next monday": date(2026, 11, 30),
    "until next friday": date(2026, 12, 4),
    "until next week": date(2026, 11, 30),
    "until next month": date(2026, 12, 1),
    "until the new year": date(2027, 1, 1),
}
UNCLEAR = [
    *("", "for", "until", "a while", "2", "15", "until 15", "w2", "-2w", "1.5w", "🌴", "until later"),
    *("until 2027-02-30", "until 30 February", "until 0 January", "until 2027", "until 15 15 January"),
    *("until Thursday 15 January", "next", "next january", "monday tuesday", "999999999999w", "12 ma"),
    # Nobody can know which of the two is the month.
    "until 01/02/2027",
]


@pytest.mark.parametrize(("words", "until"), [*LENGTHS.items(), *ENDS.items()])
def test_a_pause_is_understood_as_people_say_it(words: str, until: date) -> None:
    assert read_pause(words, MONDAY) == read_pause(f"  {words.upper()} ", MONDAY) == until


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_is_unclear_is_not_guessed(words: str) -> None:
    assert read_pause(words, MONDAY) is None


@given(DAYS, st.sampled_from(range(1, 25)), st.sampled_from(["d", "days", "w", "wk", "weeks", "fortnights"]))
def test_a_number_of_days_or_weeks_counts_from_today(today: date, number: int, unit: str) -> None:
    days = {"d": 1, "w": 7, "f": 14}[unit[0]] * number
    assert read_pause(f"{number} {unit}", today) == today + timedelta(days=days)
    if number <= len(NUMBERS):
        assert read_pause(f"{NUMBERS[number - 1]} {unit}", today) == today + timedelta(days=days)


@given(DAYS, st.integers(0, 40))
def test_a_number_of_months_ends_on_the_same_day_of_a_month_or_on_its_last(today: date, months: int) -> None:
    until = read_pause(f"{months} months", today)
    assert until is not None
    assert (until.year - today.year) * 12 + until.month - today.month == months
    assert until.day == today.day or (until.day < today.day and (until + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 366))
def test_every_date_that_we_write_can_be_typed(today: date, ahead: int) -> None:
    end = today + timedelta(days=ahead)
    for locale in ("en-GB", "en-US"):
        assert read_pause(f"until {words_for(locale).day(end, today)}", today) == end
    assert read_pause(f"until {end}", today) == end
    assert read_pause(f"{end:%d %b %Y}", today) == read_pause(f"{end:%B %d, %Y}", today) == end


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_next_one(today: date, weekday: str) -> None:
    until, following = read_pause(weekday[:3], today), read_pause(f"next {weekday}", today)
    assert until is not None
    assert following is not None
    assert (f"{until:%A}".lower(), f"{following:%A}".lower()) == (weekday, weekday)
    assert 1 <= (until - today).days <= 7
    assert following.isocalendar()[:2] == (today + timedelta(weeks=1)).isocalendar()[:2]


@given(DAYS, st.integers(1, 28), st.sampled_from(MONTHS))
def test_a_day_without_a_year_is_the_first_to_come(today: date, number: int, month: str) -> None:
    until = read_pause(f"{number} {month}", today)
    assert until is not None
    assert (until.day, until.month) == (number, MONTHS.index(month) + 1)
    assert 0 <= (until - today).days <= 366


@given(st.text(), DAYS)
def test_no_words_break_it(words: str, today: date) -> None:
    assert read_pause(words, today) is None or isinstance(read_pause(words, today), date)


@given(
    st.lists(
        st.sampled_from(["until", "for", "next", "the", "15th", "2w", "may", "mon", "2027", "a", "week"])
    ),
    DAYS,
)
def test_no_order_of_our_own_words_breaks_it(words: list[str], today: date) -> None:
    assert read_pause(" ".join(words), today) is None or isinstance(read_pause(" ".join(words), today), date)


def test_what_the_docs_suggest_is_understood() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "employees.md").read_text()
    [row] = [line for line in page.splitlines() if line.startswith("| `/lunch pause")]
    suggested = [words for words in row.split("`")[1::2] if words != "/lunch pause"]
    assert len(suggested) == 6
    assert all(read_pause(words.removeprefix("/lunch pause "), MONDAY) for words in suggested)


@given(DAYS, st.integers(0, 364))
def test_every_date_that_we_suggest_to_type_is_understood(today: date, ahead: int) -> None:
    end = today + timedelta(days=ahead)
    for language in LANGUAGES:
        assert read_pause(f"until {words_for(language).typed_day(end)}", today) == end


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_help_suggests_is_understood(language: str) -> None:
    [(word, more)] = [(word, more) for word, more in WORDS if word.startswith("pause")]
    assert read_pause(word.removeprefix("pause "), MONDAY) == later(weeks=2)
    assert read_pause(words_for(language).say(more).split("`")[1].removeprefix("pause "), MONDAY) == date(
        2027, 1, 15
    )
