"""Somebody's account is closed after their introduction went out: the other one does not wait in vain."""

from datetime import datetime, timedelta

import pytest

from db.reports import delivered_introductions
from db.tables import Delivery, ReportPeriod
from domain.rounds import DeliveryKind, DeliveryState, ToldReason
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company
from tests.use_cases.lunches import agree
from use_cases.owe_check_ins import owe_check_ins
from use_cases.pause_program import pause_program

TUESDAY = SLOT + timedelta(days=1, minutes=10)
NEXT_FULL_HOUR = TUESDAY + timedelta(minutes=50)
FRIDAY = SLOT + timedelta(days=4)
DAY_TEN = TUESDAY + timedelta(days=10)


def leaves_the_company(company: Company, who: str, now: datetime = TUESDAY) -> None:
    company.leave_the_company(who, now=now)


def a_round(company: Company) -> list[frozenset[str]]:
    company.match()
    company.deliver()
    assert sorted(company.posted(), key=min) == sorted(company.introductions(), key=min)
    return company.introductions()


def tick(company: Company, now: datetime) -> int:
    made = company.rematch(now=now)
    company.deliver(now=now)
    return made


def test_whoever_is_left_alone_is_told_in_the_hourly_batch_and_not_why(company: Company) -> None:
    company.join("UA", "UB")
    a_round(company)
    leaves_the_company(company, "UA")
    assert tick(company, TUESDAY) == 0
    assert company.told() == []
    for _ in range(2):
        tick(company, NEXT_FULL_HOUR)
    assert company.told_of_the_end() == ["UB"]
    assert company.told() == []
    assert company.introductions() == []
    assert company.sit_outs() == {"UB": ToldReason.CALLED_OFF}


def test_two_who_are_left_alone_are_introduced_to_each_other(company: Company) -> None:
    company.employ(4)
    first, second = a_round(company)
    leaves_the_company(company, min(first))
    leaves_the_company(company, min(second))
    assert tick(company, TUESDAY) == 0
    assert company.introductions() == [first, second], "nothing changes before the full hour"
    assert tick(company, NEXT_FULL_HOUR) == 1
    assert company.posted()[2:] == [{max(first), max(second)}]
    assert tick(company, NEXT_FULL_HOUR) == 0
    assert company.sit_outs() == {}
    assert sorted(company.told_of_the_end()) == sorted([max(first), max(second)])


def test_whoever_sat_out_takes_the_place(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.exclude("UA", "UC")
    a_round(company)
    company.deliver(now=FULL_HOUR)
    [(waiting, _)] = company.told()
    [gone] = company.partners_of("UB")
    leaves_the_company(company, gone)
    tick(company, TUESDAY)
    assert tick(company, NEXT_FULL_HOUR) == 1
    assert company.introductions() == [{"UB", waiting}]


def test_of_a_trio_the_other_two_have_their_group_message_already(company: Company) -> None:
    company.join("UA", "UB", "UC")
    [trio] = a_round(company)
    leaves_the_company(company, "UA")
    assert tick(company, TUESDAY) == 0
    assert company.introductions() == [trio]
    leaves_the_company(company, "UB")
    tick(company, TUESDAY)
    tick(company, NEXT_FULL_HOUR)
    assert company.told_of_the_end() == ["UC"]


def test_of_a_message_that_may_have_arrived_it_is_the_same(company: Company) -> None:
    company.join("UA", "UB")
    a_round(company)
    company.change(Delivery, state=DeliveryState.UNCERTAIN, message_ts=None)
    leaves_the_company(company, "UA")
    tick(company, TUESDAY)
    tick(company, NEXT_FULL_HOUR)
    assert company.sit_outs() == {"UB": ToldReason.CALLED_OFF}


def test_both_are_gone_and_nobody_is_told(company: Company) -> None:
    company.join("UA", "UB")
    a_round(company)
    leaves_the_company(company, "UA")
    leaves_the_company(company, "UB")
    tick(company, TUESDAY)
    tick(company, NEXT_FULL_HOUR)
    assert list(company.notes()) == []
    assert company.introductions() == []


@pytest.mark.parametrize("pauses", [True, False])
def test_a_member_who_only_stops_taking_part_is_still_met(company: Company, pauses: bool) -> None:
    company.join("UA", "UB")
    [pair] = a_round(company)
    if pauses:
        pause_program(company.sessions, "UA", "2w", workspace_id=company.workspace_id, now=TUESDAY)
    else:
        company.leave("UA", now=TUESDAY)
    assert tick(company, TUESDAY) == 0
    assert company.introductions() == [pair]
    assert company.sit_outs() == {}


@pytest.mark.parametrize("asked", [True, False])
def test_after_the_lunch_it_is_too_late_for_somebody_else(company: Company, asked: bool) -> None:
    company.join("UA", "UB")
    [pair] = a_round(company)
    agree(company, TUESDAY + timedelta(hours=4), now=TUESDAY)
    if asked:
        owe_check_ins(company.sessions, workspace_id=company.workspace_id, now=FRIDAY)
    leaves_the_company(company, "UA", now=FRIDAY)
    assert tick(company, FRIDAY) == 0
    assert company.introductions() == [pair]
    assert company.sit_outs() == {}


def test_who_was_introduced_anew_is_asked_about_the_new_introduction_alone(company: Company) -> None:
    company.employ(4)
    first, second = a_round(company)
    leaves_the_company(company, min(first))
    leaves_the_company(company, min(second))
    tick(company, TUESDAY)
    tick(company, NEXT_FULL_HOUR)
    assert owe_check_ins(company.sessions, workspace_id=company.workspace_id, now=DAY_TEN + WEEK) == 2
    asked = company.all(Delivery, kind=DeliveryKind.CHECK_IN)
    assert {one.person_id for one in asked} == {company.id_of(max(first)), company.id_of(max(second))}


def test_an_introduction_that_was_lost_is_none_that_hr_counts(company: Company) -> None:
    company.join("UA", "UB")
    a_round(company)
    leaves_the_company(company, "UA")
    tick(company, TUESDAY)
    tick(company, NEXT_FULL_HOUR)
    period = ReportPeriod(begins_at=SLOT, ends_at=SLOT + WEEK)
    with company.sessions.read() as session:
        assert list(delivered_introductions(session, company.program(), period, answered_by=FRIDAY)) == []
