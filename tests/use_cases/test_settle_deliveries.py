"""Interrupted posts: looked up, never sent again blindly, and in the end posted once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from db.tables import Delivery
from domain.errors import Ambiguous, MessengerError, NotDone, NotPermitted, RateLimited, UnknownDelivery
from domain.rounds import CancelReason, DeliveryKind, DeliveryState
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.use_cases.company import FULL_HOUR, SLOT, Company, Once
from use_cases.list_deliveries import list_deliveries
from use_cases.resend_delivery import resend_delivery

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


class Killed(BaseException):
    """What becomes of the process, rather than of a request."""


@pytest.fixture
def interrupted(company: Company) -> Callable[[str], None]:
    """Lets the post of the only introduction be interrupted, before or after it reaches Slack."""

    def interrupt(moment: str) -> None:
        company.join("UA", "UB")
        company.match()
        setattr(company.messenger, moment, Once("post", Ambiguous(code="timeout")))
        company.deliver()

    return interrupt


def delivery(company: Company) -> Delivery:
    [found] = company.all(Delivery, kind=DeliveryKind.INTRODUCTION)
    return found


def restart(company: Company) -> None:
    """Another process finds what the first one left, until nothing moves any more."""
    for _ in range(5):
        company.real_time_passes(5 * MINUTE)
        company.settle()
        company.rematch()
        company.deliver()


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("what", ["open", "post"])
def test_a_killed_process_leads_to_exactly_one_post(company: Company, moment: str, what: str) -> None:
    company.join("UA", "UB")
    company.match()
    setattr(company.messenger, moment, Once(what, Killed()))
    with pytest.raises(Killed):
        company.deliver()
    assert company.deliver() == 0, "its lease still runs"
    assert company.settle() == 0

    restart(company)

    assert company.posted() == [{"UA", "UB"}]
    assert delivery(company).state == DeliveryState.SENT


def test_a_process_killed_while_it_looks_a_post_up_changes_nothing(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    interrupted("after")
    company.messenger.before = Once("find", Killed())
    company.real_time_passes(3 * MINUTE)
    with pytest.raises(Killed):
        company.settle()
    restart(company)
    assert delivery(company).state == DeliveryState.SENT
    assert len(company.posted()) == 1


def test_a_post_is_looked_up_only_when_slack_cannot_be_writing_it_any_more(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    interrupted("after")
    company.real_time_passes(118 * SECOND)  # 60 s of its lease and 60 s of waiting
    assert company.settle() == 0
    company.real_time_passes(2 * SECOND)
    assert company.settle() == 1


def test_a_post_that_is_found_is_adopted(company: Company, interrupted: Callable[[str], None]) -> None:
    interrupted("after")
    company.real_time_passes(3 * MINUTE)
    assert company.settle() == 1
    found = delivery(company)
    assert (found.state, found.message_ts) == (DeliveryState.SENT, "1764000000.000001")
    assert (found.sent_at, found.lease_token) == (found.sending_at, None)
    assert company.deliver() == 0
    assert len(company.posted()) == 1


def test_a_post_that_is_not_found_is_sent_once_more(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    interrupted("before")
    company.real_time_passes(3 * MINUTE)
    assert company.settle() == 1
    assert delivery(company).state == DeliveryState.OPENED
    assert company.deliver() == 1
    assert company.posted() == [{"UA", "UB"}]


def test_what_holds_is_looked_at_again_before_it_is_sent_once_more(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    interrupted("before")
    company.leave("UA")
    restart(company)
    assert delivery(company).reason == CancelReason.MEMBERSHIP
    assert company.posted() == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_may_not_be_looked_up_is_uncertain_and_listed(
    company: Company, interrupted: Callable[[str], None], moment: str
) -> None:
    interrupted(moment)
    company.messenger.may_look_up = False
    posts = len(company.posted())
    restart(company)
    assert delivery(company).state == DeliveryState.UNCERTAIN
    assert len(company.posted()) == posts
    [listed] = list_deliveries(company.sessions, workspace_id=company.workspace_id)
    assert (listed.delivery_id, listed.state) == (delivery(company).public_id, DeliveryState.UNCERTAIN)
    assert listed.slot_at == SLOT


def test_an_admin_sends_an_uncertain_message_again(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    interrupted("before")
    company.messenger.may_look_up = False
    restart(company)
    resend_delivery(
        company.sessions,
        delivery(company).public_id,
        workspace_id=company.workspace_id,
        actor="an admin",
        now=MONDAY,
    )
    assert company.deliver() == 1
    assert company.posted() == [{"UA", "UB"}]
    assert delivery(company).state == DeliveryState.SENT
    assert list_deliveries(company.sessions, workspace_id=company.workspace_id) == []


def test_only_an_uncertain_message_of_this_workspace_can_be_sent_again(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    def resend(delivery_id: str, workspace_id: int) -> None:
        resend_delivery(
            company.sessions, delivery_id, workspace_id=workspace_id, actor="an admin", now=MONDAY
        )

    interrupted("before")
    public_id = delivery(company).public_id
    with pytest.raises(UnknownDelivery, match=public_id):
        resend(public_id, company.workspace_id)
    company.messenger.may_look_up = False
    restart(company)
    with pytest.raises(UnknownDelivery):
        resend(public_id, company.workspace_id + 1)
    with pytest.raises(UnknownDelivery, match="nonsense"):
        resend("nonsense", company.workspace_id)
    assert delivery(company).state == DeliveryState.UNCERTAIN


@pytest.mark.parametrize(
    "error",
    [
        RateLimited(code="ratelimited", method="conversations.history", retry_after=30),
        NotDone(code="connection_refused"),
        NotPermitted(code="token_revoked"),
        Ambiguous(code="internal_error"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_look_up_that_slack_does_not_answer_is_tried_again(
    company: Company, interrupted: Callable[[str], None], error: MessengerError
) -> None:
    interrupted("after")
    company.messenger.before = Once("find", error)
    company.real_time_passes(3 * MINUTE)
    assert company.settle() == 0
    assert delivery(company).state == DeliveryState.SENDING
    assert company.settle() == 0, "the look-up has a lease of its own"
    company.real_time_passes(3 * MINUTE)
    assert company.settle() == 1
    assert delivery(company).state == DeliveryState.SENT
    assert len(company.posted()) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_note_to_one_person_is_never_looked_up_nor_sent_twice(company: Company, moment: str) -> None:
    company.join("UA")
    company.match()
    setattr(company.messenger, moment, Once("post", Ambiguous(code="timeout")))
    company.deliver(now=FULL_HOUR)
    asked: list[str] = []
    setattr(company.messenger, moment, asked.append)
    for _ in range(5):
        company.real_time_passes(5 * MINUTE)
        company.settle()
        company.deliver(now=FULL_HOUR)
    assert asked == []
    assert len(company.told()) == (moment == "after")
    assert company.states(DeliveryKind.NOTICE) == [DeliveryState.UNCERTAIN]
    [listed] = list_deliveries(company.sessions, workspace_id=company.workspace_id)
    assert listed.may_be_lost


def test_an_uncertain_introduction_is_not_taken_for_lost(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    interrupted("before")
    company.messenger.may_look_up = False
    restart(company)
    [listed] = list_deliveries(company.sessions, workspace_id=company.workspace_id)
    assert not listed.may_be_lost


def test_replicas_that_settle_at_once_settle_once(
    company: Company, interrupted: Callable[[str], None]
) -> None:
    interrupted("before")
    company.real_time_passes(3 * MINUTE)
    assert sorted(at_once(*[company.settle] * 3)) == [0, 0, 1]
    assert sorted(at_once(*[company.deliver] * 3)) == [0, 0, 1]
    assert len(company.posted()) == 1
