"""One nudge at most, at midweek, to whoever can move an introduction on with one press."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.deliveries import owe
from db.follow_ups import Unarranged, unarranged_people
from db.sessions import Sessions
from db.tables import Program
from db.working_hours import working_hours_of
from domain.rounds import DeliveryKind
from domain.working_hours import WorkingHours

SOONEST, LATEST = timedelta(days=1), timedelta(days=9)
MIDWEEK = 2
"""Working days after the introduction's own: Wednesday, where that was on Monday."""
LATE_MORNING = timedelta(hours=1)
"""After nine, so that nobody's day begins with it."""


def owe_nudges(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Owe a nudge where nothing is arranged by midweek; how many people get one.

    Without a suggestion it goes to the one who is to go first, with one to whom it waits for: Slack tells
    nobody that a message has changed. Nobody gets a second one in a round.
    """
    with sessions.read() as session:
        due = _due(session, workspace_id, now)
    if not due:
        return 0
    with sessions.write() as session:
        due = _due(session, workspace_id, now)
        for one, at in due:
            owe(
                session,
                session.get_one(Program, one.program_id),
                kind=DeliveryKind.NUDGE,
                person_id=one.person_id,
                due_at=at,
                key=f"person {one.person_id}",
                round_id=one.round_id,
                introduction_id=one.introduction_id,
            )
    return len(due)


def nudge_at(hours: WorkingHours, introduced_at: datetime, suggested_at: datetime | None) -> datetime:
    """The late morning of the third working day, and no sooner than the one after a suggestion."""
    morning = hours.morning_after(introduced_at, MIDWEEK)
    if suggested_at is not None:
        morning = max(morning, hours.morning_after(suggested_at, 1))
    return morning + LATE_MORNING


def _due(session: Session, workspace_id: int, now: datetime) -> list[tuple[Unarranged, datetime]]:
    found = list(unarranged_people(session, workspace_id, now, since=now - LATEST, until=now - SOONEST))
    due: list[tuple[Unarranged, datetime]] = []
    for program_id in sorted({one.program_id for one in found}):
        theirs = [one for one in found if one.program_id == program_id]
        program = session.get_one(Program, program_id)
        hours = working_hours_of(session, program, {one.person_id for one in theirs})
        for one in theirs:
            at = nudge_at(hours[one.person_id], one.introduced_at, one.suggested_at)
            # After an outage it comes in working hours, too.
            if at <= now and hours[one.person_id].next_in(now) == now:
                due.append((one, at))
    return due
