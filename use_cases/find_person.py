"""Whom an operator means."""

from sqlalchemy.orm import Session

from db.own_data import people_named
from db.tables import Person
from domain.errors import UnknownReference


def find_person(session: Session, reference: str, *, workspace_id: int) -> Person:
    """The one person with this Slack id, key of the company or e-mail address."""
    found = people_named(session, workspace_id, reference.strip())
    if len(found) != 1:
        raise UnknownReference(reference=reference)
    return found[0]
