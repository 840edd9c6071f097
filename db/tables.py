"""Every table, with its invariants in the schema."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.types import UtcDateTime, words
from domain.preferences import WORKDAYS, LunchFormat
from domain.programs import ParticipantState
from domain.proposals import LunchKind, ProposalState
from domain.reports import PeriodState
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, MeetingSource, RoundState, ToldReason

# SQLite hands out ids only for a column declared INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: Id,
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        dict[str, str]: JSON(),
        list[str]: JSON(),
        list[int]: JSON(),
    }


def where(name: str, condition: str, *columns: str) -> Index:
    """A unique index over the rows that meet a condition."""
    return Index(name, *columns, unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


class Workspace(Base):
    """One Slack team that installed the app."""

    __tablename__ = "workspace"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(String(32), server_default=text("''"))
    team_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    directory_synced_at: Mapped[datetime | None]


class Person(Base):
    """Somebody in the company's directory."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("workspace_id", "external_id"),
        UniqueConstraint("workspace_id", "slack_user_id"),
        CheckConstraint(
            "external_id IS NOT NULL OR slack_user_id IS NOT NULL OR erased_at IS NOT NULL", "known"
        ),
        CheckConstraint("manager_id <> id", "own_manager"),
        Index("ix_person_workspace_id_email", "workspace_id", "email"),
        Index("ix_person_manager_id", "manager_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    external_id: Mapped[str | None] = mapped_column(String(200))
    slack_user_id: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(320))
    department: Mapped[str | None] = mapped_column(String(200))
    office: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(200))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_on: Mapped[date | None]
    timezone: Mapped[str | None] = mapped_column(String(64))
    interests: Mapped[str | None] = mapped_column(String(1000))
    skills: Mapped[str | None] = mapped_column(String(1000))
    languages: Mapped[str | None] = mapped_column(String(1000))
    locale: Mapped[str | None] = mapped_column(String(16))
    """The language of the account in Slack, as Slack writes it: "de-DE"."""
    imported_fields: Mapped[list[str]] = mapped_column(default=list)
    """What a CSV file said: Slack's directory never overwrites these."""
    away_until: Mapped[date | None]
    """The day on which they are back, where their status in Slack says that they are out of office."""
    is_active: Mapped[bool] = mapped_column(server_default=true())
    erased_at: Mapped[datetime | None]


class Preference(Base):
    """How somebody likes to have lunch; of whoever has said nothing there is no row."""

    __tablename__ = "preference"
    __table_args__ = (CheckConstraint("every_rounds IN (1, 2, 4)", "every_rounds"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    format: Mapped[LunchFormat] = mapped_column(words(LunchFormat, "format"), default=LunchFormat.EITHER)
    office: Mapped[str | None] = mapped_column(String(200))
    weekdays: Mapped[list[int]] = mapped_column(default=lambda: sorted(WORKDAYS))
    lunch_hours: Mapped[list[int]] = mapped_column(default=list)
    """Hours of the person's own day in which a lunch can start; empty where they have named none."""
    languages: Mapped[list[str]] = mapped_column(default=list)
    ask_about: Mapped[str | None] = mapped_column(String(300))
    interests: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Instead of the directory's."""
    every_rounds: Mapped[int] = mapped_column(default=1)
    heads_up: Mapped[bool] = mapped_column(default=False)


class Program(Base):
    """A series of lunches."""

    __tablename__ = "program"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        CheckConstraint("cadence_weeks BETWEEN 1 AND 12", "cadence"),
        CheckConstraint("weekday BETWEEN 0 AND 6", "weekday"),
        CheckConstraint("local_time >= '06:00:00' AND local_time <= '22:00:00.000000'", "local_time"),
        CheckConstraint("grace_minutes > 0", "grace"),
        CheckConstraint("group_size BETWEEN 2 AND 8", "group_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    name: Mapped[str] = mapped_column(String(80))
    cadence_weeks: Mapped[int] = mapped_column(server_default="1")
    weekday: Mapped[int]
    local_time: Mapped[time]
    timezone: Mapped[str] = mapped_column(String(64))
    anchor_on: Mapped[date]
    grace_minutes: Mapped[int]
    in_person_only: Mapped[bool] = mapped_column(server_default=false())
    cross_department_first: Mapped[bool] = mapped_column(server_default=false())
    group_size: Mapped[int] = mapped_column(server_default="2")
    differences: Mapped[str] = mapped_column(String(100), server_default=text("'level,tenure'"))
    common: Mapped[str] = mapped_column(String(100), server_default=text("'interests'"))
    """What makes a lunch better: which differences between people, and what they share; with commas."""
    """People in an introduction; a remainder makes some of them one larger."""
    schedule_changed_at: Mapped[datetime]
    reports_from: Mapped[date | None]
    """The Monday from which the periods of HR's reports are counted, whatever becomes of the cadence."""


class Participant(Base):
    """A person in a program."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("program_id", "person_id"),
        CheckConstraint("(state = 'paused') = (paused_until IS NOT NULL)", "pause"),
        CheckConstraint("resting_at IS NULL OR state = 'active'", "resting"),
        Index("ix_participant_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ParticipantState] = mapped_column(words(ParticipantState, "state"))
    paused_until: Mapped[date | None]
    joined_at: Mapped[datetime]
    """Since when they are in, or were when they left at `changed_at`."""
    changed_at: Mapped[datetime]
    resting_at: Mapped[datetime | None]
    """Since when they are paused because nobody answered; it ends when they come back."""


class SkippedRound(Base):
    """A participant would rather be left out of the round of one period; it can be undone until then."""

    __tablename__ = "skipped_round"

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    period_on: Mapped[date] = mapped_column(primary_key=True)


class PastMembership(Base):
    """An earlier time in which a participant was in, written down when they come back; pauses are in it."""

    __tablename__ = "past_membership"
    __table_args__ = (
        UniqueConstraint("participant_id", "since_at"),
        CheckConstraint("since_at <= until_at", "span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    since_at: Mapped[datetime]
    until_at: Mapped[datetime]


class Round(Base):
    """One run of a program in one period; an admin's extra run has no period."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("program_id", "period_on"),
        CheckConstraint(
            "state <> 'claimed' OR (lease_token IS NOT NULL AND lease_expires_at IS NOT NULL)", "lease"
        ),
        CheckConstraint(
            "state NOT IN ('matched', 'closed') OR (matched_at IS NOT NULL AND input_digest IS NOT NULL)",
            "matched",
        ),
        Index("ix_round_program_id_slot_at", "program_id", "slot_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    period_on: Mapped[date | None]
    slot_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[RoundState] = mapped_column(words(RoundState, "state"))
    seed: Mapped[int]
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_expires_at: Mapped[datetime | None]
    matched_at: Mapped[datetime | None]
    input_digest: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any] | None]
    """The achieved value of each priority beside its proven bound."""


class Introduction(Base):
    """The people brought together: two or three, or up to eight in a program of groups."""

    __tablename__ = "introduction"
    __table_args__ = (
        UniqueConstraint("public_id"),
        # The key that introduction_member's composite foreign key needs.
        UniqueConstraint("id", "round_id"),
        Index("ix_introduction_round_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    why: Mapped[list[str]]
    starter: Mapped[int]
    """Draws the question to start with from the list in `blocks`."""
    proposer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    active: Mapped[bool] = mapped_column(server_default=true())
    offers: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The times that were offered, as ISO texts in UTC: the message is drawn with them again."""
    denied: Mapped[bool] = mapped_column(server_default=false())
    """Everybody who answered said that they did not meet; the answers are kept for a shorter time."""
    disliked: Mapped[bool] = mapped_column(server_default=false())
    """Somebody gave a thumb down, and the answers are no longer kept: these people are repeated last."""


class IntroductionMember(Base):
    """A person of an introduction, with department, office and level as they were."""

    __tablename__ = "introduction_member"
    __table_args__ = (
        ForeignKeyConstraint(["introduction_id", "round_id"], ["introduction.id", "introduction.round_id"]),
        where("uq_introduction_member_active", "active", "round_id", "person_id"),
        Index("ix_introduction_member_person_id", "person_id"),
    )

    introduction_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    round_id: Mapped[int]
    active: Mapped[bool] = mapped_column(server_default=true())
    department: Mapped[str | None] = mapped_column(String(200))
    office: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(200))


class SitOut(Base):
    """A person who is not introduced in a round, and the reason that may be told."""

    __tablename__ = "sit_out"
    __table_args__ = (Index("ix_sit_out_person_id", "person_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    reason: Mapped[ToldReason] = mapped_column(words(ToldReason, "reason"))


class Meeting(Base):
    """Two people are known to have met; one row per event."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("low_id < high_id", "ordered"),
        CheckConstraint("source <> 'confirmed' OR introduction_id IS NOT NULL", "confirmed"),
        where(
            "uq_meeting_introduction", "introduction_id IS NOT NULL", "low_id", "high_id", "introduction_id"
        ),
        where(
            "uq_meeting_dated",
            "introduction_id IS NULL AND met_on IS NOT NULL",
            "low_id",
            "high_id",
            "source",
            "met_on",
        ),
        where(
            "uq_meeting_undated", "introduction_id IS NULL AND met_on IS NULL", "low_id", "high_id", "source"
        ),
        Index("ix_meeting_high_id", "high_id"),
        Index("ix_meeting_workspace_id", "workspace_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    low_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    high_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    introduction_id: Mapped[int | None] = mapped_column(ForeignKey("introduction.id"))
    met_on: Mapped[date | None]
    source: Mapped[MeetingSource] = mapped_column(words(MeetingSource, "source"))


class Exclusion(Base):
    """`owner` would rather not be introduced to `other`; only the owner ever sees this row."""

    __tablename__ = "exclusion"
    __table_args__ = (
        CheckConstraint("owner_id <> other_id", "other"),
        Index("ix_exclusion_other_id", "other_id"),
    )

    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    created_at: Mapped[datetime]


class Delivery(Base):
    """One message that we owe somebody."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("public_id"),
        UniqueConstraint("introduction_id", "kind", "recipient_key"),
        where("uq_delivery_notice", "introduction_id IS NULL", "round_id", "kind", "recipient_key"),
        where("uq_delivery_welcome_back", "round_id IS NULL", "program_id", "kind", "recipient_key"),
        # The promise: in one round a person is nudged once at most, and asked once at most.
        where("uq_delivery_promise", "kind IN ('nudge', 'check_in')", "round_id", "kind", "person_id"),
        CheckConstraint(
            "(kind IN ('introduction', 'nudge', 'check_in')) = (introduction_id IS NOT NULL)", "introduction"
        ),
        CheckConstraint("(kind = 'introduction') = (person_id IS NULL)", "recipient"),
        CheckConstraint("(kind IN ('heads_up', 'resting', 'welcome_back')) = (round_id IS NULL)", "round"),
        CheckConstraint(
            "state NOT IN ('opened', 'sending', 'sent', 'uncertain') OR channel_id IS NOT NULL", "channel"
        ),
        CheckConstraint("(state = 'sent') = (message_ts IS NOT NULL)", "message"),
        CheckConstraint("state NOT IN ('sending', 'uncertain') OR sending_at IS NOT NULL", "sending"),
        CheckConstraint("(state IN ('failed', 'cancelled')) = (reason IS NOT NULL)", "reason"),
        CheckConstraint("(lease_token IS NULL) = (lease_expires_at IS NULL)", "lease"),
        Index("ix_delivery_workspace_id_state_due_at", "workspace_id", "state", "due_at"),
        Index("ix_delivery_round_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32))
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    introduction_id: Mapped[int | None] = mapped_column(ForeignKey("introduction.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """The one recipient; a group DM has none."""
    kind: Mapped[DeliveryKind] = mapped_column(words(DeliveryKind, "kind"))
    recipient_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[DeliveryState] = mapped_column(words(DeliveryState, "state"))
    reason: Mapped[str | None] = mapped_column(String(100))
    channel_id: Mapped[str | None] = mapped_column(String(32))
    message_ts: Mapped[str | None] = mapped_column(String(32))
    due_at: Mapped[datetime]
    """Program time: not before this."""
    retry_at: Mapped[datetime | None]
    """Real time: Slack asked to wait, or could not be reached."""
    attempts: Mapped[int] = mapped_column(server_default="0")
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_expires_at: Mapped[datetime | None]
    sending_at: Mapped[datetime | None]
    """Real time: the post began no sooner than this."""
    sent_at: Mapped[datetime | None]


class Answer(Base):
    """What one member of an introduction says to "Did you meet?"."""

    __tablename__ = "answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
        ),
        CheckConstraint("thumb IS NULL OR (thumb IN (-1, 1) AND answer = 'met')", "thumb"),
    )

    introduction_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[AnswerWord] = mapped_column(words(AnswerWord, "answer"))
    met_ids: Mapped[list[int]] = mapped_column(default=list)
    """Of a trio, who was there besides the person."""
    answered_at: Mapped[datetime]
    thumb: Mapped[int | None]
    """Up is 1 and down is -1; only the matcher ever reads it."""


class Proposal(Base):
    """A time that a member of an introduction suggests, and what became of it."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("public_id"),
        # The key that proposal_acceptance's composite foreign key needs.
        UniqueConstraint("id", "introduction_id"),
        ForeignKeyConstraint(
            ["introduction_id", "proposer_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
        ),
        CheckConstraint("state <> 'accepted' OR accepted_at IS NOT NULL", "accepted"),
        CheckConstraint("state <> 'open' OR accepted_at IS NULL", "open"),
        where("uq_proposal_open", "state = 'open'", "introduction_id"),
        where("uq_proposal_accepted", "state = 'accepted'", "introduction_id"),
        Index("ix_proposal_introduction_id", "introduction_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32))
    introduction_id: Mapped[int]
    proposer_id: Mapped[int]
    kind: Mapped[LunchKind] = mapped_column(words(LunchKind, "kind"))
    starts_at: Mapped[datetime]
    state: Mapped[ProposalState] = mapped_column(words(ProposalState, "state"))
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    """When everybody had said yes; it stays when another time takes its place."""


class ProposalAcceptance(Base):
    """Somebody says yes to a time that another one suggested."""

    __tablename__ = "proposal_acceptance"
    __table_args__ = (
        ForeignKeyConstraint(["proposal_id", "introduction_id"], ["proposal.id", "proposal.introduction_id"]),
        ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
        ),
    )

    proposal_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int]
    accepted_at: Mapped[datetime]


class Withdrawal(Base):
    """Somebody gives up the lunch of an introduction. Nobody is told who did, and why is not stored."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
        ),
    )

    introduction_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    wants_another: Mapped[bool]
    """Whether they would like somebody else in the same round."""
    takes_effect_at: Mapped[datetime]
    """A full hour: until then nothing changes for anybody else, so that its moment tells nothing."""


class CalledOff(Base):
    """Somebody whose lunch was given up by another one, and the notice that says that it won't happen."""

    __tablename__ = "called_off"
    __table_args__ = (
        ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
        ),
        UniqueConstraint("delivery_id"),
    )

    introduction_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"))


class AuditEvent(Base):
    """Something that an admin or HR did; never what an employee did."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_workspace_id_happened_at", "workspace_id", "happened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    actor: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(100))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    happened_at: Mapped[datetime]


class ReleasedTable(Base):
    """An HR table as it was released: written once, never changed."""

    __tablename__ = "released_table"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name", "period_on"),
        CheckConstraint("weeks > 0", "weeks"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    name: Mapped[str] = mapped_column(String(80))
    period_on: Mapped[date]
    weeks: Mapped[int]
    body: Mapped[dict[str, Any]]
    released_at: Mapped[datetime]


class ReportPeriod(Base):
    """A period that is over, and what becomes of its numbers: once released or withheld, it stays so."""

    __tablename__ = "report_period"
    __table_args__ = (
        UniqueConstraint("workspace_id", "weeks", "period_on"),
        CheckConstraint("weeks > 0", "weeks"),
        CheckConstraint("begins_at < ends_at", "span"),
        CheckConstraint("(state = 'counted') = (settled_at IS NULL)", "settled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    period_on: Mapped[date]
    weeks: Mapped[int]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[PeriodState] = mapped_column(words(PeriodState, "state"))
    settled_at: Mapped[datetime | None]


class Census(Base):
    """Somebody who worked here when a period ended, and what the directory said.

    Kept for as long as what is released next is held against the numbers of the period.
    """

    __tablename__ = "census"
    __table_args__ = (Index("ix_census_person_id", "person_id"),)

    report_period_id: Mapped[int] = mapped_column(ForeignKey("report_period.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    department: Mapped[str | None] = mapped_column(String(200))
    office: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(200))
    started_on: Mapped[date | None]


class ReportGroups(Base):
    """Which values of an attribute are one row of HR's tables, for 52 weeks from a period on."""

    __tablename__ = "report_groups"
    __table_args__ = (UniqueConstraint("workspace_id", "attribute", "period_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))
    attribute: Mapped[str] = mapped_column(String(40))
    period_on: Mapped[date]
    group_of: Mapped[dict[str, str]]
