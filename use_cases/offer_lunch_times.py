"""The times that are offered to the people of an introduction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.preferences import preferences_of
from db.proposals import other_lunches
from db.tables import Introduction, Person, Program
from domain.days_off import days_off
from domain.lunch_times import DAYS, Diner, meets_in_person, offer_times
from domain.preferences import LunchFormat, Preferences
from domain.proposals import LunchKind

DAYTIME = frozenset(range(9, 17))


def offer_lunch_times(
    session: Session, program: Program, introduction: Introduction, members: Sequence[Person], now: datetime
) -> list[datetime]:
    """Up to three times that suit everybody; none where nothing does."""
    diners = _diners(session, program, introduction, members, now)
    return offer_times(diners, now=now, seed=introduction.starter)


def usual_kind(session: Session, program: Program, members: Sequence[Person]) -> LunchKind:
    """What an offered time is for: lunch, or a video call where they can't sit at one table."""
    preferences = preferences_of(session, [member.id for member in members])
    here = [_diner(program, member, preferences[member.id]) for member in members]
    # Where nobody knows the offices, people of two time zones are not in one.
    is_far = here[0].office is None and len({one.zone for one in here}) > 1
    return LunchKind.LUNCH if meets_in_person(here) and not is_far else LunchKind.VIDEO


def _diners(
    session: Session, program: Program, introduction: Introduction, members: Sequence[Person], now: datetime
) -> list[Diner]:
    ids = [member.id for member in members]
    preferences = preferences_of(session, ids)
    taken = other_lunches(session, ids, introduction.id, now)
    return [_diner(program, member, preferences[member.id], now=now, taken=taken) for member in members]


def _diner(
    program: Program,
    person: Person,
    preferences: Preferences,
    *,
    now: datetime | None = None,
    taken: Mapping[int, tuple[datetime, ...]] | None = None,
) -> Diner:
    zone = ZoneInfo(person.timezone or program.timezone)
    holidays: frozenset[date] = frozenset()
    if now is not None:
        today = now.astimezone(zone).date()
        holidays = days_off(zone.key, (today + timedelta(days=ahead) for ahead in range(DAYS + 1)))
    return Diner(
        zone=zone,
        weekdays=preferences.weekdays,
        lunch_hours=preferences.lunch_hours,
        # Hours that somebody has named are meant; who has named none can be asked for the afternoon.
        spare_hours=frozenset() if preferences.names_hours else DAYTIME,
        days_off=holidays,
        taken=(taken or {}).get(person.id, ()),
        format=LunchFormat.IN_PERSON if program.in_person_only else preferences.format,
        office=preferences.office or person.office,
    )
