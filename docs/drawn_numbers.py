"""A quarter of the demo's company as HR reads it: drawn by lot, released as everywhere."""

import datetime
import random
from itertools import combinations

import insights
from cli.demo_company import SEED, Colleague, fictional_company
from insights import Eligible, IntroductionRecord, PeriodRecords, ReleasedTable

WEEKS, JOINERS, MET, ANSWERED = 24, 125, 0.55, 0.7
SECRET = b"a secret for pictures, and for nothing else"

Lunch = tuple[int, IntroductionRecord]
"""The week of an introduction, and what became of it."""


def drawn_numbers(first_on: datetime.date) -> list[ReleasedTable]:
    """What is released of 24 weeks, the oldest first."""
    people = fictional_company(first_on)
    dice = random.Random(SEED)  # noqa: S311 (no secret)
    joined = dice.sample(range(len(people)), JOINERS)
    lunches = [(week, lunch) for week in range(WEEKS) for lunch in _round(dice, people, joined, week)]
    found: list[ReleasedTable] = []
    for ends in range(4, WEEKS + 1, 4):
        for weeks in (4, 12) if ends % 12 == 0 else (4,):
            records = _records(people, joined, lunches, first_on, ends - weeks, weeks)
            found += insights.release(records, secret=SECRET, earlier=found)
    return found


def _round(
    dice: random.Random, people: list[Colleague], joined: list[int], week: int
) -> list[IntroductionRecord]:
    """One week: more people take part in each, and pairs are of two departments."""
    waiting = dice.sample(joined[: 90 + 2 * week], k=min(84 + week, len(joined)))
    made = []
    while waiting:
        one = waiting.pop()
        others = [each for each in waiting if people[each].department != people[one].department]
        if not others:
            continue
        other = dice.choice(others)
        waiting.remove(other)
        met = dice.random() < MET
        open_ = not met and dice.random() > ANSWERED
        made.append(IntroductionRecord((one, other), True, True, (one, other) if met else (), open_))
    return made


def _records(
    people: list[Colleague],
    joined: list[int],
    lunches: list[Lunch],
    first_on: datetime.date,
    since: int,
    weeks: int,
) -> PeriodRecords:
    inside = [lunch for week, lunch in lunches if since <= week < since + weeks]
    before = {_pair(lunch) for week, lunch in lunches if week < since and lunch.met}
    here = {_pair(lunch) for lunch in inside if lunch.met}
    opted_in = frozenset(joined[: 90 + 2 * (since + weeks)])
    active = frozenset(joined[: 90 + 2 * since]) if since >= weeks else frozenset[int]()
    eligible = tuple(
        Eligible(number, one.department, one.office, one.level, one.started_on)
        for number, one in enumerate(people)
    )
    first_met_on: dict[int, datetime.date] = {}
    for week, lunch in lunches:
        for one in lunch.met:
            first_met_on.setdefault(one, first_on + datetime.timedelta(weeks=week))
    return PeriodRecords(
        first_on + datetime.timedelta(weeks=since),
        weeks,
        eligible,
        opted_in,
        frozenset(one for lunch in inside for one in lunch.people),
        tuple(inside),
        tuple(sorted(here - before)),
        tuple(sorted(here & before)),
        (),
        active,
        active - frozenset(joined[:9]),
        first_met_on,
    )


def _pair(lunch: IntroductionRecord) -> tuple[int, int]:
    [pair] = combinations(sorted(lunch.people), 2)
    return pair
