"""Opting out: at once, without a question, and nobody is told."""

from datetime import datetime

from db.people import participant_of, person_by_slack_id
from db.sessions import Sessions
from db.workspaces import first_program
from domain.programs import Change, ParticipantState, Standing
from use_cases.show_status import standing_of


def leave_program(sessions: Sessions, slack_user_id: str, *, workspace_id: int, now: datetime) -> Standing:
    """Opt somebody out; what is not sent yet is not sent any more."""
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        participant = participant_of(session, program.id, person.id) if person else None
        change = Change.NOT_IN
        if participant is not None and participant.state != ParticipantState.LEFT:
            change = Change.LEFT
            participant.state, participant.paused_until = ParticipantState.LEFT, None
            participant.resting_at, participant.changed_at = None, now
            session.flush()
        return standing_of(session, program, person, change, now)
