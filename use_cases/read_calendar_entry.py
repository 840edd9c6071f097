"""The agreed time of an introduction, for a calendar."""

from sqlalchemy import select

from db.introductions import members_of
from db.proposals import proposal_in, times_agreed
from db.sessions import Sessions
from db.tables import Introduction
from domain.calendar_files import CalendarEntry
from domain.proposals import ProposalState


def read_calendar_entry(sessions: Sessions, introduction_id: str) -> CalendarEntry | None:
    """What stands in the calendar; None where nothing is agreed, or the introduction is over."""
    with sessions.read() as session:
        introduction = session.scalars(
            select(Introduction).where(Introduction.public_id == introduction_id, Introduction.active)
        ).one_or_none()
        if introduction is None:
            return None
        agreed = proposal_in(session, introduction.id, ProposalState.ACCEPTED)
        if agreed is None or agreed.accepted_at is None:
            return None
        return CalendarEntry(
            introduction_id=introduction_id,
            kind=agreed.kind,
            starts_at=agreed.starts_at,
            agreed_at=agreed.accepted_at,
            times_moved=times_agreed(session, introduction.id) - 1,
            locales=tuple(member.locale for member in members_of(session, introduction.id)),
        )
