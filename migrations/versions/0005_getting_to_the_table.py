"""How people like to have lunch, the times that they are offered, and the ones that they agree on."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


# SQLite hands out ids only for a column declared INTEGER.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Utc = sa.DateTime(timezone=True)


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    # Nothing is taken away and nothing new is demanded: a replica of the version before still runs on this.
    op.add_column("introduction", sa.Column("offers", sa.JSON(), nullable=True))
    op.create_table(
        "preference",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("format", words("format", "in person", "video", "either"), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=True),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("lunch_hours", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("ask_about", sa.String(length=300), nullable=True),
        sa.Column("interests", sa.JSON(), nullable=True),
        sa.Column("every_rounds", Id, nullable=False),
        sa.Column("heads_up", sa.Boolean(), nullable=False),
        sa.CheckConstraint("every_rounds IN (1, 2, 4)", name=op.f("ck_preference_every_rounds")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", Id, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("introduction_id", Id, nullable=False),
        sa.Column("proposer_id", Id, nullable=False),
        sa.Column("kind", words("kind", "lunch", "coffee", "walk", "video"), nullable=False),
        sa.Column("starts_at", Utc, nullable=False),
        sa.Column("state", words("state", "open", "accepted", "replaced"), nullable=False),
        sa.Column("created_at", Utc, nullable=False),
        sa.Column("accepted_at", Utc, nullable=True),
        sa.CheckConstraint(
            "state <> 'accepted' OR accepted_at IS NOT NULL", name=op.f("ck_proposal_accepted")
        ),
        sa.CheckConstraint("state <> 'open' OR accepted_at IS NULL", name=op.f("ck_proposal_open")),
        sa.ForeignKeyConstraint(
            ["introduction_id", "proposer_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
            name=op.f("fk_proposal_introduction_id_proposer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("id", "introduction_id", name=op.f("uq_proposal_id_introduction_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposal_public_id")),
    )
    op.create_index("ix_proposal_introduction_id", "proposal", ["introduction_id"])
    for state in ("open", "accepted"):
        op.create_index(
            f"uq_proposal_{state}",
            "proposal",
            ["introduction_id"],
            unique=True,
            sqlite_where=sa.text(f"state = '{state}'"),
            postgresql_where=sa.text(f"state = '{state}'"),
        )
    op.create_table(
        "proposal_acceptance",
        sa.Column("proposal_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("introduction_id", Id, nullable=False),
        sa.Column("accepted_at", Utc, nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id", "person_id"],
            ["introduction_member.introduction_id", "introduction_member.person_id"],
            name=op.f("fk_proposal_acceptance_introduction_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id", "introduction_id"],
            ["proposal.id", "proposal.introduction_id"],
            name=op.f("fk_proposal_acceptance_proposal_id_introduction_id"),
        ),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_proposal_acceptance")),
    )


def downgrade() -> None:
    op.drop_table("proposal_acceptance")
    op.drop_table("proposal")
    op.drop_table("preference")
    op.drop_column("introduction", "offers")
