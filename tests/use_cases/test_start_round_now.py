"""An admin runs a round at once: the period's own, or an extra one."""

from datetime import date, datetime, timedelta

import pytest

from db.tables import AuditEvent, Round
from domain.errors import RoundAlreadyRan, RoundInProgress
from domain.rounds import Claim, RoundState
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.run_round import run_round
from use_cases.start_due_rounds import start_due_rounds, start_round_now

TUESDAY = SLOT + timedelta(days=1, hours=3)


def run_now(company: Company, now: datetime = MONDAY, *, extra: bool = False) -> Claim:
    return start_round_now(
        company.sessions,
        workspace_id=company.workspace_id,
        now=now,
        timing=company.timing,
        actor="an admin",
        extra=extra,
    )


def tick(company: Company, now: datetime) -> list[Claim]:
    return start_due_rounds(
        company.sessions, workspace_id=company.workspace_id, now=now, timing=company.timing
    )


def test_it_uses_the_current_period_and_ends_with_the_next_slot_of_another(company: Company) -> None:
    run_now(company)
    [round_] = company.all(Round)
    assert (round_.period_on, round_.slot_at, round_.ends_at) == (date(2026, 11, 23), MONDAY, SLOT + WEEK)


def test_the_slot_of_a_period_that_ran_does_nothing(company: Company) -> None:
    company.join("UA", "UB")
    run_round(company.sessions, run_now(company), now=MONDAY)
    assert tick(company, SLOT) == []
    assert len(tick(company, SLOT + WEEK)) == 1


def test_a_round_of_the_period_that_ran_is_refused(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    with pytest.raises(RoundAlreadyRan, match=r"already run \(matched\)"):
        run_now(company, TUESDAY)


def test_a_skipped_round_counts_as_run(company: Company) -> None:
    company.match()
    with pytest.raises(RoundAlreadyRan, match="skipped"):
        run_now(company, TUESDAY)


def test_a_round_that_is_being_matched_is_left_alone(company: Company) -> None:
    tick(company, SLOT)
    with pytest.raises(RoundInProgress):
        run_now(company, TUESDAY)


def test_a_missed_round_of_the_period_is_used(company: Company) -> None:
    company.join("UA", "UB")
    late = SLOT + timedelta(days=3)
    assert tick(company, late) == []
    [missed] = company.all(Round)

    claim = run_now(company, late)

    assert (claim.round_id, claim.seed) == (missed.id, missed.seed)
    assert run_round(company.sessions, claim, now=late) is not None
    assert [round_.state for round_ in company.all(Round)] == [RoundState.MATCHED]


def test_extra_rounds_have_no_period_and_can_be_repeated(company: Company) -> None:
    company.join("UA", "UB")
    for _ in range(2):
        assert run_round(company.sessions, run_now(company, TUESDAY, extra=True), now=TUESDAY)
    assert [(round_.period_on, round_.ends_at) for round_ in company.all(Round)] == [(None, SLOT + WEEK)] * 2


def test_an_extra_round_does_not_take_the_place_of_the_period_s_own(company: Company) -> None:
    run_now(company, extra=True)
    assert len(tick(company, SLOT)) == 1


def test_of_two_admins_one_starts_the_round(company: Company) -> None:
    def try_to_start() -> Claim | None:
        try:
            return run_now(company)
        except RoundInProgress:
            return None

    claims = at_once(try_to_start, try_to_start)
    assert sum(claim is not None for claim in claims) == 1


def test_who_started_a_round_is_noted_and_a_refusal_is_not(company: Company) -> None:
    run_now(company, extra=True)
    tick(company, SLOT)
    with pytest.raises(RoundInProgress):
        run_now(company, SLOT)
    [event] = company.all(AuditEvent)
    assert (event.actor, event.action, event.details) == ("an admin", "started a round", {"extra": True})


def test_a_dead_claim_is_taken_over_with_its_seed(company: Company) -> None:
    dead = run_now(company)
    with pytest.raises(RoundInProgress):
        run_now(company)
    company.real_time_passes(company.timing.round_lease * 2)
    again = run_now(company)
    assert (again.round_id, again.seed) == (dead.round_id, dead.seed)
    assert again.lease_token != dead.lease_token
