"""Which other time, and what for?"""

from datetime import datetime, timedelta

from db.proposals import proposal_in
from db.sessions import Sessions
from domain.messages import TimeQuestion
from domain.proposals import ProposalState
from use_cases.find_table import find_table
from use_cases.offer_lunch_times import usual_kind
from use_cases.show_introduction import program_of


def ask_for_time(
    sessions: Sessions, introduction_id: str, slack_user_id: str, *, now: datetime
) -> TimeQuestion:
    """The question, beginning with what is arranged or offered so far."""
    with sessions.read() as session:
        table = find_table(session, introduction_id, slack_user_id, now, hold=False)
        introduction = table.introduction
        arranged = proposal_in(session, introduction.id, ProposalState.OPEN) or proposal_in(
            session, introduction.id, ProposalState.ACCEPTED
        )
        times = [arranged.starts_at] if arranged else []
        times += [datetime.fromisoformat(offer) for offer in introduction.offers or ()]
        return TimeQuestion(
            introduction_id=introduction_id,
            kind=arranged.kind
            if arranged
            else usual_kind(session, program_of(session, introduction), table.members),
            starts_at=next((at for at in times if at > now), _tomorrow(now)),
        )


def _tomorrow(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
