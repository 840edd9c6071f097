"""Pauses: as people say them, with an end that comes by itself."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from db.tables import Delivery, Participant, Person, Program
from domain.errors import NotTakingPart, PauseTooLong, UnclearPause
from domain.messages import IntroductionMessage, WelcomeBackMessage
from domain.programs import Change, ParticipantState, Standing
from domain.rounds import DeliveryKind, DeliveryState
from tests.conftest import MONDAY
from tests.use_cases.company import SLOT, WEEK, Company, colleague
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
        ("until 15 January", date(2027, 1, 15)),
        ("1d", date(2026, 11, 24)),
        ("until 2027-11-24", date(2027, 11, 24)),
        ("1 year", date(2027, 11, 23)),
    ],
)
def test_a_pause_ends_on_the_day_that_was_said(company: Company, words: str, until: date) -> None:
    company.join("UA")
    result = pause(company, words)
    assert (result.change, result.is_in, result.paused_until) == (Change.PAUSED, True, until)
    assert result.next_at.date() >= until


def test_people_count_from_the_day_where_they_are(company: Company) -> None:
    # In Auckland it is Tuesday already.
    company.directory.add(colleague("UA", timezone="Pacific/Auckland"))
    company.join("UA")
    late = datetime(2026, 11, 23, 20, tzinfo=UTC)
    result = pause(company, "until tomorrow", now=late)
    assert (result.today, result.paused_until) == (date(2026, 11, 24), date(2026, 11, 25))
    with pytest.raises(PauseTooLong):
        pause(company, "until 24 November", now=late)


@pytest.mark.parametrize("words", ["", "a while", "2", "until 2027-02-30", "🌴"])
def test_an_unclear_pause_says_how_and_changes_nothing(company: Company, words: str) -> None:
    company.join("UA")
    with pytest.raises(UnclearPause, match="`/lunch pause until 2026-12-14`"):
        pause(company, words)
    assert company.all(Participant)[0].state == ParticipantState.ACTIVE


@pytest.mark.parametrize(
    "words",
    ["0d", "until 2026-11-23", "until 2020-01-01", "367d", "100w", "1000w", "999 years", "until 2027-11-25"],
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
    assert resume(company).change == Change.NOT_PAUSED


def test_a_pause_ends_by_itself_and_says_so_once_in_the_morning(company: Company) -> None:
    company.join("UA")
    pause(company, "until 2026-11-26")
    thursday = datetime(2026, 11, 26, tzinfo=UTC)
    assert end(company, thursday - timedelta(minutes=1)) == 0
    assert end(company, thursday + timedelta(minutes=1)) == 1
    assert end(company, thursday + timedelta(minutes=2)) == 0
    company.deliver(now=thursday + timedelta(hours=8, minutes=59))
    assert company.messenger.posted == []
    company.deliver(now=thursday + timedelta(hours=9))
    [(_, content, _)] = company.messenger.posted
    assert content == WelcomeBackMessage(
        SLOT + WEEK, thursday.date(), across_departments=False, locales=(None,)
    )
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


NEXT_MONDAY = datetime(2026, 11, 30, tzinfo=UTC)


def hours(company: Company, since: datetime, until: datetime) -> None:
    """The clock goes on, an hour at a time, with everything that is due by it."""
    while since <= until:
        end(company, since)
        if since == SLOT + WEEK:
            company.match(now=since)
        company.deliver(now=since)
        since += timedelta(hours=1)


def heard(company: Company) -> list[tuple[type, bool]]:
    """What a person heard, in order, and of each end of a pause whether it was over by then."""
    return [
        (type(content), isinstance(content, WelcomeBackMessage) and content.is_over)
        for _, content, _ in company.messenger.posted
    ]


@pytest.mark.parametrize(
    ("timezone", "at", "is_over"),
    [
        ("UTC", NEXT_MONDAY + timedelta(hours=9), True),
        ("Asia/Tokyo", NEXT_MONDAY, True),
        ("Pacific/Auckland", NEXT_MONDAY, True),
        # In New York and in Los Angeles the introductions come in the night, and before it is a weekend.
        ("America/New_York", datetime(2026, 11, 27, 14, tzinfo=UTC), False),
        ("America/Los_Angeles", datetime(2026, 11, 27, 17, tzinfo=UTC), False),
    ],
)
def test_everybody_hears_in_working_hours_that_the_pause_ends_before_they_are_introduced(
    company: Company, timezone: str, at: datetime, is_over: bool
) -> None:
    company.directory.add(colleague("UA", timezone=timezone), colleague("UB"))
    company.join("UA", "UB")
    pause(company, "until 2026-11-30")
    hours(company, SLOT, at - timedelta(hours=1))
    assert heard(company) == []
    hours(company, at, SLOT + WEEK)
    assert heard(company) == [(WelcomeBackMessage, is_over), (IntroductionMessage, False)]
    said = company.messenger.posted[0][1]
    assert isinstance(said, WelcomeBackMessage)
    assert said.next_at == SLOT + WEEK


@pytest.mark.parametrize(
    ("local_time", "at"),
    [
        (time(10), NEXT_MONDAY + timedelta(hours=9)),
        (time(9, 59), NEXT_MONDAY - timedelta(days=3) + timedelta(hours=9)),
        (time(6), NEXT_MONDAY - timedelta(days=3) + timedelta(hours=9)),
    ],
)
def test_where_introductions_go_out_early_the_end_is_said_on_the_working_day_before(
    company: Company, local_time: time, at: datetime
) -> None:
    company.join("UA")
    company.change(Program, local_time=local_time)
    pause(company, "until 2026-11-30")
    end(company, at - timedelta(seconds=1))
    if at < NEXT_MONDAY:
        assert company.all(Delivery) == []
    end(company, at)
    [welcome] = company.all(Delivery)
    assert welcome.due_at == at


def test_whoever_asks_for_more_time_in_time_is_not_introduced(company: Company) -> None:
    company.directory.add(colleague("UA", timezone="America/Los_Angeles"), colleague("UB"), colleague("UC"))
    company.join("UA", "UB", "UC")
    pause(company, "until 2026-11-30")
    sunday = datetime(2026, 11, 29, 16, tzinfo=UTC)
    hours(company, sunday, sunday)
    pause(company, "2w", now=sunday + timedelta(minutes=1))
    hours(company, sunday + timedelta(hours=1), SLOT + WEEK)
    assert company.posted() == [frozenset({"UB", "UC"})]
    assert len(company.all(Delivery, kind=DeliveryKind.WELCOME_BACK)) == 1


def test_a_pause_that_is_changed_before_its_end_is_said_is_said_at_its_new_end(company: Company) -> None:
    company.directory.add(colleague("UA", timezone="America/Los_Angeles"))
    company.join("UA")
    pause(company, "until 2026-11-30")
    sunday = datetime(2026, 11, 29, 16, tzinfo=UTC)
    end(company, sunday)
    pause(company, "until 2026-12-07", now=sunday)
    company.deliver(now=sunday)
    assert company.states(DeliveryKind.WELCOME_BACK) == [DeliveryState.CANCELLED]
    hours(company, sunday, sunday + WEEK)
    assert heard(company) == [(WelcomeBackMessage, False)]


def test_whoever_has_only_just_paused_is_told_nothing_of_the_end(company: Company) -> None:
    company.directory.add(colleague("UA", timezone="America/Los_Angeles"), colleague("UB"))
    company.join("UA", "UB")
    sunday = datetime(2026, 11, 29, 17, tzinfo=UTC)
    pause(company, "until tomorrow", now=sunday)
    hours(company, sunday, SLOT + WEEK + timedelta(days=1))
    assert heard(company) == [(IntroductionMessage, False)]


def test_after_an_outage_the_end_of_a_pause_is_said_before_the_introduction(company: Company) -> None:
    company.join("UA", "UB")
    pause(company, "until 2026-11-30")
    hours(company, SLOT + WEEK, SLOT + WEEK)
    assert heard(company) == [(WelcomeBackMessage, True), (IntroductionMessage, False)]


def test_the_end_of_a_pause_promises_another_department_where_one_is_known(company: Company) -> None:
    company.join("UA", "UB")
    company.change(Person, department="Sales")
    with company.sessions.write() as session:
        session.get_one(Person, company.id_of("UB")).department = "Law"
    pause(company, "until 2026-11-30")
    hours(company, NEXT_MONDAY, NEXT_MONDAY + timedelta(hours=9))
    said = company.messenger.posted[0][1]
    assert isinstance(said, WelcomeBackMessage)
    assert said.across_departments
