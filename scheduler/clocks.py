"""Program time: the machine's clock, or one that a demo moves."""

from datetime import UTC, datetime, timedelta
from threading import Lock


class SystemClock:
    """The time of day."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """Runs like a clock from where it was last set; it can only be moved ahead."""

    def __init__(self, start: datetime) -> None:
        self._lock = Lock()
        self._ahead = start - datetime.now(UTC)

    def now(self) -> datetime:
        with self._lock:
            return datetime.now(UTC) + self._ahead

    def move_to(self, moment: datetime) -> None:
        with self._lock:
            self._ahead = max(self._ahead, moment - datetime.now(UTC))

    def move(self, by: timedelta) -> None:
        self.move_to(self.now() + by)
