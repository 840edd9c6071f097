"""The census of a period knows office, level and first day, too: HR's numbers have rows of each."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "office": sa.String(200),
    "level": sa.String(200),
    "started_on": sa.Date(),
}


def upgrade() -> None:
    # Of a period that was counted before, nobody knows them any more: its people have none.
    for name, kind in COLUMNS.items():
        op.add_column("census", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("census", name)
