"""A pause: until a date, with an end that comes by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.people import participant_of, person_by_slack_id
from db.sessions import Sessions
from db.workspaces import first_program
from domain.errors import NotTakingPart, PauseTooLong, UnclearPause
from domain.programs import Change, ParticipantState, Standing
from use_cases.read_pause import read_pause
from use_cases.show_status import standing_of, today_of

LONGEST = timedelta(days=366)


def pause_program(
    sessions: Sessions, slack_user_id: str, words: str, *, workspace_id: int, now: datetime
) -> Standing:
    """Pause somebody; `words` are "2w", "ten days", "until 15 January" and the like."""
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        participant = participant_of(session, program.id, person.id) if person else None
        if participant is None or participant.state == ParticipantState.LEFT:
            raise NotTakingPart()
        # It ends by the program's calendar, but people count from their own.
        started = now.astimezone(ZoneInfo(program.timezone)).date()
        until = _until(words, today_of(program, person, now), started)
        participant.state, participant.paused_until = ParticipantState.PAUSED, until
        participant.resting_at, participant.changed_at = None, now
        session.flush()
        return standing_of(session, program, person, Change.PAUSED, now)


def _until(words: str, today: date, started: date) -> date:
    until = read_pause(words, today)
    if until is None:
        raise UnclearPause(example=today + timedelta(weeks=3))
    if not max(today, started) < until <= started + LONGEST:
        raise PauseTooLong()
    return until
