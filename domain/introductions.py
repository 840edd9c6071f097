"""How long an introduction is open, and how many of them somebody may hold."""

from datetime import UTC, datetime, time, timedelta

OPEN_FOR = timedelta(weeks=3)
AFTER_THE_ROUND = timedelta(weeks=1)
"""Rounds of a month ask "Did you meet?" when three weeks are over, and want an answer."""
MOST_OPEN = 2
"""Nobody is introduced to more people than they can meet."""


def closes_at(introduced_at: datetime, round_ends_at: datetime) -> datetime:
    """When an introduction closes: whoever is in it can arrange, answer and withdraw until then.

    The day counts and not the hour: three weeks later a round is not matched at the very same second.
    """
    return max(_midnight(introduced_at) + OPEN_FOR, _midnight(round_ends_at) + AFTER_THE_ROUND)


def still_open_since(now: datetime) -> tuple[datetime, datetime]:
    """The same for a query: what was introduced, or whose round ended, from these moments on is open."""
    day = timedelta(days=1)
    return _midnight(now - OPEN_FOR) + day, _midnight(now - AFTER_THE_ROUND) + day


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(UTC).date(), time(), UTC)
