"""What the directory says of people, by which HR's tables have rows."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from insights.floor import Floor
from insights.records import COMPANY_WEEKS, DEPARTMENT_WEEKS, Eligible, PeriodRecords

TENURE_BANDS = ("Under 1 year", "1 to 4 years", "5 to 9 years", "10 years or more")
_BAND_FROM = (0, 1, 5, 10)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that the directory says of each person.

    Parameters
    ----------
    name : str
        Distinct; the groups of its values are kept under it.
    singular, plural : str
        What it is called beside a table.
    missing : str
        The value of those of whom the directory does not say it.
    read : callable
        What it says of a person on a day, which may be blank.
    measure : str
        Keeps the draws for its rows apart from those of other attributes; kept for good.
    least : callable
        How many people a row has at least, by the floor.
    order : tuple of str
        The values in their order, where they have another one than that of their names.
    """

    name: str
    singular: str
    plural: str
    missing: str
    read: Callable[[Eligible, datetime.date], str | None]
    measure: str
    least: Callable[[Floor], int] = lambda floor: floor.group
    order: tuple[str, ...] = ()

    def values(self, records: PeriodRecords) -> dict[int, str]:
        """The value of each eligible person when the period ends; empty without people.

        Examples
        --------
        >>> people = (Eligible(1, "Law"), Eligible(2, " "))
        >>> DEPARTMENT.values(PeriodRecords(datetime.date(2026, 1, 5), 12, people))
        {1: 'Law', 2: 'No department'}
        """
        day = records.ends_on
        return {
            each.person: (self.read(each, day) or "").strip() or self.missing for each in records.eligible
        }


def tenure_band(started_on: datetime.date | None, on: datetime.date) -> str | None:
    """How long somebody has worked here, in full years.

    Parameters
    ----------
    started_on : datetime.date or None
        First day; one that is still to come is under a year.
    on : datetime.date
        When the period ends.

    Returns
    -------
    str or None
        One of `TENURE_BANDS`; None where the first day is not known.

    Examples
    --------
    >>> tenure_band(datetime.date(2021, 3, 31), datetime.date(2026, 3, 30))
    '1 to 4 years'
    >>> tenure_band(datetime.date(2021, 3, 31), datetime.date(2026, 3, 31))
    '5 to 9 years'
    """
    if started_on is None:
        return None
    years = on.year - started_on.year - ((on.month, on.day) < (started_on.month, started_on.day))
    return TENURE_BANDS[max(sum(years >= least for least in _BAND_FROM) - 1, 0)]


def _office(person: Eligible, _: datetime.date) -> str | None:
    return person.office


DEPARTMENT = Attribute(
    "department",
    "department",
    "departments",
    "No department",
    lambda person, _: person.department,
    "people_funnel",
)
OFFICE = Attribute("office", "office", "offices", "No office", _office, "people_funnel by office")
LEVEL = Attribute(
    "level", "level", "levels", "No level", lambda person, _: person.level, "people_funnel by level"
)
TENURE = Attribute(
    "tenure",
    "tenure",
    "tenures",
    "No first day",
    lambda person, on: tenure_band(person.started_on, on),
    "people_funnel by tenure",
    order=TENURE_BANDS,
)
LARGE_OFFICE = Attribute(
    "large_office",
    "office",
    "offices",
    "No office",
    _office,
    "people_funnel by office",
    lambda floor: floor.large,
)

ATTRIBUTES = {COMPANY_WEEKS: (LARGE_OFFICE,), DEPARTMENT_WEEKS: (DEPARTMENT, OFFICE, LEVEL, TENURE)}
"""The attributes of which there are rows, by the length of the period."""
