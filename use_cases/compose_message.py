"""What a delivery says, as values that `slack_handlers.blocks` turns into words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.deliveries import Recipients
from db.introductions import introduced_ids
from db.people import card_of, knows_other_departments
from domain.messages import (
    CalledOffMessage,
    CheckInMessage,
    Content,
    Locales,
    NoticeMessage,
    WelcomeBackMessage,
)
from domain.rounds import DeliveryKind, RoundState
from use_cases.find_next_round import find_next_round
from use_cases.show_introduction import show_introduction
from use_cases.show_status import back_at


def compose_message(session: Session, to: Recipients, now: datetime) -> Content:
    """The message, as everything is now."""
    zone = ZoneInfo((to.people[0].timezone if to.delivery.person_id else None) or to.program.timezone)
    back = back_at(to.program, to.participant, now)
    next_at = find_next_round(session, to.program, back).astimezone(zone)
    today = now.astimezone(zone).date()
    locales = tuple(person.locale for person in to.people)
    match to.delivery.kind:
        case DeliveryKind.NOTICE if to.called_off is not None:
            return _called_off(session, to, next_at, today)
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
            return _check_in(to, locales)
        case DeliveryKind.INTRODUCTION:
            assert to.introduction is not None  # the schema holds it
            return show_introduction(session, to.introduction, now=now)


def _called_off(session: Session, to: Recipients, next_at: datetime, today: date) -> CalledOffMessage:
    assert to.called_off is not None  # it is asked for no other notice
    assert to.round is not None  # the schema holds it
    is_on = to.round.state == RoundState.MATCHED
    return CalledOffMessage(
        introduced_on=to.round.slot_at.astimezone(ZoneInfo(to.program.timezone)).date(),
        next_at=next_at,
        today=today,
        is_introduced_anew=is_on and to.called_off.person_id in introduced_ids(session, to.round.id),
        is_left_over=is_on and to.sit_out is not None,
        locales=tuple(person.locale for person in to.people),
    )


def _check_in(to: Recipients, locales: Locales) -> CheckInMessage:
    assert to.introduction is not None  # the schema holds it
    reader = to.people[0].slack_user_id
    return CheckInMessage(
        introduction_id=to.introduction.public_id,
        others=tuple(card_of(member) for member in to.members if member.slack_user_id != reader),
        locales=locales,
    )
