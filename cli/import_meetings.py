"""`import-meetings`: who already knows whom, from a CSV file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.parts import Parts
from cli.progress import progress
from use_cases import import_meetings as use_case
from use_cases.read_csv import read_meetings


def import_meetings(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with person_a, person_b and perhaps met_on")],
) -> None:
    """Record who already knows whom; a bad file changes nothing, and no meeting counts twice."""
    parts: Parts = context.obj
    meetings = read_meetings(file)
    for warning in meetings.warnings:
        print(f"{file}: {warning}", file=sys.stderr)
    storage = parts.storage()
    with progress("meetings") as show:
        done = use_case.import_meetings(
            storage.sessions,
            meetings,
            workspace_id=storage.workspace_id,
            actor="command line",
            now=storage.clock.now(),
            progress=show,
        )
    print(f"{done.added} meetings added, {done.known} known before.")
