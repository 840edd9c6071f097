"""Queries for who has been introduced to whom, and who has met."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, insert, select
from sqlalchemy.orm import Session, aliased

from db.tables import Answer, Delivery, Introduction, IntroductionMember, Meeting, Program, Round, SitOut
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource

FREE_AFTER_ROUNDS = 8
REMEMBERED_ROUNDS = 12
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
    denied = _denied_introductions(session, workspace_id)
    introduced = session.execute(
        select(one.person_id, other.person_id, Round.slot_at, one.introduction_id)
        .join(other, (other.introduction_id == one.introduction_id) & (one.person_id < other.person_id))
        .join(Round, Round.id == one.round_id)
        .join(Program, Program.id == Round.program_id)
        .join(Delivery, Delivery.introduction_id == one.introduction_id)
        .where(
            Program.workspace_id == workspace_id,
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Delivery.state.in_(COUNTS),
        )
    )
    for low, high, slot_at, introduction_id in introduced:
        if introduction_id not in denied:
            yield Past(low, high, slot_at.date(), met=False)
    met = session.execute(
        select(Meeting.low_id, Meeting.high_id, Meeting.met_on).where(Meeting.workspace_id == workspace_id)
    )
    for low, high, met_on in met:
        yield Past(low, high, met_on, met=True)


def _denied_introductions(session: Session, workspace_id: int) -> frozenset[int]:
    """Introductions that no longer count: all who answered said no, and enough rounds have passed."""
    rounds: dict[int, list[datetime]] = {}
    for program_id, slot_at in session.execute(
        select(Round.program_id, Round.slot_at)
        .join(Program, Program.id == Round.program_id)
        .where(Program.workspace_id == workspace_id, Round.matched_at.is_not(None))
    ):
        rounds.setdefault(program_id, []).append(slot_at)
    noes = func.sum(case((Answer.answer == AnswerWord.NOT_THIS_TIME, 1), else_=0))
    rows = session.execute(
        select(Introduction.id, Round.program_id, Round.slot_at)
        .join(Answer, Answer.introduction_id == Introduction.id)
        .join(Round, Round.id == Introduction.round_id)
        .group_by(Introduction.id, Round.program_id, Round.slot_at)
        .having(noes == func.count())
    )
    return frozenset(
        introduction_id
        for introduction_id, program_id, at in rows
        if sum(later > at for later in rounds.get(program_id, ())) >= FREE_AFTER_ROUNDS
    )


@dataclass(frozen=True, slots=True)
class Shortchanged:
    """Somebody who sat out, was in a trio or met somebody again, and how many rounds ago."""

    person_id: int
    how: str
    rounds_ago: int


def shortchanged(session: Session, program_id: int, before: datetime) -> Iterator[Shortchanged]:
    """Who had less of the last rounds than others."""
    rounds = session.scalars(
        select(Round.id)
        .where(Round.program_id == program_id, Round.matched_at.is_not(None), Round.slot_at < before)
        .order_by(Round.slot_at.desc())
        .limit(REMEMBERED_ROUNDS)
    ).all()
    ago = {round_id: number for number, round_id in enumerate(rounds, start=1)}
    for round_id, person_id in session.execute(
        select(SitOut.round_id, SitOut.person_id).where(SitOut.round_id.in_(rounds))
    ):
        yield Shortchanged(person_id, "sat_out", ago[round_id])
    for round_id, person_id, why in session.execute(
        select(Introduction.round_id, IntroductionMember.person_id, Introduction.why)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(Introduction.round_id.in_(rounds), Introduction.active)
    ):
        for word, how in (("trio", "trio_third"), ("repeat", "repeat")):
            if word in why:
                yield Shortchanged(person_id, how, ago[round_id])


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
