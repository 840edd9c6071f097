"""HR's tables from what is stored: closed by the clock, never changed, and of the people there were."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

import insights
from db.reports import delivered_introductions, sit_outs_in, took_part
from db.tables import (
    Answer,
    Census,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    Person,
    ReleasedTable,
    ReportGroups,
    ReportPeriod,
    Round,
    SitOut,
)
from domain.programs import ParticipantState
from domain.reports import PeriodState
from domain.rounds import AnswerWord, DeliveryState, ToldReason
from tests.db.at_once import at_once
from tests.use_cases.company import SLOT, WEEK, Company, colleague
from use_cases.change_schedule import change_schedule
from use_cases.erase_person import erase_person
from use_cases.read_report import read_report
from use_cases.record_answer import record_answer
from use_cases.release_report import release_report
from use_cases.sync_directory import sync_person
from use_cases.take_census import take_census

SECRET = b"0123456789abcdef"
BEGIN = datetime(2026, 11, 23, tzinfo=UTC)
END = BEGIN + 4 * WEEK
QUARTER = BEGIN + 12 * WEEK
DAYS_14 = timedelta(days=14)
CLOSED = END + DAYS_14
COMPANY = "Company"
CANNOT_TELL, AT_LEAST_80 = insights.Reading.CANNOT_TELL, insights.Reading.AT_LEAST_80
MET, PLANNED, NO = AnswerWord.MET, AnswerWord.PLANNED, AnswerWord.NOT_THIS_TIME


def tick(company: Company, now: datetime) -> list[insights.ReleasedTable]:
    """What the clock does, and what can be read then, the oldest first."""
    take_census(company.sessions, workspace_id=company.workspace_id, now=now)
    release_report(company.sessions, workspace_id=company.workspace_id, secret=SECRET, now=now)
    return read_report(company.sessions, workspace_id=company.workspace_id)[::-1]


def release(company: Company, closed: datetime) -> dict[str, insights.ReleasedTable]:
    """The clock ticks when a period ends and when it closes; the newest tables by name."""
    tick(company, closed - DAYS_14)
    return {table.name: table for table in tick(company, closed)}


def states(company: Company) -> list[tuple[date, int, PeriodState]]:
    return sorted((one.period_on, one.weeks, one.state) for one in company.all(ReportPeriod))


def move(company: Company, people: Iterable[str], department: str) -> None:
    with company.sessions.write() as session:
        session.execute(
            update(Person).where(Person.slack_user_id.in_(list(people))).values(department=department)
        )


def hire(company: Company, count: int, department: str = "New") -> None:
    with company.sessions.write() as session:
        session.add_all(
            Person(workspace_id=company.workspace_id, slack_user_id=f"UNEW{number}", department=department)
            for number in range(count)
        )


def lunch(company: Company, week: int) -> None:
    """A round, with all its messages sent at once."""
    company.match(now=SLOT + week * WEEK)
    company.change(Delivery, state=DeliveryState.SENT, channel_id="C1", message_ts="1.0")


def members(company: Company, introduction: Introduction) -> list[str]:
    """Slack ids of an introduction's people, by their ids."""
    names = {person.id: person.slack_user_id for person in company.all(Person)}
    rows = company.all(IntroductionMember, introduction_id=introduction.id)
    return [names[one] for one in sorted(row.person_id for row in rows)]


def say(
    company: Company,
    introduction: Introduction,
    who: str,
    word: AnswerWord,
    met: tuple[str, ...] = (),
    now: datetime = SLOT,
) -> None:
    record_answer(company.sessions, introduction.public_id, who, word, met=met, now=now)


@pytest.fixture
def month(company: Company) -> Company:
    """Forty-four people, two rounds; of every second introduction the first says that they met."""
    people = company.employ(44)
    for number, department in enumerate(("Design", "Finance", "Sales")):
        move(company, people[number::3], department)
    for week in range(2):
        lunch(company, week)
    for introduction in company.all(Introduction)[1::2]:
        say(company, introduction, members(company, introduction)[0], MET)
    return company


def near(cell: insights.Cell, truth: int) -> bool:
    """Whether a released count is one of the two multiples of five around the truth."""
    count = getattr(cell, "count", None)
    return isinstance(count, int) and count % 5 == 0 and abs(count - truth) < 5


# The clock


def test_nothing_is_released_before_a_period_is_closed(month: Company) -> None:
    assert tick(month, END - timedelta(seconds=1)) == []
    assert month.all(Census) == []
    assert tick(month, END) == []
    assert len(month.all(Census)) == 44
    assert tick(month, CLOSED - timedelta(seconds=1)) == []
    assert states(month) == [(BEGIN.date(), 4, PeriodState.COUNTED)]


def test_a_closed_period_is_released_once(month: Company) -> None:
    tables = release(month, CLOSED)
    assert set(tables) == {insights.PEOPLE_FUNNEL, insights.INTRODUCTIONS_FUNNEL, insights.MET_RATE}
    assert states(month) == [(BEGIN.date(), 4, PeriodState.RELEASED)]
    assert release(month, CLOSED + timedelta(days=1)) == tables
    assert len(month.all(ReleasedTable)) == 3


def test_who_worked_here_is_known_for_as_long_as_numbers_are_held_against_each_other(month: Company) -> None:
    for week in range(0, 36, 4):
        tick(month, END + week * WEEK)
        release(month, CLOSED + week * WEEK)
    periods = {one.id: one.period_on for one in month.all(ReportPeriod)}
    known = {periods[row.report_period_id] for row in month.all(Census)}
    newest = max(one.period_on + timedelta(weeks=one.weeks) for one in month.all(ReportPeriod))
    assert known == {day for day in periods.values() if day >= newest - insights.LOOKS_BACK}
    assert known != set(periods.values())


def test_who_is_forgotten_has_not_worked_here_in_what_is_released(month: Company) -> None:
    release(month, CLOSED)
    tick(month, END + 4 * WEEK)
    with month.sessions.write() as session:
        person = session.scalars(select(Person).where(Person.is_active).limit(1)).one()
        gone = person.id
        erase_person(session, person, now=END + 4 * WEEK + timedelta(days=1))
    states_of = {one.id: one.state for one in month.all(ReportPeriod)}
    assert [states_of[row.report_period_id] for row in month.all(Census, person_id=gone)] == ["counted"]
    release(month, CLOSED + 4 * WEEK)
    assert month.all(Census, person_id=gone) == []
    assert len(month.all(Census)) == 2 * 43


def test_the_counts_are_those_of_the_period(month: Company) -> None:
    tables = release(month, CLOSED)
    people, introductions = tables[insights.PEOPLE_FUNNEL], tables[insights.INTRODUCTIONS_FUNNEL]
    assert near(people.cell(COMPANY, "eligible"), 44)
    assert near(introductions.cell(COMPANY, "delivered"), 44)
    assert near(introductions.cell(COMPANY, "met"), 22)


def test_what_happens_after_the_end_does_not_reach_the_numbers(month: Company) -> None:
    tick(month, END)
    on_time = release(month, CLOSED)
    month.change(ReportPeriod, state=PeriodState.WITHHELD)
    with month.sessions.write() as session:
        for table in (ReleasedTable, Census, ReportPeriod):
            session.execute(delete(table))
    tick(month, END)
    # Hirings, a reorganisation, departures; and a release that comes two months late.
    hire(month, 100)
    move(month, [f"U{number:03}" for number in range(30)], "New")
    for number in range(5):
        sync_person(
            month.sessions,
            colleague(f"U{number:03}", is_active=False),
            workspace_id=month.workspace_id,
            now=END + timedelta(days=1),
        )
    late = {table.name: table for table in tick(month, CLOSED + timedelta(days=60))}
    assert {name: table.rows for name, table in late.items() if table.period_on == BEGIN.date()} == {
        name: table.rows for name, table in on_time.items()
    }


@pytest.mark.parametrize("word", [MET, NO])
def test_answers_count_until_the_period_closes(month: Company, word: AnswerWord) -> None:
    on_time = release(month, CLOSED)[insights.INTRODUCTIONS_FUNNEL]
    with month.sessions.write() as session:
        for table in (ReleasedTable, Census, ReportPeriod):
            session.execute(delete(table))
    tick(month, END)
    unanswered = [one for one in month.all(Introduction) if not month.all(Answer, introduction_id=one.id)]
    for number, introduction in enumerate(unanswered):
        say(month, introduction, members(month, introduction)[0], word, now=BEGIN)
        # Introductions close before their period does; the numbers don't rely on that.
        at = CLOSED if number < 5 else CLOSED + timedelta(seconds=1)
        with month.sessions.write() as session:
            session.execute(
                update(Answer).where(Answer.introduction_id == introduction.id).values(answered_at=at)
            )
    [late] = [one for one in tick(month, CLOSED + DAYS_14) if one.name == insights.INTRODUCTIONS_FUNNEL]
    assert near(late.cell(COMPANY, "met"), 22 + 5 * (word == MET))
    assert near(on_time.cell(COMPANY, "met"), 22)


def test_a_meeting_counts_though_its_answers_are_erased(month: Company) -> None:
    with month.sessions.write() as session:
        session.execute(delete(Answer))
    tables = release(month, CLOSED)
    assert near(tables[insights.INTRODUCTIONS_FUNNEL].cell(COMPANY, "met"), 22)


def test_of_a_small_company_nothing_is_released_even_if_it_grows(company: Company) -> None:
    company.employ(19)
    lunch(company, 0)
    assert tick(company, END) == []
    hire(company, 40)
    assert tick(company, CLOSED) == []
    assert states(company) == [(BEGIN.date(), 4, PeriodState.WITHHELD)]
    assert tick(company, CLOSED + DAYS_14) == []
    assert company.all(Census, report_period_id=company.all(ReportPeriod)[0].id) == []


def test_a_period_that_nobody_counted_in_time_is_withheld(month: Company) -> None:
    assert tick(month, CLOSED) == []
    assert states(month) == [(BEGIN.date(), 4, PeriodState.WITHHELD)]
    assert month.all(Census) == []


def test_of_several_replicas_one_counts_and_one_releases(month: Company) -> None:
    at_once(*[lambda: tick(month, END)] * 4)
    assert len(month.all(Census)) == 44
    at_once(*[lambda: tick(month, CLOSED)] * 4)
    assert len(month.all(ReleasedTable)) == 3


def test_no_name_and_no_id_is_released(month: Company) -> None:
    release(month, CLOSED)
    bodies = " ".join(str(row.body) for row in month.all(ReleasedTable))
    assert "U0" not in bodies


# The periods


def test_a_change_of_the_cadence_loses_no_period(company: Company) -> None:
    company.employ(20)
    tick(company, END)
    change_schedule(
        company.sessions,
        workspace_id=company.workspace_id,
        now=END + WEEK + timedelta(days=3),
        actor="x",
        cadence_weeks=2,
    )
    for week in range(5, 30):
        tick(company, BEGIN + week * WEEK)
    days = {weeks: [day for day, length, _ in states(company) if length == weeks] for weeks in (4, 12)}
    assert days[4] == [BEGIN.date() + number * 4 * WEEK for number in range(7)]
    assert days[12] == [BEGIN.date() + number * 12 * WEEK for number in range(2)]


def test_periods_of_a_program_that_moves_to_another_zone_are_disjoint_without_a_gap(company: Company) -> None:
    company.employ(20)
    tick(company, END)
    change_schedule(
        company.sessions,
        workspace_id=company.workspace_id,
        now=END + timedelta(days=3),
        actor="x",
        timezone="America/Los_Angeles",
    )
    tick(company, END + 5 * WEEK)
    first, second = sorted(company.all(ReportPeriod), key=lambda one: one.period_on)
    assert second.begins_at == first.ends_at == END
    assert second.ends_at == END + 4 * WEEK + timedelta(hours=8)


def test_a_period_that_overlaps_one_released_before_is_left_out(company: Company) -> None:
    company.employ(20)
    release(company, CLOSED)
    with company.sessions.write() as session:
        program = company.program()
        session.execute(
            update(type(program)).values(reports_from=BEGIN.date() + timedelta(weeks=2), anchor_on=END.date())
        )
    tick(company, END + 10 * WEEK)
    assert [day for day, weeks, _ in states(company) if weeks == 4] == [
        BEGIN.date(),
        BEGIN.date() + timedelta(weeks=6),
        BEGIN.date() + timedelta(weeks=10),
    ]


def test_a_program_of_the_version_before_counts_from_its_anchor(company: Company) -> None:
    company.change(type(company.program()), reports_from=None)
    tick(company, END)
    assert states(company) == [(BEGIN.date(), 4, PeriodState.COUNTED)]


# The people


@pytest.mark.parametrize("took_part", [True, False])
def test_whether_a_leaver_took_part_changes_no_row(company: Company, took_part: bool) -> None:
    people = company.employ(60)
    for department, some in (("Legal", people[:10]), ("Sales", people[10:35]), ("Ops", people[35:])):
        move(company, some, department)
    if not took_part:
        with company.sessions.write() as session:
            leaver = Participant.person_id == company.id_of(people[0])
            session.execute(delete(Participant).where(leaver))
    lunch(company, 0)
    sync_person(
        company.sessions,
        colleague(people[0], is_active=False),
        workspace_id=company.workspace_id,
        now=BEGIN + timedelta(days=20),
    )
    tables = release(company, QUARTER + DAYS_14)
    funnel, meetings = tables[insights.PEOPLE_FUNNEL_BY_DEPARTMENT], tables[insights.WHO_MEETS_WHOM]
    assert [row.label for row in funnel.rows] == ["Sales", "Other"]
    assert meetings.columns == ("Sales", "Other")
    assert near(funnel.cell("Other", "eligible"), 34)


def test_who_has_left_is_in_introductions_and_no_longer_among_people(month: Company) -> None:
    month.directory.add(*(colleague(f"U{number:03}", is_active=False) for number in range(20)))
    for number in range(20):
        sync_person(
            month.sessions,
            colleague(f"U{number:03}", is_active=False),
            workspace_id=month.workspace_id,
            now=END - timedelta(days=1),
        )
    tables = release(month, CLOSED)
    assert near(tables[insights.INTRODUCTIONS_FUNNEL].cell(COMPANY, "delivered"), 44)
    assert near(tables[insights.PEOPLE_FUNNEL].cell(COMPANY, "eligible"), 24)
    assert tables[insights.PEOPLE_FUNNEL].cell(COMPANY, "introduced") is AT_LEAST_80


def test_who_left_and_came_back_was_out_in_between(company: Company) -> None:
    people = company.employ(40)
    for one in people:
        company.leave(one, now=SLOT + timedelta(days=1))
    for week in (4, 8):
        tick(company, BEGIN + week * WEEK)
    company.join(*people, now=SLOT + 9 * WEEK)
    tick(company, QUARTER)
    for week in (6, 10, 14):
        tick(company, BEGIN + week * WEEK)
    funnels = [
        table
        for table in read_report(company.sessions, workspace_id=company.workspace_id)
        if table.name == insights.PEOPLE_FUNNEL
    ]
    # In during the first month, out during the second, in again in the third; the newest first.
    assert [table.cell(COMPANY, "opted in") for table in funnels] == [
        AT_LEAST_80,
        insights.Reading.AT_MOST_20,
        AT_LEAST_80,
    ]


def test_coming_back_twice_keeps_every_time_and_a_pause_is_no_leaving(company: Company) -> None:
    company.join("UA")
    for week in (1, 3):
        company.leave("UA", now=SLOT + week * WEEK)
        company.join("UA", now=SLOT + (week + 1) * WEEK)
    company.change(Participant, state=ParticipantState.PAUSED, paused_until=date(2027, 2, 1))
    company.join("UA", now=SLOT + 6 * WEEK)
    with company.sessions.read() as session:
        weeks_in = [
            week
            for week in range(8)
            if took_part(session, company.program(), SLOT + week * WEEK, SLOT + (week + 1) * WEEK)
        ]
    assert weeks_in == [0, 2, 4, 5, 6, 7]


# What people said


@pytest.mark.parametrize(
    ("words", "pairs", "is_open"),
    [
        ([("first", MET, ("second",)), ("third", NO, ())], {("first", "second")}, False),
        ([("first", MET, ("second", "third"))], {("first", "second"), ("first", "third")}, False),
        # The other two may have met without the first.
        ([("first", NO, ())], set(), True),
        ([("first", NO, ()), ("second", PLANNED, ())], set(), True),
        ([("first", NO, ()), ("second", NO, ())], set(), False),
        ([], set(), True),
    ],
)
def test_of_a_trio_those_count_who_met(
    company: Company,
    words: list[tuple[str, AnswerWord, tuple[str, ...]]],
    pairs: set[tuple[str, str]],
    is_open: bool,
) -> None:
    company.employ(3)
    lunch(company, 0)
    [trio] = company.all(Introduction, active=True)
    who = dict(zip(("first", "second", "third"), members(company, trio), strict=True))
    for one, word, there in words:
        say(company, trio, who[one], word, tuple(who[other] for other in there))
    tick(company, END)
    [period] = company.all(ReportPeriod)
    with company.sessions.read() as session:
        [one] = delivered_introductions(session, company.program(), period, CLOSED)
    assert one.pairs_met == {tuple(company.id_of(who[name]) for name in pair) for pair in pairs}
    assert one.open == is_open


def test_a_plan_leaves_it_open(company: Company) -> None:
    company.employ(60)
    lunch(company, 0)
    for introduction in company.all(Introduction, active=True):
        say(company, introduction, members(company, introduction)[0], PLANNED)
    rate = release(company, CLOSED)[insights.MET_RATE].cell(COMPANY, "met rate")
    assert rate == insights.Bounds(insights.Reading.AT_MOST_20, AT_LEAST_80, insights.Reading.AT_MOST_20)


# The rest of twelve weeks


@pytest.fixture
def quarter(company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Forty-five people: one sits out each week, all who were introduced in weeks 0 and 1 met."""
    # Who meets whom decides what the gate has to take away, so these are the same in each run.
    monkeypatch.setattr("use_cases.start_due_rounds.secrets.randbelow", lambda _: 1)
    company.employ(45)
    company.change(Person, office="Lyon", level="Mid", started_on=(BEGIN - timedelta(days=60)).date())
    for week in range(3):
        lunch(company, week)
        for introduction in company.all(Introduction, round_id=company.newest_round())[: 99 * (week < 2)]:
            say(company, introduction, members(company, introduction)[0], MET)
    return company


def test_newcomers_ties_and_novelty_of_twelve_weeks(quarter: Company) -> None:
    for month in (4, 8):
        tick(quarter, BEGIN + month * WEEK)
    tables = release(quarter, QUARTER + DAYS_14)
    # Whoever was in a lunch of the first two weeks met somebody within 90 days, which were over in week 5.
    [(joiners, met)] = [row.cells for row in tables[insights.NEWCOMERS].rows]
    assert near(joiners, 45)
    assert met is AT_LEAST_80
    meetings = {(one.low_id, one.high_id) for one in quarter.all(Meeting)}
    assert near(tables[insights.NEW_TIES].cell(COMPANY, "new ties"), len(meetings))
    assert tables[insights.NOVELTY_LEFT].rows[0].cells[0] is insights.WeeksLeft.OVER_52


def test_offices_levels_and_tenures_come_from_the_census(quarter: Company) -> None:
    with quarter.sessions.write() as session:
        some = Person.id.in_([quarter.id_of(f"U{number:03}") for number in range(15)])
        session.execute(update(Person).where(some).values(office="Paris", level="Lead", started_on=None))
    tick(quarter, QUARTER)
    quarter.change(Person, office="Rome", level="Boss", started_on=None)
    tables = {table.name: table for table in tick(quarter, QUARTER + DAYS_14)}
    labels = {
        insights.OPT_IN_BY_OFFICE: ["Lyon", "Paris"],
        insights.OPT_IN_BY_LEVEL: ["Lead", "Mid"],
        insights.LEVELS_MEET: ["Lead", "Mid"],
        insights.OPT_IN_BY_TENURE: ["Under 1 year", "No first day"],
    }
    assert {name: [row.label for row in tables[name].rows] for name in labels} == labels
    assert {one.attribute for one in quarter.all(ReportGroups)} == {"office", "level", "tenure"}


def test_who_met_again_is_no_new_tie_and_who_stays_is_retained(quarter: Company) -> None:
    release(quarter, QUARTER + DAYS_14)
    for number in range(20):
        quarter.leave(f"U{number:03}", now=QUARTER + WEEK)
    lunch(quarter, 12)
    for introduction in quarter.all(Introduction, round_id=quarter.newest_round()):
        say(quarter, introduction, members(quarter, introduction)[0], MET, now=QUARTER + WEEK)
    tables = release(quarter, QUARTER + 12 * WEEK + DAYS_14)
    retention = tables[insights.RETENTION]
    assert retention.cell(COMPANY, "active before") is AT_LEAST_80
    assert near(retention.cell(COMPANY, "still active"), 25)
    assert near(tables[insights.NEWCOMERS].rows[0].cells[0], 0)


def test_sit_outs_are_those_of_the_period(company: Company) -> None:
    company.employ(40)
    lunch(company, 0)
    with company.sessions.write() as session:
        [round_id] = {one.id for one in company.all(Round)}
        session.add(SitOut(round_id=round_id, person_id=company.id_of("U001"), reason=ToldReason.ODD_NUMBER))
    for week in range(1, 3):
        lunch(company, week)
    tick(company, QUARTER)
    [period] = [one for one in company.all(ReportPeriod) if one.weeks == 12]
    with company.sessions.read() as session:
        assert sit_outs_in(session, company.program(), period) == [company.id_of("U001")]


# The groups


def test_groups_stay_for_52_weeks(company: Company) -> None:
    people = company.employ(80)
    move(company, people[:12], "Legal")
    move(company, people[12:40], "Sales")
    move(company, people[40:], "Ops")
    labels = {}
    for number in range(6):
        end = BEGIN + (number + 1) * 12 * WEEK
        if number == 1:  # a new department out of three of Legal, and ten of Ops
            move(company, [*people[:3], *people[40:50]], "Data")
        for table in release(company, end + DAYS_14).values():
            if table.name == insights.PEOPLE_FUNNEL_BY_DEPARTMENT:
                labels[number] = {row.label: row.cells[0] is CANNOT_TELL for row in table.rows}
    shown = {"Legal": False, "Ops": False, "Sales": False}
    frozen = {"Legal": True, "Ops": False, "Sales": False, "Other": False}
    assert [labels[number] for number in range(5)] == [shown, *[frozen] * 4]
    # 60 weeks after the first period began they are made anew: Legal has 9, so Data goes with it.
    assert labels[5] == {"Ops": False, "Sales": False, "Other": False}
    assert [row.period_on for row in sorted(company.all(ReportGroups), key=lambda one: one.id)] == [
        BEGIN.date(),
        BEGIN.date() + 60 * WEEK,
    ]


def test_a_company_without_groups_gets_them_as_soon_as_it_can(company: Company) -> None:
    move(company, company.employ(39), "Sales")
    release(company, QUARTER + DAYS_14)
    assert company.all(ReportGroups) == []
    hire(company, 20)
    tables = release(company, QUARTER + 12 * WEEK + DAYS_14)
    assert {row.label for row in tables[insights.PEOPLE_FUNNEL_BY_DEPARTMENT].rows} == {"New", "Sales"}


def test_departments_come_after_twelve_weeks(month: Company) -> None:
    tables = release(month, QUARTER + DAYS_14)
    assert {insights.WHO_MEETS_WHOM, insights.DEPARTMENT_PAIRS_LINKED} <= set(tables)
    rows = {row.label for row in tables[insights.PEOPLE_FUNNEL_BY_DEPARTMENT].rows}
    assert rows == {"Design", "Finance", "Sales"}
