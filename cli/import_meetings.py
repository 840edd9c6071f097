"""`import-meetings`: who already knows whom, from a CSV file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.import_file import import_file
from use_cases import import_meetings as use_case
from use_cases.read_csv import read_meetings


def import_meetings(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with person_a, person_b and perhaps met_on")],
) -> None:
    """Record who already knows whom; a bad file changes nothing, and no meeting counts twice."""
    done = import_file(context.obj, "meetings", file, read_meetings, use_case.import_meetings)
    print(f"{done.added} meetings added, {done.known} known before.")
