"""New partners, in the same round, for people whose introduction did not come to be."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
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
    end_introduction,
    ended_introductions,
    forget_sit_out,
    introduced_ids,
    lost_introductions,
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
            for round_, _ in open_rounds(session, workspace_id, now)
            if lost_introductions(session, round_.id, now) or _Rematch(session, round_, now).groups
        ]
    return sum(_rematch_round(sessions, round_id, now) for round_id in stranded)


def _rematch_round(sessions: Sessions, round_id: int, now: datetime) -> int:
    # These are few people, so the match is quick enough for the write transaction that keeps
    # two replicas from introducing the same person twice.
    with sessions.write() as session:
        round_ = session.get_one(Round, round_id, with_for_update=True)
        for introduction_id in lost_introductions(session, round_id, now):
            end_introduction(session, introduction_id)
        todo = _Rematch(session, round_, now)
        if not todo.groups:
            return 0
        introductions = todo.match()
        todo.store(introductions)
    log.info("rematched", round_id=round_id, introductions=len(introductions))
    return len(introductions)


class _Rematch:
    """Who is stranded in a round (`groups`, as they were left), and who else is free (`waiting`)."""

    def __init__(self, session: Session, round_: Round, now: datetime) -> None:
        self.session, self.round, self.now = session, round_, now
        self.program = session.get_one(Program, round_.program_id)
        self.ended = ended_introductions(session, round_.id)
        self.groups = self._stranded() if self.ended else []
        self.waiting = self._here(self._left_over()) if self.groups else frozenset()

    def match(self) -> list[matcher.Introduction]:
        """New introductions for as many of them as possible."""
        introductions: list[matcher.Introduction] = []
        pool = set(self.waiting)
        for group in self.groups:
            goes_on = len(group) == 2 or (len(group) > 2 and self.program.group_size > 2)
            going_on = self._match(group) if goes_on else ()
            introductions += going_on
            pool |= set(group) - {int(member) for one in going_on for member in one.members}
        return [*introductions, *self._match(sorted(pool))]

    def store(self, introductions: Sequence[matcher.Introduction]) -> None:
        """Store the introductions, and owe a word to whoever is left alone."""
        introduced = {int(member) for one in introductions for member in one.members}
        for person_id in introduced & self.waiting:
            forget_sit_out(self.session, self.round.id, person_id)
        people = {person_id: self.session.get_one(Person, person_id) for person_id in introduced}
        add_introductions(
            self.session,
            program=self.program,
            round_id=self.round.id,
            introductions=compose_introductions(
                introductions, people, seed=self.round.seed, today=self._today()
            ),
            now=self.now,
        )
        alone = {person_id for group in self.groups for person_id in group} - introduced
        add_sit_outs(
            self.session,
            program=self.program,
            round_id=self.round.id,
            sit_outs=[
                NewSitOut(person_id=person_id, reason=ToldReason.CALLED_OFF, delivery_id=uuid4().hex)
                for person_id in sorted(alone)
            ],
            due_at=next_full_hour(self.now),
        )

    def _match(self, person_ids: Sequence[int]) -> tuple[matcher.Introduction, ...]:
        persons = [self.session.get_one(Person, person_id) for person_id in person_ids]
        prepared = prepare_match(
            self.session, self.program, persons, before=self.round.slot_at, kept_apart=self._tried()
        )
        matching = matcher.match(
            prepared.people, prepared.history, prepared.rules, seed=self.round.seed, burdens=prepared.burdens
        )
        return matching.introductions

    def _tried(self) -> set[frozenset[int]]:
        """Slack could not reach one of them, and which one is not known: not the same people again."""
        here = self.waiting.union(*self.groups)
        return {
            frozenset(pair)
            for one in self.ended
            if one.failed and here.issuperset(one.people)
            for pair in combinations(one.people, 2)
        }

    def _stranded(self) -> list[list[int]]:
        """People without an introduction or a word, in the groups in which they were left."""
        here = self._here(person_id for one in self.ended for person_id in one.people)
        settled = introduced_ids(self.session, self.round.id) | self._left_over()
        groups: list[list[int]] = []
        placed: set[int] = set()
        for introduction in reversed(self.ended):  # the newest one says with whom a person goes on
            left = [one for one in introduction.people if one in here and one not in settled | placed]
            placed.update(left)
            groups += [left] if left else []
        return groups

    def _left_over(self) -> frozenset[int]:
        return frozenset(sit_out.person_id for sit_out in sit_outs_of(self.session, self.round.id))

    def _here(self, person_ids: Iterable[int]) -> frozenset[int]:
        """Which of these people take part today."""
        return participating_ids(
            self.session, self.program.id, person_ids, self._today(), period_on=self.round.period_on
        )

    def _today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.program.timezone)).date()
