"""What the imports have in common: a file is read, what was left out is said, a use case gets the rest."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cli.parts import Parts
from cli.progress import progress
from use_cases.read_csv import Meetings, People

Read = TypeVar("Read", People, Meetings)
Done = TypeVar("Done")


def import_file(
    parts: Parts, what: str, file: Path, read: Callable[[Path], Read], use_case: Callable[..., Done]
) -> Done:
    """Import a file of people or meetings; what the use case has done."""
    rows = read(file)
    for warning in rows.warnings:
        print(f"{file}: {warning}", file=sys.stderr)
    storage = parts.storage()
    with progress(what) as show:
        return use_case(
            storage.sessions,
            rows,
            workspace_id=storage.workspace_id,
            actor="command line",
            now=storage.clock.now(),
            progress=show,
        )
