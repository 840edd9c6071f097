"""Where a person can stand after each word, in each circumstance: all that the golden files have."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db.tables import Person
from domain.errors import LunchmatesError
from domain.programs import Standing
from tests.slack_handlers.states import STANDINGS
from tests.use_cases.company import SLOT, Company
from use_cases.join_program import join_program
from use_cases.leave_program import leave_program
from use_cases.pause_program import pause_program
from use_cases.resume_program import resume_program
from use_cases.show_status import show_status

LATER = SLOT + timedelta(days=1)


def words(company: Company) -> dict[str, Callable[[], Standing]]:
    here: dict[str, Any] = {"workspace_id": company.workspace_id, "now": LATER}
    return {
        "join": lambda: join_program(company.sessions, company.directory, "UA", **here),
        "leave": lambda: leave_program(company.sessions, "UA", **here),
        "pause": lambda: pause_program(company.sessions, "UA", "2w", **here),
        "resume": lambda: resume_program(company.sessions, "UA", **here),
        "status": lambda: show_status(company.sessions, "UA", **here),
    }


def seen(standing: Standing) -> tuple[object, ...]:
    """What of a standing decides its words; dates and names apart."""
    is_paused, introduced = standing.paused_until is not None, len(standing.introduced_to)
    return standing.change, standing.is_in, is_paused, introduced, standing.across_departments


def reached(company: Company) -> set[tuple[object, ...]]:
    """Everything that somebody can be told by any word, from wherever they stand."""
    say, found = words(company), set()
    for place in (("leave",), ("join",), ("join", "pause")):
        for word, said in say.items():
            for step in place:
                say[step]()
            try:
                found.add(seen(said()))
            except LunchmatesError:
                assert (place, word) in {(("leave",), "pause"), (("leave",), "resume")}
    return found


@pytest.mark.parametrize(
    "departments", [("Sales", "Law"), ("Sales", "Sales"), ("Sales", None), (None, "Law")]
)
@pytest.mark.parametrize("partners", [0, 1, 2])
def test_the_golden_files_have_every_standing_and_no_other(
    company: Company, partners: int, departments: tuple[str | None, str | None]
) -> None:
    everybody = ["UA", "UB", "UC"][: partners + 1]
    company.join(*everybody, *(["UX"] if not partners else []))
    if not partners:
        company.leave("UX")
    with company.sessions.write() as session:
        for person in session.query(Person):
            person.department = departments[person.slack_user_id != "UA"]
    if partners:
        company.match()
        company.deliver()
    across = departments == ("Sales", "Law")
    # Whom one was introduced to and what one is promised are said apart: one golden file of each is enough.
    golden = {seen(one)[:4] for one in STANDINGS.values() if len(one.introduced_to) == partners}
    assert reached(company) == {(*one, across) for one in golden}


def test_a_stranger_is_promised_another_department_where_there_are_two(company: Company) -> None:
    company.join("UB", "UC")
    status = words(company)["status"]
    assert (status().is_in, status().across_departments) == (False, False)
    with company.sessions.write() as session:
        for person, department in zip(session.query(Person), ("Sales", "Law"), strict=True):
            person.department = department
    assert status().across_departments
    company.change(Person, is_active=False)
    assert not status().across_departments


def test_the_day_is_told_where_the_person_is(company: Company) -> None:
    company.join("UA")
    company.change(Person, timezone="Pacific/Auckland")
    assert words(company)["status"]().today == (LATER + timedelta(hours=13)).date()
