"""The moments at which a program's rounds are due, and the period that each belongs to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.calendarinterval import CalendarIntervalTrigger

from domain.programs import Schedule, Slot


def walk_slots(schedule: Schedule, after: datetime) -> Iterator[Slot]:
    """Every slot later than a moment, in order, without an end.

    The calendar does the counting, not a number of hours: a round at 10:00 stays at 10:00 through
    both changes of the clocks, and every second week stays every second week over New Year.
    """
    start = period_of(schedule, after) + timedelta(days=schedule.weekday)
    trigger = CalendarIntervalTrigger(
        weeks=schedule.cadence_weeks,
        hour=schedule.local_time.hour,
        minute=schedule.local_time.minute,
        start_date=start,
        timezone=ZoneInfo(schedule.timezone),
    )
    fired: datetime | None = None
    while True:
        fired = trigger.get_next_fire_time(fired, after)
        if fired is None:  # the trigger has no end date
            return
        if fired > after:
            yield Slot(at=fired.astimezone(UTC), period_on=_period_on(schedule, fired.date()))


def slot_of(schedule: Schedule, period_on: date) -> datetime:
    """When the round of a period is due."""
    begins = datetime.combine(period_on, time(), ZoneInfo(schedule.timezone))
    return next(slot.at for slot in walk_slots(schedule, begins) if slot.period_on >= period_on)


def period_of(schedule: Schedule, moment: datetime) -> date:
    """The first Monday of the period that a moment falls into, in the program's zone."""
    return _period_on(schedule, moment.astimezone(ZoneInfo(schedule.timezone)).date())


def _period_on(schedule: Schedule, day: date) -> date:
    length = 7 * schedule.cadence_weeks
    return day - timedelta(days=(day - schedule.anchor_on).days % length)
