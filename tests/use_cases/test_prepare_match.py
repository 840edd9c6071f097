"""What the matcher is given: history in columns, however it is read, and a digest of all of it."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

import matcher
from db.people import participants
from db.tables import Introduction, Meeting
from domain.rounds import AnswerWord, MeetingSource
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.prepare_match import PreparedMatch, prepare_match
from use_cases.record_answer import record_answer

LATER = SLOT + 20 * WEEK


def prepared(company: Company, *left_out: str) -> PreparedMatch:
    with company.sessions.read() as session:
        program = company.program()
        persons = participants(session, program.id, LATER.date())
        persons = [person for person in persons if person.slack_user_id not in left_out]
        return prepare_match(session, program, persons, before=LATER)


def known(company: Company, history: matcher.PastPairs) -> dict[frozenset[str], tuple[int, bool]]:
    names = {company.id_of(one): one for one in company.directory.users}
    columns = (history.a.tolist(), history.b.tolist(), history.day.tolist(), history.confirmed.tolist())
    return {
        frozenset((names[a], names[b])): (day, confirmed)
        for a, b, day, confirmed in zip(*columns, strict=True)
    }


def met(company: Company, one: str, other: str, on: date | None) -> None:
    low, high = sorted((company.id_of(one), company.id_of(other)))
    with company.sessions.write() as session:
        session.add(
            Meeting(
                workspace_id=company.workspace_id,
                low_id=low,
                high_id=high,
                met_on=on,
                source=MeetingSource.IMPORTED,
            )
        )


@pytest.fixture(params=["of few people", "of many people, in pieces"])
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """History is read in both ways."""
    if request.param != "of few people":
        monkeypatch.setattr(sys.modules["db.history"], "FEW", 0)
        monkeypatch.setattr(sys.modules["db.history"], "STREAMED", 2)


@pytest.mark.usefixtures("read")
def test_history_is_what_was_sent_and_who_has_met(company: Company) -> None:
    assert known(company, prepared(company).history) == {}
    company.join("UA", "UB", "UC")
    company.match()
    assert known(company, prepared(company).history) == {}  # nothing was sent yet
    company.deliver()
    sent = (SLOT.date().toordinal(), False)
    pairs = [frozenset(pair) for pair in (("UA", "UB"), ("UA", "UC"), ("UB", "UC"))]
    assert known(company, prepared(company).history) == dict.fromkeys(pairs, sent)

    company.join("UD", "UE")
    met(company, "UD", "UA", None)
    met(company, "UB", "UA", date(2020, 2, 29))
    met(company, "UE", "UA", date(2020, 2, 29))
    assert known(company, prepared(company, "UE").history) == {
        pairs[0]: (SLOT.date().toordinal(), True),
        pairs[1]: sent,
        pairs[2]: sent,
        frozenset({"UA", "UD"}): (0, True),
    }


@pytest.mark.usefixtures("read")
def test_a_pair_that_said_no_is_free_after_eight_rounds(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.deliver()
    [introduction] = company.all(Introduction)
    for who in ("UA", "UB"):
        record_answer(
            company.sessions, introduction.public_id, who, AnswerWord.NOT_THIS_TIME, met=(), now=SLOT
        )
    company.leave("UB", now=SLOT)
    for week in range(1, 8):
        company.match(now=SLOT + week * WEEK)
    company.join("UB")
    assert len(prepared(company).history.a) == 1
    company.leave("UB", now=SLOT)
    company.match(now=SLOT + 8 * WEEK)
    company.join("UB")
    assert len(prepared(company).history.a) == 0


def test_burdens_are_of_whoever_was_in_a_trio_or_sat_out_or_met_again(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.match()
    company.deliver()
    company.everybody_met()
    company.leave("UC")
    company.match(now=SLOT + WEEK)  # again
    company.leave("UB")
    company.match(now=SLOT + 2 * WEEK)
    company.join("UB", "UC")
    names = {company.id_of(one): one for one in company.directory.users}
    burdens = {(names[int(one.person)], one.kind.value, one.rounds_ago) for one in prepared(company).burdens}
    assert burdens == {
        ("UA", "sat_out", 1),
        ("UA", "repeat", 2),
        ("UB", "repeat", 2),
        ("UA", "trio_third", 3),
        ("UB", "trio_third", 3),
        ("UC", "trio_third", 3),
    }


PEOPLE = tuple(
    matcher.Person(n, "Design", level="lead", started_on=date(2020, 1, n), interests=frozenset({"tea", "go"}))
    for n in range(1, 7)
)
PAST = matcher.PastPairs.of(
    [matcher.PastPair(n, n + 1, last_on=date(2026, 1, n), confirmed=n % 2 == 0) for n in range(1, 6)]
)
INPUT = PreparedMatch(
    PEOPLE,
    PAST,
    matcher.Rules(exclusions=frozenset({frozenset({1, 2}), frozenset({1, 3})})),
    (matcher.Burden(1, matcher.BurdenKind.SAT_OUT, 1), matcher.Burden(2, matcher.BurdenKind.REPEAT, 3)),
)


def test_the_digest_is_the_same_whatever_the_order() -> None:
    turned = matcher.PastPairs(PAST.b[::-1], PAST.a[::-1], PAST.day[::-1], PAST.confirmed[::-1])
    other = PreparedMatch(PEOPLE[::-1], turned, INPUT.rules, INPUT.burdens[::-1])
    assert other.digest() == INPUT.digest()


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, people=one.people[1:]),
        lambda one: replace(one, people=(replace(one.people[0], level=None), *one.people[1:])),
        lambda one: replace(
            one, people=(replace(one.people[0], languages=frozenset({"de"})), *one.people[1:])
        ),
        lambda one: replace(one, rules=replace(one.rules, exclusions=frozenset({frozenset({1, 2})}))),
        lambda one: replace(one, rules=replace(one.rules, group_size=3)),
        lambda one: replace(one, rules=replace(one.rules, cross_department_first=True)),
        lambda one: replace(one, burdens=one.burdens[:1]),
        lambda one: replace(one, history=replace(PAST, a=PAST.a[[0, 0, 2, 3, 4]])),
        lambda one: replace(one, history=replace(PAST, day=PAST.day + np.array([0, 0, 0, 0, 1]))),
        lambda one: replace(one, history=replace(PAST, confirmed=~PAST.confirmed)),
    ],
)
def test_another_input_has_another_digest(change: Callable[[Any], PreparedMatch]) -> None:
    assert change(INPUT).digest() != INPUT.digest()
