"""The directory from Slack: everybody page by page, or one account that has just changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.people import (
    active_accounts,
    leave_all_programs,
    lock_directory,
    merge_people,
    people_for_accounts,
)
from db.sessions import Sessions
from db.tables import Person, Workspace
from domain.directory import DirectoryUser, SyncedDirectory
from domain.ports import Directory
from use_cases.read_profiles import apply_profile


def sync_directory(
    sessions: Sessions, directory: Directory, *, workspace_id: int, now: datetime
) -> SyncedDirectory:
    """Read the whole directory. Only a complete reading lets anybody be missed and deactivated."""
    # Whoever joins while the pages are read may be on none of them, and has not gone.
    with sessions.read() as session:
        here_before = {person.slack_user_id for person in active_accounts(session, workspace_id)}
    seen: set[str] = set()
    persons = deactivated = 0
    for page in directory.pages():
        with sessions.write() as session:
            present, gone = _sync_users(session, workspace_id, page, now)
        seen.update(user.slack_user_id for user in page)
        persons, deactivated = persons + present, deactivated + gone
    with sessions.write() as session:
        lock_directory(session, workspace_id)
        missed = [
            person
            for person in active_accounts(session, workspace_id)
            if person.slack_user_id in here_before - seen
        ]
        for person in missed:
            _deactivate(session, person, now)
        session.execute(update(Workspace).where(Workspace.id == workspace_id).values(directory_synced_at=now))
    return SyncedDirectory(seen=len(seen), persons=persons, deactivated=deactivated + len(missed))


def sync_person(sessions: Sessions, user: DirectoryUser, *, workspace_id: int, now: datetime) -> None:
    """Take over what Slack says of one account."""
    with sessions.write() as session:
        _sync_users(session, workspace_id, [user], now)


def _sync_users(
    session: Session, workspace_id: int, users: Sequence[DirectoryUser], now: datetime
) -> tuple[int, int]:
    """How many of these accounts are persons, and how many people are no longer here."""
    lock_directory(session, workspace_id)
    known = people_for_accounts(
        session,
        workspace_id,
        [user.slack_user_id for user in users],
        [user.email.lower() for user in users if user.email],
    )
    linked = {person.slack_user_id: person for person in known if person.slack_user_id}
    waiting = {
        key: person
        for person in known
        if not person.slack_user_id
        for key in (person.email, person.external_id)
        if key
    }
    present = gone = 0
    for user in users:
        person = linked.get(user.slack_user_id)
        if not (user.is_active and user.is_colleague):
            if person is not None and person.is_active:
                _deactivate(session, person, now)
                gone += 1
            continue
        present += 1
        waited = waiting.get(user.slack_user_id) or waiting.get((user.email or "").lower())
        if person is None:
            person = waited or Person(workspace_id=workspace_id, imported_fields=[])
            person.slack_user_id = user.slack_user_id
            session.add(person)
        elif waited is not None and person.external_id is None:
            merge_people(session, keep=person, drop=waited)
        if waited is not None:
            waiting = {key: other for key, other in waiting.items() if other is not waited}
        _apply(person, user, now)
        if user.profile is not None:
            session.flush()
            apply_profile(session, person, user.profile)
    session.flush()
    return present, gone


def _apply(person: Person, user: DirectoryUser, now: datetime) -> None:
    person.is_active = True
    person.away_until = _away_until(user, now)
    # Slack leaves it out where it wasn't asked for.
    person.locale = user.locale or person.locale
    for field, value in (
        ("name", user.name),
        ("email", user.email and user.email.lower()),
        ("timezone", user.timezone),
    ):
        if field not in person.imported_fields:
            setattr(person, field, value)


def _away_until(user: DirectoryUser, now: datetime) -> date | None:
    """The first day on which somebody is back; a status without an end is looked at again every night."""
    if not user.is_away:
        return None
    zone = ZoneInfo(user.timezone or "UTC")
    if user.away_expires_at is None:
        return now.astimezone(zone).date() + timedelta(days=2)
    # Whoever is back in the afternoon is not back for lunch.
    return (user.away_expires_at.astimezone(zone) + timedelta(hours=12)).date()


def _deactivate(session: Session, person: Person, now: datetime) -> None:
    person.is_active = False
    leave_all_programs(session, person.id, now)
