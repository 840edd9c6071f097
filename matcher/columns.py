"""Many past pairs as text: four columns in base64, 17 bytes a pair."""

import base64
import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import WireError
from matcher.people import PastPairs

# Little-endian numbers of four bytes, and one byte that is 0 or 1.
COLUMNS = {"a": "<i4", "b": "<i4", "day": "<i4", "confirmed": "u1"}


def columns_to_json(past: PastPairs) -> Iterator[str]:
    """Write past pairs as one JSON object, column by column.

    Parameters
    ----------
    past : PastPairs
        Any number of pairs, also none.

    Yields
    ------
    str
        A piece of the text.

    Raises
    ------
    WireError
        If an id is no number of 32 bits.

    Examples
    --------
    >>> none = np.zeros(0, np.int64)
    >>> "".join(columns_to_json(PastPairs(none, none, none, none.astype(bool))))
    '{"a": "", "b": "", "day": "", "confirmed": ""}'
    """
    before = "{"
    for name, kind in COLUMNS.items():
        yield f'{before}"{name}": "'
        yield _text(getattr(past, name), name, kind)
        before = '", '
    yield '"}'


def columns_from_json(texts: dict[str, str]) -> PastPairs:
    """Read past pairs that `columns_to_json` wrote.

    Parameters
    ----------
    texts : dict of str to str
        The four columns by name; emptied, since together the texts are larger than what they say.

    Returns
    -------
    PastPairs
        The arrays are read-only.

    Raises
    ------
    WireError
        If a column is no base64 or of another length, a pair is one person twice, or a day is no date.

    Examples
    --------
    >>> texts = {"a": "AQAAAA==", "b": "AgAAAA==", "day": "AAAAAA==", "confirmed": "AQ=="}
    >>> past = columns_from_json(texts)
    >>> past.a.tolist(), past.b.tolist(), past.day.tolist(), past.confirmed.tolist()
    ([1], [2], [0], [True])
    """
    columns = {name: _column(texts.pop(name), name, kind) for name, kind in COLUMNS.items()}
    if len(set(map(len, columns.values()))) > 1:
        lengths = ", ".join(f"{name!r} {len(column)}" for name, column in columns.items())
        raise WireError(
            f"history: the columns differ in length ({lengths}); give one value of each to a pair."
        )
    latest = datetime.date.max.toordinal()
    undated = (columns["day"] < 0) | (columns["day"] > latest)
    for wrong, says in (
        (columns["a"] == columns["b"], "names one person twice; remove it"),
        (undated, f"has a day outside 0 to {latest}; give 0 for an unknown date"),
        (columns["confirmed"] > 1, "has a 'confirmed' that is neither 0 nor 1; correct it"),
    ):
        if wrong.any():
            raise WireError(f"history: pair {wrong.argmax()} {says}.")
    confirmed = columns["confirmed"].view(np.bool_)
    return PastPairs(columns["a"], columns["b"], columns["day"], confirmed)


def _column(text: str, name: str, kind: str) -> NDArray[Any]:
    try:
        return np.frombuffer(base64.b64decode(text, validate=True), kind)
    except ValueError as error:
        raise WireError(
            f"history: {name!r} is not base64 of whole numbers ({error}); write it again."
        ) from error


def _text(column: NDArray[Any], name: str, kind: str) -> str:
    try:
        written = column.astype(kind)
    except (ValueError, OverflowError):
        written = None
    if written is None or not np.array_equal(written, column):
        raise WireError(
            f"history: {name!r} holds more than numbers of 32 bits; give rows instead of columns."
        )
    return base64.b64encode(written.data).decode()
