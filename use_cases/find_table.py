"""The introduction in which somebody arranges something, held so that one press comes after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.introductions import introduction_with_member, members_of
from db.open_introductions import closing_of, has_withdrawn
from db.proposals import lock_introduction
from db.tables import Introduction, Person
from domain.errors import IntroductionOver, LunchGivenUp, NotYourIntroduction


@dataclass(frozen=True, slots=True)
class Table:
    """An introduction, who presses, and everybody of it."""

    introduction: Introduction
    person: Person
    members: Sequence[Person]


def find_table(
    session: Session,
    introduction_id: str,
    slack_user_id: str,
    now: datetime,
    *,
    hold: bool = True,
    although_given_up: bool = False,
) -> Table:
    """The introduction, for its members only, as long as it is open: later than the round it comes from.

    With `hold` no other press changes it until the session ends. Whoever has given the lunch up is told so,
    unless that does not matter.
    """
    found = introduction_with_member(session, introduction_id, slack_user_id)
    if found is None:
        raise NotYourIntroduction()
    introduction, person = found
    if hold:
        lock_introduction(session, introduction)
    if not introduction.active or closing_of(session, introduction) <= now:
        raise IntroductionOver()
    if has_withdrawn(session, introduction.id, person.id) and not although_given_up:
        raise LunchGivenUp()
    return Table(introduction, person, members_of(session, introduction.id))
