"""What people did long ago is forgotten: answers first, then introductions, then the audit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.reports import known_periods
from db.retention import (
    forget_answers_before,
    forget_audit_before,
    forget_introductions_before,
    forget_skips_before,
)
from db.sessions import Sessions
from domain.reports import CLOSED_AFTER
from domain.retention import ANSWERS, AUDIT, INTRODUCTIONS

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows were deleted."""

    answers: int
    introductions: int
    audit_events: int
    skips: int


def forget_old_rows(sessions: Sessions, *, workspace_id: int, now: datetime) -> Forgotten:
    """Delete what is older than it is kept. Answers that HR's open periods count wait for these."""
    with sessions.write() as session:
        return Forgotten(
            answers=forget_answers_before(
                session, workspace_id, now - ANSWERS, _still_counted(session, workspace_id, now)
            ),
            introductions=forget_introductions_before(session, workspace_id, now - INTRODUCTIONS),
            audit_events=forget_audit_before(session, workspace_id, now - AUDIT),
            skips=forget_skips_before(session, workspace_id, (now - ANSWERS).date()),
        )


def _still_counted(session: Session, workspace_id: int, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The spans of periods that have ended and not closed: their first answers are up to eight days too old.

    A period that goes on is shorter than answers are kept.
    """
    for period in known_periods(session, workspace_id):
        if period.ends_at > now - CLOSED_AFTER - DAY:
            yield period.begins_at, period.ends_at
