"""The sandbox's clock, which may run faster than real time and be moved ahead."""

import math
import threading
import time


class Clock:
    """Seconds since the epoch, `speed` times as fast as real time."""

    def __init__(self, speed: float = 1.0) -> None:
        if not speed > 0:
            raise ValueError("speed must be more than 0")
        self.speed = speed
        self._epoch = time.time()
        self._started = time.monotonic()
        self._ahead = 0.0
        self._moved = threading.Condition()
        self._stopped = False

    def now(self) -> float:
        return self._epoch + (time.monotonic() - self._started) * self.speed + self._ahead

    def unhurried(self) -> float:
        """Seconds for what an app does in its own time: never faster than real time, but moved ahead, too."""
        return time.monotonic() - self._started + self._ahead

    def advance(self, seconds: float) -> float:
        if seconds < 0:
            raise ValueError("the clock only moves ahead")
        with self._moved:
            self._ahead += seconds
            self._moved.notify_all()
        return self.now()

    def retry_after(self, sandbox_seconds: float) -> int:
        """Whole real seconds, since the app waits on its own clock."""
        return max(1, math.ceil(sandbox_seconds / self.speed))

    def sleep_until(self, due: float) -> bool:
        """False when the sandbox stopped meanwhile."""
        with self._moved:
            while not self._stopped and (left := due - self.now()) > 0:
                self._moved.wait(left / self.speed)
            return not self._stopped

    def stop(self) -> None:
        with self._moved:
            self._stopped = True
            self._moved.notify_all()

    def restart(self) -> None:
        with self._moved:
            self._stopped = False
