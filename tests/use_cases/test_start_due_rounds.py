"""Which rounds the clock claims: each period once, however many replicas there are and however late it is."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from db.sessions import Sessions, make_engine
from db.tables import Round
from domain.rounds import Claim, RoundState, Timing
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.close_rounds import close_rounds
from use_cases.run_round import run_round
from use_cases.start_due_rounds import start_due_rounds

MINUTE = timedelta(minutes=1)
LONG = timedelta(hours=1)


def tick(company: Company, now: datetime, sessions: Sessions | None = None) -> list[Claim]:
    return start_due_rounds(
        sessions or company.sessions, workspace_id=company.workspace_id, now=now, timing=company.timing
    )


def rounds(company: Company) -> list[tuple[date | None, RoundState]]:
    return sorted((round_.period_on, round_.state) for round_ in company.all(Round))


def test_nothing_happens_before_the_first_slot(company: Company) -> None:
    assert tick(company, SLOT - MINUTE) == []
    assert rounds(company) == []


def test_a_slot_makes_one_claim_however_often_the_clock_ticks(company: Company) -> None:
    [claim] = tick(company, SLOT)
    assert claim.lease_token
    assert tick(company, SLOT) == []
    assert tick(company, SLOT + MINUTE) == []
    assert rounds(company) == [(date(2026, 11, 23), RoundState.CLAIMED)]


def test_a_claim_holds_its_slot_and_ends_with_the_next_one(company: Company) -> None:
    tick(company, SLOT + 5 * MINUTE)
    [round_] = company.all(Round)
    assert (round_.slot_at, round_.ends_at) == (SLOT, SLOT + WEEK)


def test_of_two_replicas_one_gets_the_claim(company: Company, database_url: str) -> None:
    replicas = [Sessions(make_engine(database_url)) for _ in range(2)]
    for week in range(5):
        now = SLOT + week * WEEK
        claims = at_once(*(partial(tick, company, now, replica) for replica in replicas))
        assert sorted(len(claimed) for claimed in claims) == [0, 1]
        [claim] = claims[0] + claims[1]
        run_round(company.sessions, claim, now=now)
    assert len(rounds(company)) == 5
    for replica in replicas:
        replica.engine.dispose()


def test_after_an_outage_the_newest_slot_runs_and_the_others_are_missed(company: Company) -> None:
    [claim] = tick(company, SLOT + 2 * WEEK + timedelta(hours=23))
    assert rounds(company) == [
        (date(2026, 11, 23), RoundState.MISSED),
        (date(2026, 11, 30), RoundState.MISSED),
        (date(2026, 12, 7), RoundState.CLAIMED),
    ]
    assert run_round(company.sessions, claim, now=SLOT + 2 * WEEK + timedelta(hours=23)) is not None


def test_after_the_grace_period_the_newest_slot_is_missed_too(company: Company) -> None:
    late = SLOT + 2 * WEEK + timedelta(hours=24)
    assert tick(company, late + MINUTE) == []
    assert [state for _, state in rounds(company)] == [RoundState.MISSED] * 3
    assert tick(company, late + 2 * MINUTE) == []
    assert len(tick(company, SLOT + 3 * WEEK)) == 1


def test_a_slot_may_run_until_the_very_end_of_its_grace_period(company: Company) -> None:
    assert len(tick(company, SLOT + timedelta(hours=24))) == 1


def test_a_dead_claim_is_taken_over_with_the_same_seed(company: Company) -> None:
    [claim] = tick(company, SLOT)
    company.real_time_passes(LONG)
    [again] = tick(company, SLOT + MINUTE)
    assert (again.round_id, again.seed) == (claim.round_id, claim.seed)
    assert again.lease_token != claim.lease_token


def test_of_two_replicas_one_takes_a_dead_claim_over(company: Company, database_url: str) -> None:
    tick(company, SLOT)
    company.real_time_passes(LONG)
    replicas = [Sessions(make_engine(database_url)) for _ in range(2)]
    claims = at_once(*(partial(tick, company, SLOT, replica) for replica in replicas))
    assert sorted(len(claimed) for claimed in claims) == [0, 1]
    for replica in replicas:
        replica.engine.dispose()


def test_a_dead_claim_beyond_its_grace_period_is_missed(company: Company) -> None:
    tick(company, SLOT)
    company.real_time_passes(LONG)
    assert tick(company, SLOT + timedelta(hours=24) + MINUTE) == []
    assert rounds(company) == [(date(2026, 11, 23), RoundState.MISSED)]


def test_a_process_that_lost_its_lease_writes_nothing(company: Company) -> None:
    company.join("UA", "UB")
    [slow] = tick(company, SLOT)
    company.real_time_passes(LONG)
    [quick] = tick(company, SLOT)

    assert run_round(company.sessions, slow, now=SLOT) is None
    assert company.introductions() == []
    assert run_round(company.sessions, quick, now=SLOT) is not None
    assert run_round(company.sessions, slow, now=SLOT) is None
    assert company.introductions() == [{"UA", "UB"}]


def test_a_lease_of_nothing_is_taken_over_at_the_next_tick(company: Company) -> None:
    company.timing = Timing(round_lease=timedelta(seconds=-1))
    [claim] = tick(company, SLOT)
    # The tick that claims looks for dead claims first, so it does not find its own.
    [again] = tick(company, SLOT)
    assert again.seed == claim.seed


@pytest.mark.parametrize(
    ("now", "closed"), [(SLOT + WEEK - MINUTE, 0), (SLOT + WEEK, 1), (SLOT + 3 * WEEK, 1)]
)
def test_a_round_closes_at_its_end(company: Company, now: datetime, closed: int) -> None:
    company.join("UA", "UB", now=MONDAY)
    company.match()
    assert close_rounds(company.sessions, workspace_id=company.workspace_id, now=now) == closed
    [round_] = company.all(Round)
    assert round_.state == (RoundState.CLOSED if closed else RoundState.MATCHED)
    assert close_rounds(company.sessions, workspace_id=company.workspace_id, now=now) == 0
