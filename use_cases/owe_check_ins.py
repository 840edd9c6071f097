""" "Did you meet?", asked once near the end of an introduction's time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from db.deliveries import owe
from db.introductions import members_of, unasked_introductions
from db.rounds import open_rounds
from db.sessions import Sessions
from db.tables import Program, Round
from domain.rounds import DeliveryKind

WEEKEND = (5, 6)


def owe_check_ins(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Owe a check-in to everybody whose introduction's time is nearly over; how many introductions."""
    with sessions.read() as session:
        due = [
            round_.id
            for round_, program in open_rounds(session, workspace_id, now)
            if check_in_at(program, round_) <= now and unasked_introductions(session, round_.id)
        ]
    asked = 0
    for round_id in due:
        with sessions.write() as session:
            round_ = session.get_one(Round, round_id)
            program = session.get_one(Program, round_.program_id)
            for introduction in unasked_introductions(session, round_id):
                asked += 1
                for person in members_of(session, introduction.id):
                    owe(
                        session,
                        program,
                        kind=DeliveryKind.CHECK_IN,
                        person_id=person.id,
                        due_at=check_in_at(program, round_),
                        key=f"person {person.id}",
                        round_id=round_id,
                        introduction_id=introduction.id,
                    )
    return asked


def check_in_at(program: Program, round_: Round) -> datetime:
    """The last working day before the round's end, at the time of day at which introductions go out."""
    zone = ZoneInfo(program.timezone)
    day = round_.ends_at.astimezone(zone).date() - timedelta(days=1)
    while day.weekday() in WEEKEND:
        day -= timedelta(days=1)
    return datetime.combine(day, program.local_time, zone)
