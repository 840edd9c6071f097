"""The colours of charts: for light and for dark pages, told apart by whoever sees red and green alike."""

from dataclasses import dataclass
from typing import Any

FONT = "Arial, Liberation Sans, DejaVu Sans, sans-serif"
FONT_SIZE = 13


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours that can be read on one ground.

    Parameters
    ----------
    ink : str
        Words.
    faint : str
        Lines that only help.
    full : str
        What is certain.
    shades : tuple of str, shape (5,)
        From few to many.
    inks : tuple of str, shape (5,)
        Words on each of the shades.
    ground : str or None
        None is transparent.
    """

    ink: str
    faint: str
    full: str
    shades: tuple[str, ...]
    inks: tuple[str, ...]
    ground: str | None = None

    def hatched(self, colour: str, stripes: int) -> dict[str, Any]:
        """Stripes in place of a colour: somewhere in here."""
        stops: list[dict[str, Any]] = []
        for stripe in range(stripes):
            since, until = stripe / stripes, (stripe + 0.35) / stripes
            stops += [
                {"offset": since, "color": colour},
                {"offset": until, "color": colour},
                {"offset": until, "color": "transparent"},
                {"offset": (stripe + 1) / stripes, "color": "transparent"},
            ]
        return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 0.4, "stops": stops}

    def config(self) -> dict[str, Any]:
        """What holds for every chart."""
        words = {"labelColor": self.ink, "titleColor": self.ink, "labelFontSize": FONT_SIZE}
        return {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                **words,
                "titleFontSize": FONT_SIZE,
                "titleFontWeight": "normal",
                "titlePadding": 8,
                "gridColor": self.faint,
                "domainColor": self.faint,
                "tickColor": self.faint,
                "labelLimit": 170,
            },
            "legend": {**words, "titleFontSize": FONT_SIZE, "titleFontWeight": "normal", "titleLimit": 400},
            "text": {"fontSize": FONT_SIZE, "color": self.ink},
        }


LIGHT = Theme(
    ink="#1f2933",
    faint="#d5dbe1",
    full="#1f6394",
    shades=("#d6e6f2", "#a3c9e2", "#5f9fc9", "#2a74a8", "#123f63"),
    inks=("#12202c", "#12202c", "#0b1620", "#ffffff", "#ffffff"),
)
DARK = Theme(
    ink="#e3e8ee",
    faint="#3d4854",
    full="#7fb9e0",
    shades=("#23394b", "#2e5a7d", "#4a86b3", "#86bde0", "#d3e9f7"),
    inks=("#ffffff", "#ffffff", "#0b1118", "#0b1118", "#0b1118"),
)
PAPER = Theme(LIGHT.ink, LIGHT.faint, LIGHT.full, LIGHT.shades, LIGHT.inks, ground="#ffffff")
"""For a picture that stands alone, as in Slack, which may be light or dark."""
