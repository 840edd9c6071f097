"""What is left of answers that are no longer kept: that nobody met, or that somebody did not like it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # With a default, so that a replica of the version before still runs on this.
    for name in ("denied", "disliked"):
        op.add_column(
            "introduction",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )


def downgrade() -> None:
    for name in ("disliked", "denied"):
        op.drop_column("introduction", name)
