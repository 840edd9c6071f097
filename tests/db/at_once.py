"""Runs several things at the same moment, as replicas do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")


def at_once(*works: Callable[[], Result]) -> list[Result]:
    """Each in a thread of its own, begun together; their results in order, or the first error."""
    start = Barrier(len(works))

    def run(work: Callable[[], Result]) -> Result:
        start.wait(timeout=10)
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))
