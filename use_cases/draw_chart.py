"""A chart becomes a picture: SVG for a page, PNG for Slack."""

import json
import threading
from functools import lru_cache
from typing import Any

KEPT_PICTURES = 96
DOTS = 2.0

_drawing = threading.Lock()


def draw_chart(spec: dict[str, Any]) -> str:
    """The SVG of a Vega-Lite specification; what was drawn lately is not drawn again."""
    return _svg(json.dumps(spec, sort_keys=True))


def draw_chart_as_png(spec: dict[str, Any]) -> bytes:
    """The same as PNG, with two dots for each point."""
    return _png(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=KEPT_PICTURES)
def _svg(spec: str) -> str:
    # It brings a JavaScript engine, which nobody needs who looks at no picture.
    import vl_convert  # noqa: PLC0415

    with _drawing:
        return str(vl_convert.vegalite_to_svg(spec))


@lru_cache(maxsize=KEPT_PICTURES // 8)
def _png(spec: str) -> bytes:
    import vl_convert  # noqa: PLC0415

    with _drawing:
        return bytes(vl_convert.vegalite_to_png(spec, scale=DOTS))
