"""What a delivery says, from what is stored at the moment at which it is sent."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from db.deliveries import Recipients
from db.introductions import introduced_ids
from db.people import card_of, knows_other_departments
from db.workspaces import schedule_of
from domain.messages import (
    CalledOffMessage,
    CheckInMessage,
    Content,
    HeadsUpMessage,
    Locales,
    NoticeMessage,
    NudgeMessage,
    RestingMessage,
    WelcomeBackMessage,
)
from domain.rounds import DeliveryKind, RoundState
from use_cases.find_next_round import back_at, find_next_for
from use_cases.rest_silent_people import ROUNDS
from use_cases.show_introduction import known_members, show_introduction, suggested_time
from use_cases.walk_slots import period_of


def compose_message(session: Session, to: Recipients, now: datetime) -> Content:
    """The message of a delivery that may be sent."""
    zone = ZoneInfo((to.people[0].timezone if to.delivery.person_id else None) or to.program.timezone)
    today = now.astimezone(zone).date()
    locales = tuple(person.locale for person in to.people)
    match to.delivery.kind:
        case DeliveryKind.INTRODUCTION:
            assert to.introduction is not None  # the schema holds it
            return show_introduction(session, to.introduction, now=now)
        case DeliveryKind.NUDGE:
            return _nudge(session, to, zone, today, locales)
        case DeliveryKind.CHECK_IN:
            return _check_in(session, to, locales)
        case DeliveryKind.RESTING:
            return RestingMessage(ROUNDS, locales)
        case _:
            return _about_the_next_round(session, to, now, zone, locales)


def _about_the_next_round(
    session: Session, to: Recipients, now: datetime, zone: ZoneInfo, locales: Locales
) -> Content:
    back = back_at(to.program, to.participant, now)
    slot_at = find_next_for(session, to.program, to.participant, now)
    next_at, today = slot_at.astimezone(zone), now.astimezone(zone).date()
    match to.delivery.kind:
        case DeliveryKind.HEADS_UP:
            period_on = period_of(schedule_of(to.program), slot_at)
            return HeadsUpMessage(period_on, next_at, today, locales=locales)
        case DeliveryKind.WELCOME_BACK:
            return WelcomeBackMessage(
                next_at=next_at,
                today=today,
                is_over=back <= now,
                across_departments=knows_other_departments(session, to.program.workspace_id, to.people[0]),
                in_groups=to.program.group_size > 2,
                locales=locales,
            )
        case DeliveryKind.NOTICE if to.called_off is not None:
            return _called_off(session, to, next_at, today)
        case _:
            assert to.sit_out is not None  # why_not has looked
            return NoticeMessage(reason=to.sit_out.reason, next_at=next_at, today=today, locales=locales)


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


def _nudge(session: Session, to: Recipients, zone: ZoneInfo, today: date, locales: Locales) -> NudgeMessage:
    assert to.introduction is not None  # the schema holds it
    members = known_members(session, to.introduction)
    suggested = suggested_time(session, to.introduction, members)
    if suggested is not None:
        suggested = replace(suggested, starts_at=suggested.starts_at.astimezone(zone))
    others = tuple(card_of(member) for member in members if member.id != to.delivery.person_id)
    return NudgeMessage(others, suggested, today, locales)


def _check_in(session: Session, to: Recipients, locales: Locales) -> CheckInMessage:
    assert to.introduction is not None  # the schema holds it
    reader, known = to.people[0], known_members(session, to.introduction)
    return CheckInMessage(
        introduction_id=to.introduction.public_id,
        others=tuple(card_of(member) for member in known if member.id != reader.id),
        locales=locales,
    )
