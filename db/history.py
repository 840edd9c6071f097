"""Queries for who has been introduced to whom, and who has met."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, aliased

from db.tables import Delivery, IntroductionMember, Meeting, Program, Round
from domain.rounds import DeliveryState, MeetingSource

COUNTS = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Past:
    """Two people who were introduced or have met, and when."""

    low_id: int
    high_id: int
    last_on: date | None
    met: bool


def past_pairs(session: Session, workspace_id: int) -> Iterator[Past]:
    """Every introduction that was sent, or may have been, and every meeting."""
    one, other = aliased(IntroductionMember), aliased(IntroductionMember)
    introduced = session.execute(
        select(one.person_id, other.person_id, Round.slot_at)
        .join(other, (other.introduction_id == one.introduction_id) & (one.person_id < other.person_id))
        .join(Round, Round.id == one.round_id)
        .join(Program, Program.id == Round.program_id)
        .join(Delivery, Delivery.introduction_id == one.introduction_id)
        .where(Program.workspace_id == workspace_id, Delivery.state.in_(COUNTS))
    )
    for low, high, slot_at in introduced:
        yield Past(low, high, slot_at.date(), met=False)
    met = session.execute(
        select(Meeting.low_id, Meeting.high_id, Meeting.met_on).where(Meeting.workspace_id == workspace_id)
    )
    for low, high, met_on in met:
        yield Past(low, high, met_on, met=True)


def imported_meetings(session: Session, workspace_id: int) -> set[tuple[int, int, date | None]]:
    """The meetings that earlier imports brought."""
    return {
        (low, high, met_on)
        for low, high, met_on in session.execute(
            select(Meeting.low_id, Meeting.high_id, Meeting.met_on).where(
                Meeting.workspace_id == workspace_id, Meeting.source == MeetingSource.IMPORTED
            )
        )
    }


def add_imported_meetings(
    session: Session, workspace_id: int, meetings: Iterable[tuple[int, int, date | None]]
) -> None:
    """Record meetings that a file names."""
    rows: list[dict[str, Any]] = [
        {
            "workspace_id": workspace_id,
            "low_id": low,
            "high_id": high,
            "met_on": met_on,
            "source": MeetingSource.IMPORTED,
        }
        for low, high, met_on in meetings
    ]
    if rows:
        session.execute(insert(Meeting), rows)
