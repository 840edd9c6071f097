"""A pause: until a date, with an end that comes by itself."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.people import participant_of, person_by_slack_id
from db.sessions import Sessions
from db.workspaces import first_program
from domain.errors import NotTakingPart, PauseTooLong, UnclearPause
from domain.programs import Change, ParticipantState, Standing
from use_cases.show_status import standing_of

LONGEST = timedelta(days=366)
LENGTH = re.compile(r"(?:for )?(\d{1,3}) ?(d|days?|w|weeks?|m|months?)")
UNTIL = re.compile(r"(?:until )?(\d{4}-\d{2}-\d{2})")
DAYS = {"d": 1, "w": 7, "m": 30}


def pause_program(
    sessions: Sessions, slack_user_id: str, words: str, *, workspace_id: int, now: datetime
) -> Standing:
    """Pause somebody; `words` are "2w", "10 days", "until 2027-01-15" and the like."""
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        person = person_by_slack_id(session, workspace_id, slack_user_id)
        participant = participant_of(session, program.id, person.id) if person else None
        if participant is None or participant.state == ParticipantState.LEFT:
            raise NotTakingPart()
        today = now.astimezone(ZoneInfo(program.timezone)).date()
        participant.state, participant.paused_until = ParticipantState.PAUSED, _until(words, today)
        participant.changed_at = now
        session.flush()
        return standing_of(session, program, person, Change.PAUSED, now)


def _until(words: str, today: date) -> date:
    words = " ".join(words.casefold().split())
    if found := LENGTH.fullmatch(words):
        until = today + timedelta(days=int(found[1]) * DAYS[found[2][0]])
    elif found := UNTIL.fullmatch(words):
        try:
            until = date.fromisoformat(found[1])
        except ValueError:
            raise UnclearPause(example=today + timedelta(weeks=3)) from None
    else:
        raise UnclearPause(example=today + timedelta(weeks=3))
    if not today < until <= today + LONGEST:
        raise PauseTooLong()
    return until
