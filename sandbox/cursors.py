"""Cursor pagination, as Slack's list methods do it."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from sandbox.errors import ApiError

Item = TypeVar("Item")


def page(
    items: Sequence[Item], args: dict[str, Any], *, kind: str, default: int, most: int
) -> tuple[Sequence[Item], str]:
    """One page of the items, and the cursor of the next one ('' at the end)."""
    size = page_size(args, default, most)
    start = read_cursor(args, kind) or 0
    if start > len(items):
        raise ApiError("invalid_cursor")
    end = start + size
    return items[start:end], cursor_to(kind, end) if end < len(items) else ""


def page_size(args: dict[str, Any], default: int, most: int) -> int:
    size: int = args.get("limit", default) or default
    if not 1 <= size <= most:
        raise ApiError("invalid_limit")
    return size


def cursor_to(kind: str, place: int) -> str:
    return base64.b64encode(f"{kind}:{place}".encode()).decode()


def read_cursor(args: dict[str, Any], kind: str) -> int | None:
    cursor = args.get("cursor")
    if not cursor:
        return None
    try:
        name, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
        if name != kind or not place.isdecimal():
            raise ValueError(cursor)
        return int(place)
    except (binascii.Error, ValueError) as error:
        raise ApiError("invalid_cursor") from error
