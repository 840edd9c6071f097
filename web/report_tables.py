"""A released table as HTML and as a CSV file; its cells read the same in both."""

import csv
import io
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from markupsafe import Markup, escape

import insights
from insights import Cell, ReleasedTable

FEW_COLUMNS, KEPT_TEXTS = 4, 2048
# What a spreadsheet takes for the beginning of a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table_html(table: ReleasedTable, before: ReleasedTable | None, caption: str) -> Markup:
    """The table with its headings; where it is narrow, each cell has what changed since the period before."""
    before = before if len(table.columns) <= FEW_COLUMNS else None
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(column) for column in table.columns)
    body = []
    for row in table.rows:
        texts = map(_text, row.cells)
        changes = [_change(table, before, row.label, column) for column in table.columns] if before else ()
        cells = "".join(
            f"<td>{text}{change}</td>" for text, change in zip_longest(texts, changes, fillvalue="")
        )
        body.append(f'<tr><th scope="row">{escape(row.label)}</th>{cells}</tr>')
    return Markup(  # noqa: S704 (every part is escaped above)
        f"<table><caption>{escape(caption)}</caption>"
        f'<thead><tr><th scope="col">Group</th>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


@lru_cache(maxsize=KEPT_TEXTS)
def _text(cell: Cell) -> str:
    return str(escape(insights.cell_text(cell)))


def trend_html(tables: Sequence[ReleasedTable], column: str, caption: str) -> Markup:
    """One number of the company, a row for each period, with what changed since the one before."""
    body = []
    for table, before in zip(tables, (None, *tables), strict=False):
        if table.rows:
            cell = escape(insights.cell_text(table.cell(insights.COMPANY, column)))
            is_next = before is not None and insights.period_before(table, [before]) is before
            change = _change(table, before if is_next else None, insights.COMPANY, column)
            when = escape(insights.span_text(table.period_on, table.weeks))
            body.append(f'<tr><th scope="row">{when}</th><td>{cell}{change}</td></tr>')
    return Markup(  # noqa: S704 (every part is escaped above)
        f'<table><caption>{escape(caption)}</caption><thead><tr><th scope="col">Period</th>'
        f'<th scope="col">{escape(column)}</th></tr></thead><tbody>{"".join(body)}</tbody></table>'
    )


def _change(table: ReleasedTable, before: ReleasedTable | None, row: str, column: str) -> str:
    if before is None:
        return ""
    said = insights.change_text(insights.change_in(table, before, row, column))
    return f" <small>change: {escape(said)}</small>"


def table_csv(table: ReleasedTable) -> bytes:
    """The table, then its name, its period and its notes, by RFC 4180: every record has as many fields.

    UTF-8 with a mark at its beginning, without which Excel reads "≤" as three other signs.
    """
    out = io.StringIO()
    write = csv.writer(out)
    width = len(table.columns) + 1
    write.writerow(["Group", *map(_harmless, table.columns)])
    for row in table.rows:
        write.writerow([_harmless(row.label), *(_harmless(insights.cell_text(cell)) for cell in row.cells)])
    said = [
        ("Table", table.name.replace("_", " ")),
        ("Period", insights.span_text(table.period_on, table.weeks)),
        *(("Note", note) for note in table.notes),
    ]
    for about, text in said:
        write.writerow([about, _harmless(text), *[""] * (max(width, 2) - 2)])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A text that no spreadsheet calculates with."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def csv_name(name: str, period_on: object, weeks: int) -> str:
    """The name of the file of a table."""
    return f"{name}-{period_on}-{weeks}w.csv"
