""" "Did you meet?": who is asked and when, what the answers come to, and what they change."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.history import past_pairs
from db.tables import Answer, Delivery, Introduction, Meeting, Person, Preference
from domain.errors import NotYourIntroduction
from domain.messages import CheckInMessage, IntroductionMessage, Why
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState
from tests.use_cases.company import SLOT, WEEK, Company, colleague
from tests.use_cases.lunches import agree
from use_cases.close_rounds import close_rounds
from use_cases.owe_check_ins import owe_check_ins
from use_cases.pause_program import pause_program
from use_cases.record_answer import record_answer

FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)
TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY_TEN = SLOT + timedelta(days=10)
MET, PLANNED, NO = AnswerWord.MET, AnswerWord.PLANNED, AnswerWord.NOT_THIS_TIME


def owe(company: Company, now: datetime) -> int:
    return owe_check_ins(company.sessions, workspace_id=company.workspace_id, now=now)


def introduce(company: Company, *people: str) -> str:
    """An introduction that was delivered; its public id."""
    company.join(*people)
    company.match()
    company.deliver()
    [introduction] = company.all(Introduction, active=True)
    return str(introduction.public_id)


def say(company: Company, introduction: str, who: str, word: AnswerWord, *met: str) -> CheckInMessage:
    return record_answer(company.sessions, introduction, who, word, met=met, now=FRIDAY)


def met(company: Company) -> set[frozenset[str]]:
    names = {company.id_of(one): one for one in company.directory.users}
    return {frozenset((names[row.low_id], names[row.high_id])) for row in company.all(Meeting)}


def test_each_is_asked_once_on_day_ten(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    assert owe(company, DAY_TEN - timedelta(minutes=1)) == 0
    assert owe(company, DAY_TEN) == 2
    assert owe(company, DAY_TEN + timedelta(minutes=1)) == 0
    company.deliver(now=DAY_TEN)
    asked = [content for _, content, _ in company.messenger.posted if isinstance(content, CheckInMessage)]
    assert [(one.introduction_id, one.answer) for one in asked] == [(introduction, None)] * 2
    assert {other.slack_user_id for one in asked for other in one.others} == {"UA", "UB"}


def test_who_has_agreed_on_a_time_is_asked_two_hours_after_it_began(company: Company) -> None:
    introduce(company, "UA", "UB")
    agree(company, TUESDAY_NOON, now=SLOT)
    assert owe(company, TUESDAY_NOON + timedelta(minutes=119)) == 0
    assert owe(company, TUESDAY_NOON + timedelta(hours=2)) == 2
    assert owe(company, DAY_TEN) == 0


def test_a_lunch_that_is_moved_before_it_was_asked_about_is_asked_about_when_it_took_place(
    company: Company,
) -> None:
    introduce(company, "UA", "UB")
    agree(company, TUESDAY_NOON, now=SLOT)
    moved_to = DAY_TEN + timedelta(days=4)
    agree(company, moved_to, now=TUESDAY_NOON + timedelta(hours=1))
    for moment in (TUESDAY_NOON + timedelta(hours=2), DAY_TEN, moved_to + timedelta(minutes=119)):
        assert owe(company, moment) == 0
    assert owe(company, moved_to + timedelta(hours=2)) == 2


def test_a_time_that_is_agreed_on_after_the_question_brings_no_second_one(company: Company) -> None:
    introduce(company, "UA", "UB")
    owe(company, DAY_TEN)
    company.deliver(now=DAY_TEN)
    agree(company, DAY_TEN + timedelta(days=1), now=DAY_TEN)
    for days in range(1, 12):
        assert owe(company, DAY_TEN + timedelta(days=days, hours=3)) == 0


@pytest.mark.parametrize(
    ("timezone", "asked_at"),
    [
        ("Europe/Berlin", TUESDAY_NOON + timedelta(hours=2)),
        # Two in the afternoon of London is ten at night in Tokyo.
        ("Asia/Tokyo", datetime(2026, 11, 25, 0, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 11, 24, 17, tzinfo=UTC)),
    ],
)
def test_each_is_asked_in_their_own_working_hours(
    company: Company, timezone: str, asked_at: datetime
) -> None:
    company.directory.add(colleague("UA", timezone=timezone))
    introduce(company, "UA", "UB")
    agree(company, TUESDAY_NOON, now=SLOT)
    owe(company, asked_at - timedelta(seconds=1))
    asked = company.all(Delivery, kind=DeliveryKind.CHECK_IN, person_id=company.id_of("UA"))
    assert asked == []
    owe(company, asked_at)
    [mine] = company.all(Delivery, kind=DeliveryKind.CHECK_IN, person_id=company.id_of("UA"))
    assert mine.due_at == asked_at


def test_nobody_is_asked_on_a_day_on_which_they_do_not_work(company: Company) -> None:
    introduce(company, "UA", "UB")
    with company.sessions.write() as session:
        session.add(Preference(person_id=company.id_of("UA"), weekdays=[0]))
    monday = SLOT + 2 * WEEK - timedelta(hours=1)
    assert owe(company, DAY_TEN) == 1
    assert owe(company, monday - timedelta(seconds=1)) == 0
    assert owe(company, monday) == 1


def test_whoever_is_away_is_asked_when_they_are_back(company: Company) -> None:
    introduce(company, "UA", "UB")
    company.change(Person, away_until=(DAY_TEN + timedelta(days=1)).date())
    assert owe(company, DAY_TEN) == 0
    assert owe(company, DAY_TEN + timedelta(days=1)) == 2


def test_after_a_long_outage_nobody_is_asked_any_more(company: Company) -> None:
    introduce(company, "UA", "UB")
    assert owe(company, DAY_TEN + timedelta(days=14)) == 0


def test_nobody_is_asked_about_what_was_not_delivered(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    assert owe(company, DAY_TEN) == 0


def test_whoever_pauses_after_an_introduction_is_asked_like_everybody(company: Company) -> None:
    introduce(company, "UA", "UB")
    wednesday = SLOT + timedelta(days=2)
    pause_program(company.sessions, "UA", "2w", workspace_id=company.workspace_id, now=wednesday)
    owe(company, DAY_TEN)
    company.deliver(now=DAY_TEN)
    assert company.states(DeliveryKind.CHECK_IN) == [DeliveryState.SENT] * 2


@pytest.mark.parametrize("gone", [{"is_active": False}, {"erased_at": FRIDAY}])
def test_nobody_is_asked_who_is_no_longer_in_the_company(company: Company, gone: dict[str, Any]) -> None:
    introduce(company, "UA", "UB")
    with company.sessions.write() as session:
        for column, value in gone.items():
            setattr(session.get_one(Person, company.id_of("UA")), column, value)
    owe(company, DAY_TEN)
    company.deliver(now=DAY_TEN)
    states = sorted(company.states(DeliveryKind.CHECK_IN))
    assert states == [DeliveryState.CANCELLED, DeliveryState.SENT]


def test_nobody_is_asked_who_has_answered_or_left(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    owe(company, DAY_TEN)
    say(company, introduction, "UA", MET)
    company.leave("UB", now=DAY_TEN)
    company.deliver(now=DAY_TEN)
    assert company.states(DeliveryKind.CHECK_IN) == [DeliveryState.CANCELLED] * 2


@pytest.mark.parametrize(
    ("answers", "confirmed"),
    [
        ([("UA", MET)], True),
        ([("UA", MET), ("UB", MET)], True),
        ([("UA", MET), ("UB", NO)], False),
        ([("UA", NO), ("UB", NO)], False),
        ([("UA", MET), ("UB", PLANNED)], True),
        ([("UA", PLANNED)], False),
        ([("UA", NO), ("UA", MET)], True),
        ([("UA", MET), ("UB", NO), ("UB", MET)], True),
        ([("UA", MET), ("UA", PLANNED)], False),
    ],
)
def test_a_pair_has_met_when_one_says_yes_and_nobody_says_no(
    company: Company, answers: list[tuple[str, AnswerWord]], confirmed: bool
) -> None:
    introduction = introduce(company, "UA", "UB")
    for who, word in answers:
        say(company, introduction, who, word)
    assert met(company) == ({frozenset({"UA", "UB"})} if confirmed else set())
    assert len(company.all(Answer)) == len({who for who, _ in answers})


def test_in_a_trio_each_answer_names_who_was_there(company: Company) -> None:
    introduction = introduce(company, "UA", "UB", "UC")
    noted = say(company, introduction, "UA", MET, "UB")
    assert noted.met == {"UB"}
    assert met(company) == {frozenset({"UA", "UB"})}
    say(company, introduction, "UB", MET)
    # B says that all three were there, and A says that C was not: of A and C nothing is known for sure.
    assert met(company) == {frozenset({"UA", "UB"}), frozenset({"UB", "UC"})}
    say(company, introduction, "UC", NO)
    assert met(company) == {frozenset({"UA", "UB"})}


def test_only_its_people_can_answer(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    company.join("UC")
    for wrong, who in ((introduction, "UC"), ("0" * 32, "UA")):
        with pytest.raises(NotYourIntroduction):
            say(company, wrong, who, MET)
    assert company.all(Answer) == []


def test_an_answer_counts_after_the_round_is_closed(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=SLOT + WEEK)
    say(company, introduction, "UB", MET)
    assert met(company) == {frozenset({"UA", "UB"})}


@pytest.mark.parametrize(
    ("words", "rounds", "counts"),
    [((NO, NO), 7, True), ((NO, NO), 8, False), ((NO,), 8, False), ((NO, PLANNED), 8, True), ((), 9, True)],
)
def test_a_pair_that_did_not_meet_is_free_after_eight_rounds(
    company: Company, words: tuple[AnswerWord, ...], rounds: int, counts: bool
) -> None:
    introduction = introduce(company, "UA", "UB")
    for who, word in zip(("UA", "UB"), words, strict=False):
        say(company, introduction, who, word)
    company.leave("UB", now=SLOT)
    for week in range(1, rounds + 1):
        company.match(now=SLOT + week * WEEK)
    with company.sessions.read() as session:
        among = {company.id_of("UA"), company.id_of("UB")}
        past = past_pairs(session, company.workspace_id, among)
        assert any(len(rows.days) for rows in past) is counts


@pytest.mark.parametrize("words", [(NO,), ()], ids=["the other one said no", "nobody said anything"])
def test_who_is_introduced_again_reads_so_whatever_the_other_one_answered(
    company: Company, words: tuple[AnswerWord, ...]
) -> None:
    introduction = introduce(company, "UA", "UB")
    for word in words:
        say(company, introduction, "UA", word)
    pause_program(company.sessions, "UB", "9w", workspace_id=company.workspace_id, now=SLOT)
    for week in range(1, 9):
        company.match(now=SLOT + week * WEEK)
    company.match(now=SLOT + 9 * WEEK)
    company.deliver(now=SLOT + 9 * WEEK)
    [shown] = [one for _, one, _ in company.messenger.posted if isinstance(one, IntroductionMessage)][1:]
    assert Why.REPEAT in shown.why
    assert Why.NEW not in shown.why
