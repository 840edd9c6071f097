"""Introductions of more than two people: how many, program by program."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# SQLite hands out ids only for a column declared INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # A replica of the version before, which does not know the column, goes on in pairs.
    op.add_column(
        "program",
        sa.Column(
            "group_size",
            Number,
            sa.CheckConstraint("group_size BETWEEN 2 AND 8", name=op.f("ck_program_group_size")),
            server_default="2",
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("program", "group_size")
