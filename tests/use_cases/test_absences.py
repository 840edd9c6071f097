"""Out of office: the week is skipped, nobody is told, and of the status only a date is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.tables import Delivery, Person
from domain.rounds import DeliveryState
from tests.conftest import MONDAY
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company, colleague
from use_cases.sync_directory import sync_directory, sync_person


def sync(company: Company, who: str, *, now: datetime = MONDAY, **status: object) -> None:
    company.directory.add(colleague(who, **status))
    sync_person(company.sessions, company.directory.users[who], workspace_id=company.workspace_id, now=now)


@pytest.mark.parametrize(
    ("expires_at", "timezone", "until"),
    [
        # Without an end it holds until the second next morning: by then the directory was read anew.
        (None, None, date(2026, 11, 25)),
        (datetime(2026, 11, 27, 23, 59, tzinfo=UTC), None, date(2026, 11, 28)),
        (datetime(2026, 11, 28, 7, 59, tzinfo=UTC), "America/Los_Angeles", date(2026, 11, 28)),
        (datetime(2026, 11, 27, 9, tzinfo=UTC), None, date(2026, 11, 27)),
        (datetime(2026, 11, 27, 15, tzinfo=UTC), None, date(2026, 11, 28)),
    ],
)
def test_until_when(company: Company, expires_at: datetime | None, timezone: str | None, until: date) -> None:
    company.join("UA")
    sync(company, "UA", is_away=True, away_expires_at=expires_at, timezone=timezone)
    assert company.all(Person)[0].away_until == until
    sync(company, "UA")
    assert company.all(Person)[0].away_until is None


def test_whoever_is_away_skips_the_week_and_nobody_is_told_anything(company: Company) -> None:
    company.join("UA", "UB", "UC")
    sync(company, "UA", is_away=True, away_expires_at=SLOT + timedelta(days=3))
    company.match()
    company.deliver()
    company.deliver(now=FULL_HOUR)
    assert company.posted() == [{"UB", "UC"}]
    assert (company.told(), company.sit_outs()) == ([], {})
    company.match(now=SLOT + WEEK)
    assert company.introductions() == [{"UA", "UB", "UC"}]


def test_whoever_goes_away_before_the_message_is_not_introduced_and_the_other_gets_somebody(
    company: Company,
) -> None:
    company.join("UA", "UB", "UC", "UD")
    company.match()
    partner = company.partners_of("UA")
    sync(company, "UA", now=SLOT, is_away=True)
    company.deliver()
    company.rematch()
    company.deliver()
    assert not any("UA" in people for people in company.posted())
    assert any(one.state == DeliveryState.CANCELLED for one in company.all(Delivery))
    assert partner


def test_the_nightly_reading_takes_absences_over_and_back(company: Company) -> None:
    company.join("UA", "UB")
    company.directory.add(colleague("UA", is_away=True))
    for expected in (date(2026, 11, 25), None):
        sync_directory(company.sessions, company.directory, workspace_id=company.workspace_id, now=MONDAY)
        [person] = company.all(Person, slack_user_id="UA")
        assert person.away_until == expected
        company.directory.add(colleague("UA"))
