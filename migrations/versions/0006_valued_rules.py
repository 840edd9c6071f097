"""What a program values in a lunch, and the skills and languages that the directory knows."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A replica of the version before, which does not know the columns, goes on as it did.
    for name, default in (("differences", "'level,tenure'"), ("common", "'interests'")):
        op.add_column(
            "program", sa.Column(name, sa.String(100), server_default=sa.text(default), nullable=False)
        )
    op.add_column("person", sa.Column("skills", sa.String(1000), nullable=True))
    op.add_column("person", sa.Column("languages", sa.String(1000), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "languages")
    op.drop_column("person", "skills")
    op.drop_column("program", "common")
    op.drop_column("program", "differences")
