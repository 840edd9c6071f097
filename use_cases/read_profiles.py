"""Department, office, level and manager from the custom fields of people's Slack profiles."""

from sqlalchemy.orm import Session

from db.people import active_accounts, person_by_slack_id
from db.sessions import Sessions
from db.tables import Person
from domain.directory import Profile
from domain.ports import Directory


def read_profiles(sessions: Sessions, directory: Directory, *, workspace_id: int) -> int:
    """Read the profile of everybody who works here, one by one; how many were read."""
    with sessions.read() as session:
        accounts = [person.slack_user_id for person in active_accounts(session, workspace_id)]
    read = 0
    for slack_user_id in accounts:
        profile = directory.profile(slack_user_id) if slack_user_id else None
        if slack_user_id is None or profile is None:
            break  # no fields are configured
        read += 1
        with sessions.write() as session:
            person = person_by_slack_id(session, workspace_id, slack_user_id)
            if person is not None:
                apply_profile(session, person, profile)
    return read


def apply_profile(session: Session, person: Person, profile: Profile) -> None:
    """Take the profile's fields over, but for those that a file has named."""
    manager = person_by_slack_id(session, person.workspace_id, profile.manager) if profile.manager else None
    for field, value in (
        ("department", profile.department),
        ("office", profile.office),
        ("level", profile.level),
        ("manager_id", manager.id if manager is not None and manager is not person else None),
    ):
        if field not in person.imported_fields:
            setattr(person, field, value)
