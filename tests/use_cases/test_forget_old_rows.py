"""What people did long ago is forgotten, and what follows from it for the matcher is not."""

from datetime import datetime, timedelta

import pytest

from db.history import past_pairs
from db.tables import (
    Answer,
    AuditEvent,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Proposal,
    Round,
    SitOut,
)
from db.workspaces import record_audit
from domain.rounds import AnswerWord
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.forget_old_rows import Forgotten, forget_old_rows
from use_cases.propose_time import propose_time
from use_cases.record_answer import record_answer
from use_cases.take_census import take_census

DAY = timedelta(days=1)


@pytest.fixture
def lunched(company: Company) -> Company:
    """A pair was introduced and has suggested a time, a third person sat out."""
    company.join("UADA", "UBEN")
    company.match()
    company.deliver()
    propose_time(company.sessions, public_id(company), "UADA", SLOT + DAY, now=SLOT)
    return company


def public_id(company: Company) -> str:
    return str(company.all(Introduction)[0].public_id)


def answer(company: Company, who: str, word: AnswerWord, *, at: datetime = SLOT + DAY) -> None:
    record_answer(company.sessions, public_id(company), who, word, now=at)


def forget(company: Company, now: datetime) -> Forgotten:
    return forget_old_rows(company.sessions, workspace_id=company.workspace_id, now=now)


def count_pairs(company: Company) -> int:
    """How many introductions count against a repeat, or meetings."""
    ids = {company.id_of("UADA"), company.id_of("UBEN")}
    with company.sessions.read() as session:
        return sum(len(found.days) for found in past_pairs(session, company.workspace_id, ids))


def test_answers_go_after_ninety_days_and_what_follows_from_them_stays(lunched: Company) -> None:
    answer(lunched, "UADA", AnswerWord.MET)
    assert forget(lunched, SLOT + 91 * DAY).answers == 0
    assert forget(lunched, SLOT + 92 * DAY) == Forgotten(1, 0, 0, 0)
    assert lunched.all(Answer) == []
    assert len(lunched.all(Meeting)) == 1
    assert lunched.all(Introduction)[0].denied is False


def test_the_answers_of_one_introduction_go_together(lunched: Company) -> None:
    answer(lunched, "UADA", AnswerWord.NOT_THIS_TIME)
    answer(lunched, "UBEN", AnswerWord.NOT_THIS_TIME, at=SLOT + 5 * DAY)
    assert forget(lunched, SLOT + 92 * DAY).answers == 0
    assert forget(lunched, SLOT + 96 * DAY).answers == 2


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ([AnswerWord.NOT_THIS_TIME], True),
        ([AnswerWord.NOT_THIS_TIME, AnswerWord.NOT_THIS_TIME], True),
        ([AnswerWord.NOT_THIS_TIME, AnswerWord.PLANNED], False),
    ],
)
def test_that_all_said_no_frees_the_pair_after_the_answers_are_gone(
    lunched: Company, words: list[AnswerWord], denied: bool
) -> None:
    for who, word in zip(("UADA", "UBEN"), words, strict=False):
        answer(lunched, who, word)
    for week in range(1, 9):
        with lunched.sessions.write() as session:
            session.add(
                Round(
                    program_id=lunched.program().id,
                    period_on=(SLOT + week * WEEK).date(),
                    slot_at=SLOT + week * WEEK,
                    ends_at=SLOT + (week + 1) * WEEK,
                    state="closed",
                    seed=1,
                    matched_at=SLOT + week * WEEK,
                    input_digest="",
                )
            )
    before = count_pairs(lunched)
    assert forget(lunched, SLOT + 100 * DAY).answers == len(words)
    assert count_pairs(lunched) == before == (0 if denied else 1)


def test_answers_that_an_open_quarter_counts_wait_until_it_closes(lunched: Company) -> None:
    answer(lunched, "UADA", AnswerWord.MET)
    quarter = timedelta(weeks=12)
    take_census(lunched.sessions, workspace_id=lunched.workspace_id, now=SLOT + quarter)
    assert forget(lunched, SLOT + quarter + 13 * DAY).answers == 0
    assert forget(lunched, SLOT + quarter + 15 * DAY).answers == 1


def test_introductions_go_after_two_years_with_all_that_hangs_on_them(lunched: Company) -> None:
    answer(lunched, "UADA", AnswerWord.MET)
    lunched.join("UCLEO", now=SLOT + DAY)
    assert forget(lunched, SLOT + 730 * DAY).introductions == 0
    assert forget(lunched, SLOT + 731 * DAY).introductions == 1
    tables = (Introduction, IntroductionMember, Delivery, Proposal, Meeting, SitOut, Answer)
    assert [table for table in tables if lunched.all(table)] == []
    assert len(lunched.all(Round)) == 1


def test_notes_of_what_admins_did_go_after_a_year(company: Company) -> None:
    with company.sessions.write() as session:
        record_audit(session, company.workspace_id, actor="command line", action="a test", now=SLOT)
    assert forget(company, SLOT + 365 * DAY).audit_events == 0
    assert forget(company, SLOT + 366 * DAY).audit_events == 1
    assert company.all(AuditEvent) == []


def test_another_workspace_s_rows_stay(lunched: Company) -> None:
    answer(lunched, "UADA", AnswerWord.MET)
    done = forget_old_rows(lunched.sessions, workspace_id=lunched.workspace_id + 1, now=SLOT + 1000 * DAY)
    assert done == Forgotten(0, 0, 0, 0)
    assert len(lunched.all(Introduction)) == 1
