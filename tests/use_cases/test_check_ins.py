""" "Did you meet?": who is asked and when, what the answers come to, and what they change."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.history import past_pairs
from db.tables import Answer, Introduction, Meeting, Person
from domain.errors import NotYourIntroduction
from domain.messages import CheckInMessage
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.close_rounds import close_rounds
from use_cases.owe_check_ins import owe_check_ins
from use_cases.pause_program import pause_program
from use_cases.record_answer import record_answer
from use_cases.run_round import run_round
from use_cases.start_due_rounds import start_round_now

FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)
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


def test_each_is_asked_once_on_the_last_working_day(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    assert owe(company, FRIDAY - timedelta(minutes=1)) == 0
    assert owe(company, FRIDAY) == 1
    assert owe(company, FRIDAY + timedelta(minutes=1)) == 0
    company.deliver(now=FRIDAY)
    asked = [content for _, content, _ in company.messenger.posted if isinstance(content, CheckInMessage)]
    assert [(one.introduction_id, one.answer) for one in asked] == [(introduction, None)] * 2
    assert {other.slack_user_id for one in asked for other in one.others} == {"UA", "UB"}


def test_nobody_is_asked_about_what_was_not_delivered(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    assert owe(company, FRIDAY) == 0


def introduce_at(company: Company, now: datetime) -> None:
    """An introduction of an extra round, which ends with the next regular one."""
    company.join("UA", "UB")
    claim = start_round_now(
        company.sessions,
        workspace_id=company.workspace_id,
        now=now,
        timing=company.timing,
        actor="test",
        extra=True,
    )
    run_round(company.sessions, claim, now=now)
    company.deliver(now=now)


@pytest.mark.parametrize(
    ("introduced_at", "asked_at"),
    [
        (FRIDAY - timedelta(days=2), FRIDAY),
        (FRIDAY - timedelta(days=1), FRIDAY),
        (FRIDAY - timedelta(hours=19), FRIDAY + timedelta(hours=5)),
        # A weekend is no time to meet.
        (FRIDAY - timedelta(hours=1), SLOT + WEEK - timedelta(hours=1)),
    ],
)
def test_everybody_has_a_working_day_to_meet_before_they_are_asked(
    company: Company, introduced_at: datetime, asked_at: datetime
) -> None:
    introduce_at(company, introduced_at)
    assert owe(company, asked_at - timedelta(seconds=1)) == 0
    assert owe(company, asked_at) == 1


@pytest.mark.parametrize("late", [timedelta(), timedelta(hours=5), timedelta(days=2)])
def test_nobody_is_asked_who_has_had_no_working_day_before_the_next_round(
    company: Company, late: timedelta
) -> None:
    introduce_at(company, FRIDAY + late)
    for hours in range(72):
        assert owe(company, FRIDAY + late + timedelta(seconds=30, hours=hours)) == 0


def test_whoever_pauses_after_an_introduction_is_asked_like_everybody(company: Company) -> None:
    introduce(company, "UA", "UB")
    wednesday = SLOT + timedelta(days=2)
    pause_program(company.sessions, "UA", "2w", workspace_id=company.workspace_id, now=wednesday)
    owe(company, FRIDAY)
    company.deliver(now=FRIDAY)
    assert company.states(DeliveryKind.CHECK_IN) == [DeliveryState.SENT] * 2


@pytest.mark.parametrize("gone", [{"is_active": False}, {"erased_at": FRIDAY}])
def test_nobody_is_asked_who_is_no_longer_in_the_company(company: Company, gone: dict[str, Any]) -> None:
    introduce(company, "UA", "UB")
    with company.sessions.write() as session:
        for column, value in gone.items():
            setattr(session.get_one(Person, company.id_of("UA")), column, value)
    owe(company, FRIDAY)
    company.deliver(now=FRIDAY)
    states = sorted(company.states(DeliveryKind.CHECK_IN))
    assert states == [DeliveryState.CANCELLED, DeliveryState.SENT]


def test_nobody_is_asked_who_has_answered_or_left(company: Company) -> None:
    introduction = introduce(company, "UA", "UB")
    owe(company, FRIDAY)
    say(company, introduction, "UA", MET)
    company.leave("UB", now=FRIDAY)
    company.deliver(now=FRIDAY)
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
