"""One round without somebody, and the change of mind until it begins."""

from datetime import date, datetime

from db.heads_ups import skip_period, take_period
from db.people import participant_of, person_by_slack_id
from db.rounds import round_of_period
from db.sessions import Sessions
from db.workspaces import first_program, schedule_of
from domain.errors import NotTakingPart, RoundHasBegun
from domain.messages import HeadsUpMessage
from domain.programs import ParticipantState
from use_cases.show_status import today_of, zone_of
from use_cases.walk_slots import slot_of


def skip_round(
    sessions: Sessions,
    slack_user_id: str,
    period_on: date,
    *,
    skip: bool = True,
    workspace_id: int,
    now: datetime,
) -> HeadsUpMessage:
    """Leave somebody out of one round, or take that back; nobody is told."""
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        participant = participant_of(session, program.id, person.id) if person else None
        if participant is None or participant.state == ParticipantState.LEFT:
            raise NotTakingPart()
        slot_at = slot_of(schedule_of(program), period_on)
        if slot_at <= now or round_of_period(session, program.id, period_on) is not None:
            raise RoundHasBegun()
        (skip_period if skip else take_period)(session, participant, period_on)
        return HeadsUpMessage(
            period_on,
            slot_at.astimezone(zone_of(program, person)),
            today_of(program, person, now),
            is_skipped=skip,
        )
