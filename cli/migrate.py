"""`migrate`: the schema to its newest version."""

import typer

from cli.parts import Parts
from db import migrate as schema


def migrate(context: typer.Context) -> None:
    """Bring the database's schema to the newest version; several replicas may do this at once."""
    parts: Parts = context.obj
    schema.migrate(parts.engine())
    print("The database is up to date.")
