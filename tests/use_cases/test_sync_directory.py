"""Synchronising with Slack's directory: who is a person, who has gone, who is back."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from db.tables import Participant, Person, Workspace
from domain.directory import DirectoryUser, SyncedDirectory
from domain.errors import NotDone
from domain.programs import ParticipantState
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.fakes import FakeDirectory
from tests.use_cases.company import Company, colleague
from use_cases.sync_directory import sync_directory, sync_person


class InterruptedDirectory(FakeDirectory):
    """Slack stops answering after the first page."""

    def pages(self) -> Iterator[Sequence[DirectoryUser]]:
        yield next(super().pages())
        raise NotDone(code="connection_reset")


def sync(company: Company) -> SyncedDirectory:
    return sync_directory(company.sessions, company.directory, workspace_id=company.workspace_id, now=MONDAY)


def active(company: Company) -> set[str]:
    return {person.slack_user_id for person in company.all(Person, is_active=True)}


def test_everybody_on_every_page_is_read(company: Company) -> None:
    company.directory.add(*(colleague(f"U{number}") for number in range(5)))
    assert sync(company) == SyncedDirectory(seen=5, persons=5, deactivated=0)
    assert active(company) == {"U0", "U1", "U2", "U3", "U4"}
    [workspace] = company.all(Workspace)
    assert workspace.directory_synced_at == MONDAY


def test_guests_apps_strangers_and_closed_accounts_are_not_persons(company: Company) -> None:
    company.directory.add(
        colleague("UA"), colleague("UGUEST", is_colleague=False), colleague("UGONE", is_active=False)
    )
    assert sync(company) == SyncedDirectory(seen=3, persons=1, deactivated=0)
    assert active(company) == {"UA"}


def test_reading_twice_changes_nothing(company: Company) -> None:
    company.directory.add(colleague("UA"), colleague("UB"))
    sync(company)
    ids = {person.id for person in company.all(Person)}
    sync(company)
    assert {person.id for person in company.all(Person)} == ids


@pytest.mark.parametrize("values", [{"is_active": False}, {"is_colleague": False}])
def test_whose_account_is_closed_leaves_every_program(company: Company, values: dict[str, bool]) -> None:
    company.join("UA", "UB")
    company.directory.add(colleague("UA", **values))
    assert sync(company).deactivated == 1
    assert active(company) == {"UB"}
    assert [one.state for one in company.all(Participant, person_id=company.id_of("UA"))] == [
        ParticipantState.LEFT
    ]


def test_who_is_missing_from_a_complete_reading_has_gone(company: Company) -> None:
    company.join("UA", "UB", "UC")
    del company.directory.users["UB"]
    assert sync(company).deactivated == 1
    assert active(company) == {"UA", "UC"}
    assert sync(company).deactivated == 0


def test_an_interrupted_reading_lets_nobody_go(company: Company) -> None:
    company.join("UA", "UB", "UC", "UD")
    company.directory = InterruptedDirectory({"UA": colleague("UA", name="Anna"), "UB": colleague("UB")})
    with pytest.raises(NotDone):
        sync(company)
    assert active(company) == {"UA", "UB", "UC", "UD"}
    assert len(company.all(Participant, state=ParticipantState.ACTIVE)) == 4
    # What was read is kept.
    assert [one.name for one in company.all(Person, slack_user_id="UA")] == ["Anna"]


class LongDirectory(FakeDirectory):
    """Its pages were written when the reading began; `meanwhile` happens before the last one."""

    meanwhile: Callable[[], object]

    def pages(self) -> Iterator[Sequence[DirectoryUser]]:
        *pages, last = list(super().pages())
        yield from pages
        self.meanwhile()
        yield last


def test_who_joins_during_a_reading_stays(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.directory = LongDirectory(company.directory.users)
    company.directory.meanwhile = lambda: company.join("UNEW")
    assert sync(company).deactivated == 0
    assert active(company) == {"UA", "UB", "UC", "UNEW"}
    assert company.match().people == 4


def test_who_comes_back_is_active_but_not_opted_in(company: Company) -> None:
    company.join("UA", "UB")
    gone = company.directory.users.pop("UA")
    sync(company)
    company.directory.add(gone)
    sync(company)
    assert active(company) == {"UA", "UB"}
    assert company.match().people == 1


def test_a_changed_account_is_taken_over_by_itself(company: Company) -> None:
    company.join("UA")
    sync_person(
        company.sessions,
        colleague("UA", name="Anna", email="Anna@Example.com", timezone="Europe/Oslo"),
        workspace_id=company.workspace_id,
        now=MONDAY,
    )
    [person] = company.all(Person)
    assert (person.name, person.email, person.timezone) == ("Anna", "anna@example.com", "Europe/Oslo")


def test_replicas_that_read_a_new_workspace_at_once_find_everybody_once(company: Company) -> None:
    company.directory.add(*(colleague(f"U{number}") for number in range(10)))
    at_once(*[lambda: sync(company)] * 3)
    assert len(company.all(Person)) == 10
