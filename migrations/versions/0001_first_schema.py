"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# SQLite hands out ids only for a column declared INTEGER.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Utc = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", Id, nullable=False),
        sa.Column("enterprise_id", sa.String(length=32), server_default=sa.text("('')"), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", Utc, nullable=False),
        sa.Column("directory_synced_at", Utc, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("enterprise_id", "team_id", name=op.f("uq_workspace_enterprise_id_team_id")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("happened_at", Utc, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_audit_event_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index(
        "ix_audit_event_workspace_id_happened_at",
        "audit_event",
        ["workspace_id", "happened_at"],
        unique=False,
    )

    op.create_table(
        "person",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("slack_user_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.Column("office", sa.String(length=200), nullable=True),
        sa.Column("level", sa.String(length=200), nullable=True),
        sa.Column("manager_id", Id, nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=True),
        sa.Column("interests", sa.String(length=1000), nullable=True),
        sa.Column("imported_fields", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("erased_at", Utc, nullable=True),
        sa.CheckConstraint(
            "external_id IS NOT NULL OR slack_user_id IS NOT NULL OR erased_at IS NOT NULL",
            name=op.f("ck_person_known"),
        ),
        sa.CheckConstraint("manager_id <> id", name=op.f("ck_person_own_manager")),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_person_manager_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_person_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("workspace_id", "external_id", name=op.f("uq_person_workspace_id_external_id")),
        sa.UniqueConstraint(
            "workspace_id", "slack_user_id", name=op.f("uq_person_workspace_id_slack_user_id")
        ),
    )
    op.create_index("ix_person_manager_id", "person", ["manager_id"], unique=False)
    op.create_index("ix_person_workspace_id_email", "person", ["workspace_id", "email"], unique=False)

    op.create_table(
        "program",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("cadence_weeks", Id, server_default="1", nullable=False),
        sa.Column("weekday", Id, nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("grace_minutes", Id, nullable=False),
        sa.Column("in_person_only", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("cross_department_first", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("schedule_changed_at", Utc, nullable=False),
        sa.CheckConstraint(
            "local_time >= '06:00:00' AND local_time <= '22:00:00.000000'", name=op.f("ck_program_local_time")
        ),
        sa.CheckConstraint("cadence_weeks BETWEEN 1 AND 12", name=op.f("ck_program_cadence")),
        sa.CheckConstraint("grace_minutes > 0", name=op.f("ck_program_grace")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_program_weekday")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_program_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_program_workspace_id_name")),
    )
    op.create_table(
        "released_table",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("weeks", Id, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("released_at", Utc, nullable=False),
        sa.CheckConstraint("weeks > 0", name=op.f("ck_released_table_weeks")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_released_table_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_table")),
        sa.UniqueConstraint(
            "workspace_id", "name", "period_on", name=op.f("uq_released_table_workspace_id_name_period_on")
        ),
    )
    op.create_table(
        "exclusion",
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("created_at", Utc, nullable=False),
        sa.CheckConstraint("owner_id <> other_id", name=op.f("ck_exclusion_other")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_exclusion_other_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_exclusion_owner_id")),
        sa.PrimaryKeyConstraint("owner_id", "other_id", name=op.f("pk_exclusion")),
    )
    op.create_index("ix_exclusion_other_id", "exclusion", ["other_id"], unique=False)

    op.create_table(
        "participant",
        sa.Column("id", Id, nullable=False),
        sa.Column("program_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active", "paused", "left", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("joined_at", Utc, nullable=False),
        sa.Column("changed_at", Utc, nullable=False),
        sa.CheckConstraint(
            "(state = 'paused') = (paused_until IS NOT NULL)", name=op.f("ck_participant_pause")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_participant_person_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_participant_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("program_id", "person_id", name=op.f("uq_participant_program_id_person_id")),
    )
    op.create_index("ix_participant_person_id", "participant", ["person_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", Id, nullable=False),
        sa.Column("program_id", Id, nullable=False),
        sa.Column("period_on", sa.Date(), nullable=True),
        sa.Column("slot_at", Utc, nullable=False),
        sa.Column("ends_at", Utc, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "claimed",
                "matched",
                "closed",
                "missed",
                "skipped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seed", Id, nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_expires_at", Utc, nullable=True),
        sa.Column("matched_at", Utc, nullable=True),
        sa.Column("input_digest", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state <> 'claimed' OR (lease_token IS NOT NULL AND lease_expires_at IS NOT NULL)",
            name=op.f("ck_round_lease"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('matched', 'closed') OR (matched_at IS NOT NULL AND input_digest IS NOT NULL)",
            name=op.f("ck_round_matched"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_round_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("program_id", "period_on", name=op.f("uq_round_program_id_period_on")),
    )
    op.create_index("ix_round_program_id_slot_at", "round", ["program_id", "slot_at"], unique=False)

    op.create_table(
        "introduction",
        sa.Column("id", Id, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("starter", Id, nullable=False),
        sa.Column("proposer_id", Id, nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name=op.f("fk_introduction_proposer_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_introduction_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint("id", "round_id", name=op.f("uq_introduction_id_round_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_introduction_public_id")),
    )
    op.create_index("ix_introduction_round_id", "introduction", ["round_id"], unique=False)

    op.create_table(
        "sit_out",
        sa.Column("round_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "odd number",
                "no shared time or format",
                "nobody new this week",
                "this lunch won't happen",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sit_out_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_sit_out_round_id")),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_sit_out")),
    )
    op.create_index("ix_sit_out_person_id", "sit_out", ["person_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", Id, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("program_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=True),
        sa.Column("introduction_id", Id, nullable=True),
        sa.Column("person_id", Id, nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "introduction",
                "notice",
                "check_in",
                "welcome_back",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient_key", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "opened",
                "sending",
                "sent",
                "failed",
                "uncertain",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=100), nullable=True),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("due_at", Utc, nullable=False),
        sa.Column("retry_at", Utc, nullable=True),
        sa.Column("attempts", Id, server_default="0", nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_expires_at", Utc, nullable=True),
        sa.Column("sending_at", Utc, nullable=True),
        sa.Column("sent_at", Utc, nullable=True),
        sa.CheckConstraint(
            "(kind = 'introduction') = (person_id IS NULL)", name=op.f("ck_delivery_recipient")
        ),
        sa.CheckConstraint("(kind = 'welcome_back') = (round_id IS NULL)", name=op.f("ck_delivery_round")),
        sa.CheckConstraint(
            "(kind IN ('introduction', 'check_in')) = (introduction_id IS NOT NULL)",
            name=op.f("ck_delivery_introduction"),
        ),
        sa.CheckConstraint("(state = 'sent') = (message_ts IS NOT NULL)", name=op.f("ck_delivery_message")),
        sa.CheckConstraint(
            "(state IN ('failed', 'cancelled')) = (reason IS NOT NULL)", name=op.f("ck_delivery_reason")
        ),
        sa.CheckConstraint(
            "state NOT IN ('opened', 'sending', 'sent', 'uncertain') OR channel_id IS NOT NULL",
            name=op.f("ck_delivery_channel"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('sending', 'uncertain') OR sending_at IS NOT NULL",
            name=op.f("ck_delivery_sending"),
        ),
        sa.CheckConstraint(
            "(lease_token IS NULL) = (lease_expires_at IS NULL)", name=op.f("ck_delivery_lease")
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_delivery_introduction_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delivery_person_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_delivery_program_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_delivery_round_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_delivery_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "introduction_id",
            "kind",
            "recipient_key",
            name=op.f("uq_delivery_introduction_id_kind_recipient_key"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_delivery_public_id")),
    )
    op.create_index("ix_delivery_round_id", "delivery", ["round_id"], unique=False)
    op.create_index(
        "ix_delivery_workspace_id_state_due_at", "delivery", ["workspace_id", "state", "due_at"], unique=False
    )
    op.create_index(
        "uq_delivery_notice",
        "delivery",
        ["round_id", "kind", "recipient_key"],
        unique=True,
        sqlite_where=sa.text("introduction_id IS NULL"),
        postgresql_where=sa.text("introduction_id IS NULL"),
    )
    op.create_index(
        "uq_delivery_welcome_back",
        "delivery",
        ["program_id", "kind", "recipient_key"],
        unique=True,
        sqlite_where=sa.text("round_id IS NULL"),
        postgresql_where=sa.text("round_id IS NULL"),
    )

    op.create_table(
        "introduction_member",
        sa.Column("introduction_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.Column("office", sa.String(length=200), nullable=True),
        sa.Column("level", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id", "round_id"],
            ["introduction.id", "introduction.round_id"],
            name=op.f("fk_introduction_member_introduction_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_introduction_member_person_id")),
        sa.PrimaryKeyConstraint("introduction_id", "person_id", name=op.f("pk_introduction_member")),
    )
    op.create_index("ix_introduction_member_person_id", "introduction_member", ["person_id"], unique=False)
    op.create_index(
        "uq_introduction_member_active",
        "introduction_member",
        ["round_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )

    op.create_table(
        "meeting",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("low_id", Id, nullable=False),
        sa.Column("high_id", Id, nullable=False),
        sa.Column("introduction_id", Id, nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "confirmed",
                "imported",
                "already know each other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "source <> 'confirmed' OR introduction_id IS NOT NULL", name=op.f("ck_meeting_confirmed")
        ),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_meeting_ordered")),
        sa.ForeignKeyConstraint(["high_id"], ["person.id"], name=op.f("fk_meeting_high_id")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_meeting_introduction_id")
        ),
        sa.ForeignKeyConstraint(["low_id"], ["person.id"], name=op.f("fk_meeting_low_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_meeting_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_high_id", "meeting", ["high_id"], unique=False)
    op.create_index("ix_meeting_workspace_id", "meeting", ["workspace_id"], unique=False)
    op.create_index(
        "uq_meeting_dated",
        "meeting",
        ["low_id", "high_id", "source", "met_on"],
        unique=True,
        sqlite_where=sa.text("introduction_id IS NULL AND met_on IS NOT NULL"),
        postgresql_where=sa.text("introduction_id IS NULL AND met_on IS NOT NULL"),
    )
    op.create_index(
        "uq_meeting_introduction",
        "meeting",
        ["low_id", "high_id", "introduction_id"],
        unique=True,
        sqlite_where=sa.text("introduction_id IS NOT NULL"),
        postgresql_where=sa.text("introduction_id IS NOT NULL"),
    )
    op.create_index(
        "uq_meeting_undated",
        "meeting",
        ["low_id", "high_id", "source"],
        unique=True,
        sqlite_where=sa.text("introduction_id IS NULL AND met_on IS NULL"),
        postgresql_where=sa.text("introduction_id IS NULL AND met_on IS NULL"),
    )

    op.create_table(
        "answer",
        sa.Column("introduction_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "met",
                "planned",
                "not this time",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("met_ids", sa.JSON(), nullable=False),
        sa.Column("answered_at", Utc, nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
            name=op.f("fk_answer_introduction_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("introduction_id", "person_id", name=op.f("pk_answer")),
    )


def downgrade() -> None:
    for table in (
        "answer",
        "meeting",
        "introduction_member",
        "delivery",
        "sit_out",
        "introduction",
        "round",
        "participant",
        "exclusion",
        "released_table",
        "program",
        "person",
        "audit_event",
        "workspace",
    ):
        op.drop_table(table)
