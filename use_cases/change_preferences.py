"""How, where, when and how often somebody likes to have lunch, and with whom rather not: all or nothing."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from db.exclusions import colleagues, count_left_out, leave_out, leave_out_no_longer
from db.people import person_by_slack_id
from db.preferences import offices_of, preferences_of_one, store_preferences
from db.sessions import Sessions
from db.tables import Person
from db.workspaces import first_program
from domain.errors import (
    LeavesOutOneself,
    LeavesOutStranger,
    OfficeGone,
    TooManyInterests,
    UnknownPerson,
    UnmetWish,
)
from domain.preferences import (
    LONGEST_INTEREST,
    MOST_INTERESTS,
    PreferenceField,
    Preferences,
    SavedPreferences,
)


def change_preferences(
    sessions: Sessions,
    slack_user_id: str,
    said: Preferences,
    *,
    added: Collection[str] = (),
    removed: Collection[str] = (),
    workspace_id: int,
    now: datetime,
) -> SavedPreferences:
    """Store what somebody says, and no part of it where another part is refused.

    `added` and `removed` are Slack ids: what has changed in the list of people to leave out since the person
    saw it. What has come into the list meanwhile from elsewhere stays.
    """
    with sessions.write() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        if person is None or not person.is_active:
            raise UnknownPerson()
        # Two who save at once do so one after the other; SQLite's write sessions do so already.
        session.refresh(person, with_for_update=True)
        others = {one.slack_user_id: one for one in colleagues(session, workspace_id, [*added, *removed, ""])}
        refused = dict(_refused(session, person, said, added, others.keys()))
        if not refused:
            store_preferences(session, person.id, _tidy(said))
            leave_out_no_longer(session, person.id, [others[one].id for one in removed if one in others])
            for one in added:
                leave_out(session, person.id, others[one].id, now)
            session.flush()
        return SavedPreferences(
            said=preferences_of_one(session, person.id),
            left_out=count_left_out(session, person.id),
            cadence_weeks=first_program(session, workspace_id).cadence_weeks,
            refused=refused,
        )


def _refused(
    session: Session,
    person: Person,
    said: Preferences,
    added: Collection[str],
    known: Collection[str | None],
) -> Iterator[tuple[PreferenceField, UnmetWish]]:
    """Everything that can't be stored, so that it can be mended at once."""
    offices = {None, preferences_of_one(session, person.id).office, *offices_of(session, person.workspace_id)}
    if said.office not in offices:
        yield PreferenceField.OFFICE, OfficeGone()
    interests = said.interests or ()
    if len(interests) > MOST_INTERESTS or any(len(one) > LONGEST_INTEREST for one in interests):
        yield (
            PreferenceField.INTERESTS,
            TooManyInterests(most=MOST_INTERESTS, longest=LONGEST_INTEREST),
        )
    if person.slack_user_id in added:
        yield PreferenceField.LEFT_OUT, LeavesOutOneself()
    elif any(one not in known for one in added):
        yield PreferenceField.LEFT_OUT, LeavesOutStranger()


def _tidy(said: Preferences) -> Preferences:
    """What is empty is nothing said: the directory's word or the default counts then."""
    # PostgreSQL stores no NUL.
    ask_about = (said.ask_about or "").replace("\0", "").strip() or None
    interests = tuple(one.replace("\0", "") for one in said.interests or ()) or None
    return replace(said, ask_about=ask_about, interests=interests)
