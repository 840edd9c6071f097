"""Bars as Vega-Lite: solid as far as it is certain, hatched as far as it is possible, words beside it."""

from collections.abc import Sequence
from typing import Any

from insights.drawing import WHOLE, Bar
from insights.themes import Theme

WIDTH, HEIGHT_OF_ONE, WIDTH_OF_ONE, TALL = 260, 30, 24, 180
STRIPES = 8


def bar_chart(bars: Sequence[Bar], of: str, theme: Theme) -> dict[str, Any]:
    """Bars from left to right, one below the other.

    Parameters
    ----------
    bars : sequence of Bar
        From top to bottom; may be empty.
    of : str
        What 100 % are.
    theme : Theme
        Its colours.

    Returns
    -------
    dict
        A Vega-Lite specification that holds all its data.
    """
    x = _scale(of)
    y = {
        "field": "label",
        "type": "nominal",
        "sort": [each.label for each in bars],
        "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 6},
    }
    words = {
        "data": {"values": [{**_said(each), "at": each.possible or 0} for each in bars]},
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": {"x": {**x, "field": "at"}, "text": {"field": "text"}},
    }
    layers = [*_layers(bars, theme, along="x", across=x), words]
    return _chart(theme, layers, {"y": y}, width=WIDTH, height={"step": HEIGHT_OF_ONE})


def column_chart(bars: Sequence[Bar], of: str, theme: Theme) -> dict[str, Any]:
    """What `bar_chart` draws, from bottom to top, one after the other, as periods follow each other."""
    y = _scale(of)
    x = {
        "field": "label",
        "type": "nominal",
        "sort": [each.label for each in bars],
        "scale": {"paddingInner": 0.3},
        "axis": {"title": None, "ticks": False, "labelAngle": -90 if len(bars) > 3 else 0},
    }
    words = {
        "data": {"values": [{**_said(each), "at": 0} for each in bars if each.possible is None]},
        "mark": {"type": "text", "angle": 270, "align": "left", "dx": 4},
        "encoding": {"y": {**y, "field": "at"}, "text": {"field": "text"}},
    }
    layers = [*_layers(bars, theme, along="y", across=y), words]
    width = {"step": WIDTH_OF_ONE if len(bars) > 6 else 3 * WIDTH_OF_ONE}
    return _chart(theme, layers, {"x": x}, width=width, height=TALL)


def _scale(of: str) -> dict[str, Any]:
    axis = {"values": [0, 20, 40, 60, 80, 100], "tickCount": 6, "title": f"% of {of}"}
    return {"type": "quantitative", "scale": {"domain": [0, WHOLE]}, "axis": axis}


def _chart(
    theme: Theme, layers: list[dict[str, Any]], by_label: dict[str, Any], **size: object
) -> dict[str, Any]:
    return {
        **size,
        "background": theme.ground,
        "config": theme.config(),
        "encoding": {**by_label, "description": {"field": "says"}},
        "layer": layers,
    }


def _layers(bars: Sequence[Bar], theme: Theme, *, along: str, across: dict[str, Any]) -> list[dict[str, Any]]:
    sure = [{**_said(each), "from": 0, "to": each.sure} for each in bars if each.sure]
    open_ = [
        {**_said(each), "from": each.sure, "to": each.possible} for each in bars if each.sure != each.possible
    ]
    encoded = {along: {**across, "field": "from"}, f"{along}2": {"field": "to"}}
    hatched = theme.hatched(theme.full, STRIPES)
    return [
        {"data": {"values": sure}, "mark": {"type": "bar", "fill": theme.full}, "encoding": encoded},
        {
            "data": {"values": open_},
            "mark": {"type": "bar", "fill": hatched, "stroke": theme.full, "strokeDash": [4, 3]},
            "encoding": encoded,
        },
    ]


def _said(each: Bar) -> dict[str, Any]:
    return {"label": each.label, "text": each.text, "says": f"{each.label}: {each.text}"}
