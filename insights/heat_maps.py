"""Who meets whom as a heat map in Vega-Lite: shades where numbers are said, stripes where only words are."""

from collections.abc import Mapping, Sequence
from typing import Any

from insights.cells import AtLeast, Cell, Reading
from insights.drawing import number, says_few
from insights.tables import ReleasedTable
from insights.themes import Theme
from insights.wording import cell_text

MOST_WITH_WORDS = 12
WIDE, NARROW = 58, 15
SHADES, DARKEST_FROM = 5, 25


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
        "x": _axis("column", table.columns, orient="top", labelAngle=-40 if with_words else -90),
        "y": _axis("row", [row.label for row in table.rows]),
        "description": {"field": "says"},
    }
    layers = [
        _shaded(cells, steps, of, theme),
        _striped(cells, "few", theme.faint, theme, 4),
        _striped(cells, "unsaid", theme.faint, theme, 2),
        _striped(cells, "most", theme.full, theme, 5),
        _framed(cells, theme),
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


def shades_of(table: ReleasedTable) -> dict[int, tuple[int, int]]:
    """The shades that a table needs, from 0 to 4, each with the least and the most that it stands for.

    They are in proportion to the numbers, so that 5 and 10, which may be the same before they are rounded,
    never look like nothing and all.

    Examples
    --------
    >>> import datetime
    >>> from insights.cells import Count
    >>> from insights.tables import TableRow
    >>> row = TableRow("Law", tuple(map(Count, (0, 5, 10, 25, 40, 50))))
    >>> table = ReleasedTable("who_meets_whom", datetime.date(2026, 1, 5), 12, tuple("ABCDEF"), (row,), ())
    >>> shades_of(table)
    {0: (5, 10), 2: (25, 25), 3: (40, 40), 4: (50, 50)}
    """
    found = sorted({count for row in table.rows for cell in row.cells if (count := number(cell))})
    darkest = max(DARKEST_FROM, *found) if found else DARKEST_FROM
    shades: dict[int, tuple[int, int]] = {}
    for count in found:
        shade = _shade(count, darkest)
        shades[shade] = (shades.get(shade, (count, count))[0], count)
    return shades


def _shade(count: int, darkest: int) -> int:
    return (SHADES * count - 1) // darkest


def _square(
    row: str, column: str, cell: Cell, steps: Mapping[int, tuple[int, int]], theme: Theme
) -> dict[str, Any]:
    text, count = cell_text(cell), number(cell)
    square = {"row": row, "column": column, "text": text, "says": f"{row}, met {column}: {text}"}
    if count is not None:
        shade = next(shade for shade, (_, most) in steps.items() if count <= most)
        if isinstance(cell, AtLeast):
            square["text"] = f"{count}+"
        return {**square, "kind": "shade", "shade": _run(*steps[shade]), "ink": theme.inks[shade]}
    kind = "few" if says_few(cell) else "most" if cell is Reading.AT_LEAST_80 else "unsaid"
    return {**square, "kind": kind, "ink": theme.ink}


def _shaded(
    cells: list[dict[str, Any]], steps: Mapping[int, tuple[int, int]], of: str, theme: Theme
) -> dict[str, Any]:
    scale = {
        "domain": [_run(*step) for step in steps.values()],
        "range": [theme.shades[shade] for shade in steps],
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


def _framed(cells: list[dict[str, Any]], theme: Theme) -> dict[str, Any]:
    """A frame of dashes round a number that may be any more."""
    return {
        "data": {"values": [each for each in cells if each["text"].endswith("+")]},
        "mark": {"type": "rect", "fill": "transparent", "stroke": theme.ink, "strokeDash": [3, 3]},
    }


def _run(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _axis(field: str, order: Sequence[str], **more: Any) -> dict[str, Any]:
    axis = {"title": None, "ticks": False, "domain": False, "labelPadding": 6, **more}
    return {"field": field, "type": "nominal", "sort": list(order), "scale": {"padding": 0}, "axis": axis}
