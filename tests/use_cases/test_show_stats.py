"""HR looks at what is released: whose look is noted, and when the next numbers come."""

import json
from datetime import UTC, datetime, timedelta

import insights
from db.tables import AuditEvent, Person
from tests.use_cases.company import WEEK, Company
from use_cases.erase_person import erase_person
from use_cases.export_person import export_person
from use_cases.release_report import release_report
from use_cases.show_stats import show_stats
from use_cases.take_census import take_census

BEGIN = datetime(2026, 11, 23, tzinfo=UTC)
SECRET = b"0123456789abcdef"


def tick(company: Company, now: datetime) -> int:
    take_census(company.sessions, workspace_id=company.workspace_id, now=now)
    return release_report(company.sessions, workspace_id=company.workspace_id, secret=SECRET, now=now)


def look(
    company: Company, now: datetime, who: str = "U000", *, is_hr: bool = True
) -> insights.FirstScreen | None:
    here = {"workspace_id": company.workspace_id, "now": now}
    return show_stats(company.sessions, lambda _: is_hr, who, where="a test", **here)


def test_numbers_come_on_the_day_that_was_named_and_on_no_other(company: Company) -> None:
    company.employ(25)
    named = []
    for week in range(20):
        now = BEGIN + week * WEEK
        settled = tick(company, now)
        if named:
            assert bool(settled) == (named[-1] == now.date())
        screen = look(company, now)
        assert screen is not None
        assert screen.next_on > now.date()
        named.append(screen.next_on)
    assert named[0] == (BEGIN + 6 * WEEK).date()
    assert (BEGIN + 14 * WEEK).date() in named


def test_whoever_is_not_hr_sees_nothing_and_is_not_noted(company: Company) -> None:
    company.employ(25)
    tick(company, BEGIN + 4 * WEEK)
    tick(company, BEGIN + 6 * WEEK)
    assert look(company, BEGIN + 6 * WEEK, is_hr=False) is None
    assert company.all(AuditEvent) == []


def test_a_look_is_noted_in_ones_own_file_and_by_no_name_once_one_is_forgotten(company: Company) -> None:
    company.employ(25)
    tick(company, BEGIN + 4 * WEEK)
    now = BEGIN + 6 * WEEK
    tick(company, now)
    look(company, now)
    look(company, now + timedelta(hours=1), "UGUEST")
    mine, guest = company.all(AuditEvent)
    assert guest.actor == "UGUEST"
    with company.sessions.write() as session:
        person = session.get_one(Person, company.id_of("U000"))
        [noted] = json.loads(export_person(session, person, now=now))["audit"]["data"]
        assert (noted["action"], noted["details"]) == ("looked at HR's numbers", {"where": "a test"})
        erase_person(session, person, now=now)
    assert "U000" not in mine.actor
    assert mine.actor == f"person {person.id}"
