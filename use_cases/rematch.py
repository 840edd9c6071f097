"""New partners, in the same round, for people whose introduction did not come to be, and for latecomers."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

import matcher
from db.frequency import not_due_ids
from db.introductions import add_introductions, ended_introductions, introduced_ids
from db.open_introductions import full_hands, withdrawals_of
from db.people import came_between, participating_ids
from db.rounds import open_rounds
from db.sessions import Sessions
from db.sit_outs import NewSitOut, add_sit_outs, forget_sit_out, sit_outs_of, told_of_the_end
from db.tables import Person, Program, Round
from domain.rounds import ToldReason
from use_cases.compose_introductions import compose_introductions, next_full_hour
from use_cases.prepare_match import prepare_match

log = structlog.get_logger()

LEAST_TIME = timedelta(days=1)
"""Whoever comes when a round is nearly over is introduced in the next one."""


def rematch(sessions: Sessions, *, workspace_id: int, now: datetime) -> int:
    """Match everybody who is stranded or late in an open round; how many new introductions that makes.

    Who is stranded is read from what is stored, so a crash between an introduction's end and its
    people's new one leaves nobody behind: the next run finds them.
    """
    with sessions.read() as session:
        stranded = [
            round_.id
            for round_, _ in open_rounds(session, workspace_id, now)
            if _Rematch(session, round_, now).is_needed
        ]
    return sum(_rematch_round(sessions, round_id, now) for round_id in stranded)


def _rematch_round(sessions: Sessions, round_id: int, now: datetime) -> int:
    # These are few people, so the match is quick enough for the write transaction that keeps
    # two replicas from introducing the same person twice.
    with sessions.write() as session:
        round_ = session.get_one(Round, round_id, with_for_update=True)
        todo = _Rematch(session, round_, now)
        if not todo.is_needed:
            return 0
        introductions = todo.match()
        todo.store(introductions)
    if introductions:
        log.info("rematched", round_id=round_id, introductions=len(introductions))
    return len(introductions)


class _Rematch:
    """Who is stranded in a round (`groups`, as they were left), who came late, and who else is `waiting`."""

    def __init__(self, session: Session, round_: Round, now: datetime) -> None:
        self.session, self.round, self.now = session, round_, now
        self.program = session.get_one(Program, round_.program_id)
        self.ended = ended_introductions(session, round_.id)
        self.withdrawals = withdrawals_of(session, round_.id) if self.ended else ()
        self.left_over = frozenset(sit_out.person_id for sit_out in sit_outs_of(session, round_.id))
        self.groups = self._stranded() if self.ended else []
        self.late = self._late()
        self.freed: set[frozenset[int]] = set()
        has_anybody = self.groups or self.late
        self.waiting = self._here(self.left_over) if has_anybody else frozenset()

    @property
    def is_needed(self) -> bool:
        """Whether somebody is stranded, or came late and finds somebody who waits."""
        return bool(self.groups) or bool(self.late and len(self.late | self.waiting) > 1)

    def match(self) -> list[matcher.Introduction]:
        """New introductions for as many of them as possible."""
        introductions: list[matcher.Introduction] = []
        pool = set(self.waiting | self.late)
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
                introductions, people, seed=self.round.seed, today=self._today(), freed=self.freed
            ),
            now=self.now,
        )
        alone = {person_id for group in self.groups for person_id in group} - introduced
        chose_it = {one.person_id for one in self.withdrawals}
        for is_now in (True, False):
            # Who gave a lunch up knows of the full hour that has just come.
            self._leave_over(alone & chose_it if is_now else alone - chose_it, is_now=is_now)

    def _leave_over(self, person_ids: Iterable[int], *, is_now: bool) -> None:
        told = told_of_the_end(self.session, self.round.id)
        add_sit_outs(
            self.session,
            program=self.program,
            round_id=self.round.id,
            sit_outs=[
                NewSitOut(
                    person_id=person_id,
                    reason=ToldReason.CALLED_OFF,
                    delivery_id=None if person_id in told else uuid4().hex,
                )
                for person_id in sorted(person_ids)
            ],
            due_at=self.now if is_now else next_full_hour(self.now),
        )

    def _match(self, person_ids: Sequence[int]) -> tuple[matcher.Introduction, ...]:
        persons = [self.session.get_one(Person, person_id) for person_id in person_ids]
        prepared = prepare_match(
            self.session, self.program, persons, before=self.round.slot_at, kept_apart=self._tried()
        )
        self.freed |= prepared.freed
        matching = matcher.match(
            prepared.people, prepared.history, prepared.rules, seed=self.round.seed, burdens=prepared.burdens
        )
        return matching.introductions

    def _tried(self) -> set[frozenset[int]]:
        """Not the same people again: one gave the lunch up, or Slack could not reach one of them.

        In the second case it is not known which one, so that it may be any two of those who are here.
        """
        here = self.waiting.union(self.late, *self.groups)
        gave_up = {(one.introduction_id, one.person_id) for one in self.withdrawals}
        return {
            frozenset(pair)
            for one in self.ended
            for pair in combinations(one.people, 2)
            if (one.failed and here.issuperset(one.people))
            or any((one.id, person_id) in gave_up for person_id in pair)
        }

    def _stranded(self) -> list[list[int]]:
        """People without an introduction or a word, in the groups in which they were left."""
        here = self._here(person_id for one in self.ended for person_id in one.people)
        settled = introduced_ids(self.session, self.round.id) | self.left_over | self._wanting_no_other()
        gave_up = {(one.introduction_id, one.person_id) for one in self.withdrawals}
        groups: list[list[int]] = []
        placed: set[int] = set()
        for introduction in reversed(self.ended):  # the newest one says with whom a person goes on
            left = [one for one in introduction.people if one in here and one not in settled | placed]
            placed.update(left)
            going_on = [one for one in left if (introduction.id, one) not in gave_up]
            groups += [going_on] if going_on else []
            groups += [[one] for one in left if one not in going_on]
        return groups

    def _wanting_no_other(self) -> frozenset[int]:
        """Who gave up a lunch in this round and wants no other."""
        return frozenset(one.person_id for one in self.withdrawals if not one.wants_another)

    def _late(self) -> frozenset[int]:
        """Who came before this hour, after the round was matched, and would still have a day to meet."""
        if self.round.ends_at - self.now < LEAST_TIME:
            return frozenset()
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        came = came_between(self.session, self.program.id, self.round.matched_at or self.round.slot_at, hour)
        if not came:
            return frozenset()
        before = {person_id for one in self.ended for person_id in one.people}
        came -= not_due_ids(self.session, self.program.id, self.round.slot_at)
        return self._here(came - before - self.left_over - introduced_ids(self.session, self.round.id))

    def _here(self, person_ids: Iterable[int]) -> frozenset[int]:
        """Which of these people take part today, and have a hand free for another lunch."""
        here = participating_ids(
            self.session, self.program.id, person_ids, self._today(), period_on=self.round.period_on
        )
        return here - full_hands(self.session, self.program, self.now) if here else here

    def _today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.program.timezone)).date()
