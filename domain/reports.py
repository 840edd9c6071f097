"""The periods of HR's reports, and what becomes of them."""

from datetime import timedelta
from enum import StrEnum

PERIOD_WEEKS = (4, 12)
"""Every so many weeks there are numbers of the company, and of its departments."""
CLOSED_AFTER = timedelta(days=14)
"""So long after a period's end answers still count; then it is closed for good."""


class PeriodState(StrEnum):
    """A period is counted when it ends, and settled when it closes."""

    COUNTED = "counted"
    """Who worked here at its end is written down."""
    RELEASED = "released"
    WITHHELD = "withheld"
    """Nothing is said of it: there were too few people, or it was not counted in time."""
