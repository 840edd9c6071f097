"""The log of everything that went between the app and the sandbox."""

import copy
import threading
from collections import deque
from typing import Any

KEPT = 100_000


class Traffic:
    """Entries in the order of arrival; status is None while an answer is still owed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._count = 0

    def begin(self, at: float, **details: Any) -> dict[str, Any]:
        with self._lock:
            self._count += 1
            entry = {"seq": self._count, "at": at, "status": None, **details}
            self._entries.append(entry)
            return entry

    def end(self, entry: dict[str, Any], **outcome: Any) -> None:
        with self._lock:
            entry.update(outcome)

    def entries(self) -> list[dict[str, Any]]:
        with self._lock:
            return copy.deepcopy(list(self._entries))

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
