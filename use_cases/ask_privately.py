"""What somebody can say privately about an introduction: one question after the other, nothing stored."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.open_introductions import has_withdrawn
from db.people import card_of
from db.proposals import agreed_time
from db.sessions import Sessions
from db.tables import Answer, Program, Round
from domain.errors import LunchIsPast, NotYourIntroduction
from domain.messages import PrivateAnswer, PrivateStep
from domain.rounds import AnswerWord, RoundState
from use_cases.compose_introductions import next_full_hour
from use_cases.find_table import Table, find_table
from use_cases.show_status import zone_of

ALWAYS = (PrivateStep.CHOICES, PrivateStep.NEVER_MIND, PrivateStep.WITH_WHOM_NOT, PrivateStep.SURE)
"""What can be asked for although the lunch is past, or given up."""
BY_ONE = {PrivateStep.SURE: PrivateStep.WITH_WHOM_NOT, PrivateStep.KNOWN: PrivateStep.WHOM_DO_YOU_KNOW}
"""What is about one of several people, and how it is asked which."""


def ask_privately(
    sessions: Sessions,
    introduction_id: str,
    slack_user_id: str,
    step: PrivateStep,
    *,
    whom: Collection[str] = (),
    now: datetime,
) -> PrivateAnswer:
    """A step that changes nothing, for one member's eyes only."""
    with sessions.read() as session:
        always = step in ALWAYS
        table = find_table(session, introduction_id, slack_user_id, now, hold=False, although_given_up=always)
        if not always:
            check_ahead(session, table, now)
        return private_answer(session, table, step, whom=whom, now=now)


def private_answer(
    session: Session, table: Table, step: PrivateStep, *, whom: Collection[str] = (), now: datetime
) -> PrivateAnswer:
    """What a member reads at a step. Of several people, a step that is about one asks which, unless told."""
    others = tuple(card_of(member) for member in table.members if member.id != table.person.id)
    about = tuple(other for other in others if not whom or other.slack_user_id in whom)
    if not about:
        raise NotYourIntroduction()
    if not whom and len(others) > 1:
        step = BY_ONE.get(step, step)
    round_ = session.get_one(Round, table.introduction.round_id)
    program = session.get_one(Program, round_.program_id)
    zone: ZoneInfo = zone_of(program, table.person)
    return PrivateAnswer(
        introduction_id=table.introduction.public_id,
        step=step,
        others=others,
        about=about,
        told_at=next_full_hour(now).astimezone(zone),
        is_agreed=agreed_time(session, table.introduction.id) is not None,
        is_past=is_past(session, table, now)
        or has_withdrawn(session, table.introduction.id, table.person.id),
        is_this_round=round_.state == RoundState.MATCHED and round_.ends_at > now,
    )


def check_ahead(session: Session, table: Table, now: datetime) -> None:
    """Refuse to give up a lunch that is past."""
    if is_past(session, table, now):
        raise LunchIsPast()


def is_past(session: Session, table: Table, now: datetime) -> bool:
    """Whether a lunch is past, as far as this person knows: nobody learns here what another one answered."""
    agreed = agreed_time(session, table.introduction.id)
    answer = session.get(Answer, (table.introduction.id, table.person.id))
    met = answer is not None and answer.answer == AnswerWord.MET
    return met or (agreed is not None and agreed <= now)
