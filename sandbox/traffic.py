"""The log of everything that went between the app and the sandbox."""

import copy
import threading
from collections import deque
from itertools import islice
from typing import Any

KEPT = 100_000


class Traffic:
    """Entries in the order of arrival; status is None while an answer is still owed."""

    def __init__(self, changed: threading.Condition | None = None) -> None:
        self._lock = threading.Lock()
        self._changed = changed or threading.Condition()
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._count = 0

    def begin(self, at: float, **details: Any) -> dict[str, Any]:
        with self._lock:
            self._count += 1
            entry = {"seq": self._count, "at": at, "status": None, **details}
            self._entries.append(entry)
        self._notify()
        return entry

    def end(self, entry: dict[str, Any], **outcome: Any) -> None:
        with self._lock:
            entry.update(outcome)
        self._notify()

    def entries(self) -> list[dict[str, Any]]:
        with self._lock:
            return copy.deepcopy(list(self._entries))

    def newest(self, most: int) -> list[dict[str, Any]]:
        """At most so many entries, in the order of arrival."""
        with self._lock:
            return copy.deepcopy(list(islice(reversed(self._entries), most)))[::-1]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
        self._notify()

    def _notify(self) -> None:
        # Not while holding our own lock: whoever waits for a change may hold theirs and read us.
        with self._changed:
            self._changed.notify_all()
