"""Queries for who has been introduced to whom, and who has met."""

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, combinations, groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Executable, String, case, cast, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from db.tables import (
    Answer,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Person,
    Program,
    Round,
    SitOut,
)
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource, Thumb

FREE_AFTER_ROUNDS = 8
REMEMBERED_ROUNDS = 12
# Of so few people their own rows are looked up; for more the whole history is read, some rows at a time.
FEW = 500
STREAMED = 50_000
# So many are named in one statement.
ASKED_FOR = 500
COUNTS = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, slots=True, eq=False)
class PastRows:
    """Pairs of people who were introduced, or who have met, in columns; day 0 is an unknown date."""

    low_ids: NDArray[np.int64]
    high_ids: NDArray[np.int64]
    days: NDArray[np.int64]
    met: bool


def past_pairs(
    session: Session, workspace_id: int, among: Collection[int], *, today: date | None = None
) -> Iterator[PastRows]:
    """Every introduction that was sent, or may have been, and every meeting, some rows at a time.

    `among` are people of the workspace; of pairs of others some may be left out. Whoever gave a thumb down
    counts as having met the others on the day of the round, `today`: where a pair must be repeated, the
    matcher takes the oldest, and this one last of all.
    """
    yield from _introduced(session, workspace_id, among)
    yield from _rather_others(session, workspace_id, among, today)
    statement = select(Meeting.low_id, Meeting.high_id, Meeting.met_on)
    if len(among) <= FEW:
        statement = statement.where(Meeting.low_id.in_(among), Meeting.high_id.in_(among))
    else:
        statement = statement.where(Meeting.workspace_id == workspace_id)
    for rows in _streamed(session, statement):
        low_ids, high_ids, days = _columns(
            (low_id, high_id, met_on.toordinal() if met_on else 0) for low_id, high_id, met_on in rows
        )
        yield PastRows(low_ids, high_ids, days, met=True)


def _introduced(session: Session, workspace_id: int, among: Collection[int]) -> Iterator[PastRows]:
    one, other = aliased(IntroductionMember), aliased(IntroductionMember)
    statement = (
        select(one.person_id, other.person_id, one.round_id, one.introduction_id)
        .join(other, (other.introduction_id == one.introduction_id) & (one.person_id < other.person_id))
        .join(Delivery, Delivery.introduction_id == one.introduction_id)
        .where(Delivery.kind == DeliveryKind.INTRODUCTION, Delivery.state.in_(COUNTS))
    )
    if len(among) <= FEW:
        statement = statement.where(one.person_id.in_(among), other.person_id.in_(among))
    else:
        statement = statement.where(Delivery.workspace_id == workspace_id)
    # One date for a round instead of one for each of its pairs.
    dates = {
        round_id: slot_at.date().toordinal()
        for round_id, slot_at in session.execute(
            select(Round.id, Round.slot_at).join(Program).where(Program.workspace_id == workspace_id)
        )
    }
    round_ids = np.array(sorted(dates), np.int64)
    days = np.array([dates[round_id] for round_id in sorted(dates)], np.int64)
    denied = _denied_introductions(session, workspace_id, among)
    for rows in _streamed(session, statement):
        low_ids, high_ids, of_round, introduction_ids = _columns(rows)
        counts = ~np.isin(introduction_ids, denied)
        on = days[np.searchsorted(round_ids, of_round[counts])]
        yield PastRows(low_ids[counts], high_ids[counts], on, met=False)


def _rather_others(
    session: Session, workspace_id: int, among: Collection[int], today: date | None
) -> Iterator[PastRows]:
    if today is None:
        return
    statement = (
        select(Answer.person_id, Answer.met_ids)
        .join(Person, Person.id == Answer.person_id)
        .where(Person.workspace_id == workspace_id, Answer.thumb == Thumb.DOWN)
    )
    if len(among) <= FEW:
        statement = statement.where(Answer.person_id.in_(among))
    day = today.toordinal()
    rows = [(*sorted((one, other)), day) for one, others in session.execute(statement) for other in others]
    rows += [(low, high, day) for low, high in _disliked(session, workspace_id, among)]
    if rows:
        low_ids, high_ids, days = _columns(rows)
        yield PastRows(low_ids, high_ids, days, met=True)


def _disliked(session: Session, workspace_id: int, among: Collection[int]) -> Iterator[tuple[int, int]]:
    """The pairs of introductions of which no more is known than that somebody gave a thumb down."""
    one, other = aliased(IntroductionMember), aliased(IntroductionMember)
    statement = (
        select(one.person_id, other.person_id)
        .join(other, (other.introduction_id == one.introduction_id) & (one.person_id < other.person_id))
        .join(Introduction, Introduction.id == one.introduction_id)
        .join(Person, Person.id == one.person_id)
        .where(Introduction.disliked, Person.workspace_id == workspace_id)
    )
    if len(among) <= FEW:
        statement = statement.where(one.person_id.in_(among))
    yield from ((low_id, high_id) for low_id, high_id in session.execute(statement))


def _streamed(session: Session, statement: Executable) -> Iterator[Sequence[Any]]:
    # By the connection: on the way through the session millions of rows take twice as long.
    return session.connection().execute(statement, execution_options={"yield_per": STREAMED}).partitions()


def _columns(rows: Iterable[Iterable[int]]) -> NDArray[np.int64]:
    """Rows as columns."""
    table = list(rows)
    return np.fromiter(chain.from_iterable(table), np.int64).reshape(len(table), -1).T


def _denied_introductions(session: Session, workspace_id: int, among: Collection[int]) -> NDArray[np.int64]:
    """Introductions that no longer count: all who answered said no, and enough rounds have passed."""
    slots: dict[int, list[datetime]] = {}
    for program_id, slot_at in session.execute(
        select(Round.program_id, Round.slot_at)
        .join(Program, Program.id == Round.program_id)
        .where(Program.workspace_id == workspace_id, Round.matched_at.is_not(None))
        .order_by(Round.slot_at)
    ):
        slots.setdefault(program_id, []).append(slot_at)
    noes = func.sum(case((Answer.answer == AnswerWord.NOT_THIS_TIME, 1), else_=0))
    answered = select(Answer.introduction_id).group_by(Answer.introduction_id).having(noes == func.count())
    if len(among) <= FEW:
        theirs = select(IntroductionMember.introduction_id).where(IntroductionMember.person_id.in_(among))
        answered = answered.where(Answer.introduction_id.in_(theirs))
    denied = answered.subquery()
    rows = session.execute(
        select(Introduction.id, Round.program_id, Round.slot_at)
        .join(denied, denied.c.introduction_id == Introduction.id, isouter=True)
        .join(Round, Round.id == Introduction.round_id)
        .where(
            Round.program_id.in_(list(slots)),
            or_(Introduction.denied, denied.c.introduction_id.is_not(None)),
        )
    )
    return np.array(
        [
            introduction_id
            for introduction_id, program_id, at in rows
            if len(slots[program_id]) - bisect(slots[program_id], at) >= FREE_AFTER_ROUNDS
        ],
        np.int64,
    )


def freed_pairs(session: Session, workspace_id: int, among: Collection[int]) -> frozenset[frozenset[int]]:
    """Pairs of these people who count as new again, although they have been introduced."""
    denied = _denied_introductions(session, workspace_id, among)
    freed: set[frozenset[int]] = set()
    for at in range(0, len(denied), ASKED_FOR):
        some = [int(one) for one in denied[at : at + ASKED_FOR]]
        rows = session.execute(
            select(IntroductionMember.introduction_id, IntroductionMember.person_id)
            .where(IntroductionMember.introduction_id.in_(some))
            .order_by(IntroductionMember.introduction_id)
        )
        for _, group in groupby(rows, key=lambda row: row.introduction_id):
            freed.update(map(frozenset, combinations((row.person_id for row in group), 2)))
    return frozenset(pair for pair in freed if pair <= set(among))


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
    for word, how in (("trio", "trio_third"), ("repeat", "repeat")):
        # Asked of the database, since nearly all introductions of a large company have neither word.
        for round_id, person_id in session.execute(
            select(Introduction.round_id, IntroductionMember.person_id)
            .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
            .where(
                Introduction.round_id.in_(rounds),
                Introduction.active,
                cast(Introduction.why, String).contains(f'"{word}"'),
            )
        ):
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
