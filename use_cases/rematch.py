"""New partners, in the same round, for people whose introduction did not come to be."""

from datetime import datetime
from itertools import combinations
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

import matcher
from db.introductions import (
    NewSitOut,
    add_introductions,
    add_sit_outs,
    ended_introductions,
    forget_sit_out,
    introduced_ids,
    sit_outs_of,
)
from db.people import participating_ids
from db.rounds import open_rounds
from db.sessions import Sessions
from db.tables import Person, Program, Round
from domain.rounds import ToldReason
from use_cases.compose_introductions import compose_introductions, next_full_hour
from use_cases.prepare_match import prepare_match

log = structlog.get_logger()


def rematch(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Match everybody who is stranded in an open round; how many new introductions that makes.

    Who is stranded is read from what is stored, so a crash between an introduction's end and its
    people's new one leaves nobody behind: the next run finds them.
    """
    with sessions.read() as session:
        stranded = [
            round_.id
            for round_, program in open_rounds(session, workspace_id, now)
            if _stranded(session, round_, program, now)
        ]
    return sum(_rematch_round(sessions, round_id, now) for round_id in stranded)


def _rematch_round(sessions: Sessions, round_id: int, now: datetime) -> int:
    # These are few people, so the match is quick enough for the write transaction that keeps
    # two replicas from introducing the same person twice.
    with sessions.write() as session:
        round_ = session.get_one(Round, round_id, with_for_update=True)
        program = session.get_one(Program, round_.program_id)
        groups = _stranded(session, round_, program, now)
        if not groups:
            return 0
        waiting = {sit_out.person_id for sit_out in sit_outs_of(session, round_id)}
        here = _here(session, program, waiting.union(*groups), now)
        waiting &= here
        ended = ended_introductions(session, round_id)
        # Slack could not reach one of them, and which one is not known: not the same people again.
        tried = {
            frozenset(pair)
            for one in ended
            if one.failed and here.issuperset(one.people)
            for pair in combinations(one.people, 2)
        }
        introductions: list[matcher.Introduction] = []
        pool: set[int] = set(waiting)
        for group in groups:
            going_on = _match(session, program, group, round_, tried) if len(group) == 2 else ()
            introductions += going_on
            pool |= set() if going_on else set(group)
        introductions += _match(session, program, sorted(pool), round_, tried)
        introduced = {int(member) for one in introductions for member in one.members}
        for person_id in introduced & waiting:
            forget_sit_out(session, round_id, person_id)
        people = {person_id: session.get_one(Person, person_id) for person_id in introduced}
        add_introductions(
            session,
            program=program,
            round_id=round_id,
            introductions=compose_introductions(introductions, people, seed=round_.seed),
            now=now,
        )
        add_sit_outs(
            session,
            program=program,
            round_id=round_id,
            sit_outs=[
                NewSitOut(person_id=person_id, reason=ToldReason.CALLED_OFF, delivery_id=uuid4().hex)
                for person_id in sorted(pool - introduced - waiting)
            ],
            due_at=next_full_hour(now),
        )
    log.info("rematched", round_id=round_id, introductions=len(introductions))
    return len(introductions)


def _match(
    session: Session, program: Program, person_ids: list[int], round_: Round, tried: set[frozenset[int]]
) -> tuple[matcher.Introduction, ...]:
    persons = [session.get_one(Person, person_id) for person_id in person_ids]
    prepared = prepare_match(session, program, persons, before=round_.slot_at, kept_apart=tried)
    matching = matcher.match(
        prepared.people, prepared.history, prepared.rules, seed=round_.seed, burdens=prepared.burdens
    )
    return matching.introductions


def _stranded(session: Session, round_: Round, program: Program, now: datetime) -> list[list[int]]:
    """People without an introduction or a word, in the groups in which they were left."""
    ended = ended_introductions(session, round_.id)
    if not ended:
        return []
    everybody = {person_id for one in ended for person_id in one.people}
    settled = introduced_ids(session, round_.id) | {
        sit_out.person_id for sit_out in sit_outs_of(session, round_.id)
    }
    here = _here(session, program, everybody, now)
    groups: list[list[int]] = []
    placed: set[int] = set()
    for introduction in reversed(ended):  # the newest one says with whom a person goes on
        left = [one for one in introduction.people if one in here and one not in settled | placed]
        placed.update(left)
        groups += [left] if left else []
    return groups


def _here(session: Session, program: Program, person_ids: set[int], now: datetime) -> frozenset[int]:
    today = now.astimezone(ZoneInfo(program.timezone)).date()
    return participating_ids(session, program.id, person_ids, today)
