"""How Alembic reaches the database: with the engine that it is handed."""

from alembic import context
from sqlalchemy import Engine, text

from db.tables import Base

# Any number will do, as long as nothing else in the database takes the same one.
MIGRATION_LOCK = 7_286_123_001


def run(engine: Engine) -> None:
    # SQLite's write lock comes with BEGIN IMMEDIATE; PostgreSQL needs one of its own, held to the end.
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run(context.config.attributes["engine"])
