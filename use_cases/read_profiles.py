"""Department, office, level and manager from the custom fields of people's Slack profiles."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy.orm import Session

from db.people import active_accounts, person_by_slack_id
from db.sessions import Sessions
from db.tables import Person
from domain.directory import Profile, ReadProfiles
from domain.errors import Ambiguous, PersonUnreachable, Refused
from domain.ports import Directory

# One unclear answer may be about one profile; so many in a row are about Slack.
MOST_UNCLEAR_IN_A_ROW = 5


def read_profiles(
    sessions: Sessions, directory: Directory, *, workspace_id: int, go_on: Callable[[], bool] = lambda: True
) -> ReadProfiles:
    """Read the profile of everybody who works here, one by one; what can't be read stays as it was."""
    skipped: Counter[str] = Counter()
    if not directory.read_fields():
        return ReadProfiles(0, skipped)
    with sessions.read() as session:
        accounts = [person.slack_user_id or "" for person in active_accounts(session, workspace_id)]
    read = unclear = 0
    for slack_user_id in accounts:
        if not go_on():
            break
        try:
            profile = directory.profile(slack_user_id)
        except (PersonUnreachable, Refused, Ambiguous) as error:
            unclear = unclear + 1 if isinstance(error, Ambiguous) else 0
            if unclear == MOST_UNCLEAR_IN_A_ROW:
                raise
            skipped[error.code] += 1
            continue
        read, unclear = read + 1, 0
        with sessions.write() as session:
            person = person_by_slack_id(session, workspace_id, slack_user_id)
            if person is not None:
                apply_profile(session, person, profile)
    return ReadProfiles(read, skipped)


def apply_profile(session: Session, person: Person, profile: Profile) -> None:
    """Take the profile's fields over, but for those that a file has named."""
    said = {"department": profile.department, "office": profile.office, "level": profile.level}
    values: dict[str, object] = {field: value or None for field, value in said.items() if value is not None}
    if profile.manager is not None:
        manager = person_by_slack_id(session, person.workspace_id, profile.manager)
        values["manager_id"] = manager.id if manager is not None and manager is not person else None
    for field, value in values.items():
        if field not in person.imported_fields:
            setattr(person, field, value)
