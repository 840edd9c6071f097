"""A claimed round: matched, and stored in one go with everything that it owes people."""

import sys
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

import matcher
from db.sessions import Sessions
from db.tables import Delivery, IntroductionMember, Participant, Person, Round
from domain.rounds import Claim, DeliveryKind, DeliveryState, RoundState, Timing, ToldReason
from matcher.process import MatchFailed
from matcher.wire import MatchInput
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company
from use_cases.check_quiet import check_quiet
from use_cases.find_next_round import find_next_round
from use_cases.run_round import RoundBrokeOff, run_round
from use_cases.start_due_rounds import start_due_rounds, start_round_now
from use_cases.summarise_round import summarise_round

PEOPLE = [f"U{number}" for number in range(9)]


def extra_round(company: Company, now: datetime, *, seed: int) -> tuple[Round, set[frozenset[str]]]:
    """An extra round with a given seed, and who is introduced in it."""
    claim = start_round_now(
        company.sessions,
        workspace_id=company.workspace_id,
        now=now,
        timing=company.timing,
        actor="",
        extra=True,
    )
    run_round(company.sessions, Claim(claim.round_id, seed, claim.lease_token), now=now)
    [round_] = company.all(Round, id=claim.round_id)
    return round_, set(company.introductions())


def test_everybody_is_introduced_or_sits_out_once(company: Company) -> None:
    company.join(*PEOPLE)
    outcome = company.match()
    introduced = [one for people in company.introductions() for one in people]
    assert sorted(introduced) == PEOPLE
    assert sorted(len(people) for people in company.introductions()) == [2, 2, 2, 3]
    assert (outcome.people, outcome.introductions) == (9, 4)
    assert company.sit_outs() == {}
    assert company.states() == [DeliveryState.PENDING] * 4


def test_the_same_input_and_seed_give_the_same_round_again(company: Company) -> None:
    company.join(*PEOPLE)
    first, introduced = extra_round(company, SLOT, seed=7)
    second, again = extra_round(company, SLOT, seed=7)
    assert introduced == again
    assert first.input_digest == second.input_digest
    others = [extra_round(company, SLOT, seed=seed)[1] for seed in range(5)]
    assert any(other != introduced for other in others)


@pytest.mark.parametrize(
    "change",
    [
        lambda company: company.join("U99"),
        lambda company: company.leave("U1"),
        lambda company: company.exclude("U1", "U2"),
        lambda company: company.change(Person, department="Law"),
    ],
)
def test_another_input_has_another_digest(company: Company, change: Any) -> None:
    company.join(*PEOPLE)
    first, _ = extra_round(company, SLOT, seed=7)
    change(company)
    second, _ = extra_round(company, SLOT, seed=7)
    assert first.input_digest != second.input_digest


def test_a_round_of_nobody_is_skipped(company: Company) -> None:
    outcome = company.match()
    assert (outcome.people, outcome.introductions) == (0, 0)
    assert [round_.state for round_ in company.all(Round)] == [RoundState.SKIPPED]
    assert company.all(Delivery) == []


def test_a_single_person_is_told_at_the_next_full_hour(company: Company) -> None:
    company.join("UA")
    company.match(now=SLOT + timedelta(minutes=12))
    assert list(company.sit_outs()) == ["UA"]
    assert company.states(DeliveryKind.NOTICE) == [DeliveryState.PENDING]

    assert company.deliver(now=FULL_HOUR - timedelta(seconds=1)) == 0
    assert company.deliver(now=FULL_HOUR) == 1
    assert company.told() == [("UA", company.sit_outs()["UA"])]


@pytest.mark.parametrize("minute", [0, 1, 59])
def test_notices_go_out_together_at_a_full_hour(company: Company, minute: int) -> None:
    company.join("UA")
    company.match(now=SLOT + timedelta(minutes=minute))
    assert [delivery.due_at for delivery in company.all(Delivery)] == [FULL_HOUR]


def test_an_exclusion_is_told_as_nobody_new(company: Company) -> None:
    company.join("UA", "UB")
    company.exclude("UA", "UB")
    company.match()
    assert company.sit_outs() == {"UA": ToldReason.NOBODY_NEW, "UB": ToldReason.NOBODY_NEW}


@pytest.mark.parametrize(("until", "people"), [(date(2026, 11, 23), 2), (date(2026, 11, 24), 1)])
def test_a_pause_ends_on_its_date(company: Company, until: date, people: int) -> None:
    company.join("UA", "UB")
    with company.sessions.write() as session:
        session.execute(
            update(Participant)
            .where(Participant.person_id == company.id_of("UA"))
            .values(state="paused", paused_until=until)
        )
    assert company.match().people == people


def test_members_keep_their_department_as_it_was(company: Company) -> None:
    company.join("UA", "UB")
    company.change(Person, department="Law", office="Oslo", level="Senior")
    company.match()
    company.change(Person, department="Sales", office="Rome", level="Lead")
    kept = {(member.department, member.office, member.level) for member in company.all(IntroductionMember)}
    assert kept == {("Law", "Oslo", "Senior")}


def test_sent_introductions_are_not_repeated_while_others_are_possible(company: Company) -> None:
    company.join("UA", "UB", "UC", "UD")
    seen: set[frozenset[str]] = set()
    for week in range(3):
        now = SLOT + week * WEEK
        company.match(now=now)
        company.deliver(now=now)
        company.everybody_met(now=now)
        seen |= set(company.introductions())
    assert len(seen) == 6


def test_the_next_round_skips_a_period_that_has_run(company: Company) -> None:
    company.join("UA", "UB")

    def next_at(now: datetime, sessions: Sessions = company.sessions) -> datetime:
        with sessions.read() as session:
            return find_next_round(session, company.program(), now)

    early = SLOT - timedelta(minutes=30)
    assert next_at(early) == SLOT
    run_round(
        company.sessions,
        start_round_now(
            company.sessions,
            workspace_id=company.workspace_id,
            now=early,
            timing=company.timing,
            actor="",
        ),
        now=early,
    )
    assert next_at(early) == SLOT + WEEK


def is_quiet(company: Company) -> bool:
    return check_quiet(company.sessions, workspace_id=company.workspace_id, now=SLOT)


def test_the_summary_is_of_the_newest_round(company: Company) -> None:
    assert summarise_round(company.sessions, workspace_id=company.workspace_id) is None
    company.join("UA", "UB")
    outcome = company.match()
    summary = summarise_round(company.sessions, workspace_id=company.workspace_id)
    assert summary is not None
    assert (summary.outcome, summary.introduced) == (outcome, (frozenset({"UA", "UB"}),))
    assert not is_quiet(company)
    company.deliver()
    summary = summarise_round(company.sessions, workspace_id=company.workspace_id)
    assert summary is not None
    assert is_quiet(company)
    assert summary.deliveries == {DeliveryState.SENT: 1}


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every round is matched in a process of its own."""
    monkeypatch.setattr(sys.modules["use_cases.run_round"], "FEW", 0)


def test_a_round_of_many_is_matched_in_a_process_to_the_same_result(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.join(*PEOPLE)
    inside = extra_round(company, SLOT, seed=7)[1]
    monkeypatch.setattr(sys.modules["use_cases.run_round"], "FEW", 0)
    assert extra_round(company, SLOT, seed=7)[1] == inside


@pytest.mark.usefixtures("in_processes")
@pytest.mark.parametrize(("lease", "limit"), [(600, 270), (100, 20), (60, 5), (-1, 5)])
def test_a_long_match_holds_no_transaction_and_ends_before_its_lease(
    company: Company, monkeypatch: pytest.MonkeyPatch, lease: float, limit: float
) -> None:
    limits: list[float] = []

    def watched(given: MatchInput, *, time_limit: float) -> matcher.Matching:
        assert company.sessions.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        limits.append(time_limit)
        return matcher.match(given.people, given.history, given.rules, seed=given.seed)

    monkeypatch.setattr(sys.modules["use_cases.run_round"], "match_in_process", watched)
    company.timing = Timing(round_lease=timedelta(seconds=lease))
    company.join("UA", "UB")
    company.match()
    assert company.introductions() == [{"UA", "UB"}]
    assert limits[0] <= max(limit, 5)
    assert limits[0] >= 5


@pytest.mark.usefixtures("in_processes")
def test_a_match_that_breaks_off_is_taken_over_with_the_same_seed(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> matcher.Matching:
        raise MatchFailed("The machine ran out of memory.")

    company.join("UA", "UB")
    with monkeypatch.context() as patched:
        patched.setattr(sys.modules["use_cases.run_round"], "match_in_process", broken)
        with pytest.raises(RoundBrokeOff, match=r"tried again .* ran out of memory"):
            company.match()
    [round_] = company.all(Round)
    assert (round_.state, company.all(Delivery)) == (RoundState.CLAIMED, [])
    seed = round_.seed
    company.real_time_passes(company.timing.round_lease * 2)
    company.match()
    [round_] = company.all(Round)
    assert (round_.state, round_.seed) == (RoundState.MATCHED, seed)
    assert company.introductions() == [{"UA", "UB"}]


@pytest.mark.usefixtures("in_processes")
def test_of_a_long_match_and_its_takeover_one_is_stored(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease ends while the first process still matches."""
    company.join(*PEOPLE)
    outcomes: list[object] = []

    def slow(given: MatchInput, *, time_limit: float) -> matcher.Matching:
        if not outcomes:
            outcomes.append(None)
            company.real_time_passes(company.timing.round_lease * 2)
            outcomes.append(company.match())
        return matcher.match(given.people, given.history, given.rules, seed=given.seed)

    monkeypatch.setattr(sys.modules["use_cases.run_round"], "match_in_process", slow)
    [claim] = start_due_rounds(
        company.sessions, workspace_id=company.workspace_id, now=SLOT, timing=company.timing
    )
    assert run_round(company.sessions, claim, now=SLOT) is None
    assert outcomes[1] is not None
    assert sorted(one for people in company.introductions() for one in people) == PEOPLE
    assert company.states() == [DeliveryState.PENDING] * 4
