"""Queries for how people like to have lunch."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables import Person, Preference
from domain.messages import Card
from domain.preferences import Preferences

DEFAULTS = Preferences()


def preferences_of(session: Session, person_ids: Iterable[int]) -> Mapping[int, Preferences]:
    """The preferences of each of these people; who has said nothing has the defaults."""
    ids = set(person_ids)
    # Everybody's, rather than a question with thousands of ids: a large round asks for nearly all of them.
    wanted = select(Preference) if len(ids) > 100 else select(Preference).where(Preference.person_id.in_(ids))
    said = {row.person_id: _value(row) for row in session.scalars(wanted) if row.person_id in ids}
    return {person_id: said.get(person_id, DEFAULTS) for person_id in ids}


def preferences_of_one(session: Session, person_id: int) -> Preferences:
    """The preferences of one person."""
    return preferences_of(session, [person_id])[person_id]


def store_preferences(session: Session, person_id: int, said: Preferences) -> None:
    """Keep what somebody says; of whoever says nothing there is no row."""
    row = session.get(Preference, person_id)
    if said == DEFAULTS:
        if row is not None:
            session.delete(row)
        return
    row = row or Preference(person_id=person_id)
    session.add(row)
    row.format, row.office, row.every_rounds = said.format, said.office, said.every_rounds
    row.weekdays = sorted(said.weekdays)
    row.lunch_hours = sorted(said.lunch_hours) if said.names_hours else []
    row.languages, row.ask_about, row.heads_up = list(said.languages), said.ask_about, said.heads_up
    row.interests = None if said.interests is None else list(said.interests)


def offices_of(session: Session, workspace_id: int) -> Sequence[str]:
    """Every office in which the directory knows somebody, in order."""
    offices = session.scalars(
        select(Person.office)
        .where(Person.workspace_id == workspace_id, Person.is_active, Person.office.is_not(None))
        .distinct()
    )
    return sorted(office for office in offices if office)


def told_card(person: Person, preferences: Preferences) -> Card:
    """What others are told about a person: what they say themselves comes before the directory."""
    interests = preferences.interests
    return Card(
        slack_user_id=person.slack_user_id or "",
        name=person.name or "",
        department=person.department,
        office=preferences.office or person.office,
        interests=person.interests if interests is None else ", ".join(interests) or None,
        timezone=person.timezone,
        ask_about=preferences.ask_about,
    )


def _value(row: Preference) -> Preferences:
    return Preferences(
        format=row.format,
        office=row.office,
        weekdays=frozenset(row.weekdays) or DEFAULTS.weekdays,
        lunch_hours=frozenset(row.lunch_hours) or DEFAULTS.lunch_hours,
        languages=tuple(row.languages),
        ask_about=row.ask_about,
        interests=None if row.interests is None else tuple(row.interests),
        every_rounds=row.every_rounds,
        heads_up=row.heads_up,
        names_hours=bool(row.lunch_hours),
    )
