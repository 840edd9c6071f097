"""`stats`: what HR may see, as it was released."""

import typer
from rich.console import Console
from rich.table import Table

import insights
from cli.parts import Parts
from use_cases.release_report import release_report


def stats(context: typer.Context) -> None:
    """Print HR's tables, and release those that are due: rounded, in groups of ten people and more."""
    parts: Parts = context.obj
    storage = parts.storage()
    tables = release_report(
        storage.sessions,
        workspace_id=storage.workspace_id,
        secret=parts.release_secret(),
        now=storage.clock.now(),
    )
    if not tables:
        print("Nothing is released yet: the first numbers come two weeks after the first four weeks.")
    for table in tables:
        print_released(table, Console())


def print_released(table: insights.ReleasedTable, console: Console) -> None:
    """A released table, with its notes."""
    shown = Table(
        "",
        *table.columns,
        title=f"{table.name.replace('_', ' ')}, {table.weeks} weeks from {table.period_on}",
        title_justify="left",
    )
    for row in table.rows:
        shown.add_row(row.label, *(insights.cell_text(cell) for cell in row.cells))
    console.print(shown)
    for note in table.notes:
        console.print(f"  {note}")
