"""Joining, leaving, and what `/lunch` says about it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from db.tables import Delivery, Participant, PastMembership, Person
from domain.directory import DirectoryUser
from domain.errors import NotDone, NotForGuests, UnknownPerson
from domain.programs import Change, ParticipantState, Standing
from domain.rounds import DeliveryState
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.fakes import FakeDirectory
from tests.use_cases.company import SLOT, WEEK, Company, colleague
from use_cases.change_schedule import change_schedule
from use_cases.join_program import join_program
from use_cases.show_status import show_status


def status(company: Company, slack_user_id: str, now: datetime = SLOT) -> Standing:
    return show_status(company.sessions, slack_user_id, workspace_id=company.workspace_id, now=now)


def test_joining_makes_one_participant(company: Company) -> None:
    [standing] = company.join("UA")
    assert (standing.change, standing.is_in, standing.next_at) == (Change.JOINED, True, SLOT)
    [participant] = company.all(Participant)
    assert (participant.state, participant.joined_at) == (ParticipantState.ACTIVE, MONDAY)
    [person] = company.all(Person)
    assert (person.slack_user_id, person.email) == ("UA", "ua@example.com")


def test_joining_twice_changes_nothing(company: Company) -> None:
    company.join("UA")
    [standing] = company.join("UA", now=SLOT)
    assert (standing.change, standing.is_in) == (Change.ALREADY_IN, True)
    [participant] = company.all(Participant)
    assert participant.changed_at == MONDAY


def test_who_has_left_can_come_back(company: Company) -> None:
    company.join("UA")
    assert company.leave("UA").is_in is False
    [standing] = company.join("UA", now=SLOT + WEEK)
    assert (standing.change, standing.is_in) == (Change.JOINED, True)
    [participant] = company.all(Participant)
    assert (participant.state, participant.joined_at) == (ParticipantState.ACTIVE, SLOT + WEEK)
    [past] = company.all(PastMembership)
    assert (past.since_at, past.until_at) == (MONDAY, SLOT)


def test_joining_ends_a_pause(company: Company) -> None:
    company.join("UA")
    company.change(Participant, state=ParticipantState.PAUSED, paused_until=date(2026, 12, 24))
    assert company.join("UA")[0].change == Change.JOINED
    [participant] = company.all(Participant)
    assert (participant.state, participant.paused_until) == (ParticipantState.ACTIVE, None)


def test_leaving_ends_a_pause(company: Company) -> None:
    company.join("UA")
    company.change(Participant, state=ParticipantState.PAUSED, paused_until=date(2026, 12, 24))
    assert company.leave("UA").change == Change.LEFT
    [participant] = company.all(Participant)
    assert (participant.state, participant.paused_until) == (ParticipantState.LEFT, None)


@pytest.mark.parametrize("values", [{"is_colleague": False}, {"is_active": False}])
def test_guests_apps_strangers_and_closed_accounts_cannot_join(
    company: Company, values: dict[str, bool]
) -> None:
    company.directory.add(colleague("UA", **values))
    with pytest.raises(NotForGuests):
        company.join("UA")
    assert company.all(Person) == []


def test_a_colleague_who_became_a_guest_cannot_stay(company: Company) -> None:
    company.join("UA")
    company.directory.add(colleague("UA", is_colleague=False))
    with pytest.raises(NotForGuests):
        company.join("UA")
    [participant] = company.all(Participant)
    assert participant.state == ParticipantState.LEFT


def test_an_account_that_the_directory_does_not_have_is_unknown(company: Company) -> None:
    with pytest.raises(UnknownPerson):
        join_program(company.sessions, company.directory, "UX", workspace_id=company.workspace_id, now=MONDAY)


def test_leaving_twice_or_without_having_joined_says_so(company: Company) -> None:
    company.join("UA")
    company.leave("UA")
    assert company.leave("UA").change == Change.NOT_IN
    assert company.leave("UX").change == Change.NOT_IN


@pytest.mark.parametrize(
    ("timezone", "now", "shown"),
    [
        ("America/New_York", MONDAY, "2026-11-23T05:00:00-05:00"),
        ("Pacific/Auckland", MONDAY, "2026-11-23T23:00:00+13:00"),
        # Over Berlin's change of clocks at the end of March: the program's 10:00 UTC is an hour later.
        ("Europe/Berlin", datetime(2027, 3, 23, tzinfo=UTC), "2027-03-29T12:00:00+02:00"),
        ("Europe/Berlin", datetime(2027, 3, 16, tzinfo=UTC), "2027-03-22T11:00:00+01:00"),
        (None, MONDAY, "2026-11-23T10:00:00+00:00"),
    ],
)
def test_the_next_round_is_told_in_the_person_s_own_zone(
    company: Company, timezone: str | None, now: datetime, shown: str
) -> None:
    company.directory.add(colleague("UA", timezone=timezone))
    assert company.join("UA", now=now)[0].next_at.isoformat() == shown


def test_who_moves_is_told_in_the_new_zone(company: Company) -> None:
    company.join("UA")
    company.directory.add(colleague("UA", timezone="Asia/Tokyo"))
    assert company.join("UA")[0].next_at.isoformat() == "2026-11-23T19:00:00+09:00"


def test_the_status_of_a_stranger_is_not_in(company: Company) -> None:
    standing = status(company, "UX")
    assert (standing.change, standing.is_in, standing.introduced_to) == (Change.NOTHING, False, ())
    assert standing.next_at == SLOT + WEEK


def test_partners_are_shown_only_once_the_introduction_is_sent(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.match()
    assert status(company, "UA").introduced_to == ()
    company.deliver()
    assert set(status(company, "UA").introduced_to) == {"UB", "UC"}


def test_partners_are_shown_until_the_round_is_over(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.deliver()
    assert status(company, "UA", SLOT + WEEK - timedelta(seconds=1)).introduced_to == ("UB",)
    assert status(company, "UA", SLOT + WEEK).introduced_to == ()


def test_leaving_before_the_message_goes_out_cancels_it(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.leave("UA")
    company.deliver()
    assert company.posted() == []
    assert company.states() == [DeliveryState.CANCELLED]


def test_leaving_afterwards_takes_nothing_back(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.deliver()
    company.leave("UA")
    company.deliver()
    assert [delivery.state for delivery in company.all(Delivery)] == [DeliveryState.SENT]
    assert status(company, "UB").introduced_to == ("UA",)


def test_a_moved_schedule_is_told_to_who_joins(company: Company) -> None:
    change_schedule(
        company.sessions,
        workspace_id=company.workspace_id,
        now=MONDAY,
        actor="",
        local_time=time(12, 30),
    )
    assert company.join("UA")[0].next_at == SLOT + timedelta(hours=2, minutes=30)


def test_the_same_person_joining_eight_times_at_once_joins_once(company: Company) -> None:
    company.directory.add(colleague("UA"))
    standings = at_once(*[lambda: company.join("UA")[0]] * 8)
    assert sorted(standing.change for standing in standings) == [Change.ALREADY_IN] * 7 + [Change.JOINED]
    assert len(company.all(Person)) == len(company.all(Participant)) == 1


def test_coming_back_eight_times_at_once_is_coming_back_once(company: Company) -> None:
    company.join("UA")
    company.leave("UA")
    at_once(*[lambda: company.join("UA", now=SLOT + WEEK)[0]] * 8)
    assert len(company.all(PastMembership)) == 1


def test_eight_people_joining_at_once_all_join(company: Company) -> None:
    everybody = [f"U{number}" for number in range(8)]
    company.directory.add(*map(colleague, everybody))
    at_once(*(lambda one=one: company.join(one) for one in everybody))
    assert len(company.all(Participant, state=ParticipantState.ACTIVE)) == 8


class UnreachableDirectory(FakeDirectory):
    """Slack does not answer."""

    def user(self, slack_user_id: str) -> DirectoryUser | None:
        raise NotDone(code="connection_refused")


def test_joining_does_not_need_slack_s_directory_for_whoever_is_known(company: Company) -> None:
    company.join("UA")
    company.leave("UA")
    company.directory = UnreachableDirectory(company.directory.users)
    assert company.join("UA")[0].change == Change.JOINED


def test_without_slack_s_directory_strangers_are_asked_to_try_again(company: Company) -> None:
    company.directory = UnreachableDirectory()
    with pytest.raises(UnknownPerson):
        company.join("UA")
    assert company.all(Person) == []
