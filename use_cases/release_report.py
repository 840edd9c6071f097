"""HR's tables: released once for each period that is closed, and from then on read as they were."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import insights
from db.reports import (
    delivered_introductions,
    departments_of,
    eligible,
    released,
    store_table,
    ties,
    took_part,
)
from db.sessions import Sessions
from db.tables import Program
from db.workspaces import first_program

WEEKS = (4, 12)
CLOSED_AFTER = timedelta(days=14)


def release_report(
    sessions: Sessions, *, workspace_id: int, secret: bytes, now: datetime
) -> list[insights.ReleasedTable]:
    """Release what is due, and read everything that was released, the newest first.

    A period is closed fourteen days after its end, so that late answers still count; a table that was
    released never changes after that.
    """
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        there = {(row.name, row.period_on) for row in released(session, workspace_id)}
        for weeks in WEEKS:
            for period_on in _closed_periods(program, weeks, now):
                records = _records(session, program, period_on, weeks)
                for table in insights.release(records, secret=secret):
                    if (table.name, period_on) not in there:
                        store_table(
                            session,
                            workspace_id,
                            name=table.name,
                            period_on=period_on,
                            weeks=weeks,
                            body=table.to_dict(),
                            now=now,
                        )
        return [insights.ReleasedTable.from_dict(row.body) for row in released(session, workspace_id)]


def _closed_periods(program: Program, weeks: int, now: datetime) -> list[date]:
    """The first days of all periods whose numbers may be released, counted from the program's first week."""
    periods: list[date] = []
    start = program.anchor_on
    while _midnight(program, start + timedelta(weeks=weeks)) + CLOSED_AFTER <= now:
        periods.append(start)
        start += timedelta(weeks=weeks)
    return periods


def _midnight(program: Program, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(program.timezone))


def _records(session: Session, program: Program, period_on: date, weeks: int) -> insights.PeriodRecords:
    since, until = _midnight(program, period_on), _midnight(program, period_on + timedelta(weeks=weeks))
    introductions = delivered_introductions(session, program, since, until)
    introduced = frozenset(person for one in introductions for person in one.people)
    opted_in = took_part(session, program, since, until) | introduced
    here = dict(eligible(session, program))
    here |= departments_of(session, sorted(opted_in - here.keys()))
    return insights.PeriodRecords(
        period_on=period_on,
        weeks=weeks,
        eligible=tuple(insights.Eligible(person, department) for person, department in sorted(here.items())),
        opted_in=opted_in,
        introduced=introduced,
        introductions=tuple(
            insights.IntroductionRecord(
                people=one.people,
                new=one.new,
                cross_department=len(set(one.departments)) > 1,
                met=one.met,
                answered=one.answered or one.met,
            )
            for one in introductions
        ),
        ties=tuple(pair for pair in ties(session, program, since, until) if set(pair) <= here.keys()),
    )
