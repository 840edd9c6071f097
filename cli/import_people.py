"""`import-people`: the company's directory from a CSV file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.parts import Parts
from cli.progress import progress
from use_cases import import_people as use_case
from use_cases.read_csv import read_people


def import_people(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with person_id, department and more")],
) -> None:
    """Bring the directory to what a CSV file says; a bad file changes nothing."""
    parts: Parts = context.obj
    people = read_people(file)
    for warning in people.warnings:
        print(f"{file}: {warning}", file=sys.stderr)
    storage = parts.storage()
    with progress("people") as show:
        done = use_case.import_people(
            storage.sessions,
            people,
            workspace_id=storage.workspace_id,
            actor="command line",
            now=storage.clock.now(),
            progress=show,
        )
    print(f"{done.added} people added, {done.changed} changed, {done.unchanged} as they were.")
    if done.unlinked:
        print(f"{len(done.unlinked)} wait for a Slack account: {', '.join(done.unlinked[:10])}", end="")
        print(" …" if len(done.unlinked) > 10 else "")
