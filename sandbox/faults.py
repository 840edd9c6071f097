"""Faults that a driver injects into Slack's answers."""

import random
import threading
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.errors import SandboxError

KINDS = frozenset(
    {
        *("drop", "drop_after", "reset", "reset_after", "ratelimited", "http_500"),
        *("error", "error_after", "slow", "slow_after"),
    }
)


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and when; `times=None` never ends.

    `method` is a Web API method, "response_url", "upload", or "*" for every Web API method.
    """

    kind: str
    method: str = "*"
    times: int | None = 1
    probability: float = 1.0
    skip: int = 0
    seconds: float = 1.0
    retry_after: int = 1
    error: str = "internal_error"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise SandboxError(f"no fault {self.kind!r}; there are {', '.join(sorted(KINDS))}")
        numbers = (self.times or 0, self.probability, self.skip, self.seconds, self.retry_after)
        if not all(isinstance(n, int | float) and n >= 0 for n in numbers):
            raise SandboxError("times, probability, skip, seconds and retry_after are numbers, 0 or more")
        if not isinstance(self.method, str) or not isinstance(self.error, str):
            raise SandboxError("method and error are strings")


@dataclass
class _Armed:
    fault: Fault
    left: int | None
    to_skip: int


class Faults:
    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._armed: list[_Armed] = []
            self._random = random.Random(self._seed)  # noqa: S311 (reproducible, no secret)

    def inject(self, fault: Fault | dict[str, Any]) -> Fault:
        if isinstance(fault, dict):
            try:
                fault = Fault(**fault)
            except TypeError as error:
                raise SandboxError(f"not a fault: {error}") from error
        with self._lock:
            self._armed.append(_Armed(fault, fault.times, fault.skip))
        return fault

    def take(self, method: str) -> Fault | None:
        with self._lock:
            for armed in self._armed:
                wildcard = armed.fault.method == "*" and method != "response_url"
                if (wildcard or armed.fault.method == method) and self._fires(armed):
                    return armed.fault
            return None

    def _fires(self, armed: _Armed) -> bool:
        if armed.left == 0:
            return False
        if armed.to_skip:
            armed.to_skip -= 1
            return False
        if self._random.random() >= armed.fault.probability:
            return False
        if armed.left is not None:
            armed.left -= 1
        return True

    def active(self) -> list[dict[str, Any]]:
        with self._lock:
            return [{**asdict(a.fault), "left": a.left} for a in self._armed if a.left != 0]
