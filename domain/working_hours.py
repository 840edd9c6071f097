"""When somebody may be written to: in their own working hours, and on no day off."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.days_off import days_off
from domain.preferences import WORKDAYS

BEGIN, END = time(9), time(17)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """From nine to five of one person's own day, on their own weekdays."""

    zone: ZoneInfo
    weekdays: frozenset[int] = WORKDAYS
    back_on: date | None = None
    """The first day after an absence, where they are out of office."""

    def works_on(self, day: date) -> bool:
        """Whether a day is a working day."""
        return (
            day.weekday() in (self.weekdays or WORKDAYS)
            and (self.back_on is None or day >= self.back_on)
            and not days_off(self.zone.key, [day])
        )

    def next_in(self, at: datetime) -> datetime:
        """This moment, or the first one after it that is in working hours."""
        return _next_in(self, at)

    def morning_after(self, at: datetime, days: int) -> datetime:
        """Nine o'clock so many working days after a moment's own day."""
        day = at.astimezone(self.zone).date()
        for _ in range(days):
            day = _working_day(self, day + DAY)
        return datetime.combine(day, BEGIN, self.zone)

    def last_morning(self, latest: datetime) -> datetime:
        """The last nine o'clock of a working day that is no later than a moment."""
        local = latest.astimezone(self.zone)
        day = local.date() if local.time() >= BEGIN else local.date() - DAY
        return datetime.combine(_working_day(self, day, back=True), BEGIN, self.zone)


# Thousands of people share a few time zones and ask for the same few moments.
@lru_cache(maxsize=20_000)
def _next_in(hours: WorkingHours, at: datetime) -> datetime:
    local = at.astimezone(hours.zone)
    if hours.works_on(local.date()):
        if BEGIN <= local.time() < END:
            return at
        if local.time() < BEGIN:
            return datetime.combine(local.date(), BEGIN, hours.zone)
    return datetime.combine(_working_day(hours, local.date() + DAY), BEGIN, hours.zone)


def _working_day(hours: WorkingHours, day: date, *, back: bool = False) -> date:
    """This day, or else the next working day, or the one before; an absence does not reach back."""
    there = WorkingHours(hours.zone, hours.weekdays) if back else hours
    while not there.works_on(day):
        day += -DAY if back else DAY
    return day
