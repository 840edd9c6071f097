"""Everything that was released, as it is stored; a table is read only when somebody wants to see it."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from insights.tables import ReleasedTable

KEPT_READ = 256


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A released table that has not been read yet.

    Parameters
    ----------
    name : str
        As in `ReleasedTable`.
    period_on : datetime.date
        First day of the period.
    weeks : int
        Length of the period.
    text : str
        The table as JSON.
    """

    name: str
    period_on: datetime.date
    weeks: int
    text: str

    @property
    def last_on(self) -> datetime.date:
        """The last day of the period."""
        return self.period_on + datetime.timedelta(weeks=self.weeks, days=-1)

    def read(self) -> ReleasedTable:
        """The table; `TableError` where it is damaged."""
        return _read(self.text)


class Shelf:
    """The released tables of a workspace.

    Parameters
    ----------
    stored : iterable of StoredTable
        In any order; may be empty.

    Examples
    --------
    >>> from insights.cells import Count
    >>> from insights.tables import TableRow
    >>> table = ReleasedTable(
    ...     "sit_outs", datetime.date(2026, 1, 5), 12, ("eligible",), (TableRow("Company", (Count(45),)),), ()
    ... )
    >>> shelf = Shelf([StoredTable(table.name, table.period_on, 12, json.dumps(table.to_dict()))])
    >>> shelf.last_days()
    (datetime.date(2026, 3, 29),)
    >>> shelf.newest(datetime.date(2026, 3, 29))["sit_outs"].read() == table
    True
    >>> shelf.newest(datetime.date(2026, 3, 28))
    {}
    """

    def __init__(self, stored: Iterable[StoredTable]) -> None:
        self.stored = tuple(sorted(stored, key=lambda each: (each.period_on, -each.weeks), reverse=True))
        self._by_period = {(each.name, each.period_on): each for each in self.stored}

    def find(self, name: str, period_on: datetime.date) -> StoredTable | None:
        """A table by its name and the first day of its period; None where it was not released."""
        return self._by_period.get((name, period_on))

    def last_days(self) -> tuple[datetime.date, ...]:
        """The last days of all periods, the newest first; empty where nothing was released."""
        return tuple(sorted({each.last_on for each in self.stored}, reverse=True))

    def newest(self, until: datetime.date) -> dict[str, StoredTable]:
        """Of each name the newest table whose period was over by then."""
        return {each.name: each for each in reversed(self.stored) if each.last_on <= until}

    def before(self, table: StoredTable) -> StoredTable | None:
        """The same table of the period that ended when this one began; None where there is none."""
        began = table.period_on - datetime.timedelta(weeks=table.weeks)
        found = self.find(table.name, began)
        return found if found is not None and found.weeks == table.weeks else None

    def series(self, name: str, until: datetime.date) -> tuple[StoredTable, ...]:
        """All tables of a name whose periods were over by then, the oldest first."""
        return tuple(each for each in reversed(self.stored) if each.name == name and each.last_on <= until)


@lru_cache(maxsize=KEPT_READ)
def _read(text: str) -> ReleasedTable:
    # A released table never changes, so that what was read once stays right.
    return ReleasedTable.from_dict(json.loads(text))
