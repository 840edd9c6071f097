"""Somebody says yes to a time that was suggested to them."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.proposals import accepted_by, proposal_in, proposal_of
from db.sessions import Sessions
from db.tables import Proposal, ProposalAcceptance
from domain.calendar_files import CalendarFiles
from domain.errors import TimeHasPassed
from domain.messages import Arranged
from domain.proposals import Pressed, ProposalState
from use_cases.find_table import Table, find_table
from use_cases.show_introduction import awaited, show_introduction


def accept_time(
    sessions: Sessions,
    introduction_id: str,
    proposal_id: str,
    slack_user_id: str,
    *,
    now: datetime,
    calendar: CalendarFiles | None = None,
) -> Arranged:
    """Record a yes. Everybody has to say it; the last one makes the time agreed."""
    with sessions.write() as session:
        table = find_table(session, introduction_id, slack_user_id, now)
        proposal = proposal_of(session, table.introduction.id, proposal_id)
        pressed = _accept(session, table, proposal, now)
        shown = show_introduction(session, table.introduction, now=now, calendar=calendar)
        return Arranged(pressed, shown)


def say_yes(session: Session, table: Table, proposal: Proposal, now: datetime) -> Pressed:
    """One member's yes to an open proposal, once; an agreed time makes room for the new one."""
    if table.person.id == proposal.proposer_id:
        return Pressed.OWN
    if table.person.id in accepted_by(session, proposal.id):
        return Pressed.NOTHING_NEW
    session.add(
        ProposalAcceptance(
            proposal_id=proposal.id,
            person_id=table.person.id,
            introduction_id=table.introduction.id,
            accepted_at=now,
        )
    )
    session.flush()
    if awaited(session, proposal.id, proposal.proposer_id, table.members):
        return Pressed.ONE_MORE
    before = proposal_in(session, table.introduction.id, ProposalState.ACCEPTED)
    if before is not None:
        before.state = ProposalState.REPLACED
        session.flush()
    proposal.state, proposal.accepted_at = ProposalState.ACCEPTED, now
    session.flush()
    return Pressed.AGREED


def _accept(session: Session, table: Table, proposal: Proposal | None, now: datetime) -> Pressed:
    if proposal is None or proposal.state == ProposalState.REPLACED:
        return Pressed.OUTDATED
    if proposal.state == ProposalState.ACCEPTED:
        return Pressed.NOTHING_NEW
    if proposal.starts_at <= now:
        raise TimeHasPassed()
    return say_yes(session, table, proposal, now)
