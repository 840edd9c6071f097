"""Queries for everything that is stored about one person, as rows; nothing of what others said."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.open_introductions import ARRIVED
from db.tables import (
    Answer,
    AuditEvent,
    Census,
    Delivery,
    Exclusion,
    Introduction,
    IntroductionMember,
    Meeting,
    Participant,
    PastMembership,
    Person,
    Program,
    Proposal,
    ProposalAcceptance,
    ReportPeriod,
    Round,
    SitOut,
    SkippedRound,
    Withdrawal,
)
from db.workspaces import actor_of
from domain.rounds import MeetingSource


def people_named(session: Session, workspace_id: int, reference: str) -> Sequence[Person]:
    """Who has this Slack id, key of the company or e-mail address."""
    return session.scalars(
        select(Person).where(
            Person.workspace_id == workspace_id,
            or_(
                Person.slack_user_id == reference,
                Person.external_id == reference,
                Person.email == reference.lower(),
            ),
        )
    ).all()


def exclusions_owned(session: Session, person_id: int) -> Sequence[tuple[Exclusion, Person]]:
    """Whom somebody would rather not be introduced to; never who would rather not be introduced to them."""
    rows = session.execute(
        select(Exclusion, Person)
        .join(Person, Person.id == Exclusion.other_id)
        .where(Exclusion.owner_id == person_id)
        .order_by(Exclusion.created_at, Person.id)
    )
    return [(exclusion, other) for exclusion, other in rows]


def memberships(
    session: Session, person_id: int
) -> Sequence[tuple[Participant, Program, Sequence[PastMembership]]]:
    """A person's place in each program, with the earlier times."""
    rows = session.execute(
        select(Participant, Program)
        .join(Program, Program.id == Participant.program_id)
        .where(Participant.person_id == person_id)
        .order_by(Program.id)
    )
    return [
        (
            participant,
            program,
            session.scalars(
                select(PastMembership)
                .where(PastMembership.participant_id == participant.id)
                .order_by(PastMembership.since_at)
            ).all(),
        )
        for participant, program in rows.all()
    ]


def introductions_with(
    session: Session, person_id: int
) -> Sequence[tuple[IntroductionMember, Introduction, Round, Delivery]]:
    """Every introduction that somebody has got, with its round and its group message, the oldest first.

    One that never went out is left out: that it was called off at the last moment would tell that the other
    one has paused, left or would rather not.
    """
    rows = session.execute(
        select(IntroductionMember, Introduction, Round, Delivery)
        .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
        .join(Round, Round.id == Introduction.round_id)
        .join(Delivery, (Delivery.introduction_id == Introduction.id) & (Delivery.kind == "introduction"))
        .where(IntroductionMember.person_id == person_id, Delivery.state.in_(ARRIVED))
        .order_by(Round.slot_at, Introduction.id)
    )
    return [(member, introduction, round_, delivery) for member, introduction, round_, delivery in rows]


def members_by_introduction(session: Session, person_id: int) -> Mapping[int, Sequence[Person]]:
    """The other people of each of somebody's introductions."""
    mine = select(IntroductionMember.introduction_id).where(IntroductionMember.person_id == person_id)
    found: dict[int, list[Person]] = {}
    for introduction_id, person in session.execute(
        select(IntroductionMember.introduction_id, Person)
        .join(Person, Person.id == IntroductionMember.person_id)
        .where(IntroductionMember.introduction_id.in_(mine), Person.id != person_id)
        .order_by(Person.id)
    ):
        found.setdefault(introduction_id, []).append(person)
    return found


def own_answers(session: Session, person_id: int) -> Mapping[int, Answer]:
    """What somebody answered, by introduction."""
    answers = session.scalars(select(Answer).where(Answer.person_id == person_id))
    return {answer.introduction_id: answer for answer in answers}


def own_withdrawals(session: Session, person_id: int) -> Mapping[int, Withdrawal]:
    """The lunches that somebody gave up, by introduction."""
    withdrawals = session.scalars(select(Withdrawal).where(Withdrawal.person_id == person_id))
    return {withdrawal.introduction_id: withdrawal for withdrawal in withdrawals}


def skips_of(session: Session, participant_id: int) -> Sequence[SkippedRound]:
    """The rounds that somebody skipped, or will."""
    return session.scalars(
        select(SkippedRound)
        .where(SkippedRound.participant_id == participant_id)
        .order_by(SkippedRound.period_on)
    ).all()


def own_proposals(session: Session, person_id: int) -> Sequence[Proposal]:
    """The times that somebody suggested."""
    return session.scalars(
        select(Proposal).where(Proposal.proposer_id == person_id).order_by(Proposal.created_at, Proposal.id)
    ).all()


def own_acceptances(session: Session, person_id: int) -> Sequence[tuple[ProposalAcceptance, Proposal]]:
    """The times of others that somebody said yes to."""
    rows = session.execute(
        select(ProposalAcceptance, Proposal)
        .join(Proposal, Proposal.id == ProposalAcceptance.proposal_id)
        .where(ProposalAcceptance.person_id == person_id)
        .order_by(ProposalAcceptance.accepted_at)
    )
    return [(acceptance, proposal) for acceptance, proposal in rows]


def imported_meetings_of(session: Session, person_id: int) -> Sequence[tuple[Meeting, Person]]:
    """Whom somebody has known since before, as a file of the company says."""
    rows = session.execute(
        select(Meeting, Person)
        .join(
            Person,
            or_(
                (Meeting.low_id == person_id) & (Person.id == Meeting.high_id),
                (Meeting.high_id == person_id) & (Person.id == Meeting.low_id),
            ),
        )
        .where(Meeting.source == MeetingSource.IMPORTED)
        .order_by(Meeting.id)
    )
    return [(meeting, other) for meeting, other in rows]


def deliveries_to(session: Session, person_id: int) -> Sequence[Delivery]:
    """The messages that somebody alone was owed."""
    return session.scalars(
        select(Delivery).where(Delivery.person_id == person_id).order_by(Delivery.due_at, Delivery.id)
    ).all()


def sit_outs_of_person(session: Session, person_id: int) -> Sequence[tuple[SitOut, Round]]:
    """The rounds without an introduction for somebody, with the reason that they were told."""
    rows = session.execute(
        select(SitOut, Round)
        .join(Round, Round.id == SitOut.round_id)
        .where(SitOut.person_id == person_id)
        .order_by(Round.slot_at)
    )
    return [(sit_out, round_) for sit_out, round_ in rows]


def counted_in(session: Session, person_id: int) -> Sequence[tuple[Census, ReportPeriod]]:
    """The open periods of HR's reports that count somebody."""
    rows = session.execute(
        select(Census, ReportPeriod)
        .join(ReportPeriod, ReportPeriod.id == Census.report_period_id)
        .where(Census.person_id == person_id)
        .order_by(ReportPeriod.period_on)
    )
    return [(census, period) for census, period in rows]


def audited(session: Session, person: Person) -> Sequence[AuditEvent]:
    """What the audit has noted of somebody who is HR."""
    return session.scalars(
        select(AuditEvent)
        .where(AuditEvent.workspace_id == person.workspace_id, AuditEvent.actor == actor_of(person))
        .order_by(AuditEvent.id)
    ).all()


def plain(row: Any, *columns: str) -> dict[str, Any]:
    """Some columns of a row as JSON has them."""
    return {column: _plain(getattr(row, column)) for column in columns}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
