"""What somebody says to "Did you meet?", and the meetings that follow from all the answers."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.introductions import answers_of, introduction_with_member, members_of
from db.open_introductions import closing_of
from db.people import card_of
from db.proposals import lock_introduction
from db.sessions import Sessions
from db.tables import Answer, Introduction, Meeting, Person, Round
from domain.answers import Said, verdicts
from domain.errors import IntroductionOver, NotYourIntroduction
from domain.messages import CheckInMessage
from domain.rounds import AnswerWord, MeetingSource, Thumb
from use_cases.show_introduction import known_members


def record_answer(
    sessions: Sessions,
    introduction_id: str,
    slack_user_id: str,
    word: AnswerWord,
    *,
    met: Collection[str] = (),
    now: datetime,
) -> CheckInMessage:
    """Record an answer, the last one counts; `met` are the Slack ids of those who were there, or all."""
    with sessions.write() as session:
        found = introduction_with_member(session, introduction_id, slack_user_id)
        if found is None:
            raise NotYourIntroduction()
        introduction, person = found
        if closing_of(session, introduction) <= now:
            raise IntroductionOver()
        lock_introduction(session, introduction)
        members = members_of(session, introduction.id)
        others = [member for member in members if member.id != person.id]
        known = known_members(session, introduction)
        there = [one for one in others if not met or one.slack_user_id in met]
        if word != AnswerWord.MET:
            there = []
        answer = session.get(Answer, (introduction.id, person.id))
        if answer is None:
            answer = Answer(introduction_id=introduction.id, person_id=person.id)
            session.add(answer)
        answer.answer, answer.met_ids, answer.answered_at = word, [one.id for one in there], now
        if word != AnswerWord.MET:
            answer.thumb = None
        session.flush()
        _conclude(session, introduction, members)
        return noted(introduction_id, answer, [one for one in known if one.id != person.id])


def noted(introduction_id: str, answer: Answer, others: Sequence[Person]) -> CheckInMessage:
    """The question with what somebody has said so far."""
    return CheckInMessage(
        introduction_id=introduction_id,
        others=tuple(card_of(other) for other in others),
        answer=answer.answer,
        met=frozenset(one.slack_user_id or "" for one in others if one.id in answer.met_ids),
        thumb=None if answer.thumb is None else Thumb(answer.thumb),
    )


def _conclude(session: Session, introduction: Introduction, members: Sequence[Person]) -> None:
    """The meetings that follow from all the answers so far; later answers may change that."""
    round_ = session.get_one(Round, introduction.round_id)
    said = {
        answer.person_id: Said(answer.answer, frozenset(answer.met_ids))
        for answer in answers_of(session, introduction.id)
    }
    session.execute(delete(Meeting).where(Meeting.introduction_id == introduction.id))
    for (low, high), met in verdicts((member.id for member in members), said).items():
        if met:
            session.add(
                Meeting(
                    workspace_id=members[0].workspace_id,
                    low_id=low,
                    high_id=high,
                    introduction_id=introduction.id,
                    met_on=round_.slot_at.date(),
                    source=MeetingSource.CONFIRMED,
                )
            )
