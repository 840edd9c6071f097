""" "Did you meet?", asked once near the end of an introduction's time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.deliveries import owe
from db.introductions import members_of, unasked_introductions
from db.rounds import open_rounds
from db.sessions import Sessions
from db.tables import Introduction, Program, Round
from domain.rounds import DeliveryKind

WEEKEND = (5, 6)
DAY = timedelta(days=1)


def owe_check_ins(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Owe a check-in to everybody whose introduction's time is nearly over; how many introductions."""
    with sessions.read() as session:
        due = [
            round_.id
            for round_, program in open_rounds(session, workspace_id, now)
            if _due(session, program, round_, now)
        ]
    asked = 0
    for round_id in due:
        with sessions.write() as session:
            round_ = session.get_one(Round, round_id)
            program = session.get_one(Program, round_.program_id)
            for introduction, at in _due(session, program, round_, now):
                asked += 1
                for person in members_of(session, introduction.id):
                    owe(
                        session,
                        program,
                        kind=DeliveryKind.CHECK_IN,
                        person_id=person.id,
                        due_at=at,
                        key=f"person {person.id}",
                        round_id=round_id,
                        introduction_id=introduction.id,
                    )
    return asked


def check_in_at(program: Program, round_: Round, introduced_at: datetime) -> datetime:
    """The last working day before the round's end, at the time of day at which introductions go out.

    People have a working day at least to meet: an introduction that comes late is asked about later, and one
    so late that the round is over by then is not asked about at all.
    """
    introduced = introduced_at.astimezone(ZoneInfo(program.timezone))
    next_day = _working_day(introduced.date() + DAY)
    return max(
        _near_the_end(program, round_), datetime.combine(next_day, introduced.time(), introduced.tzinfo)
    )


def _near_the_end(program: Program, round_: Round) -> datetime:
    zone = ZoneInfo(program.timezone)
    last = _working_day(round_.ends_at.astimezone(zone).date() - DAY, back=True)
    return datetime.combine(last, program.local_time, zone)


def _due(
    session: Session, program: Program, round_: Round, now: datetime
) -> list[tuple[Introduction, datetime]]:
    """The introductions to ask about, and since when each of them is due."""
    if now < _near_the_end(program, round_):
        return []
    asked = (
        (introduction, check_in_at(program, round_, introduced_at))
        for introduction, introduced_at in unasked_introductions(session, round_.id)
    )
    return [(introduction, at) for introduction, at in asked if at <= now]


def _working_day(day: date, *, back: bool = False) -> date:
    """This day, or else the next one, or the one before, that is not of a weekend."""
    while day.weekday() in WEEKEND:
        day += -DAY if back else DAY
    return day
