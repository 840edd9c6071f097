"""HR's tables from what is stored: when they are released, that they never change, and whom they count."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

import insights
from db.tables import Introduction, IntroductionMember, Person, ReleasedTable
from domain.rounds import AnswerWord
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.record_answer import record_answer
from use_cases.release_report import release_report

SECRET = b"0123456789abcdef"
CLOSED = datetime(2026, 11, 23, tzinfo=UTC) + 4 * WEEK + timedelta(days=14)
COMPANY = "Company"


def release(company: Company, now: datetime) -> dict[str, insights.ReleasedTable]:
    tables = release_report(company.sessions, workspace_id=company.workspace_id, secret=SECRET, now=now)
    return {table.name: table for table in reversed(tables)}


@pytest.fixture
def month(company: Company) -> Company:
    """Forty-four people, four rounds; half of the introductions are said to have become meetings."""
    people = company.employ(44)
    with company.sessions.write() as session:
        for number, one in enumerate(people):
            department = ("Design", "Finance", "Sales")[number % 3]
            session.execute(update(Person).where(Person.slack_user_id == one).values(department=department))
    for week in range(4):
        company.match(now=SLOT + week * WEEK)
        company.deliver(now=SLOT + week * WEEK)
    for number, introduction in enumerate(company.all(Introduction)):
        members = company.all(IntroductionMember, introduction_id=introduction.id)
        [person] = company.all(Person, id=members[0].person_id)
        if number % 2:
            record_answer(
                company.sessions, introduction.public_id, person.slack_user_id, AnswerWord.MET, now=SLOT
            )
    return company


def near(cell: insights.Cell, truth: int) -> bool:
    """Whether a released count is one of the two multiples of five around the truth."""
    count = getattr(cell, "count", None)
    return isinstance(count, int) and count % 5 == 0 and abs(count - truth) < 5


def test_nothing_is_released_before_a_period_is_closed(month: Company) -> None:
    assert release(month, CLOSED - timedelta(minutes=1)) == {}
    assert month.all(ReleasedTable) == []


def test_a_closed_period_is_released_once(month: Company) -> None:
    tables = release(month, CLOSED)
    assert set(tables) == {insights.PEOPLE_FUNNEL, insights.INTRODUCTIONS_FUNNEL, insights.MET_RATE}
    assert release(month, CLOSED + timedelta(days=1)) == tables
    assert len(month.all(ReleasedTable)) == 3


def test_the_counts_are_those_of_the_period(month: Company) -> None:
    tables = release(month, CLOSED)
    people, introductions = tables[insights.PEOPLE_FUNNEL], tables[insights.INTRODUCTIONS_FUNNEL]
    assert near(people.cell(COMPANY, "eligible"), 44)
    assert near(introductions.cell(COMPANY, "delivered"), 88)
    assert near(introductions.cell(COMPANY, "met"), 44)


def test_late_answers_do_not_change_what_was_released(month: Company) -> None:
    before = release(month, CLOSED)
    for introduction in month.all(Introduction):
        members = month.all(IntroductionMember, introduction_id=introduction.id)
        [person] = month.all(Person, id=members[0].person_id)
        record_answer(
            month.sessions, introduction.public_id, person.slack_user_id, AnswerWord.NOT_THIS_TIME, now=CLOSED
        )
    assert release(month, CLOSED + timedelta(days=1)) == before


def test_departments_come_after_twelve_weeks(month: Company) -> None:
    closed = datetime(2026, 11, 23, tzinfo=UTC) + 12 * WEEK + timedelta(days=14)
    tables = release(month, closed)
    assert {insights.WHO_MEETS_WHOM, insights.DEPARTMENT_PAIRS_LINKED} <= set(tables)
    rows = {row.label for row in tables[insights.PEOPLE_FUNNEL_BY_DEPARTMENT].rows}
    assert rows == {"Design", "Finance", "Sales"}


def test_no_name_and_no_id_is_released(month: Company) -> None:
    release(month, CLOSED)
    bodies = " ".join(str(row.body) for row in month.all(ReleasedTable))
    assert "U0" not in bodies


def test_of_a_small_company_nothing_is_released(company: Company) -> None:
    company.employ(19)
    company.match()
    company.deliver()
    assert release(company, CLOSED) == {}
