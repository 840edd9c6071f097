"""Seeds for tests that draw their cases: a few in every run, the others among the slow tests."""

from typing import Any

import pytest


def seeds(few: int, many: int) -> list[Any]:
    """The numbers from 0, to parametrize a test with."""
    return [*range(few), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(few, many))]
