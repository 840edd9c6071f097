"""Sends what is due: claimed, opened, checked once more, marked as sending, posted, recorded."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from db.deliveries import (
    RELEASED,
    Recipients,
    advance,
    claim_next,
    postpone,
    recipients_of,
    wait_with_posting,
    why_not,
)
from db.introductions import end_introduction
from db.people import card_of, knows_other_departments
from db.sessions import Sessions, real_now
from db.tables import Delivery
from domain.directory import DirectoryUser
from domain.errors import (
    Ambiguous,
    MessengerError,
    NotDone,
    NotPermitted,
    PersonUnreachable,
    RateLimited,
)
from domain.messages import (
    CheckInMessage,
    Content,
    Locales,
    NoticeMessage,
    WelcomeBackMessage,
)
from domain.ports import Directory, Messenger
from domain.rounds import CancelReason, DeliveryKind, DeliveryState, Timing
from use_cases.find_next_round import find_next_for
from use_cases.offer_lunch_times import offer_lunch_times
from use_cases.show_introduction import known_members, show_introduction
from use_cases.show_status import back_at
from use_cases.sync_directory import sync_person

log = structlog.get_logger()


def deliver(
    sessions: Sessions,
    messenger: Messenger,
    directory: Directory,
    *,
    workspace_id: int,
    now: datetime,
    timing: Timing,
    go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Send everything that is due, one after the other; how many deliveries were tried."""
    tried = 0
    while go_on():
        with sessions.write() as session:
            delivery = claim_next(
                session, workspace_id, now=now, lease=timing.delivery_lease, lease_token=uuid4().hex
            )
        if delivery is None:
            break
        tried += 1
        try:
            _Sending(sessions, messenger, directory, delivery, now=now, timing=timing).run()
        except Exception:
            # It keeps its lease, so that it is tried again later; the others do not wait for it.
            log.exception("delivery broke off", delivery_id=delivery.public_id)
    return tried


class _Sending:
    """One delivery, from its claim to wherever it gets."""

    def __init__(
        self,
        sessions: Sessions,
        messenger: Messenger,
        directory: Directory,
        delivery: Delivery,
        *,
        now: datetime,
        timing: Timing,
    ) -> None:
        self.sessions, self.messenger, self.directory = sessions, messenger, directory
        self.delivery, self.now, self.timing = delivery, now, timing
        self.log = log.bind(delivery_id=delivery.public_id)

    def run(self) -> None:
        state = self.delivery.state
        channel_id = self.delivery.channel_id
        try:
            if state == DeliveryState.PENDING:
                channel_id = self._open()
                if channel_id is None:
                    return
                state = DeliveryState.OPENED
            assert channel_id is not None  # the schema holds that an opened delivery has one
            content = self._begin_sending()
            if content is None:
                return
            state = DeliveryState.SENDING
            ts = self.messenger.post(channel_id, content, delivery_id=self.delivery.public_id)
        except MessengerError as error:
            self._stop(state, error)
            return
        with self.sessions.write() as session:
            kept = advance(
                session,
                self.delivery,
                DeliveryState.SENDING,
                state=DeliveryState.SENT,
                message_ts=ts,
                sent_at=real_now(session),
                **RELEASED,
            )
        self.log.info("sent" if kept else "sent, but the lease was lost")

    def _open(self) -> str | None:
        """The channel, committed as soon as it is open; None where posting has to wait."""
        with self.sessions.read() as session:
            people = recipients_of(session, self.delivery).people
        channel_id = self.messenger.open_conversation(
            [person.slack_user_id for person in people if person.slack_user_id]
        )
        with self.sessions.write() as session:
            wait_until = wait_with_posting(session, self.delivery.workspace_id)
            kept = advance(
                session,
                self.delivery,
                DeliveryState.PENDING,
                state=DeliveryState.OPENED,
                channel_id=channel_id,
                **({"retry_at": wait_until, **RELEASED} if wait_until else {}),
            )
        return channel_id if kept and wait_until is None else None

    def _begin_sending(self) -> Content | None:
        """Check everything once more and commit `sending`, so that a crash from here on is known of."""
        offers = self._offers()
        with self.sessions.write() as session:
            to = recipients_of(session, self.delivery)
            today = self.now.astimezone(ZoneInfo(to.program.timezone)).date()
            reason = why_not(session, to, self.now, today)
            if reason is not None:
                kept = advance(
                    session,
                    self.delivery,
                    DeliveryState.OPENED,
                    state=DeliveryState.CANCELLED,
                    reason=reason,
                    **RELEASED,
                )
                if kept and reason != CancelReason.ROUND_OVER:
                    self._end_introduction(session)
                return None
            real = real_now(session)
            kept = advance(
                session,
                self.delivery,
                DeliveryState.OPENED,
                state=DeliveryState.SENDING,
                sending_at=real,
                lease_expires_at=real + self.timing.delivery_lease,
            )
            if kept and to.introduction is not None and offers is not None:
                to.introduction.offers = offers
                session.flush()
            return _content(session, to, self.now) if kept else None

    def _offers(self) -> list[str] | None:
        """The times to offer, chosen before the transaction in which others wait."""
        if self.delivery.kind != DeliveryKind.INTRODUCTION:
            return None
        with self.sessions.read() as session:
            to = recipients_of(session, self.delivery)
            assert to.introduction is not None  # the schema holds it
            offers = offer_lunch_times(session, to.program, to.introduction, to.members, self.now)
            return [offer.isoformat() for offer in offers]

    def _stop(self, state: DeliveryState, error: MessengerError) -> None:
        """What becomes of a delivery that Slack did not take."""
        self.log.info("not sent", state=state, error=type(error).__name__, code=error.code)
        if isinstance(error, Ambiguous):
            if state != DeliveryState.SENDING:
                # Opening the same conversation once more changes nothing.
                self._retry(state, state, self.timing.retry_wait)
            # A post that may have arrived stays in `sending`; settle_deliveries looks for it.
            return
        before = DeliveryState.OPENED if state == DeliveryState.SENDING else state
        if isinstance(error, RateLimited):
            self._retry(state, before, timedelta(seconds=error.retry_after), everybody=True)
        elif isinstance(error, NotPermitted):
            self._retry(state, before, self.timing.retry_wait * 4, everybody=True)
        elif isinstance(error, NotDone):
            self._retry(state, before, self.timing.retry_wait)
        else:
            self._fail(state, error)

    def _retry(
        self, state: DeliveryState, back_to: DeliveryState, wait: timedelta, *, everybody: bool = False
    ) -> None:
        with self.sessions.write() as session:
            advance(
                session,
                self.delivery,
                state,
                state=back_to,
                retry_at=real_now(session) + wait,
                **RELEASED,
            )
            if everybody:
                postpone(session, self.delivery.workspace_id, back_to, wait)

    def _fail(self, state: DeliveryState, error: MessengerError) -> None:
        with self.sessions.write() as session:
            kept = advance(
                session,
                self.delivery,
                state,
                state=DeliveryState.FAILED,
                reason=error.code[:100],
                **RELEASED,
            )
            if kept:
                self._end_introduction(session)
            people = recipients_of(session, self.delivery).people
        if isinstance(error, PersonUnreachable):
            # Slack does not say which of them it was.
            for person in people:
                self._look_up(person.slack_user_id)

    def _end_introduction(self, session: Session) -> None:
        """What can't be delivered has not taken place; its people are free for another one."""
        if self.delivery.kind == DeliveryKind.INTRODUCTION and self.delivery.introduction_id is not None:
            end_introduction(session, self.delivery.introduction_id)

    def _look_up(self, slack_user_id: str | None) -> None:
        try:
            user = self.directory.user(slack_user_id) if slack_user_id else None
            if user is None and slack_user_id:
                user = DirectoryUser(slack_user_id, name="", is_active=False)
        except MessengerError as error:
            self.log.info("account not looked up", code=error.code)
            return
        if user is not None:
            sync_person(self.sessions, user, workspace_id=self.delivery.workspace_id, now=self.now)


def _content(session: Session, to: Recipients, now: datetime) -> Content:
    zone = ZoneInfo((to.people[0].timezone if to.delivery.person_id else None) or to.program.timezone)
    back = back_at(to.program, to.participant, now)
    next_at = find_next_for(session, to.program, to.delivery.person_id, now, back_at=back).astimezone(zone)
    today = now.astimezone(zone).date()
    locales = tuple(person.locale for person in to.people)
    match to.delivery.kind:
        case DeliveryKind.NOTICE:
            assert to.sit_out is not None  # why_not has looked
            return NoticeMessage(reason=to.sit_out.reason, next_at=next_at, today=today, locales=locales)
        case DeliveryKind.WELCOME_BACK:
            return WelcomeBackMessage(
                next_at=next_at,
                today=today,
                is_over=back <= now,
                across_departments=knows_other_departments(session, to.program.workspace_id, to.people[0]),
                in_groups=to.program.group_size > 2,
                locales=locales,
            )
        case DeliveryKind.CHECK_IN:
            return _check_in(session, to, locales)
        case DeliveryKind.INTRODUCTION:
            assert to.introduction is not None  # the schema holds it
            return show_introduction(session, to.introduction, now=now)


def _check_in(session: Session, to: Recipients, locales: Locales) -> CheckInMessage:
    assert to.introduction is not None  # the schema holds it
    reader, others = to.people[0].slack_user_id, known_members(session, to.introduction)
    return CheckInMessage(
        introduction_id=to.introduction.public_id,
        others=tuple(card_of(member) for member in others if member.slack_user_id != reader),
        locales=locales,
    )
