"""What somebody's own Home tab shows besides where they stand."""

from datetime import datetime

from db.exclusions import count_left_out
from db.lunches import current_introductions, departments_by_size, lunches_of
from db.people import person_by_slack_id
from db.preferences import preferences_of_one
from db.sessions import Sessions
from db.workspaces import first_program
from domain.calendar_files import CalendarFiles
from domain.home import LUNCHES_SHOWN, Home, OwnIntroduction
from domain.messages import IntroductionMessage
from use_cases.show_introduction import show_introduction


def show_home(
    sessions: Sessions,
    slack_user_id: str,
    *,
    workspace_id: int,
    now: datetime,
    calendar: CalendarFiles | None = None,
) -> Home | None:
    """Everything that is shown to one person about that person; nothing where nobody knows them yet."""
    with sessions.read() as session:
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        if person is None:
            return None
        program = first_program(session, workspace_id)
        lunches = lunches_of(session, program, person.id, now)
        met = {department for lunch in lunches for department in lunch.departments if department}
        met.discard(person.department or "")
        others = [one for one in departments_by_size(session, workspace_id) if one != person.department]
        return Home(
            said=preferences_of_one(session, person.id),
            left_out=count_left_out(session, person.id),
            cadence_weeks=program.cadence_weeks,
            introductions=tuple(
                _own(show_introduction(session, introduction, now=now, calendar=calendar), slack_user_id)
                for introduction in current_introductions(session, program.id, person.id, now)
            ),
            lunches=tuple(lunches[:LUNCHES_SHOWN]),
            more_lunches=max(0, len(lunches) - LUNCHES_SHOWN),
            departments=tuple(sorted(met)),
            not_yet=next((one for one in others if one not in met), None),
        )


def _own(message: IntroductionMessage, slack_user_id: str) -> OwnIntroduction:
    others = (card.slack_user_id for card in message.people)
    return OwnIntroduction(tuple(one for one in others if one != slack_user_id), message)
