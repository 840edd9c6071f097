""" "Did you meet?", asked once: two hours after the lunch begins, else on day ten."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.deliveries import owe
from db.follow_ups import Unasked, unasked_people
from db.sessions import Sessions
from db.tables import Program
from db.working_hours import working_hours_of
from domain.rounds import DeliveryKind
from domain.working_hours import WorkingHours

AFTER_LUNCH = timedelta(hours=2)
DAY_TEN = timedelta(days=10)
MEMORY = timedelta(days=14)
"""Long enough for whoever works one day a week; after a longer outage nobody is asked any more."""


def owe_check_ins(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Owe a check-in to everybody for whom it is time, where they work; how many people that are.

    It is owed when it is due and no sooner, so that a lunch that is moved meanwhile is asked about later.
    """
    with sessions.read() as session:
        if not _unasked(session, workspace_id, now):
            return 0
    asked = 0
    with sessions.write() as session:
        unasked = _unasked(session, workspace_id, now)
        for program_id in {one.program_id for one in unasked}:
            program = session.get_one(Program, program_id)
            theirs = [one for one in unasked if one.program_id == program_id]
            hours = working_hours_of(session, program, {one.person_id for one in theirs})
            for one in theirs:
                due_at = check_in_at(hours[one.person_id], one.introduced_at, one.lunch_at)
                if due_at > now:
                    continue
                asked += 1
                owe(
                    session,
                    program,
                    kind=DeliveryKind.CHECK_IN,
                    person_id=one.person_id,
                    due_at=due_at,
                    key=f"person {one.person_id}",
                    round_id=one.round_id,
                    introduction_id=one.introduction_id,
                )
    return asked


def check_in_at(hours: WorkingHours, introduced_at: datetime, lunch_at: datetime | None) -> datetime:
    """When somebody is asked, in their own working hours."""
    return hours.next_in(introduced_at + DAY_TEN if lunch_at is None else lunch_at + AFTER_LUNCH)


def _unasked(session: Session, workspace_id: int, now: datetime) -> list[Unasked]:
    return unasked_people(
        session,
        workspace_id,
        now,
        met_by=now - AFTER_LUNCH,
        introduced_by=now - DAY_TEN,
        memory=MEMORY,
    )
