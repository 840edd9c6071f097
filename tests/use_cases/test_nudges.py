"""One nudge at most, at midweek, to whoever can arrange the lunch with one press."""

from datetime import UTC, datetime, timedelta

import pytest

from db.tables import Delivery, Introduction, Person
from domain.messages import NudgeMessage
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState
from tests.use_cases.company import SLOT, WEEK, Company, colleague
from tests.use_cases.lunches import agree, introduction_of, say, suggest
from use_cases.accept_time import accept_time
from use_cases.owe_nudges import owe_nudges
from use_cases.pause_program import pause_program

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
LATER = SLOT + timedelta(days=5, hours=2)
DAY = timedelta(days=1)


def owe(company: Company, now: datetime) -> int:
    return owe_nudges(company.sessions, workspace_id=company.workspace_id, now=now)


def introduce(company: Company, *people: str, first: str = "UA") -> None:
    company.join(*people)
    company.match()
    company.deliver()
    company.change(Introduction, proposer_id=company.id_of(first))


def nudged(company: Company) -> list[str]:
    ids = {company.id_of(one): one for one in company.directory.users}
    rows = company.all(Delivery, kind=DeliveryKind.NUDGE)
    return sorted(ids[row.person_id] for row in rows if row.state != DeliveryState.CANCELLED)


def nudges(company: Company) -> list[NudgeMessage]:
    return [content for _, content, _ in company.messenger.posted if isinstance(content, NudgeMessage)]


def test_whoever_is_to_go_first_is_nudged_once_at_midweek(company: Company) -> None:
    introduce(company, "UA", "UB")
    assert owe(company, WEDNESDAY - timedelta(seconds=1)) == 0
    assert owe(company, WEDNESDAY) == 1
    for hours in range(1, 24 * 5):
        assert owe(company, WEDNESDAY + timedelta(hours=hours)) == 0
    company.deliver(now=WEDNESDAY)
    [content] = nudges(company)
    assert [other.slack_user_id for other in content.others] == ["UB"]
    assert content.suggested is None
    assert nudged(company) == ["UA"]


def test_a_suggestion_is_for_the_one_to_whom_it_waits(company: Company) -> None:
    introduce(company, "UA", "UB")
    suggest(company, "UA", LATER, now=SLOT)
    owe(company, WEDNESDAY)
    company.deliver(now=WEDNESDAY)
    [content] = nudges(company)
    assert content.suggested is not None
    assert (content.suggested.suggested_by, content.suggested.starts_at) == ("UA", LATER)
    assert nudged(company) == ["UB"]


def test_a_suggestion_after_midweek_is_told_on_the_next_working_day_to_whoever_was_not_nudged(
    company: Company,
) -> None:
    introduce(company, "UA", "UB")
    owe(company, WEDNESDAY)
    suggest(company, "UA", LATER, now=WEDNESDAY + timedelta(hours=1))
    assert owe(company, WEDNESDAY + DAY - timedelta(seconds=1)) == 0
    assert owe(company, WEDNESDAY + DAY) == 1
    assert nudged(company) == ["UA", "UB"]
    # The next one may come from the other side, and nobody is nudged twice.
    suggest(company, "UB", LATER + timedelta(hours=1), now=WEDNESDAY + DAY)
    for days in range(1, 4):
        assert owe(company, WEDNESDAY + DAY + days * DAY) == 0


def test_of_a_trio_those_are_nudged_who_have_not_said_yes(company: Company) -> None:
    introduce(company, "UA", "UB", "UC")
    proposal = suggest(company, "UA", LATER, now=SLOT)
    accept_time(company.sessions, introduction_of(company, "UA"), proposal, "UB", now=SLOT)
    owe(company, WEDNESDAY)
    assert nudged(company) == ["UC"]


@pytest.mark.parametrize("when", ["before it is owed", "before it is sent"])
@pytest.mark.parametrize("what", ["agreed", "planned", "met", "pause", "leave", "out of office"])
def test_nobody_is_nudged_where_there_is_nothing_to_arrange(company: Company, what: str, when: str) -> None:
    introduce(company, "UA", "UB")
    if when == "before it is sent":
        owe(company, WEDNESDAY)
    now = WEDNESDAY - timedelta(minutes=5)
    match what:
        case "agreed":
            agree(company, LATER, now=now)
        case "planned":
            say(company, "UB", AnswerWord.PLANNED, now=now)
        case "met":
            say(company, "UB", AnswerWord.MET, now=now)
        case "pause":
            pause_program(company.sessions, "UA", "2w", workspace_id=company.workspace_id, now=now)
        case "leave":
            company.leave("UA", now=now)
        case _:
            company.change(Person, away_until=WEDNESDAY.date() + DAY)
    owe(company, WEDNESDAY)
    company.deliver(now=WEDNESDAY)
    assert nudges(company) == []


def test_nobody_is_nudged_after_the_round_or_about_what_did_not_arrive(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    assert owe(company, WEDNESDAY) == 0
    company.deliver()
    assert owe(company, SLOT + WEEK) == 0


@pytest.mark.parametrize(
    ("timezone", "at"),
    [
        ("Europe/Berlin", datetime(2026, 11, 25, 9, tzinfo=UTC)),
        # In Tokyo the introduction came on Monday evening, and Monday was a day off: it counts nevertheless.
        ("Asia/Tokyo", datetime(2026, 11, 25, 1, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 25, 15, tzinfo=UTC)),
    ],
)
def test_each_is_nudged_in_the_late_morning_of_their_own_day(
    company: Company, timezone: str, at: datetime
) -> None:
    company.directory.add(colleague("UA", timezone=timezone))
    introduce(company, "UA", "UB")
    assert owe(company, at - timedelta(seconds=1)) == 0
    assert owe(company, at) == 1
