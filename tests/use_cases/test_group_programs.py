"""A program of groups, from an admin's word to the messages that people read."""

from datetime import timedelta

import pytest

from db.tables import AuditEvent, Program
from domain.errors import BadSchedule
from domain.messages import IntroductionMessage, Why
from domain.programs import Schedule
from domain.rounds import AnswerWord
from tests.conftest import MONDAY
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.change_schedule import change_schedule
from use_cases.record_answer import record_answer


def in_groups_of(company: Company, size: int) -> Schedule:
    schedule, _ = change_schedule(
        company.sessions,
        workspace_id=company.workspace_id,
        now=MONDAY,
        actor="an admin",
        group_size=size,
    )
    return schedule


def carry_on(company: Company) -> None:
    for _ in range(3):
        company.deliver()
        company.rematch()


def test_a_program_begins_in_pairs(company: Company) -> None:
    assert company.program().group_size == 2
    assert not company.join("UA")[0].in_groups


def test_a_group_size_is_noted_and_moves_no_round(company: Company) -> None:
    before = company.program()
    assert in_groups_of(company, 5).group_size == 5
    assert company.program().group_size == 5
    assert company.program().schedule_changed_at == before.schedule_changed_at
    [event] = company.all(AuditEvent)
    assert (event.action, event.details) == ("changed the group size", {"group_size": 5})
    in_groups_of(company, 5)
    assert len(company.all(AuditEvent)) == 1


@pytest.mark.parametrize("size", [1, 9, 0, -2])
def test_a_group_size_that_slack_cannot_take_is_refused(company: Company, size: int) -> None:
    with pytest.raises(BadSchedule, match="of 2 to 8 people"):
        in_groups_of(company, size)
    assert company.all(Program, group_size=2)


def test_people_are_introduced_in_groups_and_to_others_in_the_next_round(company: Company) -> None:
    in_groups_of(company, 3)
    company.employ(10)
    first = company.match()
    company.deliver()
    assert sorted(map(len, company.posted())) == [3, 3, 4]
    assert (first.values["extra_seats"], first.values["repeats"], first.bounds["extra_seats"]) == (1, 0, 1)
    reasons = [
        content.why for _, content, _ in company.messenger.posted if isinstance(content, IntroductionMessage)
    ]
    assert not any(Why.TRIO in why for why in reasons)
    met = {frozenset((a, b)) for people in company.introductions() for a in people for b in people if a != b}
    second = company.match(now=SLOT + WEEK)
    again = [
        pair
        for people in company.introductions()
        for pair in {frozenset((a, b)) for a in people for b in people if a != b}
        if pair in met
    ]
    # Of ten people in three groups, a second round without anybody again is not possible.
    assert second.values["repeats"] == second.bounds["repeats"] == len(again)


def test_of_a_group_those_who_are_left_go_on(company: Company) -> None:
    in_groups_of(company, 5)
    everybody = company.employ(5)
    company.match()
    company.leave(everybody[2])
    carry_on(company)
    assert company.posted() == [frozenset(everybody) - {everybody[2]}]
    assert company.sit_outs() == {}


def test_an_exclusion_within_a_group_is_kept_and_the_others_go_on(company: Company) -> None:
    in_groups_of(company, 4)
    everybody = company.employ(4)
    company.match()
    company.exclude(everybody[0], everybody[1])
    carry_on(company)
    assert sorted(map(len, company.posted())) == [2, 2]
    assert all(len(people & {everybody[0], everybody[1]}) == 1 for people in company.posted())


def test_each_answer_names_who_was_there(company: Company) -> None:
    in_groups_of(company, 5)
    company.employ(5)
    company.match()
    company.deliver()
    [introduction] = {
        content.introduction_id
        for _, content, _ in company.messenger.posted
        if isinstance(content, IntroductionMessage)
    }
    noted = record_answer(
        company.sessions,
        introduction,
        "U000",
        AnswerWord.MET,
        met=("U001", "U003"),
        now=SLOT + timedelta(days=3),
    )
    assert noted.met == {"U001", "U003"}
    assert len(noted.others) == 4
