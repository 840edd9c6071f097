"""Pauses: as people say them, with an end that comes by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.tables import Delivery, Participant
from domain.errors import NotTakingPart, PauseTooLong, UnclearPause
from domain.messages import WelcomeBackMessage
from domain.programs import Change, ParticipantState, Standing
from domain.rounds import DeliveryKind, DeliveryState
from tests.conftest import MONDAY
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.end_pauses import end_pauses
from use_cases.pause_program import pause_program
from use_cases.resume_program import resume_program


def pause(company: Company, words: str, who: str = "UA", now: datetime = MONDAY) -> Standing:
    return pause_program(company.sessions, who, words, workspace_id=company.workspace_id, now=now)


def resume(company: Company, who: str = "UA", now: datetime = MONDAY) -> Standing:
    return resume_program(company.sessions, who, workspace_id=company.workspace_id, now=now)


def end(company: Company, now: datetime) -> int:
    return end_pauses(company.sessions, workspace_id=company.workspace_id, now=now)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("2w", date(2026, 12, 7)),
        ("2 weeks", date(2026, 12, 7)),
        ("for 10 days", date(2026, 12, 3)),
        ("1 Month", date(2026, 12, 23)),
        ("until 2027-01-15", date(2027, 1, 15)),
        ("2027-01-15", date(2027, 1, 15)),
        ("1d", date(2026, 11, 24)),
        ("until 2027-11-24", date(2027, 11, 24)),
    ],
)
def test_a_pause_is_understood_as_people_say_it(company: Company, words: str, until: date) -> None:
    company.join("UA")
    result = pause(company, words)
    assert (result.change, result.is_in, result.paused_until) == (Change.PAUSED, True, until)
    assert result.next_at.date() >= until


@pytest.mark.parametrize("words", ["", "a while", "2", "until later", "until 2027-02-30", "w2", "-2w", "🌴"])
def test_an_unclear_pause_says_how_and_changes_nothing(company: Company, words: str) -> None:
    company.join("UA")
    with pytest.raises(UnclearPause, match="until 2026-12-14"):
        pause(company, words)
    assert company.all(Participant)[0].state == ParticipantState.ACTIVE


@pytest.mark.parametrize(
    "words", ["0d", "until 2026-11-23", "until 2020-01-01", "367d", "999m", "until 2027-11-25"]
)
def test_a_pause_ends_between_tomorrow_and_a_year_from_now(company: Company, words: str) -> None:
    company.join("UA")
    with pytest.raises(PauseTooLong):
        pause(company, words)
    assert company.all(Participant)[0].paused_until is None


def test_who_is_not_in_has_nothing_to_pause_or_resume(company: Company) -> None:
    with pytest.raises(NotTakingPart):
        pause(company, "2w")
    company.join("UA")
    company.leave("UA")
    with pytest.raises(NotTakingPart):
        pause(company, "2w")
    with pytest.raises(NotTakingPart):
        resume(company)


def test_who_pauses_is_not_introduced_until_the_day_comes(company: Company) -> None:
    company.join("UA", "UB", "UC")
    pause(company, "until 2026-11-30")
    company.match()
    assert company.introductions() == [frozenset({"UB", "UC"})]
    company.match(now=SLOT + WEEK)
    assert company.introductions() == [frozenset({"UA", "UB", "UC"})]


def test_a_pause_between_match_and_delivery_cancels_the_message(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    pause(company, "2w", now=SLOT)
    company.deliver()
    assert company.posted() == []


def test_resuming_ends_a_pause_and_is_harmless_without_one(company: Company) -> None:
    company.join("UA")
    pause(company, "2w")
    result = resume(company)
    assert (result.change, result.paused_until, result.next_at) == (Change.RESUMED, None, SLOT)
    assert resume(company).change == Change.ALREADY_IN


def test_a_pause_ends_by_itself_and_says_so_once_in_the_morning(company: Company) -> None:
    company.join("UA")
    pause(company, "until 2026-11-26")
    thursday = datetime(2026, 11, 26, tzinfo=UTC)
    assert end(company, thursday - timedelta(minutes=1)) == 0
    assert end(company, thursday + timedelta(minutes=1)) == 1
    assert end(company, thursday + timedelta(minutes=2)) == 0
    company.deliver(now=thursday + timedelta(hours=7, minutes=59))
    assert company.messenger.posted == []
    company.deliver(now=thursday + timedelta(hours=8))
    [(_, content, _)] = company.messenger.posted
    assert content == WelcomeBackMessage(next_at=SLOT + WEEK)
    assert company.all(Participant)[0].state == ParticipantState.ACTIVE


def test_each_pause_has_an_end_of_its_own(company: Company) -> None:
    company.join("UA")
    for week in (1, 2):
        pause(company, "7d", now=MONDAY + (week - 1) * WEEK)
        assert end(company, MONDAY + week * WEEK) == 1
    assert len(company.all(Delivery, kind=DeliveryKind.WELCOME_BACK)) == 2


def test_nobody_is_welcomed_who_has_left_meanwhile(company: Company) -> None:
    company.join("UA")
    pause(company, "1d")
    end(company, MONDAY + timedelta(days=1))
    company.leave("UA", now=MONDAY + timedelta(days=1))
    company.deliver(now=MONDAY + timedelta(days=1, hours=4))
    assert company.messenger.posted == []
    assert company.states(DeliveryKind.WELCOME_BACK) == [DeliveryState.CANCELLED]
