"""What people do about an introduction, with the use cases that their buttons call."""

from datetime import datetime

from db.tables import Answer, Introduction, IntroductionMember, Person
from domain.rounds import AnswerWord
from tests.use_cases.company import Company
from use_cases.accept_time import accept_time
from use_cases.propose_time import propose_time
from use_cases.record_answer import record_answer


def introduction_of(company: Company, who: str) -> str:
    """The public id of somebody's newest active introduction."""
    with company.sessions.read() as session:
        return str(
            session.query(Introduction.public_id)
            .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
            .join(Person, Person.id == IntroductionMember.person_id)
            .filter(Person.slack_user_id == who, Introduction.active)
            .order_by(Introduction.id.desc())
            .limit(1)
            .scalar()
        )


def suggest(company: Company, who: str, at: datetime, *, now: datetime) -> str:
    """Somebody suggests a time; the proposal's id."""
    arranged = propose_time(company.sessions, introduction_of(company, who), who, at, now=now)
    assert arranged.message.suggested is not None
    return arranged.message.suggested.proposal_id


def agree(company: Company, at: datetime, *, now: datetime, who: str = "UA") -> None:
    """Somebody suggests a time, and the others say yes."""
    proposal = suggest(company, who, at, now=now)
    for other in sorted(company.partners_of(who)):
        accept_time(company.sessions, introduction_of(company, who), proposal, other, now=now)


def say(company: Company, who: str, word: AnswerWord, *, now: datetime) -> None:
    """Somebody answers "Did you meet?"."""
    record_answer(company.sessions, introduction_of(company, who), who, word, now=now)


def thumb_of(company: Company, who: str) -> int | None:
    """The thumb that somebody has given."""
    [answer] = company.all(Answer, person_id=company.id_of(who))
    thumb: int | None = answer.thumb
    return thumb
