"""Who meets whom as a heat map in Vega-Lite: shades where numbers are said, stripes where only words are."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from insights.cells import AtLeast, Cell, Reading
from insights.drawing import number, says_few
from insights.tables import ReleasedTable
from insights.themes import Theme
from insights.wording import cell_text

MOST_WITH_WORDS = 12
WIDE, NARROW = 58, 15


def heat_map(table: ReleasedTable, of: str, theme: Theme) -> dict[str, Any]:
    """Groups by groups.

    Parameters
    ----------
    table : ReleasedTable, shape (groups, groups)
        Who meets whom, or which levels meet; may have no rows.
    of : str
        What is counted.
    theme : Theme
        Its colours.

    Returns
    -------
    dict
        A Vega-Lite specification that holds all its data. Up to twelve groups have their words in the cells.
    """
    steps = shades_of(table)
    with_words = len(table.columns) <= MOST_WITH_WORDS
    cells = [
        _square(row.label, column, cell, steps, theme)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]
    size = WIDE if with_words else NARROW
    place = {
        "x": _axis("column", table.columns, orient="top", labelAngle=-40),
        "y": _axis("row", [row.label for row in table.rows]),
        "description": {"field": "says"},
    }
    layers = [
        _shaded(cells, steps, of, theme),
        _striped(cells, "few", theme.faint, theme, 4),
        _striped(cells, "unsaid", theme.faint, theme, 2),
        _striped(cells, "most", theme.full, theme, 5),
    ]
    if with_words:
        words = {"text": {"field": "text"}, "color": {"field": "ink", "type": "nominal", "scale": None}}
        layers.append(
            {"data": {"values": cells}, "mark": {"type": "text", "fontSize": 12}, "encoding": words}
        )
    return {
        "width": {"step": size},
        "height": {"step": min(size, 40)},
        "background": theme.ground,
        "config": theme.config(),
        "encoding": place,
        "layer": layers,
    }


def shades_of(table: ReleasedTable) -> list[tuple[int, int]]:
    """The numbers of a table in at most five runs of about as many different ones, each its least and most.

    Examples
    --------
    >>> import datetime
    >>> from insights.cells import Count
    >>> from insights.tables import TableRow
    >>> row = TableRow("Law", tuple(map(Count, (0, 5, 10, 20, 20, 30, 35, 60))))
    >>> table = ReleasedTable("who_meets_whom", datetime.date(2026, 1, 5), 12, tuple("ABCDEFGH"), (row,), ())
    >>> shades_of(table)
    [(5, 5), (10, 10), (20, 20), (30, 35), (60, 60)]
    """
    found = sorted({count for row in table.rows for cell in row.cells if (count := number(cell))})
    runs = min(len(found), 5)
    edges = [round(place * len(found) / runs) for place in range(runs + 1)] if runs else []
    return [(found[a], found[b - 1]) for a, b in pairwise(edges)]


def _square(
    row: str, column: str, cell: Cell, steps: Sequence[tuple[int, int]], theme: Theme
) -> dict[str, Any]:
    text, count = cell_text(cell), number(cell)
    square = {"row": row, "column": column, "text": text, "says": f"{row}, met {column}: {text}"}
    if count is not None:
        place = next(n for n, (_, most) in enumerate(steps) if count <= most)
        if isinstance(cell, AtLeast):
            square["text"] = f"{count}+"
        return {
            **square,
            "kind": "shade",
            "shade": _run(*steps[place]),
            "ink": theme.inks[_of_five(place, steps)],
        }
    kind = "few" if says_few(cell) else "most" if cell is Reading.AT_LEAST_80 else "unsaid"
    return {**square, "kind": kind, "ink": theme.ink}


def _shaded(
    cells: list[dict[str, Any]], steps: Sequence[tuple[int, int]], of: str, theme: Theme
) -> dict[str, Any]:
    scale = {
        "domain": [_run(*step) for step in steps],
        "range": [theme.shades[_of_five(place, steps)] for place in range(len(steps))],
    }
    legend = {"title": of, "orient": "bottom", "columns": 5, "symbolType": "square", "symbolSize": 200}
    return {
        "data": {"values": [each for each in cells if each["kind"] == "shade"]},
        "mark": {"type": "rect", "stroke": theme.faint, "strokeWidth": 1},
        "encoding": {
            "fill": {"field": "shade", "type": "ordinal", "scale": scale, "legend": legend if steps else None}
        },
    }


def _striped(
    cells: list[dict[str, Any]], kind: str, colour: str, theme: Theme, stripes: int
) -> dict[str, Any]:
    return {
        "data": {"values": [each for each in cells if each["kind"] == kind]},
        "mark": {
            "type": "rect",
            "fill": theme.hatched(colour, stripes),
            "stroke": theme.faint,
            "strokeWidth": 1,
        },
    }


def _of_five(place: int, steps: Sequence[tuple[int, int]]) -> int:
    """Few runs are spread over all the shades."""
    return place if len(steps) == 5 else round(place * 4 / max(len(steps) - 1, 1))


def _run(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _axis(field: str, order: Sequence[str], **more: Any) -> dict[str, Any]:
    axis = {"title": None, "ticks": False, "domain": False, **more}
    return {"field": field, "type": "nominal", "sort": list(order), "scale": {"padding": 0}, "axis": axis}
