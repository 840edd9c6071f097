"""HR's tables: released by the clock when a period closes, and never again."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

import insights
from db.reports import (
    DeliveredIntroduction,
    census_of,
    delivered_introductions,
    forget_census,
    groups_since,
    known_periods,
    met_before,
    settle_period,
    store_groups,
    store_table,
    took_part,
)
from db.sessions import Sessions
from db.tables import ReportPeriod
from db.workspaces import first_program
from domain.reports import CLOSED_AFTER, PERIOD_WEEKS, PeriodState

DEPARTMENT = "department"
GROUPS_STAY = timedelta(weeks=52)


def release_report(sessions: Sessions, *, workspace_id: int, secret: bytes, now: datetime) -> int:
    """Release what is closed; how many periods were settled.

    It comes to the same whenever this runs after the closing day: who worked here was written down at the
    period's end, and what was answered since it closed is not heard. Of too few people nothing is released,
    then or ever.
    """
    with sessions.read() as session:
        due = [
            period.id
            for period in known_periods(session, workspace_id)
            if period.state == PeriodState.COUNTED and period.ends_at + CLOSED_AFTER <= now
        ]
    for period_id in due:
        with sessions.write() as session:
            if settle_period(session, period_id, now):
                _release(session, session.get_one(ReportPeriod, period_id), secret, now)
    return len(due)


def _release(session: Session, period: ReportPeriod, secret: bytes, now: datetime) -> None:
    records = _records(session, period)
    by_department = period.weeks == max(PERIOD_WEEKS)
    groups = _groups(session, period, records) if by_department else None
    tables = insights.release(records, secret=secret, groups=groups)
    if not tables:
        period.state = PeriodState.WITHHELD
    for table in tables:
        store_table(
            session,
            period.workspace_id,
            name=table.name,
            period_on=period.period_on,
            weeks=period.weeks,
            body=table.to_dict(),
            now=now,
        )
    forget_census(session, period.id)


def _groups(session: Session, period: ReportPeriod, records: insights.PeriodRecords) -> Mapping[str, str]:
    """The groups of the departments: those of the last 52 weeks, else made for the people of this period."""
    day = period.period_on
    groups = groups_since(session, period.workspace_id, DEPARTMENT, day - GROUPS_STAY, day)
    if groups is None:
        groups = insights.department_groups(records.eligible, insights.BASE_FLOOR)
        if groups:
            store_groups(session, period.workspace_id, DEPARTMENT, day, groups)
    return groups


def _records(session: Session, period: ReportPeriod) -> insights.PeriodRecords:
    program = first_program(session, period.workspace_id)
    here = census_of(session, period.id)
    introductions = delivered_introductions(session, program, period, period.ends_at + CLOSED_AFTER)
    introduced = {person for one in introductions for person in one.people} & here.keys()
    met_now = {pair for one in introductions for pair in one.pairs_met}
    ties = met_now - met_before(session, program, period.begins_at)
    return insights.PeriodRecords(
        period_on=period.period_on,
        weeks=period.weeks,
        eligible=tuple(insights.Eligible(person, department) for person, department in here.items()),
        opted_in=frozenset(
            (took_part(session, program, period.begins_at, period.ends_at) | introduced) & here.keys()
        ),
        introduced=frozenset(introduced),
        introductions=tuple(map(_record, introductions)),
        ties=tuple(sorted(pair for pair in ties if here.keys() >= set(pair))),
    )


def _record(one: DeliveredIntroduction) -> insights.IntroductionRecord:
    return insights.IntroductionRecord(
        people=one.people,
        new=one.new,
        cross_department=len(set(one.departments)) > 1,
        met=tuple(sorted({person for pair in one.pairs_met for person in pair})),
        open=one.open,
    )
