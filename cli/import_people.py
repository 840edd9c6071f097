"""`import-people`: the company's directory from a CSV file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.import_file import import_file
from use_cases import import_people as use_case
from use_cases.read_csv import read_people


def import_people(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with person_id, department and more")],
) -> None:
    """Bring the directory to what a CSV file says; a bad file changes nothing."""
    done = import_file(context.obj, "people", file, read_people, use_case.import_people)
    print(f"{done.added} people added, {done.changed} changed, {done.unchanged} as they were.")
    if done.unlinked:
        print(f"{len(done.unlinked)} wait for a Slack account: {', '.join(done.unlinked[:10])}", end="")
        print(" …" if len(done.unlinked) > 10 else "")
