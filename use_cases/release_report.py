"""HR's tables: released by the clock when a period closes, and never again."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
        # Nobody waits for a lock while this is worked out; whoever settles the period first has the same.
        with _uncollected():
            tables, new = _tables(sessions, period_id, secret)
        with sessions.write() as session:
            if settle_period(session, period_id, now):
                _store(session, session.get_one(ReportPeriod, period_id), new, tables, now)
    return len(due)


def _tables(
    sessions: Sessions, period_id: int, secret: bytes
) -> tuple[Sequence[insights.ReleasedTable], Groups]:
    """What is to be released of a period, and the groups that were made for it."""
    with sessions.read() as session:
        period = session.get_one(ReportPeriod, period_id)
        *earlier, this = _directories(session, period)
        records = _records(session, period, this, earlier)
        kept, new = _groups(session, period, records)
        before = [
            insights.ReleasedTable.from_dict(row.body) for row in released(session, period.workspace_id)
        ]
    groups = {**kept, **new}
    tables = insights.release(records, secret=secret, groups=groups, earlier=before, directories=earlier)
    return tables, new


@contextmanager
def _uncollected() -> Iterator[None]:
    """Of the hundreds of thousands of rows and records none is in a cycle; to look for some takes as long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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


def _directories(session: Session, period: ReportPeriod) -> Sequence[insights.PeriodRecords]:
    """Who worked here at the end of each released period of which that is known, and of this one."""
    periods = [*released_since(session, period.workspace_id, _looked_at_from(period)), period]
    # Most people are in all of them, and are made once; twelve weeks end with the last four of them.
    known: dict[object, insights.Eligible] = {}
    ends = {one.ends_at: one.id for one in periods}
    people = {
        ends_at: tuple(
            known.get(said := tuple(row)) or known.setdefault(said, insights.Eligible(*row))
            for row in census_of(session, period_id)
        )
        for ends_at, period_id in ends.items()
    }
    return [
        insights.PeriodRecords(one.period_on, one.weeks, people[one.ends_at])
        for one in periods
        if people[one.ends_at] or one is period
    ]


def _active_before(
    session: Session, program: Program, period: ReportPeriod, earlier: Iterable[insights.PeriodRecords]
) -> frozenset[int]:
    """Who opted in in as many weeks before: as was counted then, where that was released."""
    began = period.begins_at - (period.ends_at - period.begins_at)
    opted_in = took_part(session, program, began, period.begins_at)
    for one in earlier:
        if one.weeks == period.weeks and one.ends_on == period.period_on:
            people = frozenset(each.person for each in one.eligible)
            return people & (opted_in | introduced_in(session, program, began, period.begins_at))
    return opted_in


def _records(
    session: Session,
    period: ReportPeriod,
    directory: insights.PeriodRecords,
    earlier: Iterable[insights.PeriodRecords],
) -> insights.PeriodRecords:
    program = first_program(session, period.workspace_id)
    here = frozenset(one.person for one in directory.eligible)
    introductions = delivered_introductions(session, program, period, period.ends_at + CLOSED_AFTER)
    introduced = here & {person for one in introductions for person in one.people}
    opted_in = here & took_part(session, program, period.begins_at, period.ends_at) | introduced
    met_now = {pair for one in introductions for pair in one.pairs_met if here >= set(pair)}
    before = met_before(session, program, period.begins_at)
    active_before = here & _active_before(session, program, period, earlier)
    return insights.PeriodRecords(
        period_on=period.period_on,
        weeks=period.weeks,
        eligible=directory.eligible,
        opted_in=opted_in,
        introduced=introduced,
        introductions=tuple(map(_record, introductions)),
        ties=tuple(sorted(met_now - before.keys())),
        met_again=tuple(sorted(met_now & before.keys())),
        sit_outs=tuple(one for one in sit_outs_in(session, program, period) if one in opted_in),
        active_before=active_before,
        still_active=active_before & took_part(session, program, period.ends_at, period.ends_at),
        first_met_on=_first_met_on(here, before, introductions),
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
