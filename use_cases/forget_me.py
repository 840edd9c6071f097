"""Somebody presses "Forget me"."""

from datetime import datetime

from db.people import person_by_slack_id
from db.sessions import Sessions
from domain.errors import QuestionTooOld
from use_cases.erase_person import erase_person


def forget_me(
    sessions: Sessions, slack_user_id: str, person_id: int, *, workspace_id: int, now: datetime
) -> None:
    """Erase the person whom the question was about; a second press, or somebody else's, erases nobody."""
    with sessions.write() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        if person is None or person.id != person_id:
            raise QuestionTooOld()
        erase_person(session, person, now=now)
