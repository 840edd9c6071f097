"""One claimed round: match without a transaction, then store everything in one."""

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

import matcher
from db.frequency import not_due_ids
from db.introductions import add_introductions
from db.open_introductions import full_hands
from db.people import participants
from db.rounds import finish_matching
from db.sessions import Sessions, real_now
from db.sit_outs import add_sit_outs
from db.tables import Program, Round
from domain.errors import LunchmatesError
from domain.rounds import Claim, RoundOutcome, RoundState
from matcher.process import GRACE, MatchFailed, match_in_process
from matcher.wire import MatchInput
from use_cases.compose_introductions import compose_introductions, compose_sit_outs, next_full_hour
from use_cases.prepare_match import PreparedMatch, prepare_match
from use_cases.rest_silent_people import rest_silent_people

log = structlog.get_logger()


# So few people are matched within this process, which they keep from other work for less than a second at
# a time; a thousand, of whom three make a trio, can for twenty. A process takes a second or two to start.
FEW = 500
# The same in groups, of which the best are searched for.
FEW_IN_GROUPS = 100
# Seconds that a match has at least, however little of the lease is left.
LEAST = 5.0


class RoundBrokeOff(LunchmatesError):
    """The round could not be matched, and is tried again when its lease is over. {why}"""


def run_round(sessions: Sessions, claim: Claim, *, now: datetime) -> RoundOutcome | None:
    """Match and store a claimed round. None where the lease was lost to another replica meanwhile."""
    with sessions.read() as session:
        program_id = session.get_one(Round, claim.round_id).program_id
    rest_silent_people(sessions, program_id=program_id, now=now)
    with sessions.read() as session:
        round_ = session.get_one(Round, claim.round_id)
        program = session.get_one(Program, program_id)
        today = now.astimezone(ZoneInfo(program.timezone)).date()
        not_free = full_hands(session, program, now) | not_due_ids(session, program.id, round_.slot_at)
        there = participants(session, program.id, today, period_on=round_.period_on)
        people = {person.id: person for person in there if person.id not in not_free}
        prepared = prepare_match(session, program, list(people.values()), before=round_.slot_at)
        time_limit = _time_limit(session, round_)
    matching = _match(prepared, seed=claim.seed, time_limit=time_limit)
    outcome = RoundOutcome(
        round_id=claim.round_id,
        people=len(people),
        introductions=len(matching.introductions),
        values=asdict(matching.values),
        bounds=asdict(matching.bounds),
        proven=matching.proven,
    )
    # What takes a while in a large round is done before the transaction, in which others wait.
    input_digest = prepared.digest()
    introductions = compose_introductions(
        matching.introductions, people, seed=claim.seed, today=today, freed=prepared.freed
    )
    sit_outs, due_at = compose_sit_outs(matching.sit_outs), next_full_hour(now)
    with sessions.write() as session:
        held = finish_matching(
            session,
            claim,
            state=RoundState.MATCHED if people else RoundState.SKIPPED,
            now=now,
            input_digest=input_digest,
            outcome=asdict(outcome),
        )
        if not held:
            log.warning("round lost its lease", round_id=claim.round_id)
            return None
        add_introductions(
            session, program=program, round_id=claim.round_id, introductions=introductions, now=now
        )
        add_sit_outs(session, program=program, round_id=claim.round_id, sit_outs=sit_outs, due_at=due_at)
    log.info("round matched", round_id=claim.round_id, introductions=outcome.introductions)
    return outcome


def _match(prepared: PreparedMatch, *, seed: int, time_limit: float) -> matcher.Matching:
    """Match, in a process of its own where it takes long."""
    people, history, rules, burdens = prepared.people, prepared.history, prepared.rules, prepared.burdens
    if len(people) <= (FEW if rules.group_size == 2 else FEW_IN_GROUPS):
        return matcher.match(people, history, rules, seed=seed, burdens=burdens)
    try:
        return match_in_process(MatchInput(people, history, rules, seed, burdens), time_limit=time_limit)
    except MatchFailed as error:
        raise RoundBrokeOff(why=error) from error


def _time_limit(session: Session, round_: Round) -> float:
    """Seconds after which a match is content with what it has: well before the lease is over.

    Otherwise another process would take the round over while this one still matches, and fare no better.
    """
    expires_at, now = round_.lease_expires_at, real_now(session)
    left = (expires_at - now).total_seconds() if expires_at else 0.0
    return max(LEAST, (left - GRACE) / 2)
