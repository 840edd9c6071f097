"""Periods that are closed by the clock: who worked here at their end, and what became of them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


# SQLite hands out ids only for a column declared INTEGER.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Utc = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Nothing is taken away and nothing new is demanded: a replica of the version before still runs on this.
    op.add_column("program", sa.Column("reports_from", sa.Date(), nullable=True))
    op.create_table(
        "past_membership",
        sa.Column("id", Id, nullable=False),
        sa.Column("participant_id", Id, nullable=False),
        sa.Column("since_at", Utc, nullable=False),
        sa.Column("until_at", Utc, nullable=False),
        sa.CheckConstraint("since_at <= until_at", name=op.f("ck_past_membership_span")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_past_membership_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_membership")),
        sa.UniqueConstraint(
            "participant_id", "since_at", name=op.f("uq_past_membership_participant_id_since_at")
        ),
    )
    op.create_table(
        "report_period",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("weeks", Id, nullable=False),
        sa.Column("begins_at", Utc, nullable=False),
        sa.Column("ends_at", Utc, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "counted",
                "released",
                "withheld",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", Utc, nullable=True),
        sa.CheckConstraint(
            "(state = 'counted') = (settled_at IS NULL)", name=op.f("ck_report_period_settled")
        ),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_report_period_span")),
        sa.CheckConstraint("weeks > 0", name=op.f("ck_report_period_weeks")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_report_period_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_period")),
        sa.UniqueConstraint(
            "workspace_id", "weeks", "period_on", name=op.f("uq_report_period_workspace_id_weeks_period_on")
        ),
    )
    op.create_table(
        "report_groups",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("attribute", sa.String(length=40), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("group_of", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_report_groups_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_groups")),
        sa.UniqueConstraint(
            "workspace_id",
            "attribute",
            "period_on",
            name=op.f("uq_report_groups_workspace_id_attribute_period_on"),
        ),
    )
    op.create_table(
        "census",
        sa.Column("report_period_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("department", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_census_person_id")),
        sa.ForeignKeyConstraint(
            ["report_period_id"], ["report_period.id"], name=op.f("fk_census_report_period_id")
        ),
        sa.PrimaryKeyConstraint("report_period_id", "person_id", name=op.f("pk_census")),
    )
    op.create_index("ix_census_person_id", "census", ["person_id"], unique=False)
    _keep_what_was_released()


program = sa.table(
    "program",
    *(sa.column("id", Id), sa.column("workspace_id", Id), sa.column("timezone", sa.String)),
    *(sa.column("anchor_on", sa.Date), sa.column("reports_from", sa.Date)),
)
released = sa.table(
    "released_table",
    *(sa.column("workspace_id", Id), sa.column("period_on", sa.Date), sa.column("weeks", Id)),
    sa.column("released_at", Utc),
)
period = sa.table(
    "report_period",
    *(sa.column("workspace_id", Id), sa.column("period_on", sa.Date), sa.column("weeks", Id)),
    *(sa.column("begins_at", Utc), sa.column("ends_at", Utc), sa.column("settled_at", Utc)),
    sa.column("state", sa.String),
)


def _keep_what_was_released() -> None:
    """What was released stays as it is, and the periods go on from where the first of them began."""
    connection = op.get_bind()
    key = (released.c.workspace_id, released.c.period_on, released.c.weeks)
    done = connection.execute(sa.select(*key, sa.func.min(released.c.released_at)).group_by(*key)).all()
    zones: dict[int, ZoneInfo] = {}
    for row in connection.execute(sa.select(program).order_by(program.c.id)).all():
        zones.setdefault(row.workspace_id, ZoneInfo(row.timezone))
        first = min((one.period_on for one in done if one.workspace_id == row.workspace_id), default=None)
        connection.execute(
            sa.update(program).where(program.c.id == row.id).values(reports_from=first or row.anchor_on)
        )
    for workspace_id, period_on, weeks, settled_at in done:
        midnights = (
            datetime.combine(day, time(), zones[workspace_id]).astimezone(UTC)
            for day in (period_on, period_on + timedelta(weeks=weeks))
        )
        begins_at, ends_at = midnights
        connection.execute(
            sa.insert(period).values(
                workspace_id=workspace_id,
                period_on=period_on,
                weeks=weeks,
                begins_at=begins_at,
                ends_at=ends_at,
                state="released",
                settled_at=settled_at,
            )
        )


def downgrade() -> None:
    for table in ("census", "report_groups", "report_period", "past_membership"):
        op.drop_table(table)
    op.drop_column("program", "reports_from")
