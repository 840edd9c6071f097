"""Which times suit everybody of an introduction."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from domain.preferences import LUNCH_HOURS, WORKDAYS, LunchFormat

LENGTH = timedelta(minutes=45)
NOTICE = timedelta(hours=20)
"""Nobody has to be at the table sooner."""
DAYS = 14
"""Ten working days, wherever the weekend is."""
MOST = 3
STEP = timedelta(minutes=15)
"""Offsets from UTC come in quarters of an hour, so that every half hour of every zone is on this grid."""


@dataclass(frozen=True, slots=True)
class Diner:
    """What one person's day leaves open."""

    zone: ZoneInfo
    weekdays: frozenset[int] = WORKDAYS
    lunch_hours: frozenset[int] = LUNCH_HOURS
    spare_hours: frozenset[int] = frozenset()
    """Hours that will do where nobody shares a lunch hour: a video coffee in the afternoon."""
    days_off: frozenset[date] = frozenset()
    taken: tuple[datetime, ...] = ()
    """When other lunches begin."""
    format: LunchFormat = LunchFormat.EITHER
    office: str | None = None


class UtcHours:
    """Turns the hours of somebody's own day into hours of UTC, on the days after a round."""

    def __init__(self, since: datetime, timezone: str) -> None:
        self._since, self._timezone = since, timezone
        self._known: dict[tuple[str, frozenset[int]], frozenset[int]] = {}

    def of(self, hours: frozenset[int], timezone: str | None) -> frozenset[int]:
        """The hours of UTC in which one of these hours falls on any of the days; two where clocks change."""
        key = (timezone or self._timezone, hours)
        if key not in self._known:
            zone = ZoneInfo(key[0])
            self._known[key] = frozenset(
                at.hour for at in _grid(self._since) if at.astimezone(zone).hour in hours
            )
        return self._known[key]


def meets_in_person(diners: Sequence[Diner]) -> bool | None:
    """Whether they can sit at one table; None where they can't meet by video either."""
    if len({one.office for one in diners}) == 1 and all(one.format != LunchFormat.VIDEO for one in diners):
        return True
    return False if all(one.format != LunchFormat.IN_PERSON for one in diners) else None


def offer_times(diners: Sequence[Diner], *, now: datetime, seed: int, most: int = MOST) -> list[datetime]:
    """Up to `most` starts within ten working days that suit everybody, on different days, the soonest first.

    Not today, with at least 20 hours' notice, at the full or the half hour of everybody's clock, near the
    middle of the hours that they share. Where no shared lunch hour is left, spare hours count, too.
    """
    if meets_in_person(diners) is None:
        return []
    starts = [at for at in _grid(now) if all(_suits(one, at, now, one.lunch_hours) for one in diners)]
    if not starts:
        starts = [
            at
            for at in _grid(now)
            if all(_suits(one, at, now, one.lunch_hours | one.spare_hours) for one in diners)
        ]
    on_the_half_hour = [
        at for at in starts if all(at.astimezone(one.zone).minute in (0, 30) for one in diners)
    ]
    return _spread(on_the_half_hour or starts, diners, random.Random(seed), most)  # noqa: S311 (no secret)


def _grid(now: datetime) -> Iterator[datetime]:
    at = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + NOTICE
    end = now + timedelta(days=DAYS + 1)
    while at <= end:
        if at >= now + NOTICE:
            yield at
        at += STEP


def _suits(diner: Diner, at: datetime, now: datetime, hours: frozenset[int]) -> bool:
    local, today = at.astimezone(diner.zone), now.astimezone(diner.zone).date()
    return (
        local.hour in hours
        and local.weekday() in diner.weekdays
        and today < local.date() <= today + timedelta(days=DAYS)
        and local.date() not in diner.days_off
        and all(abs(at - other) >= LENGTH for other in diner.taken)
    )


def _spread(
    starts: Sequence[datetime], diners: Sequence[Diner], dice: random.Random, most: int
) -> list[datetime]:
    """One start in each of so many stretches of the days that there are; or else as many as possible."""
    zones = sorted({one.zone.key: one.zone for one in diners}.items())
    days = [
        _by_middle(list(day), dice)
        for _, day in groupby(starts, key=lambda at: at.astimezone(zones[0][1]).date())
    ]
    stretches = [days[len(days) * part // most : len(days) * (part + 1) // most] for part in range(most)]
    chosen: list[datetime] = []
    for stretch in stretches:
        fitting = [day[0] for day in stretch if _apart(day[0], chosen, zones)]
        chosen += [dice.choice(fitting)] if fitting else []
    return chosen if len(chosen) == most else _as_many_as_possible(days, zones, most)


def _by_middle(starts: list[datetime], dice: random.Random) -> list[datetime]:
    """The starts of one day, the nearest to the middle first; which of two equally near ones is drawn."""
    middle = starts[0] + (starts[-1] - starts[0]) / 2
    sooner = dice.choice((-1, 1))
    return sorted(starts, key=lambda at: (abs(at - middle), sooner * (at - middle)))


def _as_many_as_possible(
    days: Sequence[Sequence[datetime]], zones: Sequence[tuple[str, ZoneInfo]], most: int
) -> list[datetime]:
    middles: list[datetime] = []
    for day in days:
        middles += [day[0]] if _apart(day[0], middles, zones) else []
    # Two starts that share a date share it with every start between them, so that the soonest next one
    # each time makes as many as there can be.
    soonest: list[datetime] = []
    for at in sorted(at for day in days for at in day):
        soonest += [at] if _apart(at, soonest, zones) else []
    return (middles if len(middles) >= min(most, len(soonest)) else soonest)[:most]


def _apart(at: datetime, others: Sequence[datetime], zones: Sequence[tuple[str, ZoneInfo]]) -> bool:
    """Whether a start is on no day, on anybody's calendar, that another one is on."""
    return all(
        at.astimezone(zone).date() != other.astimezone(zone).date() for _, zone in zones for other in others
    )
