"""Queries for people: who they are, who their Slack account is, and who takes part."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from db.tables import (
    Exclusion,
    Meeting,
    Participant,
    PastMembership,
    Person,
    Program,
    SkippedRound,
    Workspace,
)
from db.upsert import insert_new
from domain.messages import Card
from domain.programs import ParticipantState


def lock_directory(session: Session, workspace_id: int) -> None:
    """Let one process at a time decide who is who; on SQLite every write session does so already."""
    # Not FOR UPDATE: that would wait for everybody who only refers to the workspace.
    session.execute(select(Workspace.id).where(Workspace.id == workspace_id).with_for_update(key_share=True))


def person_by_slack_id(session: Session, workspace_id: int, slack_user_id: str) -> Person | None:
    """The person with this Slack account."""
    return session.scalars(
        select(Person).where(Person.workspace_id == workspace_id, Person.slack_user_id == slack_user_id)
    ).one_or_none()


def locale_of(session: Session, workspace_id: int, slack_user_id: str) -> str | None:
    """The language of a Slack account, where it is known."""
    return session.scalars(
        select(Person.locale).where(
            Person.workspace_id == workspace_id, Person.slack_user_id == slack_user_id
        )
    ).one_or_none()


def people_of(session: Session, workspace_id: int) -> Sequence[Person]:
    """Everybody in the workspace's directory."""
    return session.scalars(select(Person).where(Person.workspace_id == workspace_id)).all()


def active_accounts(session: Session, workspace_id: int) -> Sequence[Person]:
    """Everybody who has a Slack account and works here."""
    return session.scalars(
        select(Person).where(
            Person.workspace_id == workspace_id, Person.is_active, Person.slack_user_id.is_not(None)
        )
    ).all()


def people_for_accounts(
    session: Session, workspace_id: int, slack_user_ids: Iterable[str], emails: Iterable[str]
) -> Sequence[Person]:
    """People who have one of these accounts, and the unlinked ones who could be one of them."""
    ids, mails = list(slack_user_ids), list(emails)
    return session.scalars(
        select(Person).where(
            Person.workspace_id == workspace_id,
            or_(
                Person.slack_user_id.in_(ids),
                and_(
                    Person.slack_user_id.is_(None), or_(Person.external_id.in_(ids), Person.email.in_(mails))
                ),
            ),
        )
    ).all()


def unlinked_external_ids(session: Session, workspace_id: int) -> tuple[str, ...]:
    """The company's keys of people for whom no Slack account is known yet."""
    return tuple(
        session.scalars(
            select(Person.external_id)
            .where(
                Person.workspace_id == workspace_id,
                Person.slack_user_id.is_(None),
                Person.external_id.is_not(None),
            )
            .order_by(Person.external_id)
        )
    )


def merge_people(session: Session, *, keep: Person, drop: Person) -> None:
    """Make one person of two rows: the account that takes part, and the row of a file that waited."""
    for field in drop.imported_fields:
        setattr(keep, field, getattr(drop, field))
    if keep.manager_id == keep.id:
        keep.manager_id = None
    keep.imported_fields = sorted({*keep.imported_fields, *drop.imported_fields})
    external_id = drop.external_id
    session.execute(
        update(Person)
        .where(Person.manager_id == drop.id)
        .values(manager_id=keep.id)
        .execution_options(synchronize_session="fetch")
    )
    meetings = session.scalars(
        select(Meeting).where(or_(Meeting.low_id == drop.id, Meeting.high_id == drop.id))
    ).all()
    known = {
        (meeting.low_id, meeting.high_id, meeting.source, meeting.met_on, meeting.introduction_id)
        for meeting in session.scalars(
            select(Meeting).where(or_(Meeting.low_id == keep.id, Meeting.high_id == keep.id))
        )
    }
    for meeting in meetings:
        other = meeting.high_id if meeting.low_id == drop.id else meeting.low_id
        low, high = sorted((keep.id, other))
        event = (low, high, meeting.source, meeting.met_on, meeting.introduction_id)
        if other == keep.id or event in known:
            session.delete(meeting)
        else:
            meeting.low_id, meeting.high_id = low, high
            known.add(event)
    session.flush()
    session.delete(drop)
    session.flush()
    keep.external_id = external_id


def takes_part(today: date) -> ColumnElement[bool]:
    """The condition for being introduced in a round: opted in, not paused or away, still in the company."""
    return and_(
        or_(
            and_(Participant.state == ParticipantState.ACTIVE, Participant.resting_at.is_(None)),
            and_(Participant.state == ParticipantState.PAUSED, Participant.paused_until <= today),
        ),
        or_(Person.away_until.is_(None), Person.away_until <= today),
        has_account(),
    )


def has_account() -> ColumnElement[bool]:
    """The condition for being written to at all: still in the company, and in Slack."""
    return and_(Person.is_active, Person.slack_user_id.is_not(None), Person.erased_at.is_(None))


def skips(period_on: date | None) -> ColumnElement[bool]:
    """The condition for being left out of the round of a period by one's own wish."""
    return exists().where(SkippedRound.participant_id == Participant.id, SkippedRound.period_on == period_on)


def participants(
    session: Session, program_id: int, today: date, *, period_on: date | None = None
) -> Sequence[Person]:
    """Everybody who takes part in a program today; without those who skip the round of a period."""
    return session.scalars(
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.program_id == program_id, takes_part(today), ~skips(period_on))
        .order_by(Person.id)
    ).all()


def participating_ids(
    session: Session,
    program_id: int,
    person_ids: Iterable[int],
    today: date,
    *,
    period_on: date | None = None,
) -> frozenset[int]:
    """Which of these people take part in a program today; without those who skip the round of a period."""
    return frozenset(
        session.scalars(
            select(Person.id)
            .join(Participant, Participant.person_id == Person.id)
            .where(
                Participant.program_id == program_id,
                Person.id.in_(list(person_ids)),
                takes_part(today),
                ~skips(period_on),
            )
        )
    )


def opted_in_ids(session: Session, program_id: int, person_ids: Iterable[int]) -> frozenset[int]:
    """Which of these people are in a program, be it in a pause; not those who left it or the company."""
    return frozenset(
        session.scalars(
            select(Person.id)
            .join(Participant, Participant.person_id == Person.id)
            .where(
                Participant.program_id == program_id,
                Participant.state != ParticipantState.LEFT,
                Person.id.in_(list(person_ids)),
                has_account(),
            )
        )
    )


def came_between(session: Session, program_id: int, after: datetime, before: datetime) -> frozenset[int]:
    """Who came into a program, or back into it, between two moments, and is in."""
    return frozenset(
        session.scalars(
            select(Participant.person_id).where(
                Participant.program_id == program_id,
                Participant.state == ParticipantState.ACTIVE,
                Participant.changed_at > after,
                Participant.changed_at < before,
            )
        )
    )


def participant_of(session: Session, program_id: int, person_id: int) -> Participant | None:
    """A person's place in a program, whatever its state."""
    return session.scalars(
        select(Participant).where(Participant.program_id == program_id, Participant.person_id == person_id)
    ).one_or_none()


def come_back(session: Session, participant: Participant, now: datetime) -> None:
    """Somebody who had left is in from now on; that they were in before is written down."""
    insert_new(
        session,
        PastMembership,
        {
            "participant_id": participant.id,
            "since_at": participant.joined_at,
            "until_at": max(participant.joined_at, participant.changed_at),
        },
    )
    participant.joined_at = now


def exclusions(session: Session, workspace_id: int) -> frozenset[frozenset[int]]:
    """Every pair of which one would rather not be introduced to the other."""
    rows = session.execute(
        select(Exclusion.owner_id, Exclusion.other_id)
        .join(Person, Person.id == Exclusion.owner_id)
        .where(Person.workspace_id == workspace_id)
    )
    return frozenset(frozenset((owner, other)) for owner, other in rows)


def leave_all_programs(session: Session, person_id: int, now: datetime) -> None:
    """Somebody left the company: they leave every program, too."""
    session.execute(
        update(Participant)
        .where(Participant.person_id == person_id, Participant.state != ParticipantState.LEFT)
        .values(state=ParticipantState.LEFT, paused_until=None, resting_at=None, changed_at=now)
    )


def count_people(session: Session, program: Program) -> tuple[int, int, int]:
    """How many people could join, how many have, and of how many the department is known."""
    could_join = (
        Person.workspace_id == program.workspace_id,
        Person.is_active,
        Person.slack_user_id.is_not(None),
    )
    directory, placed = session.execute(
        select(func.count(), func.count(Person.department)).where(*could_join)
    ).one()
    joined = session.scalar(
        select(func.count())
        .select_from(Participant)
        .where(Participant.program_id == program.id, Participant.state != ParticipantState.LEFT)
    )
    return directory, joined or 0, placed


def knows_other_departments(session: Session, workspace_id: int, person: Person | None) -> bool:
    """Whether the directory knows the department of a person, and somebody of another; of a stranger, two."""
    known = (
        select(Person.department)
        .where(Person.workspace_id == workspace_id, Person.is_active, Person.department.is_not(None))
        .distinct()
        .limit(2)
    )
    if person is None:
        return len(session.scalars(known).all()) == 2
    return person.department is not None and bool(
        session.scalars(known.where(Person.department != person.department)).first()
    )


def card_of(person: Person) -> Card:
    """What others are told about a person."""
    return Card(
        slack_user_id=person.slack_user_id or "",
        name=person.name or "",
        department=person.department,
        office=person.office,
        interests=person.interests,
        timezone=person.timezone,
    )


def pauses_over(session: Session, program_id: int, day: date) -> Sequence[Participant]:
    """Everybody whose pause is over on a day."""
    return session.scalars(
        select(Participant).where(
            Participant.program_id == program_id,
            Participant.state == ParticipantState.PAUSED,
            Participant.paused_until <= day,
        )
    ).all()
