"""Queries for people who want to be introduced less often than every round."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.tables import IntroductionMember, Preference, Round


def not_due_ids(session: Session, program_id: int, before: datetime) -> frozenset[int]:
    """Everybody whose turn it is not yet when a round begins: nobody is told, and none of them sits out.

    Rounds are counted since a person's last introduction, missed ones too: who wants every second one and
    sat out in it takes part in the next.
    """
    rows = session.execute(_last_introductions(program_id).where(Round.slot_at < before)).all()
    slots = _slots(session, program_id, min((row[2] for row in rows), default=before))
    return frozenset(
        person_id
        for person_id, every_rounds, last in rows
        if sum(last < slot < before for slot in slots) < every_rounds - 1
    )


def rounds_to_wait(session: Session, program_id: int, person_id: int) -> int:
    """How many of the next rounds go by without somebody, because they have asked for that."""
    row = session.execute(
        _last_introductions(program_id).where(IntroductionMember.person_id == person_id)
    ).one_or_none()
    if row is None:
        return 0
    _, every_rounds, last = row
    return max(0, every_rounds - 1 - len(_slots(session, program_id, last)))


def _last_introductions(program_id: int) -> Select[int, int, datetime]:
    """Whoever has asked for fewer rounds, and the slot of their last introduction."""
    return (
        select(IntroductionMember.person_id, Preference.every_rounds, func.max(Round.slot_at))
        .join(Preference, Preference.person_id == IntroductionMember.person_id)
        .join(Round, Round.id == IntroductionMember.round_id)
        .where(Round.program_id == program_id, IntroductionMember.active, Preference.every_rounds > 1)
        .group_by(IntroductionMember.person_id, Preference.every_rounds)
    )


def _slots(session: Session, program_id: int, after: datetime) -> list[datetime]:
    """The rounds of all periods since; an admin's extra run is none of them."""
    return list(
        session.scalars(
            select(Round.slot_at).where(
                Round.program_id == program_id, Round.period_on.is_not(None), Round.slot_at > after
            )
        )
    )
