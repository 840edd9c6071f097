"""The end of a pause, before its time."""

from datetime import datetime

from db.people import participant_of, person_by_slack_id
from db.sessions import Sessions
from db.tables import Participant
from db.workspaces import first_program
from domain.errors import NotTakingPart
from domain.programs import Change, ParticipantState, Standing
from use_cases.show_status import standing_of


def resume_program(sessions: Sessions, slack_user_id: str, *, workspace_id: int, now: datetime) -> Standing:
    """Let somebody take part again who has paused, or whom silence has paused."""
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        participant = participant_of(session, program.id, person.id) if person else None
        if participant is None or participant.state == ParticipantState.LEFT:
            raise NotTakingPart()
        change = Change.NOT_PAUSED
        if not is_taking_part(participant):
            change = Change.RESUMED
            take_part(participant, now)
            session.flush()
        return standing_of(session, program, person, change, now)


def is_taking_part(participant: Participant) -> bool:
    """Whether somebody is neither out nor paused, by their own wish or by silence."""
    return participant.state == ParticipantState.ACTIVE and participant.resting_at is None


def take_part(participant: Participant, now: datetime) -> None:
    """From now on somebody takes part, whatever kept them from it."""
    participant.state, participant.paused_until = ParticipantState.ACTIVE, None
    participant.resting_at, participant.changed_at = None, now
