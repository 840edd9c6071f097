"""Queries for when people may be written to."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.preferences import preferences_of
from db.tables import Person, Program
from domain.working_hours import WorkingHours


def working_hours_of(
    session: Session, program: Program, person_ids: Iterable[int]
) -> Mapping[int, WorkingHours]:
    """The working hours of each of these people; whose time zone is unknown is where the program is."""
    ids = list(person_ids)
    preferences = preferences_of(session, ids)
    rows = session.execute(select(Person.id, Person.timezone, Person.away_until).where(Person.id.in_(ids)))
    return {
        person_id: WorkingHours(
            ZoneInfo(timezone or program.timezone), preferences[person_id].weekdays, away_until
        )
        for person_id, timezone, away_until in rows
    }
