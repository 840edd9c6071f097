"""An introduction as its group message shows it now, with what is suggested and agreed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.introductions import members_of
from db.preferences import preferences_of, told_card
from db.proposals import accepted_by, proposal_in
from db.tables import Introduction, Person, Program, Round
from domain.calendar_files import CalendarFiles
from domain.messages import IntroductionMessage, Why
from domain.proposals import AgreedTime, ProposalState, SuggestedTime
from use_cases.find_next_round import find_next_round

YEARS_APART = timedelta(days=2 * 365)


def show_introduction(
    session: Session, introduction: Introduction, *, now: datetime, calendar: CalendarFiles | None = None
) -> IntroductionMessage:
    """The whole message; offered times that are past by now are left out."""
    program = program_of(session, introduction)
    members = known_members(session, introduction)
    preferences = preferences_of(session, [member.id for member in members])
    zone = ZoneInfo(program.timezone)
    proposer = next((member for member in members if member.id == introduction.proposer_id), members[0])
    agreed = proposal_in(session, introduction.id, ProposalState.ACCEPTED)
    offers = (datetime.fromisoformat(offer) for offer in introduction.offers or ())
    return IntroductionMessage(
        introduction_id=introduction.public_id,
        people=tuple(told_card(member, preferences[member.id]) for member in members),
        why=frozenset(Why(word) for word in introduction.why),
        starter=introduction.starter,
        proposer=proposer.slack_user_id or "",
        next_at=find_next_round(session, program, now).astimezone(zone),
        today=now.astimezone(zone).date(),
        experience_differs=_experience_differs(members),
        offers=tuple(offer for offer in offers if offer > now),
        suggested=suggested_time(session, introduction, members),
        agreed=AgreedTime(agreed.kind, agreed.starts_at) if agreed else None,
        calendar_file=calendar.address(introduction.public_id) if calendar and agreed else None,
        locales=tuple(member.locale for member in members),
    )


def known_members(session: Session, introduction: Introduction) -> Sequence[Person]:
    """The people of an introduction; of a larger group without whoever has asked to be forgotten."""
    members = members_of(session, introduction.id)
    known = [member for member in members if member.erased_at is None]
    return known if len(known) > 1 else members


def program_of(session: Session, introduction: Introduction) -> Program:
    """The program that an introduction belongs to."""
    return session.get_one(Program, session.get_one(Round, introduction.round_id).program_id)


def awaited(session: Session, proposal_id: int, proposer_id: int, members: Sequence[Person]) -> list[Person]:
    """Who is still to say yes to a proposal: whoever has left the company keeps nobody waiting."""
    said = {proposer_id, *accepted_by(session, proposal_id)}
    return [member for member in members if member.id not in said and member.is_active]


def suggested_time(
    session: Session, introduction: Introduction, members: Sequence[Person]
) -> SuggestedTime | None:
    """The time that waits for somebody's yes."""
    proposal = proposal_in(session, introduction.id, ProposalState.OPEN)
    if proposal is None:
        return None
    slack_ids = {member.id: member.slack_user_id or "" for member in members_of(session, introduction.id)}
    waiting = awaited(session, proposal.id, proposal.proposer_id, members)
    return SuggestedTime(
        proposal_id=proposal.public_id,
        suggested_by=slack_ids[proposal.proposer_id],
        kind=proposal.kind,
        starts_at=proposal.starts_at,
        accepted_by=tuple(slack_ids[one] for one in accepted_by(session, proposal.id)),
        waiting_for=tuple(slack_ids[member.id] for member in waiting),
    )


def _experience_differs(people: Sequence[Person]) -> bool:
    """Whether two of them are of different levels, or came years apart."""
    levels = {person.level for person in people if person.level}
    started = [person.started_on for person in people if person.started_on]
    return len(levels) > 1 or bool(started and max(started) - min(started) >= YEARS_APART)
