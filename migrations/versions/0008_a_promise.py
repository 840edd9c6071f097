"""Nudges, heads-ups and rests; rounds that are skipped, absences, and thumbs."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


# SQLite hands out ids only for a column declared INTEGER.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OLD = {
    "kind": "kind IN ('introduction', 'notice', 'check_in', 'welcome_back')",
    "introduction": "(kind IN ('introduction', 'check_in')) = (introduction_id IS NOT NULL)",
    "round": "(kind = 'welcome_back') = (round_id IS NULL)",
}
NEW = {
    "kind": "kind IN ('introduction', 'notice', 'nudge', 'check_in', 'heads_up', 'resting', 'welcome_back')",
    "introduction": "(kind IN ('introduction', 'nudge', 'check_in')) = (introduction_id IS NOT NULL)",
    "round": "(kind IN ('heads_up', 'resting', 'welcome_back')) = (round_id IS NULL)",
}


def upgrade() -> None:
    # Nothing is taken away and nothing new is demanded: a replica of the version before still runs on this.
    op.add_column("person", sa.Column("away_until", sa.Date(), nullable=True))
    op.add_column(
        "participant",
        sa.Column(
            "resting_at",
            sa.DateTime(timezone=True),
            sa.CheckConstraint("resting_at IS NULL OR state = 'active'", name=op.f("ck_participant_resting")),
            nullable=True,
        ),
    )
    op.add_column(
        "answer",
        sa.Column(
            "thumb",
            Id,
            sa.CheckConstraint(
                "thumb IS NULL OR (thumb IN (-1, 1) AND answer = 'met')", name=op.f("ck_answer_thumb")
            ),
            nullable=True,
        ),
    )
    op.create_table(
        "skipped_round",
        sa.Column("participant_id", Id, nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_skipped_round_participant_id")
        ),
        sa.PrimaryKeyConstraint("participant_id", "period_on", name=op.f("pk_skipped_round")),
    )
    _change_checks(NEW)
    promised = sa.text("kind IN ('nudge', 'check_in')")
    op.create_index(
        "uq_delivery_promise",
        "delivery",
        ["round_id", "kind", "person_id"],
        unique=True,
        sqlite_where=promised,
        postgresql_where=promised,
    )


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind IN ('nudge', 'heads_up', 'resting')")
    op.drop_index("uq_delivery_promise", "delivery")
    _change_checks(OLD)
    op.drop_table("skipped_round")
    op.drop_column("answer", "thumb")
    op.drop_column("participant", "resting_at")
    op.drop_column("person", "away_until")


def _change_checks(checks: dict[str, str]) -> None:
    """Other checks of deliveries. SQLite can't change one, so its table is written anew, indexes and all."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for name, check in checks.items():
            op.drop_constraint(op.f(f"ck_delivery_{name}"), "delivery", type_="check")
            op.create_check_constraint(op.f(f"ck_delivery_{name}"), "delivery", check)
        return
    known = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = 'delivery' AND sql IS NOT NULL")
    statements: dict[str, list[str]] = {}
    for kind, sql in connection.execute(known):
        statements.setdefault(kind, []).append(sql)
    [table] = statements["table"]
    for name, check in checks.items():
        # Each constraint stands in a line of its own.
        before = re.compile(rf"(CONSTRAINT ck_delivery_{name} CHECK )\(.*\)(,?\s)")
        table, found = before.subn(rf"\1({check})\2", table)
        assert found == 1, name
    for statement in (
        re.sub(r'CREATE TABLE "?delivery"?', "CREATE TABLE delivery_anew", table, count=1),
        "INSERT INTO delivery_anew SELECT * FROM delivery",
        "DROP TABLE delivery",
        "ALTER TABLE delivery_anew RENAME TO delivery",
        *statements["index"],
    ):
        connection.exec_driver_sql(statement)
