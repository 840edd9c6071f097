"""Not this week: the introduction stays, with other times."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.introductions import group_message_of
from db.proposals import proposal_in
from db.sessions import Sessions
from domain.calendar_files import CalendarFiles
from domain.messages import IntroductionMessage, PrivateAnswer, PrivateStep
from domain.proposals import ProposalState
from use_cases.ask_privately import check_ahead, private_answer
from use_cases.find_table import find_table
from use_cases.offer_lunch_times import offer_lunch_times
from use_cases.show_introduction import program_of, show_introduction


@dataclass(frozen=True, slots=True)
class Moved:
    """What whoever pressed is told, and the group DM to draw anew, if it has changed."""

    answer: PrivateAnswer
    message: IntroductionMessage | None = None
    channel_id: str = ""
    ts: str = ""


def move_to_next_week(
    sessions: Sessions,
    introduction_id: str,
    slack_user_id: str,
    *,
    now: datetime,
    calendar: CalendarFiles | None = None,
) -> Moved:
    """Offer times from the next week on instead of those that stand there; nobody is said to have asked.

    An agreed time is in calendars, so that it only moves when everybody says yes to another one.
    """
    with sessions.write() as session:
        table = find_table(session, introduction_id, slack_user_id, now)
        check_ahead(session, table, now)
        introduction, program = table.introduction, program_of(session, table.introduction)
        if proposal_in(session, introduction.id, ProposalState.ACCEPTED) is not None:
            return Moved(private_answer(session, table, PrivateStep.CANT, now=now))
        # Nobody is asked to be at the table within a day, so that Monday is counted from Saturday on.
        weekend = _saturday(now, ZoneInfo(program.timezone))
        offers = offer_lunch_times(session, program, introduction, table.members, weekend)
        if not offers:
            return Moved(private_answer(session, table, PrivateStep.NOT_MOVED, now=now))
        waiting = proposal_in(session, introduction.id, ProposalState.OPEN)
        if waiting is not None:
            waiting.state = ProposalState.REPLACED
        introduction.offers = [offer.isoformat() for offer in offers]
        session.flush()
        channel_id, ts = group_message_of(session, introduction.id)
        return Moved(
            private_answer(session, table, PrivateStep.MOVED, now=now),
            show_introduction(session, introduction, now=now, calendar=calendar) if ts else None,
            channel_id or "",
            ts or "",
        )


def _saturday(now: datetime, zone: ZoneInfo) -> datetime:
    today = now.astimezone(zone).date()
    saturday = today + timedelta(days=5 - today.weekday())
    return max(now, datetime.combine(saturday, time(), zone))
