"""A table as it is released: all that a page, a chart or a file of HR can ever be made of."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from insights.cells import Cell
from insights.errors import TableError
from insights.wire import cell_from_dict, cell_to_dict

COMPANY = "Company"


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of the company or of one group, in the order of the table's columns."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """One table of one period, written once and never changed.

    Parameters
    ----------
    name : str
        What is counted: distinct within a period, the same in every period.
    period_on : datetime.date
        First day of the period.
    weeks : int
        Length of the period, 4 or 12.
    columns : tuple of str, shape (m,)
        Headings in words, or labels of groups.
    rows : tuple of TableRow, shape (n,)
        Each with m cells; empty where nothing may be said, which a note then explains.
    notes : tuple of str
        Sentences to show beside the table.

    Raises
    ------
    TableError
        If a row has more or fewer cells than there are columns, or columns or rows repeat.

    Examples
    --------
    >>> from insights.cells import Count
    >>> row = TableRow("Company", (Count(45),))
    >>> table = ReleasedTable("people_funnel", datetime.date(2026, 1, 5), 4, ("eligible",), (row,), ())
    >>> table.cell("Company", "eligible")
    Count(count=45)
    >>> ReleasedTable.from_dict(table.to_dict()) == table
    True
    """

    name: str
    period_on: datetime.date
    weeks: int
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise TableError("A row does not have one cell for each column; correct it.")
        labels = [row.label for row in self.rows]
        if len(set(labels)) < len(labels) or len(set(self.columns)) < len(self.columns):
            raise TableError("Two rows or two columns have one name; rename one.")

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a row and a column; `KeyError` if the table lacks one of them."""
        cells = {each.label: each.cells for each in self.rows}[row]
        return dict(zip(self.columns, cells, strict=True))[column]

    def to_dict(self) -> dict[str, Any]:
        """The table in the types of JSON."""
        return {
            "name": self.name,
            "period_on": self.period_on.isoformat(),
            "weeks": self.weeks,
            "columns": list(self.columns),
            "rows": [
                {"label": row.label, "cells": [cell_to_dict(cell) for cell in row.cells]} for row in self.rows
            ],
            "notes": list(self.notes),
        }

    @staticmethod
    def from_dict(given: Mapping[str, Any]) -> "ReleasedTable":
        """Read what `to_dict` wrote; anything else raises `TableError`."""
        try:
            table = ReleasedTable(
                name=given["name"],
                period_on=datetime.date.fromisoformat(given["period_on"]),
                weeks=given["weeks"],
                columns=tuple(given["columns"]),
                rows=tuple(
                    TableRow(row["label"], tuple(cell_from_dict(cell) for cell in row["cells"]))
                    for row in given["rows"]
                ),
                notes=tuple(given["notes"]),
            )
        except TableError:
            raise  # it is a ValueError, too, and says more
        except (KeyError, TypeError, ValueError) as error:
            raise TableError("The table cannot be read; restore it from a backup.") from error
        if table.to_dict() != given:
            raise TableError("The table says more than a table can, or less; restore it from a backup.")
        return table
