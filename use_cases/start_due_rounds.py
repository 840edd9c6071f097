"""What the clock asks for: claim the round that is due, record the missed ones, take over a dead claim."""

import secrets
from datetime import date, datetime, timedelta
from itertools import takewhile
from uuid import uuid4

from sqlalchemy.orm import Session

from db.rounds import (
    expired_claims,
    give_up,
    insert_claim,
    insert_missed,
    last_slot_at,
    lease_is_over,
    round_of_period,
    take_over,
    taken_periods,
)
from db.sessions import Sessions
from db.tables import Program
from db.workspaces import first_program, programs, record_audit, schedule_of
from domain.errors import RoundAlreadyRan, RoundInProgress
from domain.programs import Slot
from domain.rounds import Claim, RoundState, Timing
from use_cases.walk_slots import period_of, walk_slots


def start_due_rounds(sessions: Sessions, *, workspace_id: int, now: datetime, timing: Timing) -> list[Claim]:
    """Claim every round that is due. Of several replicas one gets each claim."""
    with sessions.read() as session:
        ids = [program.id for program in programs(session, workspace_id)]
        if not any(_work(session, program, now) for program in programs(session, workspace_id)):
            return []
    claims: list[Claim] = []
    for program_id in ids:
        with sessions.write() as session:
            program = session.get_one(Program, program_id)
            claims += _take_over_dead_claims(session, program, now, timing)
            claims += _claim_newest_slot(session, program, now, timing)
    return claims


def start_round_now(
    sessions: Sessions, *, workspace_id: int, now: datetime, timing: Timing, actor: str, extra: bool = False
) -> Claim:
    """Claim the current period's round at once, a missed one included, or an extra one without a period."""
    with sessions.write() as session:
        program = first_program(session, workspace_id)
        schedule = schedule_of(program)
        period_on = None if extra else period_of(schedule, now)
        found = round_of_period(session, program.id, period_on) if period_on else None
        if found is None:
            upcoming = (slot.at for slot in walk_slots(schedule, now) if slot.period_on != period_on)
            claim = _claim(
                session, program, period_on=period_on, slot_at=now, ends_at=next(upcoming), timing=timing
            )
        elif found.state == RoundState.MISSED or lease_is_over(session, found):
            claim = take_over(session, found, lease_token=uuid4().hex, lease=timing.round_lease)
        elif found.state == RoundState.CLAIMED:
            claim = None
        else:
            raise RoundAlreadyRan(state=found.state)
        if claim is None:
            raise RoundInProgress()
        record_audit(session, workspace_id, actor=actor, action="started a round", now=now, extra=extra)
    return claim


def _work(session: Session, program: Program, now: datetime) -> bool:
    return bool(_due_slots(session, program, now) or expired_claims(session, program.id))


def _due_slots(session: Session, program: Program, now: datetime) -> list[Slot]:
    """Slots since the last one that are due and whose period has no round yet."""
    schedule = schedule_of(program)
    last = last_slot_at(session, program.id)
    after = max(last, program.schedule_changed_at) if last else program.schedule_changed_at
    taken = taken_periods(session, program.id, period_of(schedule, after))
    return [
        slot
        for slot in takewhile(lambda slot: slot.at <= now, walk_slots(schedule, after))
        if slot.period_on not in taken
    ]


def record_missed(session: Session, program: Program, now: datetime) -> Slot | None:
    """Record the slots that nobody ran in time as missed; the one that may still run, if there is one.

    After an outage that is the newest alone, and only while it is not too late for it.
    """
    slots = _due_slots(session, program, now)
    in_time = bool(slots) and now - slots[-1].at <= grace_of(program)
    for slot in slots[:-1] if in_time else slots:
        insert_missed(
            session,
            program_id=program.id,
            period_on=slot.period_on,
            slot_at=slot.at,
            ends_at=_end_of(program, slot.at),
            seed=_new_seed(),
        )
    return slots[-1] if in_time else None


def _claim_newest_slot(session: Session, program: Program, now: datetime, timing: Timing) -> list[Claim]:
    slot = record_missed(session, program, now)
    if slot is None:
        return []
    claim = _claim(
        session,
        program,
        period_on=slot.period_on,
        slot_at=slot.at,
        ends_at=_end_of(program, slot.at),
        timing=timing,
    )
    return [claim] if claim else []


def _take_over_dead_claims(session: Session, program: Program, now: datetime, timing: Timing) -> list[Claim]:
    claims: list[Claim] = []
    for round_ in expired_claims(session, program.id):
        if now - round_.slot_at > grace_of(program):
            give_up(session, round_)
            continue
        claim = take_over(session, round_, lease_token=uuid4().hex, lease=timing.round_lease)
        claims += [claim] if claim else []
    return claims


def _claim(
    session: Session,
    program: Program,
    *,
    period_on: date | None,
    slot_at: datetime,
    ends_at: datetime,
    timing: Timing,
) -> Claim | None:
    return insert_claim(
        session,
        program_id=program.id,
        period_on=period_on,
        slot_at=slot_at,
        ends_at=ends_at,
        seed=_new_seed(),
        lease_token=uuid4().hex,
        lease=timing.round_lease,
    )


def grace_of(program: Program) -> timedelta:
    """How late a round may still begin."""
    return timedelta(minutes=program.grace_minutes)


def _end_of(program: Program, slot_at: datetime) -> datetime:
    return next(walk_slots(schedule_of(program), slot_at)).at


def _new_seed() -> int:
    return secrets.randbelow(2**63)
