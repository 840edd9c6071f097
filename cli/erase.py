"""`erase`: somebody is forgotten who has asked for it and can't type `/lunch forget-me`."""

from typing import Annotated

import typer

from cli.parts import Parts
from db.workspaces import record_audit
from domain.errors import NotConfirmed
from use_cases.erase_person import erase_person
from use_cases.find_person import find_person


def erase(
    context: typer.Context,
    person: Annotated[str, typer.Option(help="Slack id, person_id or e-mail address")],
    yes: Annotated[bool, typer.Option("--yes", help="it can't be undone, and is meant")] = False,
) -> None:
    """Forget one person; that it was done is noted, and not who it was."""
    parts: Parts = context.obj
    storage = parts.storage()
    now = storage.clock.now()
    with storage.sessions.write() as session:
        found = find_person(session, person, workspace_id=storage.workspace_id)
        if not yes:
            raise NotConfirmed()
        erase_person(session, found, now=now)
        record_audit(session, storage.workspace_id, actor="command line", action="erased a person", now=now)
    print("Forgotten. What was introduced and met still counts for the others, without a name.")
