"""A thumb up or down: who may give one, and the one thing that it changes."""

import pytest

import matcher
from db.tables import Answer, Person
from domain.errors import NotYourIntroduction
from domain.rounds import AnswerWord, Thumb
from tests.use_cases.company import SLOT, WEEK, Company
from tests.use_cases.lunches import introduction_of, say, thumb_of
from use_cases.give_thumb import give_thumb
from use_cases.prepare_match import prepare_match

MET, NO = AnswerWord.MET, AnswerWord.NOT_THIS_TIME


def introduce(company: Company, *people: str) -> str:
    company.join(*people)
    company.match()
    company.deliver()
    return introduction_of(company, people[0])


def give(company: Company, thumb: Thumb, who: str = "UA") -> None:
    give_thumb(company.sessions, introduction_of(company, who), who, thumb)


def test_the_last_thumb_counts_and_pressing_twice_changes_nothing(company: Company) -> None:
    introduce(company, "UA", "UB")
    say(company, "UA", MET, now=SLOT)
    for thumb in (Thumb.UP, Thumb.UP, Thumb.DOWN):
        give(company, thumb)
        assert thumb_of(company, "UA") == thumb
    # Who was there can change; how it was stays.
    say(company, "UA", MET, now=SLOT)
    assert thumb_of(company, "UA") == Thumb.DOWN
    say(company, "UA", NO, now=SLOT)
    assert thumb_of(company, "UA") is None


@pytest.mark.parametrize("word", [None, NO, AnswerWord.PLANNED])
def test_whoever_does_not_say_that_they_met_has_nothing_to_rate(
    company: Company, word: AnswerWord | None
) -> None:
    introduction = introduce(company, "UA", "UB")
    if word is not None:
        say(company, "UA", word, now=SLOT)
    shown = give_thumb(company.sessions, introduction, "UA", Thumb.DOWN)
    assert (shown.answer, shown.thumb) == (word, None)
    assert [one.thumb for one in company.all(Answer)] == [None] * (word is not None)


def test_only_its_people_can_give_one(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    company.join("UX")
    with pytest.raises(NotYourIntroduction):
        give_thumb(company.sessions, introduction, "UX", Thumb.UP)


def history(company: Company, week: int) -> list[tuple[object, object, object]]:
    with company.sessions.read() as session:
        people = [session.get_one(Person, company.id_of(one)) for one in sorted(company.directory.users)]
        prepared = prepare_match(session, company.program(), people, before=SLOT + week * WEEK)
        past: matcher.PastPairs = prepared.history
        return sorted(zip(past.a.tolist(), past.b.tolist(), past.day.tolist(), strict=True))


@pytest.mark.parametrize("thumb", [None, Thumb.UP, Thumb.DOWN])
def test_a_thumb_down_is_repeated_last_of_all_and_a_thumb_up_changes_nothing(
    company: Company, thumb: Thumb | None
) -> None:
    introduce(company, "UA", "UB")
    say(company, "UA", MET, now=SLOT)
    if thumb is not None:
        give(company, thumb)
    [(_, _, day)] = history(company, 10)
    expected = SLOT + 10 * WEEK if thumb == Thumb.DOWN else SLOT
    assert day == expected.date().toordinal()


def test_nobody_is_left_out_for_a_thumb_down(company: Company) -> None:
    introduce(company, "UA", "UB")
    say(company, "UA", MET, now=SLOT)
    give(company, Thumb.DOWN)
    company.match(now=SLOT + WEEK)
    assert company.introductions() == [{"UA", "UB"}]


def test_a_pair_that_met_lately_comes_before_one_with_a_thumb_down(company: Company) -> None:
    """Four people who all know each other: two of them once had a lunch that one of them did not like."""
    everybody = ["UA", "UB", "UC", "UD"]
    company.join(*everybody)
    pairs: list[frozenset[str]] = []
    for week in range(3):
        company.match(now=SLOT + week * WEEK)
        company.deliver(now=SLOT + week * WEEK)
        pairs.append(company.partners_of("UA"))
        for one in everybody:
            say(company, one, MET, now=SLOT + week * WEEK)
        if week == 0:
            give(company, Thumb.DOWN)
    assert len(set(pairs)) == 3
    for week in range(3, 5):
        company.match(now=SLOT + week * WEEK)
        company.deliver(now=SLOT + week * WEEK)
        assert company.partners_of("UA") != pairs[0]
        for one in everybody:
            say(company, one, MET, now=SLOT + week * WEEK)
