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
    order = [each.label for each in bars]
    axis = {"values": [0, 20, 40, 60, 80, 100], "tickCount": 6, "title": f"% of {of}"}
    x = {"type": "quantitative", "scale": {"domain": [0, WHOLE]}, "axis": axis}
    y = {
        "field": "label",
        "type": "nominal",
        "sort": order,
        "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 6},
    }
    words = [{**_said(each), "at": each.possible or 0} for each in bars]
    layers = [
        *_layers(bars, theme, along="x", across=x),
        {
            "data": {"values": words},
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {"x": {**x, "field": "at"}, "text": {"field": "text"}},
        },
    ]
    return {
        "width": WIDTH,
        "height": {"step": HEIGHT_OF_ONE},
        "background": theme.ground,
        "config": theme.config(),
        "encoding": {"y": y, "description": {"field": "says"}},
        "layer": layers,
    }


def column_chart(bars: Sequence[Bar], of: str, theme: Theme) -> dict[str, Any]:
    """The same from bottom to top, one after the other, as periods follow each other.

    Parameters
    ----------
    bars : sequence of Bar
        From left to right; may be empty.
    of : str
        What 100 % are.
    theme : Theme
        Its colours.

    Returns
    -------
    dict
        A Vega-Lite specification that holds all its data.
    """
    axis = {"values": [0, 20, 40, 60, 80, 100], "title": f"% of {of}"}
    y = {"type": "quantitative", "scale": {"domain": [0, WHOLE]}, "axis": axis}
    x = {
        "field": "label",
        "type": "nominal",
        "sort": [each.label for each in bars],
        "scale": {"paddingInner": 0.3},
        "axis": {"title": None, "ticks": False, "labelAngle": -90 if len(bars) > 3 else 0},
    }
    unsaid = [{**_said(each), "at": 0} for each in bars if each.possible is None]
    layers = [
        *_layers(bars, theme, along="y", across=y),
        {
            "data": {"values": unsaid},
            "mark": {"type": "text", "angle": 270, "align": "left", "dx": 4},
            "encoding": {"y": {**y, "field": "at"}, "text": {"field": "text"}},
        },
    ]
    return {
        "width": {"step": WIDTH_OF_ONE if len(bars) > 6 else 3 * WIDTH_OF_ONE},
        "height": TALL,
        "background": theme.ground,
        "config": theme.config(),
        "encoding": {"x": x, "description": {"field": "says"}},
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
