"""Queries for HR's reports: what happened in a period, who worked here then, and what was released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, Text, and_, cast, delete, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from db.rounds import touched
from db.tables import (
    Answer,
    Census,
    Delivery,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    PastMembership,
    Person,
    Program,
    ReleasedTable,
    ReportGroups,
    ReportPeriod,
    Round,
    SitOut,
)
from db.upsert import insert_new
from domain.answers import Said, verdicts
from domain.programs import ParticipantState
from domain.reports import PeriodState
from domain.rounds import DeliveryKind, DeliveryState, MeetingSource

Pair = tuple[int, int]
CensusRow = Row[int, str | None, str | None, str | None, date | None]
"""A person, and what the directory said: department, office, level and first day."""


@dataclass(frozen=True, slots=True)
class DeliveredIntroduction:
    """An introduction that people got in a period, and what became of it."""

    on: date
    """The day of its round."""
    people: tuple[int, ...]
    departments: tuple[str | None, ...]
    new: bool
    pairs_met: frozenset[Pair]
    """The lower id first."""
    open: bool
    """Nobody is confirmed to have met, and some two of them may have."""


def delivered_introductions(
    session: Session, program: Program, period: ReportPeriod, answered_by: datetime
) -> list[DeliveredIntroduction]:
    """The introductions of a period that were delivered and not withdrawn; later answers are not heard."""
    delivered = _delivered_ids(program, period.begins_at, period.ends_at)
    # Of tens of thousands, what all lunches of a round share is read once.
    days = _days(session, program.workspace_id)
    members: dict[int, list[tuple[int, str | None]]] = {}
    for introduction_id, person_id, department in session.execute(
        select(
            IntroductionMember.introduction_id, IntroductionMember.person_id, IntroductionMember.department
        )
        .where(IntroductionMember.introduction_id.in_(delivered))
        .order_by(IntroductionMember.introduction_id, IntroductionMember.person_id)
    ):
        members.setdefault(introduction_id, []).append((person_id, department))
    said: dict[int, dict[int, Said]] = {}
    late: set[int] = set()
    for introduction_id, person_id, answer, met_ids, answered_at in session.execute(
        select(
            *(Answer.introduction_id, Answer.person_id, Answer.answer, Answer.met_ids, Answer.answered_at)
        ).where(Answer.introduction_id.in_(delivered))
    ):
        if answered_at > answered_by:
            late.add(introduction_id)
        else:
            said.setdefault(introduction_id, {})[person_id] = Said(answer, frozenset(met_ids))
    # Answers are kept for a shorter time than the meetings that follow from them.
    stored: dict[int, set[Pair]] = {}
    for of_introduction, low_id, high_id in session.execute(
        select(Meeting.introduction_id, Meeting.low_id, Meeting.high_id).where(
            Meeting.introduction_id.in_(delivered)
        )
    ):
        if of_introduction is not None and of_introduction not in late:
            stored.setdefault(of_introduction, set()).add((low_id, high_id))
    # Asked of its text, since unpacking tens of thousands of lists takes long.
    is_new = cast(Introduction.why, Text).contains('"new"')
    found = session.execute(
        select(Introduction.id, Introduction.round_id, is_new)
        .where(Introduction.id.in_(delivered))
        .order_by(Introduction.id)
    )
    return [
        _delivered(days[round_id], new, members[number], said.get(number, {}), stored.get(number, set()))
        for number, round_id, new in found
        if number in members
    ]


def _days(session: Session, workspace_id: int) -> Mapping[int, date]:
    """The day of each round."""
    rounds = session.execute(
        select(Round.id, Round.slot_at)
        .join(Program, Program.id == Round.program_id)
        .where(Program.workspace_id == workspace_id)
    )
    return {number: slot_at.date() for number, slot_at in rounds}


def introduced_in(session: Session, program: Program, since: datetime, until: datetime) -> frozenset[int]:
    """Everybody in an introduction of a time that was delivered and not withdrawn."""
    delivered = IntroductionMember.introduction_id.in_(_delivered_ids(program, since, until))
    return frozenset(session.scalars(select(IntroductionMember.person_id).where(delivered).distinct()))


def _delivered_ids(program: Program, since: datetime, until: datetime) -> Select[int]:
    return (
        select(Introduction.id)
        .join(Round, Round.id == Introduction.round_id)
        .join(Delivery, Delivery.introduction_id == Introduction.id)
        .where(
            Round.program_id == program.id,
            Round.slot_at >= since,
            Round.slot_at < until,
            Introduction.active,
            Delivery.kind == DeliveryKind.INTRODUCTION,
            Delivery.state == DeliveryState.SENT,
        )
    )


def _delivered(
    day: date,
    new: bool,
    members: Sequence[tuple[int, str | None]],
    said: Mapping[int, Said],
    stored: set[Pair],
) -> DeliveredIntroduction:
    people, departments = zip(*members, strict=True)
    found = verdicts(people, said)
    pairs_met = stored | {pair for pair, met in found.items() if met}
    return DeliveredIntroduction(
        on=day,
        people=people,
        departments=departments,
        new=new,
        pairs_met=frozenset(pairs_met),
        open=not pairs_met and None in found.values(),
    )


def met_before(session: Session, program: Program, moment: datetime) -> Mapping[Pair, date]:
    """The pairs that were confirmed of an introduction before a moment, and the day of the first one."""
    days = _days(session, program.workspace_id)
    rows = session.execute(
        select(Meeting.low_id, Meeting.high_id, Introduction.round_id)
        .join(Introduction, Introduction.id == Meeting.introduction_id)
        .join(Round, Round.id == Introduction.round_id)
        .where(
            Meeting.workspace_id == program.workspace_id,
            Meeting.source == MeetingSource.CONFIRMED,
            Round.slot_at < moment,
        )
        .order_by(Round.slot_at.desc())
    )
    return {(low_id, high_id): days[round_id] for low_id, high_id, round_id in rows}


def sit_outs_in(session: Session, program: Program, period: ReportPeriod) -> Sequence[int]:
    """Who was not introduced in a round of a period, once for each such round."""
    return session.scalars(
        select(SitOut.person_id)
        .join(Round, Round.id == SitOut.round_id)
        .where(
            Round.program_id == program.id,
            Round.slot_at >= period.begins_at,
            Round.slot_at < period.ends_at,
        )
    ).all()


def took_part(session: Session, program: Program, since: datetime, until: datetime) -> frozenset[int]:
    """Everybody who was opted in at some time in a period, or at a moment if it is no longer than that."""
    now_or_last = session.execute(
        select(Participant.person_id, Participant.state, Participant.changed_at).where(
            Participant.program_id == program.id, Participant.joined_at < until
        )
    )
    earlier = session.scalars(
        select(Participant.person_id)
        .join(PastMembership, PastMembership.participant_id == Participant.id)
        .where(
            Participant.program_id == program.id,
            PastMembership.since_at < until,
            PastMembership.until_at > since,
        )
    )
    last = (
        person_id
        for person_id, state, changed_at in now_or_last
        if state != ParticipantState.LEFT or changed_at > since
    )
    return frozenset(earlier) | frozenset(last)


def known_periods(session: Session, workspace_id: int) -> Sequence[ReportPeriod]:
    """Every period that was counted, released or withheld, in order."""
    return session.scalars(
        select(ReportPeriod)
        .where(ReportPeriod.workspace_id == workspace_id)
        .order_by(ReportPeriod.period_on, ReportPeriod.weeks)
    ).all()


def count_period(session: Session, values: dict[str, Any]) -> None:
    """Write down who works here and has an account, as the directory has them; only the first to try does."""
    period_id = insert_new(session, ReportPeriod, {**values, "state": PeriodState.COUNTED})
    if period_id is None:
        return
    session.execute(
        insert(Census).from_select(
            ["report_period_id", "person_id", "department", "office", "level", "started_on"],
            select(
                *(literal(period_id), Person.id, Person.department),
                *(Person.office, Person.level, Person.started_on),
            ).where(
                Person.workspace_id == values["workspace_id"],
                Person.is_active,
                Person.slack_user_id.is_not(None),
            ),
        )
    )


def withhold_period(session: Session, values: dict[str, Any], now: datetime) -> None:
    """Write down that nothing will be said of a period."""
    insert_new(session, ReportPeriod, {**values, "state": PeriodState.WITHHELD, "settled_at": now})


def settle_period(session: Session, period_id: int, now: datetime) -> bool:
    """Take it upon us to release a counted period; False where another process has, or is about to."""
    result = session.execute(
        update(ReportPeriod)
        .where(ReportPeriod.id == period_id, ReportPeriod.state == PeriodState.COUNTED)
        .values(state=PeriodState.RELEASED, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    return touched(result) == 1


def census_of(session: Session, period_id: int) -> Sequence[CensusRow]:
    """Who worked here when a period ended, as the directory had them then."""
    return session.execute(
        select(Census.person_id, Census.department, Census.office, Census.level, Census.started_on)
        .where(Census.report_period_id == period_id)
        .order_by(Census.person_id)
    ).all()


def released_since(session: Session, workspace_id: int, day: date) -> Sequence[ReportPeriod]:
    """The released periods that began on a day or later, in order."""
    return session.scalars(
        select(ReportPeriod)
        .where(
            ReportPeriod.workspace_id == workspace_id,
            ReportPeriod.state == PeriodState.RELEASED,
            ReportPeriod.period_on >= day,
        )
        .order_by(ReportPeriod.ends_at, ReportPeriod.weeks)
    ).all()


def forget_censuses(session: Session, workspace_id: int, before: date) -> None:
    """Who worked here in settled periods that began before a day, or of which nothing is said.

    Whoever was forgotten goes with the first release after that.
    """
    settled = select(ReportPeriod.id).where(
        ReportPeriod.workspace_id == workspace_id, ReportPeriod.state != PeriodState.COUNTED
    )
    old = settled.where(or_(ReportPeriod.state == PeriodState.WITHHELD, ReportPeriod.period_on < before))
    erased = select(Person.id).where(Person.workspace_id == workspace_id, Person.erased_at.is_not(None))
    session.execute(
        delete(Census).where(
            or_(
                Census.report_period_id.in_(old),
                and_(Census.report_period_id.in_(settled), Census.person_id.in_(erased)),
            )
        )
    )


def groups_since(
    session: Session, workspace_id: int, attribute: str, earliest: date, latest: date
) -> Mapping[str, str] | None:
    """The newest groups of an attribute that were made between two days."""
    return session.scalars(
        select(ReportGroups.group_of)
        .where(
            ReportGroups.workspace_id == workspace_id,
            ReportGroups.attribute == attribute,
            ReportGroups.period_on > earliest,
            ReportGroups.period_on <= latest,
        )
        .order_by(ReportGroups.period_on.desc())
        .limit(1)
    ).one_or_none()


def store_groups(
    session: Session, workspace_id: int, attribute: str, period_on: date, group_of: Mapping[str, str]
) -> None:
    """Keep the groups of an attribute."""
    session.add(
        ReportGroups(
            workspace_id=workspace_id, attribute=attribute, period_on=period_on, group_of=dict(group_of)
        )
    )


def store_table(
    session: Session,
    workspace_id: int,
    *,
    name: str,
    period_on: date,
    weeks: int,
    body: dict[str, Any],
    now: datetime,
) -> None:
    """Keep a released table; one that was released before stays as it is."""
    insert_new(
        session,
        ReleasedTable,
        {
            "workspace_id": workspace_id,
            "name": name,
            "period_on": period_on,
            "weeks": weeks,
            "body": body,
            "released_at": now,
        },
    )


def released(session: Session, workspace_id: int) -> Sequence[ReleasedTable]:
    """Every table that was released, the newest first."""
    return session.scalars(
        select(ReleasedTable)
        .where(ReleasedTable.workspace_id == workspace_id)
        .order_by(ReleasedTable.period_on.desc(), ReleasedTable.weeks, ReleasedTable.id)
    ).all()


def released_texts(session: Session, workspace_id: int) -> Sequence[Row[str, date, int, str]]:
    """Every table that was released, as it is stored: name, first day, weeks, and the table as JSON."""
    return session.execute(
        select(
            ReleasedTable.name,
            ReleasedTable.period_on,
            ReleasedTable.weeks,
            cast(ReleasedTable.body, Text),
        ).where(ReleasedTable.workspace_id == workspace_id)
    ).all()
