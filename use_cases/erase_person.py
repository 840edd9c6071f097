"""Somebody is forgotten: a row without a name is left, so that the others' history still counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.erasure import (
    cancel_what_is_owed,
    forget_answers,
    forget_channels,
    forget_directory,
    forget_wishes,
    unsent_introductions_with,
)
from db.introductions import end_introduction
from db.people import leave_all_programs, lock_directory
from db.tables import Person


def erase_person(session: Session, person: Person, *, now: datetime) -> None:
    """Clear who it was, what they said and wished, and where they were written to.

    Introductions that were not sent end here. Of those that were, a pair's ends with the next tick, as when
    somebody leaves the company, and the other one gets somebody new or a word; larger groups go on.
    """
    # A reading of the directory that goes on at the same time finds the row before or after, never halfway.
    lock_directory(session, person.workspace_id)
    session.refresh(person, with_for_update=True)
    leave_all_programs(session, person.id, now)
    for introduction_id in unsent_introductions_with(session, person.id):
        end_introduction(session, introduction_id)
    cancel_what_is_owed(session, person.id)
    forget_answers(session, person.id)
    forget_wishes(session, person.id)
    forget_channels(session, person.id)
    forget_directory(session, person, now)
    session.flush()
