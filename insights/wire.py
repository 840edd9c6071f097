"""Cells as JSON, each an object that says its kind."""

from collections.abc import Mapping
from typing import Any

from insights.cells import AtLeast, Bounds, Cell, Count, PairsLinked, Rate, Reading, Share, WeeksLeft
from insights.errors import TableError

_WORDS = {Reading: "reading", WeeksLeft: "weeks_left"}


def cell_to_dict(cell: Cell) -> dict[str, Any]:
    """Write a cell.

    Examples
    --------
    >>> cell_to_dict(Share(56, 25))
    {'kind': 'share', 'percent': 56, 'count': 25}
    """
    match cell:
        case Reading() | WeeksLeft():
            kind = _WORDS[type(cell)]
            return {"kind": kind, kind: cell.value}
        case Count():
            return {"kind": "count", "count": cell.count}
        case AtLeast():
            return {"kind": "at_least", "count": cell.count}
        case Share():
            return {"kind": "share", "percent": cell.percent, "count": cell.count}
        case PairsLinked():
            return {"kind": "pairs_linked", "linked": cell.linked, "pairs": cell.pairs}
        case Bounds():
            parts = {"low": cell.low, "high": cell.high, "answered": cell.answered}
            return {"kind": "bounds"} | {name: cell_to_dict(rate) for name, rate in parts.items()}


def cell_from_dict(given: Mapping[str, Any]) -> Cell:
    """Read what `cell_to_dict` wrote; anything else raises `TableError`.

    Examples
    --------
    >>> cell_from_dict({"kind": "count", "count": 45})
    Count(count=45)
    """
    try:
        match given["kind"]:
            case "count":
                return Count(given["count"])
            case "at_least":
                return AtLeast(given["count"])
            case "pairs_linked":
                return PairsLinked(given["linked"], given["pairs"])
            case "weeks_left":
                return WeeksLeft(given["weeks_left"])
            case "bounds":
                return Bounds(_rate(given["low"]), _rate(given["high"]), _rate(given["answered"]))
            case _:
                return _rate(given)
    except (KeyError, TypeError, ValueError) as error:
        raise TableError("A cell of the table cannot be read; restore the table from a backup.") from error


def _rate(given: Mapping[str, Any]) -> Rate:
    if given["kind"] == "share":
        return Share(given["percent"], given["count"])
    return Reading(given["reading"])
