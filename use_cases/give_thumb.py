"""A thumb up or down after a meeting: for the matcher alone."""

from db.introductions import introduction_with_member
from db.people import card_of
from db.proposals import lock_introduction
from db.sessions import Sessions
from db.tables import Answer
from domain.errors import NotYourIntroduction
from domain.messages import CheckInMessage
from domain.rounds import AnswerWord, Thumb
from use_cases.record_answer import noted
from use_cases.show_introduction import known_members


def give_thumb(sessions: Sessions, introduction_id: str, slack_user_id: str, thumb: Thumb) -> CheckInMessage:
    """Record it, the last one counts. Whoever no longer says that they met has nothing to rate.

    A thumb down makes these people the last whom the matcher would introduce to each other again. It is no
    exclusion, counts for nobody else, and a thumb up changes nothing: nobody has a score.
    """
    with sessions.write() as session:
        found = introduction_with_member(session, introduction_id, slack_user_id)
        if found is None:
            raise NotYourIntroduction()
        introduction, person = found
        lock_introduction(session, introduction)
        others = [one for one in known_members(session, introduction) if one.id != person.id]
        answer = session.get(Answer, (introduction.id, person.id))
        if answer is None:
            return CheckInMessage(introduction_id, tuple(card_of(other) for other in others))
        if answer.answer == AnswerWord.MET:
            answer.thumb = thumb
            session.flush()
        return noted(introduction_id, answer, others)
