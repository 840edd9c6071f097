"""What somebody has said about their lunches so far, and what they can choose from."""

from db.exclusions import left_out_by
from db.people import person_by_slack_id
from db.preferences import offices_of, preferences_of_one
from db.sessions import Sessions
from db.workspaces import first_program
from domain.errors import UnknownPerson
from domain.preferences import MOST_LEFT_OUT, PreferencesQuestion


def ask_preferences(sessions: Sessions, slack_user_id: str, *, workspace_id: int) -> PreferencesQuestion:
    """The question for one person, with nothing in it that others have said."""
    with sessions.read() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        if person is None or not person.is_active:
            raise UnknownPerson()
        left_out = left_out_by(session, person.id)[:MOST_LEFT_OUT]
        return PreferencesQuestion(
            said=preferences_of_one(session, person.id),
            left_out=tuple(one.slack_user_id for one in left_out if one.slack_user_id),
            offices=tuple(offices_of(session, workspace_id)),
            own_office=person.office,
            own_interests=person.interests,
            cadence_weeks=first_program(session, workspace_id).cadence_weeks,
        )
