"""HR's tables: released by the clock when a period closes, and never again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter

from sqlalchemy.orm import Session

import insights
from db.reports import (
    DeliveredIntroduction,
    Pair,
    census_of,
    delivered_introductions,
    forget_censuses,
    groups_since,
    introduced_in,
    known_periods,
    met_before,
    released,
    released_since,
    settle_period,
    sit_outs_in,
    store_groups,
    store_table,
    took_part,
)
from db.sessions import Sessions
from db.tables import Program, ReportPeriod
from db.workspaces import first_program
from domain.reports import CLOSED_AFTER, PeriodState

GROUPS_STAY = timedelta(weeks=52)
Groups = Mapping[str, Mapping[str, str]]
Directories = Sequence[tuple[ReportPeriod, insights.PeriodRecords]]


def release_report(sessions: Sessions, *, workspace_id: int, secret: bytes, now: datetime) -> int:
    """Release what is closed; how many periods were settled.

    It comes to the same whenever this runs after the closing day: who worked here was written down at the
    period's end, and what was answered since it closed is not heard. Of too few people nothing is released,
    then or ever.
    """
    with sessions.read() as session:
        # The last four weeks of twelve go first: what is left to introduce is read off them.
        due = [
            period.id
            for period in sorted(
                known_periods(session, workspace_id), key=lambda one: (one.ends_at, one.weeks)
            )
            if period.state == PeriodState.COUNTED and period.ends_at + CLOSED_AFTER <= now
        ]
    for period_id in due:
        with sessions.read() as session:
            period = session.get_one(ReportPeriod, period_id)
            directories = _directories(session, period)
            records = _records(session, period, directories)
            kept, new = _groups(session, period, records)
            earlier = [
                insights.ReleasedTable.from_dict(row.body) for row in released(session, period.workspace_id)
            ]
        # Nobody waits for a lock while this is worked out; whoever settles the period first has the same.
        tables = insights.release(
            records,
            secret=secret,
            groups={**kept, **new},
            earlier=earlier,
            directories=[directory for _, directory in directories],
        )
        with sessions.write() as session:
            if settle_period(session, period_id, now):
                _store(session, session.get_one(ReportPeriod, period_id), new, tables, now)
    return len(due)


def _store(
    session: Session,
    period: ReportPeriod,
    groups: Groups,
    tables: Sequence[insights.ReleasedTable],
    now: datetime,
) -> None:
    for attribute, made in groups.items():
        if made:
            store_groups(session, period.workspace_id, attribute, period.period_on, made)
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
    forget_censuses(session, period.workspace_id, _looked_at_from(period))


def _groups(session: Session, period: ReportPeriod, records: insights.PeriodRecords) -> tuple[Groups, Groups]:
    """The groups of the last 52 weeks, and of other attributes those made for the people of this period."""
    day, kept, new = period.period_on, {}, {}
    for attribute, made in insights.attribute_groups(records).items():
        groups = groups_since(session, period.workspace_id, attribute, day - GROUPS_STAY, day)
        if groups is None:
            new[attribute] = made
        else:
            kept[attribute] = groups
    return kept, new


def _looked_at_from(period: ReportPeriod) -> date:
    """The first day of the oldest period whose tables the gate puts together with those of this one."""
    return period.period_on + timedelta(weeks=period.weeks) - insights.LOOKS_BACK


def _directories(session: Session, period: ReportPeriod) -> Directories:
    """Who worked here at the end of the periods that are released already, where that is known."""
    earlier = released_since(session, period.workspace_id, _looked_at_from(period))
    # Twelve weeks end with the last four of them, and with the same people.
    at = {one.ends_at: one for one in earlier}
    people = {ends_at: _people(session, one) for ends_at, one in at.items()}
    return [
        (one, insights.PeriodRecords(one.period_on, one.weeks, people[one.ends_at]))
        for one in earlier
        if people[one.ends_at]
    ]


def _people(session: Session, period: ReportPeriod) -> tuple[insights.Eligible, ...]:
    return tuple(insights.Eligible(*row) for row in census_of(session, period.id))


def _active_before(
    session: Session, program: Program, period: ReportPeriod, earlier: Directories
) -> frozenset[int]:
    """Who opted in in as many weeks before: as was counted then, where that was released."""
    began = period.begins_at - (period.ends_at - period.begins_at)
    opted_in = took_part(session, program, began, period.begins_at)
    for one, directory in earlier:
        if one.ends_at == period.begins_at and one.weeks == period.weeks:
            people = frozenset(each.person for each in directory.eligible)
            return people & (opted_in | introduced_in(session, program, one))
    return opted_in


def _records(session: Session, period: ReportPeriod, directories: Directories) -> insights.PeriodRecords:
    program = first_program(session, period.workspace_id)
    eligible = _people(session, period)
    here = frozenset(one.person for one in eligible)
    introductions = delivered_introductions(session, program, period, period.ends_at + CLOSED_AFTER)
    introduced = here & {person for one in introductions for person in one.people}
    opted_in = here & took_part(session, program, period.begins_at, period.ends_at) | introduced
    met_now = {pair for one in introductions for pair in one.pairs_met if here >= set(pair)}
    earlier = met_before(session, program, period.begins_at)
    active_before = here & _active_before(session, program, period, directories)
    return insights.PeriodRecords(
        period_on=period.period_on,
        weeks=period.weeks,
        eligible=eligible,
        opted_in=opted_in,
        introduced=introduced,
        introductions=tuple(map(_record, introductions)),
        ties=tuple(sorted(met_now - earlier.keys())),
        met_again=tuple(sorted(met_now & earlier.keys())),
        sit_outs=tuple(one for one in sit_outs_in(session, program, period) if one in opted_in),
        active_before=active_before,
        still_active=active_before & took_part(session, program, period.ends_at, period.ends_at),
        first_met_on=_first_met_on(here, earlier, introductions),
    )


def _first_met_on(
    here: frozenset[int], earlier: Mapping[Pair, date], introductions: Iterable[DeliveredIntroduction]
) -> Mapping[int, date]:
    """When each person first met somebody, of all that is known."""
    met = [*earlier.items(), *((pair, one.on) for one in introductions for pair in one.pairs_met)]
    met.sort(key=itemgetter(1), reverse=True)
    # The earliest comes last, and stays.
    first = {person: day for pair, day in met for person in pair}
    return {person: day for person, day in first.items() if person in here}


def _record(one: DeliveredIntroduction) -> insights.IntroductionRecord:
    return insights.IntroductionRecord(
        people=one.people,
        new=one.new,
        cross_department=len(set(one.departments)) > 1,
        met=tuple(sorted({person for pair in one.pairs_met for person in pair})),
        open=one.open,
    )
