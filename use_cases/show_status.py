"""Where a person stands, and what happens next."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.introductions import current_partners
from db.open_introductions import has_full_hands
from db.people import knows_other_departments, participant_of, person_by_slack_id
from db.sessions import Sessions
from db.tables import Person, Program
from db.workspaces import first_program
from domain.programs import Change, ParticipantState, Standing
from use_cases.find_next_round import find_next_for


def show_status(sessions: Sessions, slack_user_id: str, *, workspace_id: int, now: datetime) -> Standing:
    """Where somebody stands; a person whom nobody knows yet simply is not in."""
    with sessions.read() as session:
        program = first_program(session, workspace_id)
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        return standing_of(session, program, person, Change.NOTHING, now)


def today_of(program: Program, person: Person | None, now: datetime) -> date:
    """The date where a person is."""
    return now.astimezone(zone_of(program, person)).date()


def zone_of(program: Program, person: Person | None) -> ZoneInfo:
    """A person's time zone, or else the program's."""
    return ZoneInfo((person and person.timezone) or program.timezone)


def standing_of(
    session: Session, program: Program, person: Person | None, change: Change, now: datetime
) -> Standing:
    """A person's place in a program, in their own time zone."""
    participant = participant_of(session, program.id, person.id) if person else None
    is_in = participant is not None and participant.state != ParticipantState.LEFT
    next_at = find_next_for(session, program, participant, now)
    return Standing(
        change=change,
        is_in=is_in,
        next_at=next_at.astimezone(zone_of(program, person)),
        today=today_of(program, person, now),
        across_departments=knows_other_departments(session, program.workspace_id, person),
        paused_until=participant.paused_until if participant else None,
        is_resting=participant is not None and participant.resting_at is not None,
        in_groups=program.group_size > 2,
        introduced_to=current_partners(session, program.id, person.id, now) if person else (),
        has_full_hands=is_in and person is not None and has_full_hands(session, program, person.id, next_at),
    )
