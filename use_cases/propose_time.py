"""Somebody suggests a time to the people whom they were introduced to."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from db.proposals import proposal_in
from db.sessions import Sessions
from db.tables import Proposal
from domain.calendar_files import CalendarFiles
from domain.errors import TimeHasPassed, TooFarAhead
from domain.messages import Arranged
from domain.proposals import LATEST, LunchKind, Pressed, ProposalState
from use_cases.accept_time import say_yes
from use_cases.find_table import Table, find_table
from use_cases.offer_lunch_times import usual_kind
from use_cases.show_introduction import program_of, show_introduction


def propose_time(
    sessions: Sessions,
    introduction_id: str,
    slack_user_id: str,
    starts_at: datetime,
    *,
    kind: LunchKind | None = None,
    now: datetime,
    calendar: CalendarFiles | None = None,
) -> Arranged:
    """Suggest a time in the place of one that is open; the same time as another member's means yes to it.

    Without a `kind` it is what suits them: lunch, or a video call.
    """
    if starts_at <= now:
        raise TimeHasPassed()
    if starts_at > now + LATEST:
        raise TooFarAhead()
    with sessions.write() as session:
        table = find_table(session, introduction_id, slack_user_id, now)
        pressed = _suggest(session, table, starts_at, kind, now)
        shown = show_introduction(session, table.introduction, now=now, calendar=calendar)
        return Arranged(pressed, shown)


def _suggest(
    session: Session, table: Table, starts_at: datetime, kind: LunchKind | None, now: datetime
) -> Pressed:
    introduction_id = table.introduction.id
    agreed = proposal_in(session, introduction_id, ProposalState.ACCEPTED)
    waiting = proposal_in(session, introduction_id, ProposalState.OPEN)
    if waiting is not None and _is_same(waiting, starts_at, kind):
        pressed = say_yes(session, table, waiting, now)
        return Pressed.NOTHING_NEW if pressed == Pressed.OWN else pressed
    if waiting is not None:
        waiting.state = ProposalState.REPLACED
        session.flush()
    if agreed is not None and _is_same(agreed, starts_at, kind):
        # Back to what everybody has said yes to already.
        return Pressed.NOTHING_NEW if waiting is None else Pressed.AGREED
    session.add(
        Proposal(
            public_id=uuid4().hex,
            introduction_id=introduction_id,
            proposer_id=table.person.id,
            kind=kind or usual_kind(session, program_of(session, table.introduction), table.members),
            starts_at=starts_at,
            state=ProposalState.OPEN,
            created_at=now,
        )
    )
    session.flush()
    return Pressed.SUGGESTED


def _is_same(proposal: Proposal, starts_at: datetime, kind: LunchKind | None) -> bool:
    return proposal.starts_at == starts_at and kind in (None, proposal.kind)
