"""Public holidays, as far as a time zone tells in which country somebody is."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel.core import get_global
from holidays import country_holidays


def days_off(timezone: str, days: Iterable[date]) -> frozenset[date]:
    """Which of these days are public holidays of the whole country that a time zone belongs to.

    Examples
    --------
    >>> sorted(days_off("Europe/Berlin", [date(2026, 12, 24), date(2026, 12, 25)]))
    [datetime.date(2026, 12, 25)]
    >>> days_off("UTC", [date(2026, 12, 25)])
    frozenset()
    """
    country = country_of(timezone)
    if country is None:
        return frozenset()
    return frozenset(day for day in days if day in _holidays(country, day.year))


def country_of(timezone: str) -> str | None:
    """The country of a time zone, as an ISO code; None where it belongs to none, or has an old name."""
    country = get_global("zone_territories").get(timezone)
    return country if country and country.isalpha() and country != "ZZ" else None


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(country_holidays(country, years=year))
    except NotImplementedError:  # a country whose holidays nobody has written down
        return frozenset()
