"""One claimed round: match without a transaction, then store everything in one."""

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

import matcher
from db.introductions import add_introductions, add_sit_outs
from db.people import participants
from db.rounds import finish_matching
from db.sessions import Sessions
from db.tables import Program, Round
from domain.rounds import Claim, RoundOutcome, RoundState
from use_cases.compose_introductions import compose_introductions, compose_sit_outs, next_full_hour
from use_cases.prepare_match import prepare_match

log = structlog.get_logger()


def run_round(sessions: Sessions, claim: Claim, *, now: datetime) -> RoundOutcome | None:
    """Match and store a claimed round. None where the lease was lost to another replica meanwhile."""
    with sessions.read() as session:
        round_ = session.get_one(Round, claim.round_id)
        program = session.get_one(Program, round_.program_id)
        today = now.astimezone(ZoneInfo(program.timezone)).date()
        people = {person.id: person for person in participants(session, program.id, today)}
        prepared = prepare_match(session, program, list(people.values()), before=round_.slot_at)
    matching = matcher.match(
        prepared.people, prepared.history, prepared.rules, seed=claim.seed, burdens=prepared.burdens
    )
    outcome = RoundOutcome(
        round_id=claim.round_id,
        people=len(people),
        introductions=len(matching.introductions),
        values=asdict(matching.values),
        bounds=asdict(matching.bounds),
        proven=matching.proven,
    )
    with sessions.write() as session:
        held = finish_matching(
            session,
            claim,
            state=RoundState.MATCHED if people else RoundState.SKIPPED,
            now=now,
            input_digest=prepared.digest(),
            outcome=asdict(outcome),
        )
        if not held:
            log.warning("round lost its lease", round_id=claim.round_id)
            return None
        add_introductions(
            session,
            program=program,
            round_id=claim.round_id,
            introductions=compose_introductions(matching.introductions, people, seed=claim.seed),
            now=now,
        )
        add_sit_outs(
            session,
            program=program,
            round_id=claim.round_id,
            sit_outs=compose_sit_outs(matching.sit_outs),
            due_at=next_full_hour(now),
        )
    log.info("round matched", round_id=claim.round_id, introductions=outcome.introductions)
    return outcome
