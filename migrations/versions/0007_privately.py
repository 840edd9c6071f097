"""Who has given up a lunch, and who is told that it won't happen."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


# SQLite hands out ids only for a column declared INTEGER.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Nothing is taken away and nothing new is demanded: a replica of the version before still runs on this.
    op.create_table(
        "withdrawal",
        sa.Column("introduction_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("wants_another", sa.Boolean(), nullable=False),
        sa.Column("takes_effect_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
            name=op.f("fk_withdrawal_introduction_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("introduction_id", "person_id", name=op.f("pk_withdrawal")),
    )
    op.create_table(
        "called_off",
        sa.Column("introduction_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("delivery_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_called_off_delivery_id")),
        sa.ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
            name=op.f("fk_called_off_introduction_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("introduction_id", "person_id", name=op.f("pk_called_off")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_called_off_delivery_id")),
    )


def downgrade() -> None:
    op.drop_table("called_off")
    op.drop_table("withdrawal")
