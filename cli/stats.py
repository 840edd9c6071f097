"""`stats`: what HR may see, as it was released."""

from collections.abc import Callable, Sequence

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import insights
from cli.parts import Parts
from use_cases.read_report import read_report
from use_cases.release_report import release_report
from use_cases.take_census import take_census

FEW_COLUMNS = 4


def stats(context: typer.Context) -> None:
    """Print HR's tables as they were released: rounded, in groups of ten people and more."""
    parts: Parts = context.obj
    storage, secret = parts.storage(), parts.release_secret()
    now = storage.clock.now()
    # What the running app does by itself, for whoever has set the secret only here.
    take_census(storage.sessions, workspace_id=storage.workspace_id, now=now)
    release_report(storage.sessions, workspace_id=storage.workspace_id, secret=secret, now=now)
    tables = read_report(storage.sessions, workspace_id=storage.workspace_id)
    if not tables:
        print(
            "Nothing is released yet: numbers come two weeks after every four weeks, "
            "if at least 20 people work here by then."
        )
    for table in tables:
        print_released(table, Console(), changes_in(table, tables))
    if tables:
        print("In brackets: the change since the period before, where rounding does not hide it.")


def changes_in(
    table: insights.ReleasedTable, tables: Sequence[insights.ReleasedTable]
) -> Callable[[str, str], str] | None:
    """What changed in each cell since the period before, in words; None where nothing was released of it."""
    before = insights.period_before(table, tables)
    if before is None:
        return None
    return lambda row, column: insights.change_text(insights.change_in(table, before, row, column))


def print_released(
    table: insights.ReleasedTable,
    console: Console,
    beside: Callable[[str, str], object] | None = None,
) -> None:
    """A released table, with its notes; where there is more to say of a cell, that stands beside it."""
    shown = Table(
        "",
        *table.columns,
        title=f"{table.name.replace('_', ' ')}, {table.weeks} weeks from {table.period_on}",
        title_justify="left",
        padding=(0, 1 if len(table.columns) <= FEW_COLUMNS else 0),
    )
    for row in table.rows:
        texts = [insights.cell_text(cell) for cell in row.cells]
        if beside is not None:
            texts = [
                f"{text} [{beside(row.label, column)}]"
                for text, column in zip(texts, table.columns, strict=True)
            ]
        shown.add_row(row.label, *map(escape, texts))
    console.print(shown)
    for note in table.notes:
        console.print(f"  {note}")
