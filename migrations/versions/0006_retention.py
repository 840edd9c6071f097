"""What is left of answers that are no longer kept: that nobody of an introduction met."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # With a default, so that a replica of the version before still runs on this.
    op.add_column(
        "introduction",
        sa.Column("denied", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("introduction", "denied")
