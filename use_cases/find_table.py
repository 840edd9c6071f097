"""The introduction in which somebody arranges something, held so that one press comes after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.introductions import introduction_with_member, members_of
from db.proposals import lock_introduction
from db.tables import Introduction, Person, Round
from domain.errors import IntroductionOver, NotYourIntroduction
from domain.proposals import LATEST


@dataclass(frozen=True, slots=True)
class Table:
    """An introduction, who presses, and everybody of it."""

    introduction: Introduction
    person: Person
    members: Sequence[Person]


def find_table(
    session: Session, introduction_id: str, slack_user_id: str, now: datetime, *, hold: bool = True
) -> Table:
    """The introduction, for its members only; a time may be later than the round that it comes from.

    With `hold` no other press changes what is arranged until the session ends.
    """
    found = introduction_with_member(session, introduction_id, slack_user_id)
    if found is None:
        raise NotYourIntroduction()
    introduction, person = found
    if hold:
        lock_introduction(session, introduction)
    round_ = session.get_one(Round, introduction.round_id)
    if not introduction.active or round_.ends_at + LATEST <= now:
        raise IntroductionOver()
    return Table(introduction, person, members_of(session, introduction.id))
