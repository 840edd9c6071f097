"""Introductions that somebody has given up end at the full hour, and the others are told so."""

from datetime import datetime
from uuid import uuid4

import structlog
from sqlalchemy.orm import Session

from db.introductions import end_introduction, lost_introductions, members_of
from db.open_introductions import introductions_to_end, withdraw, withdrawals_of
from db.proposals import lock_introduction
from db.rounds import open_rounds
from db.sessions import Sessions
from db.sit_outs import owe_called_off
from db.tables import Introduction, Program, Round
from use_cases.compose_introductions import next_full_hour

log = structlog.get_logger()


def end_introductions(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """End what was given up before this hour; how many introductions.

    All causes take the same way, and nothing changes for anybody before the full hour: neither the words
    nor the moment tell the others which it was. Who leaves the company gives up their lunches by that.
    """
    with sessions.read() as session:
        lost = _lost(session, workspace_id, now)
        if not lost and not introductions_to_end(session, workspace_id, now):
            return 0
    with sessions.write() as session:
        for introduction_id in _lost(session, workspace_id, now):
            _give_up_for_the_gone(session, introduction_id, now)
        ended = 0
        for introduction in introductions_to_end(session, workspace_id, now):
            ended += _end(session, introduction, now)
    if ended:
        log.info("introductions ended", introductions=ended)
    return ended


def _lost(session: Session, workspace_id: int, now: datetime) -> list[int]:
    return [
        introduction_id
        for round_, _ in open_rounds(session, workspace_id, now)
        for introduction_id in lost_introductions(session, round_.id, now)
    ]


def _give_up_for_the_gone(session: Session, introduction_id: int, now: datetime) -> None:
    for member in members_of(session, introduction_id):
        if not member.is_active:
            withdraw(
                session,
                introduction_id,
                member.id,
                wants_another=False,
                takes_effect_at=next_full_hour(now),
            )


def _end(session: Session, introduction: Introduction, now: datetime) -> bool:
    # Another replica may have been quicker, and somebody may be pressing a button right now.
    lock_introduction(session, introduction)
    if not introduction.active:
        return False
    round_ = session.get_one(Round, introduction.round_id)
    gone = {
        one.person_id for one in withdrawals_of(session, round_.id) if one.introduction_id == introduction.id
    }
    end_introduction(session, introduction.id)
    for member in members_of(session, introduction.id):
        if member.id not in gone:
            owe_called_off(
                session,
                program=session.get_one(Program, round_.program_id),
                introduction=introduction,
                person_id=member.id,
                delivery_id=uuid4().hex,
                due_at=now,
            )
    return True
