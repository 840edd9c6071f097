"""`export`: everything that is stored about one person, to be handed to that person."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.parts import Parts
from db.workspaces import record_audit
from use_cases.export_person import export_person
from use_cases.find_person import find_person


def export(
    context: typer.Context,
    person: Annotated[str, typer.Option(help="Slack id, person_id or e-mail address")],
    out: Annotated[Path | None, typer.Option(help="the file to write, instead of printing it")] = None,
) -> None:
    """Write one person's data as JSON, for nobody but that person; it is noted that it was done."""
    parts: Parts = context.obj
    storage = parts.storage()
    now = storage.clock.now()
    with storage.sessions.write() as session:
        found = find_person(session, person, workspace_id=storage.workspace_id)
        exported = export_person(session, found, now=now)
        record_audit(session, storage.workspace_id, actor="command line", action="exported a person", now=now)
    if out is None:
        sys.stdout.write(exported.decode() + "\n")
        return
    # Nobody else on this machine may read it, not even for a moment.
    out.touch(mode=0o600)
    out.chmod(0o600)
    out.write_bytes(exported)
    print(f"Written to {out}. It is that person's: hand it to nobody else, and delete it then.")
