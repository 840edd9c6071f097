"""Slack's rate limits, as sliding windows on the sandbox's clock."""

import threading
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from sandbox.clock import Clock


class Window(NamedTuple):
    calls: int
    seconds: float


TIER_2 = Window(20, 60)
TIER_3 = Window(50, 60)
TIER_4 = Window(100, 60)
# "Heavily rate-limited", says Slack, and gives no number.
LABELLED_PROFILES = Window(10, 60)
# Slack allows "one a second, with short bursts" in a channel.
POSTS_IN_CHANNEL = Window(5, 5)
POSTS_IN_WORKSPACE = Window(300, 60)


class RateLimits:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[str, deque[float]] = {}

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()

    def take(self, windows: Sequence[tuple[str, Window]]) -> float:
        """0 when the call may go on, else the sandbox seconds until it may; a refused call counts nowhere."""
        with self._lock:
            now = self._clock.now()
            wait = max((self._wait(key, window, now) for key, window in windows), default=0.0)
            if wait == 0:
                for key, _ in windows:
                    self._calls[key].append(now)
            return wait

    def _wait(self, key: str, window: Window, now: float) -> float:
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - window.seconds:
            calls.popleft()
        return calls[0] + window.seconds - now if len(calls) >= window.calls else 0.0
