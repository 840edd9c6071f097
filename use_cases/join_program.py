"""Opting in: one step, no form, no profile."""

from datetime import datetime

import structlog

from db.people import come_back, participant_of, person_by_slack_id
from db.sessions import Sessions
from db.tables import Participant
from db.upsert import insert_new
from db.workspaces import first_program
from domain.errors import MessengerError, NotForGuests, UnknownPerson
from domain.ports import Directory
from domain.programs import Change, ParticipantState, Standing
from use_cases.resume_program import is_taking_part, take_part
from use_cases.show_status import standing_of
from use_cases.sync_directory import sync_person

log = structlog.get_logger()


def join_program(
    sessions: Sessions, directory: Directory, slack_user_id: str, *, workspace_id: int, now: datetime
) -> Standing:
    """Opt somebody in. Their account is read again, so that time zone and standing are right."""
    try:
        user = directory.user(slack_user_id)
    except MessengerError as error:
        # Joining does not wait for Slack: what was synchronised last is good enough.
        log.info("account not read", code=error.code)
    else:
        if user is None:
            raise UnknownPerson()
        sync_person(sessions, user, workspace_id=workspace_id, now=now)
        if not (user.is_active and user.is_colleague):
            raise NotForGuests()
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        if person is None or not person.is_active:
            raise UnknownPerson()
        change = Change.JOINED
        is_new = insert_new(
            session,
            Participant,
            {
                "program_id": program.id,
                "person_id": person.id,
                "state": ParticipantState.ACTIVE,
                "joined_at": now,
                "changed_at": now,
            },
        )
        participant = participant_of(session, program.id, person.id)
        if participant is not None and not is_taking_part(participant):
            if participant.state == ParticipantState.LEFT:
                come_back(session, participant, now)
            take_part(participant, now)
        elif is_new is None:
            change = Change.ALREADY_IN
        session.flush()
        return standing_of(session, program, person, change, now)
