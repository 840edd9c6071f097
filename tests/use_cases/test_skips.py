"""The heads-up before a round, and the round that somebody skips."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.heads_ups import skip_period
from db.people import participant_of
from db.tables import Person, Preference, SkippedRound
from domain.errors import NotTakingPart, RoundHasBegun
from domain.messages import HeadsUpMessage, IntroductionMessage
from domain.rounds import DeliveryKind, DeliveryState
from tests.conftest import MONDAY
from tests.use_cases.company import SLOT, WEEK, Company, colleague
from use_cases.owe_heads_ups import owe_heads_ups
from use_cases.pause_program import pause_program
from use_cases.run_round import run_round
from use_cases.show_status import show_status
from use_cases.skip_round import skip_round
from use_cases.start_due_rounds import start_due_rounds

FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)
NEXT = date(2026, 11, 30)


def owe(company: Company, now: datetime) -> int:
    return owe_heads_ups(company.sessions, workspace_id=company.workspace_id, now=now)


def skip(
    company: Company, who: str = "UA", *, undo: bool = False, now: datetime = FRIDAY, period_on: date = NEXT
) -> HeadsUpMessage:
    here = {"workspace_id": company.workspace_id, "now": now}
    return skip_round(company.sessions, who, period_on, skip=not undo, **here)


def wants_it(company: Company, *people: str) -> None:
    company.join(*people)
    with company.sessions.write() as session:
        session.add_all(Preference(person_id=company.id_of(one), heads_up=True) for one in people)


def test_who_has_switched_it_on_is_told_once_on_the_working_day_before(company: Company) -> None:
    wants_it(company, "UA")
    company.join("UB")
    company.match()
    assert owe(company, FRIDAY - timedelta(seconds=1)) == 0
    assert owe(company, FRIDAY) == 1
    for hours in range(1, 72):
        assert owe(company, FRIDAY + timedelta(hours=hours)) == 0
    company.deliver(now=FRIDAY)
    said = [content for _, content, _ in company.messenger.posted if isinstance(content, HeadsUpMessage)]
    assert said == [HeadsUpMessage(NEXT, SLOT + WEEK, FRIDAY.date(), locales=(None,))]


@pytest.mark.parametrize(
    ("timezone", "at"),
    [
        # Black Friday is no day off in the whole of the United States.
        ("America/Los_Angeles", datetime(2026, 11, 27, 17, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 11, 27, 0, tzinfo=UTC)),
    ],
)
def test_each_is_told_in_the_morning_where_they_are(company: Company, timezone: str, at: datetime) -> None:
    company.directory.add(colleague("UA", timezone=timezone))
    wants_it(company, "UA")
    company.match()
    assert owe(company, at - timedelta(seconds=1)) == 0
    assert owe(company, at) == 1


@pytest.mark.parametrize("why", ["paused", "left", "away", "skips", "has just joined"])
def test_nobody_is_told_whom_it_does_not_concern(company: Company, why: str) -> None:
    wants_it(company, "UA")
    company.match()
    match why:
        case "paused":
            pause_program(company.sessions, "UA", "2w", workspace_id=company.workspace_id, now=SLOT)
        case "left":
            company.leave("UA")
        case "away":
            company.change(Person, away_until=date(2026, 12, 1))
        case "skips":
            skip(company, now=SLOT)
        case _:
            company.leave("UA")
            company.join("UA", now=FRIDAY + timedelta(minutes=5))
    assert owe(company, FRIDAY + timedelta(minutes=10)) == 0


def test_whoever_skips_is_left_out_of_that_round_alone_and_told_nothing(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.match()
    noted = skip(company)
    assert (noted.is_skipped, noted.next_at) == (True, SLOT + WEEK)
    status = show_status(company.sessions, "UA", workspace_id=company.workspace_id, now=FRIDAY)
    assert (status.is_in, status.paused_until, status.next_at) == (True, None, SLOT + 2 * WEEK)
    company.match(now=SLOT + WEEK)
    assert company.introductions() == [frozenset({"UB", "UC"})]
    assert company.sit_outs() == {}
    company.match(now=SLOT + 3 * WEEK)
    assert company.introductions() == [frozenset({"UA", "UB", "UC"})]


def test_a_skip_can_be_taken_back_until_the_round_begins(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    for _ in range(2):
        skip(company)
    for _ in range(2):
        assert skip(company, undo=True).is_skipped is False
    assert company.all(SkippedRound) == []
    skip(company)
    skip(company, undo=True)
    company.match(now=SLOT + WEEK)
    assert company.introductions() == [frozenset({"UA", "UB"})]
    for undo in (True, False):
        with pytest.raises(RoundHasBegun):
            skip(company, undo=undo, now=SLOT + WEEK)


def test_whoever_presses_while_the_round_is_being_matched_is_not_introduced(company: Company) -> None:
    """The press has read that there is no round yet, and is stored when there is one."""
    company.join("UA", "UB", "UC")
    company.match()
    now = SLOT + WEEK
    [claim] = start_due_rounds(
        company.sessions, workspace_id=company.workspace_id, now=now, timing=company.timing
    )
    run_round(company.sessions, claim, now=now)
    with company.sessions.write() as session:
        participant = participant_of(session, company.program().id, company.id_of("UA"))
        assert participant is not None
        skip_period(session, participant, NEXT)
    company.deliver(now=now)
    company.rematch(now=now)
    company.deliver(now=now)
    read = [content for _, content, _ in company.messenger.posted if isinstance(content, IntroductionMessage)]
    assert [frozenset(card.slack_user_id for card in one.people) for one in read] == [{"UB", "UC"}]
    assert company.states(DeliveryKind.INTRODUCTION).count(DeliveryState.SENT) == 1


def test_a_round_that_has_begun_or_was_missed_is_not_skipped(company: Company) -> None:
    company.join("UA")
    with pytest.raises(RoundHasBegun):
        skip(company, now=MONDAY + WEEK, period_on=date(2026, 11, 23))
    with pytest.raises(NotTakingPart):
        skip(company, "UX")
    company.leave("UA")
    with pytest.raises(NotTakingPart):
        skip(company)
