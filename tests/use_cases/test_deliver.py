"""Sending what is due: each message once, in its own time, and nothing that no longer holds."""

from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest

from db.sessions import Sessions, make_engine
from db.tables import Delivery, Introduction, Participant
from domain.errors import Ambiguous, MessengerError, NotDone, NotPermitted, RateLimited, Refused
from domain.messages import IntroductionMessage, NoticeMessage, Why
from domain.programs import ParticipantState
from domain.rounds import CancelReason, DeliveryKind, DeliveryState
from tests.conftest import MONDAY
from tests.db.at_once import at_once
from tests.use_cases.company import FULL_HOUR, SLOT, WEEK, Company, Once, colleague
from use_cases.close_rounds import close_rounds
from use_cases.prepare_workspace import FirstSchedule, Team, prepare_workspace

SECOND = timedelta(seconds=1)
LIMITED = RateLimited(code="ratelimited", method="chat.postMessage", retry_after=30)


def delivery(company: Company) -> Delivery:
    [found] = company.all(Delivery)
    return found


def test_an_introduction_is_opened_posted_and_recorded(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    seen: list[DeliveryState] = []
    company.messenger.before = lambda what: seen.append(delivery(company).state)
    company.messenger.after = lambda what: seen.append(delivery(company).state)

    assert company.deliver() == 1

    assert seen == [
        *[DeliveryState.PENDING] * 2,  # around the opening
        *[DeliveryState.SENDING] * 2,  # around the post: committed before it
    ]
    sent = delivery(company)
    assert (sent.state, sent.channel_id, sent.message_ts) == (
        DeliveryState.SENT,
        "C1",
        "1764000000.000001",
    )
    assert (sent.lease_token, sent.attempts) == (None, 1)
    assert sent.sent_at is not None
    assert company.posted() == [{"UA", "UB"}]
    assert company.deliver() == 0


def test_the_message_carries_the_ids_that_its_buttons_and_its_lookup_need(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.deliver()
    [(_, content, delivery_id)] = company.messenger.posted
    assert isinstance(content, IntroductionMessage)
    [introduction] = company.all(Introduction)
    assert (content.introduction_id, delivery_id) == (introduction.public_id, delivery(company).public_id)
    assert content.proposer in {"UA", "UB"}
    assert content.next_at == SLOT + WEEK
    assert Why.NEW in content.why


def test_nothing_is_sent_before_it_is_due(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    assert company.deliver(now=SLOT - SECOND) == 0


def test_a_notice_tells_the_next_round_in_the_person_s_zone(company: Company) -> None:
    company.directory.add(colleague("UA", timezone="Asia/Tokyo"))
    company.join("UA")
    company.match()
    # In Tokyo it is evening by then.
    company.deliver(now=FULL_HOUR)
    assert company.messenger.posted == []
    company.deliver(now=SLOT + timedelta(hours=14))
    [(_, content, _)] = company.messenger.posted
    assert isinstance(content, NoticeMessage)
    assert content.next_at.isoformat() == "2026-11-30T19:00:00+09:00"


def test_the_same_people_get_the_same_conversation_again(company: Company) -> None:
    company.join("UA", "UB")
    for week in range(2):
        company.match(now=SLOT + week * WEEK)
        company.deliver(now=SLOT + week * WEEK)
    assert [channel for channel, _, _ in company.messenger.posted] == ["C1", "C1"]


@pytest.mark.parametrize(("what", "back_to"), [("open", "pending"), ("post", "opened")])
@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (LIMITED, 30),
        (NotDone(code="connection_refused"), 15),
        (NotPermitted(code="token_revoked"), 60),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_slack_did_not_take_is_sent_later(
    company: Company, what: str, back_to: str, error: MessengerError, wait: int
) -> None:
    company.join("UA", "UB")
    company.match()
    company.messenger.before = Once(what, error)
    assert company.deliver() == 1
    assert (delivery(company).state, delivery(company).lease_token) == (back_to, None)

    company.real_time_passes((wait - 2) * SECOND)
    assert company.deliver() == 0
    company.real_time_passes(2 * SECOND)
    assert company.deliver() == 1
    assert company.posted() == [{"UA", "UB"}]


@pytest.mark.parametrize("what", ["open", "post"])
@pytest.mark.parametrize("error", [LIMITED, NotPermitted(code="token_revoked")])
def test_everything_that_needs_the_same_method_waits(
    company: Company, what: str, error: MessengerError
) -> None:
    company.employ(6)
    company.match()
    asked = company.messenger.before = Once(what, error)
    company.deliver()
    assert asked.calls == 1
    assert company.posted() == []

    company.real_time_passes(timedelta(minutes=1))
    company.deliver()
    assert len(company.posted()) == 3


def test_a_limit_on_opening_does_not_hold_back_what_is_open(company: Company) -> None:
    company.employ(4)
    company.match()
    company.messenger.before = Once("post", NotDone(code="timeout"))
    company.deliver(most=1)
    company.real_time_passes(timedelta(seconds=15))
    company.messenger.before = Once("open", LIMITED)
    company.deliver()
    assert len(company.posted()) == 1
    assert company.states() == [DeliveryState.PENDING, DeliveryState.SENT]


def test_a_limit_in_one_workspace_does_not_hold_back_another(company: Company) -> None:
    other_id = prepare_workspace(
        company.sessions,
        Team(enterprise_id="", team_id="T2", name="Other Company"),
        FirstSchedule(weekday=0, local_time=SLOT.time(), timezone="UTC", grace=timedelta(hours=1)),
        now=MONDAY,
    )
    other = Company(company.sessions, other_id)
    for one in (company, other):
        one.employ(2)
        one.match()
    company.messenger.before = Once("open", LIMITED)
    company.deliver()
    assert company.states() == [DeliveryState.PENDING]
    assert other.deliver() == 1
    assert other.states() == [DeliveryState.SENT]
    assert len(other.posted()) == 1


def test_an_unclear_answer_to_opening_is_simply_asked_again(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.messenger.after = Once("open", Ambiguous(code="timeout"))
    company.deliver()
    assert delivery(company).state == DeliveryState.PENDING
    company.real_time_passes(timedelta(seconds=15))
    company.deliver()
    assert company.posted() == [{"UA", "UB"}]


def test_an_unclear_answer_to_a_post_is_never_posted_again_by_itself(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.messenger.after = Once("post", Ambiguous(code="internal_error"))
    company.deliver()
    for _ in range(3):
        assert delivery(company).state == DeliveryState.SENDING
        company.real_time_passes(timedelta(hours=1))
        assert company.deliver() == 0
    assert len(company.posted()) == 1


def test_a_refusal_for_good_fails(company: Company) -> None:
    company.join("UA", "UB")
    company.match()
    company.messenger.before = Once("post", Refused(code="invalid_blocks"))
    company.deliver()
    assert (delivery(company).state, delivery(company).reason) == (DeliveryState.FAILED, "invalid_blocks")
    assert company.introductions() == []


def test_a_run_stops_between_two_deliveries(company: Company) -> None:
    company.employ(8)
    company.match()
    assert company.deliver(most=3) == 3
    assert company.states() == [DeliveryState.PENDING] + [DeliveryState.SENT] * 3


def leave(company: Company) -> None:
    company.leave("UA")


def pause(company: Company) -> None:
    company.change(Participant, state=ParticipantState.PAUSED, paused_until=SLOT.date() + timedelta(days=1))


def exclude(company: Company) -> None:
    company.exclude("UB", "UA")


def close(company: Company) -> None:
    close_rounds(company.sessions, workspace_id=company.workspace_id, now=SLOT + WEEK)


@pytest.mark.parametrize(
    ("change", "now", "reason"),
    [
        (leave, SLOT, CancelReason.MEMBERSHIP),
        (pause, SLOT, CancelReason.MEMBERSHIP),
        (exclude, SLOT, CancelReason.RULES),
        (close, SLOT, CancelReason.ROUND_OVER),
        (lambda company: None, SLOT + WEEK, CancelReason.ROUND_OVER),
    ],
)
def test_what_changed_after_the_match_cancels_the_message(
    company: Company, change: object, now: datetime, reason: CancelReason
) -> None:
    company.join("UA", "UB")
    company.match()
    assert callable(change)
    change(company)
    company.deliver(now=now)
    assert (delivery(company).state, delivery(company).reason) == (DeliveryState.CANCELLED, reason)
    assert company.posted() == []


def test_the_last_look_is_taken_after_the_conversation_is_open(company: Company) -> None:
    company.join("UA", "UB")
    company.match()

    def leave_meanwhile(what: str) -> None:
        if what == "open":
            company.leave("UA")

    company.messenger.after = leave_meanwhile
    company.deliver()
    assert delivery(company).reason == CancelReason.MEMBERSHIP
    assert company.posted() == []


def test_a_notice_goes_only_to_somebody_who_still_takes_part(company: Company) -> None:
    company.join("UA")
    company.match()
    company.leave("UA")
    company.deliver(now=FULL_HOUR)
    assert company.told() == []
    assert company.states(DeliveryKind.NOTICE) == [DeliveryState.CANCELLED]


def test_a_notice_to_a_closed_account_fails_and_the_account_is_taken_note_of(company: Company) -> None:
    company.join("UA")
    company.match()
    company.close_account("UA")
    company.deliver(now=FULL_HOUR)
    assert company.states(DeliveryKind.NOTICE) == [DeliveryState.FAILED]
    assert [one.state for one in company.all(Participant)] == [ParticipantState.LEFT]


def test_a_trio_is_sent_one_message(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.match()
    company.deliver()
    assert company.posted() == [{"UA", "UB", "UC"}]


def test_replicas_that_deliver_at_once_send_each_introduction_once(
    company: Company, database_url: str
) -> None:
    everybody = company.employ(80)
    company.match()
    replicas = [Sessions(make_engine(database_url)) for _ in range(3)]
    tried = at_once(*(partial(company.deliver, sessions=replica) for replica in replicas))
    for replica in replicas:
        replica.engine.dispose()
    assert sum(tried) == 40
    assert company.states() == [DeliveryState.SENT] * 40
    assert sorted(one for people in company.posted() for one in people) == everybody
    stamps = sorted(one.message_ts for one in company.all(Delivery))
    assert all(one < following for one, following in pairwise(stamps))


def test_whoever_lost_the_lease_changes_nothing(company: Company) -> None:
    """The first process is so slow at opening that a second one sends the message meanwhile."""
    company.join("UA", "UB")
    company.match()

    def meanwhile(what: str) -> None:
        company.messenger.after = lambda what: None
        company.real_time_passes(timedelta(minutes=2))
        company.deliver()

    company.messenger.after = meanwhile
    company.deliver()
    assert len(company.posted()) == 1
    assert delivery(company).state == DeliveryState.SENT


def test_left_over_people_are_told_after_the_introductions(company: Company) -> None:
    company.join("UA", "UB", "UC")
    company.exclude("UA", "UB")
    company.exclude("UC", "UB")
    company.match()
    company.deliver()
    assert company.posted() == [{"UA", "UC"}]
    assert company.told() == []
    company.deliver(now=FULL_HOUR)
    assert company.told() == [("UB", company.sit_outs()["UB"])]
