"""The company's people: how far they reach, who is left over often, who stays, and who has just come."""

import datetime
from collections import Counter
from collections.abc import Callable

from insights.attributes import DEPARTMENT
from insights.floor import Floor
from insights.funnels import OF_ELIGIBLE, OPTED_IN, PEOPLE_FUNNEL, ROUNDED, people_steps
from insights.records import NEWCOMER_DAYS, PeriodRecords
from insights.rounding import Rounding
from insights.steps import Step, steps_row
from insights.tables import ReleasedTable
from insights.who_met import met_graph, values_met

REACH = "reach"
SIT_OUTS = "sit_outs"
RETENTION = "retention"
NEWCOMERS = "newcomers"
ACTIVE_BEFORE = "active before"

OFTEN = 2
WHAT_REACH_IS = (
    "Other departments than one's own, of those whom one is confirmed to have met in the period. Who opted "
    "in and is not in the third column met none; who is in the third and not in the last met 1 or 2."
)
WHAT_A_SIT_OUT_IS = "A sit-out is a round in which somebody took part and got no introduction."
WHAT_ACTIVE_IS = (
    "Active before: opted in at some time of as many weeks before this period. Still active: of these, opted "
    "in when it ended; a pause is no leaving. Whoever has left the company is in neither."
)
WHAT_NEWCOMERS_ARE = (
    f"People whose first {NEWCOMER_DAYS} days here were over in this period, and those of them who met "
    "somebody whom they were introduced to in that time. Without a first day in the directory nobody is one."
)


def reach(records: PeriodRecords) -> tuple[Step, ...]:
    """How many participants met 1 and more, and 3 and more, other departments than their own.

    Parameters
    ----------
    records : PeriodRecords
        Of these the pairs that are confirmed to have met, whether for the first time or not.

    Returns
    -------
    tuple of Step, shape (4,)
        Eligible people, those who opted in, and these two. Whoever opted in and met none is in the second
        alone. A missing department is one, too. Nested, since of three parts the third could be worked out
        where it reads only as an end.

    Examples
    --------
    >>> [step.count for step in reach(PeriodRecords(datetime.date(2026, 1, 5), 12, ()))]
    [0, 0, 0, 0]
    """
    graph, department = met_graph(records, again=True), DEPARTMENT.values(records)
    others = [len(values_met(graph, person, department) - {department[person]}) for person in graph]
    return (
        *people_steps(records)[:2],
        Step("met 1 or more other departments", sum(count >= 1 for count in others), REACH),
        Step("met 3 or more", sum(count >= 3 for count in others), REACH),
    )


def sit_outs(records: PeriodRecords) -> tuple[Step, ...]:
    """How many participants sat out two rounds and more of the period.

    Parameters
    ----------
    records : PeriodRecords
        Of these the sit-outs, one for each person and round.

    Returns
    -------
    tuple of Step, shape (3,)
        Eligible people, those who opted in, and those of them who sat out twice or more.

    Examples
    --------
    >>> from insights.records import Eligible
    >>> both = frozenset({1, 2})
    >>> people = (Eligible(1), Eligible(2))
    >>> records = PeriodRecords(datetime.date(2026, 1, 5), 12, people, both, sit_outs=(1, 2, 1))
    >>> [step.count for step in sit_outs(records)]
    [2, 2, 1]
    """
    often = sum(times >= OFTEN for times in Counter(records.sit_outs).values())
    return *people_steps(records)[:2], Step("sat out twice or more", often, SIT_OUTS)


def retention(records: PeriodRecords) -> tuple[Step, ...]:
    """How many of those who were active in the period before still are at the end of this one.

    Parameters
    ----------
    records : PeriodRecords
        Of these who was active before, and who still is.

    Returns
    -------
    tuple of Step, shape (3,)
        Eligible people, those active before, and those still active; the last two 0 in the first period.

    Examples
    --------
    >>> from insights.records import Eligible
    >>> both = frozenset({1, 2})
    >>> people = (Eligible(1), Eligible(2), Eligible(3))
    >>> monday = datetime.date(2026, 1, 5)
    >>> records = PeriodRecords(monday, 12, people, active_before=both, still_active=frozenset({2}))
    >>> [step.count for step in retention(records)]
    [3, 2, 1]
    """
    return (
        people_steps(records)[0],
        # Where nobody left since, it is the number that was released then, and must read the same.
        Step(ACTIVE_BEFORE, len(records.active_before), PEOPLE_FUNNEL, drawn_as=OPTED_IN),
        Step("still active", len(records.still_active), RETENTION),
    )


def newcomers(records: PeriodRecords) -> tuple[Step, ...]:
    """How many joiners of the company met somebody within their first 90 days.

    Parameters
    ----------
    records : PeriodRecords
        Of these the first days, and when people first met somebody.

    Returns
    -------
    tuple of Step, shape (2,)
        Joiners whose 90 full days were over in this period, so that each is counted in one period alone, and
        those of them who met somebody before they were over.

    Examples
    --------
    >>> from insights.records import Eligible
    >>> day = datetime.date(2026, 1, 5)  # its 90 days are over on 5 April, after 90 more
    >>> people = (Eligible(1, started_on=day), Eligible(2, started_on=day), Eligible(3))
    >>> met = {1: day + datetime.timedelta(89), 2: day + datetime.timedelta(90), 3: day}
    >>> records = PeriodRecords(datetime.date(2026, 3, 30), 12, people, first_met_on=met)
    >>> [step.count for step in newcomers(records)]
    [2, 1]
    """
    full = {
        each.person: each.started_on + datetime.timedelta(NEWCOMER_DAYS)
        for each in records.eligible
        if each.started_on is not None
    }
    joiners = {person: day for person, day in full.items() if records.period_on < day <= records.ends_on}
    met = [person for person, day in joiners.items() if records.first_met_on.get(person, day) < day]
    return (
        Step(f"joiners with {NEWCOMER_DAYS} full days", len(joiners), NEWCOMERS),
        Step(f"met within {NEWCOMER_DAYS} days", len(met), NEWCOMERS),
    )


def company_tables(records: PeriodRecords, rounding: Rounding, floor: Floor) -> tuple[ReleasedTable, ...]:
    """These four numbers of the whole company, released; shape (4,)."""
    return tuple(
        _table(name, count(records), notes, records, rounding, floor) for name, count, notes in _NUMBERS
    )


_NUMBERS: tuple[tuple[str, Callable[[PeriodRecords], tuple[Step, ...]], tuple[str, ...]], ...] = (
    (REACH, reach, (WHAT_REACH_IS, OF_ELIGIBLE, ROUNDED)),
    (SIT_OUTS, sit_outs, (WHAT_A_SIT_OUT_IS, OF_ELIGIBLE, ROUNDED)),
    (RETENTION, retention, (WHAT_ACTIVE_IS, OF_ELIGIBLE, ROUNDED)),
    (NEWCOMERS, newcomers, (WHAT_NEWCOMERS_ARE, ROUNDED)),
)


def _table(
    name: str,
    steps: tuple[Step, ...],
    notes: tuple[str, ...],
    records: PeriodRecords,
    rounding: Rounding,
    floor: Floor,
) -> ReleasedTable:
    # The base of each is in the directory: who works here, and since when.
    row = steps_row(steps, None, rounding, floor, sure=steps[0].count)
    columns = tuple(step.name for step in steps)
    return ReleasedTable(name, records.period_on, records.weeks, columns, (row,), notes)
