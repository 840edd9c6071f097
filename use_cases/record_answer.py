"""What somebody says to "Did you meet?", and the meetings that follow from all the answers."""

from collections.abc import Collection
from datetime import datetime
from itertools import combinations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.introductions import answers_of, introduction_with_member, members_of
from db.people import card_of
from db.sessions import Sessions
from db.tables import Answer, Introduction, Meeting, Person, Round
from domain.errors import NotYourIntroduction
from domain.messages import CheckInMessage
from domain.rounds import AnswerWord, MeetingSource


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
        members = members_of(session, introduction.id)
        others = [member for member in members if member.id != person.id]
        there = [one for one in others if not met or one.slack_user_id in met]
        if word != AnswerWord.MET:
            there = []
        answer = session.get(Answer, (introduction.id, person.id))
        if answer is None:
            answer = Answer(introduction_id=introduction.id, person_id=person.id)
            session.add(answer)
        answer.answer, answer.met_ids, answer.answered_at = word, [one.id for one in there], now
        session.flush()
        _conclude(session, introduction, members)
        return CheckInMessage(
            introduction_id=introduction_id,
            others=tuple(card_of(other) for other in others),
            answer=word,
            met=frozenset(one.slack_user_id or "" for one in there),
        )


def _conclude(session: Session, introduction: Introduction, members: Collection[Person]) -> None:
    """A pair has met when one says yes and the other does not say no; later answers may change that."""
    round_ = session.get_one(Round, introduction.round_id)
    answers = {answer.person_id: answer for answer in answers_of(session, introduction.id)}
    session.execute(delete(Meeting).where(Meeting.introduction_id == introduction.id))
    for one, other in combinations(sorted(members, key=lambda member: member.id), 2):
        said = (_says(answers.get(one.id), other.id), _says(answers.get(other.id), one.id))
        if True in said and False not in said:
            session.add(
                Meeting(
                    workspace_id=one.workspace_id,
                    low_id=one.id,
                    high_id=other.id,
                    introduction_id=introduction.id,
                    met_on=round_.slot_at.date(),
                    source=MeetingSource.CONFIRMED,
                )
            )


def _says(answer: Answer | None, other_id: int) -> bool | None:
    """Yes, no, or nothing yet: a plan is no meeting, and it is no denial."""
    if answer is None or answer.answer == AnswerWord.PLANNED:
        return None
    return answer.answer == AnswerWord.MET and other_id in answer.met_ids
