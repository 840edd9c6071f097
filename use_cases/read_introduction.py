"""An introduction as it is now, to be shown once more."""

from datetime import datetime

from sqlalchemy import select

from db.sessions import Sessions
from db.tables import Introduction
from domain.calendar_files import CalendarFiles
from domain.messages import IntroductionMessage
from use_cases.show_introduction import show_introduction


def read_introduction(
    sessions: Sessions, introduction_id: str, *, now: datetime, calendar: CalendarFiles | None = None
) -> IntroductionMessage:
    """The message with what is suggested and agreed."""
    with sessions.read() as session:
        introduction = session.scalars(
            select(Introduction).where(Introduction.public_id == introduction_id)
        ).one()
        return show_introduction(session, introduction, now=now, calendar=calendar)
