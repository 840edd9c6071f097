"""A company to test with: colleagues, a fake Slack, and the use cases with their usual arguments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from db.sessions import Sessions
from db.tables import (
    Base,
    Delivery,
    Exclusion,
    Introduction,
    IntroductionMember,
    Participant,
    Person,
    Program,
    Round,
    SitOut,
)
from domain.directory import DirectoryUser
from domain.messages import CalledOffMessage, Content, IntroductionMessage, NoticeMessage
from domain.programs import ParticipantState, Standing
from domain.rounds import AnswerWord, DeliveryKind, DeliveryState, RoundOutcome, Timing, ToldReason
from tests.conftest import MONDAY
from tests.fakes import FakeDirectory, FakeMessenger
from use_cases.deliver import deliver
from use_cases.end_introductions import end_introductions
from use_cases.join_program import join_program
from use_cases.leave_program import leave_program
from use_cases.pause_program import pause_program
from use_cases.record_answer import record_answer
from use_cases.rematch import rematch
from use_cases.run_round import run_round
from use_cases.settle_deliveries import settle_deliveries
from use_cases.start_due_rounds import start_due_rounds
from use_cases.sync_directory import sync_person

SLOT = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""The first slot of the workspace in tests.conftest."""
WEEK = timedelta(weeks=1)
FULL_HOUR = SLOT + timedelta(hours=1)
"""When the notices of a round that was matched at its slot go out."""


def colleague(slack_user_id: str, **values: Any) -> DirectoryUser:
    """An account of somebody who works here."""
    given = {"name": slack_user_id.title(), "email": f"{slack_user_id.lower()}@example.com", **values}
    return DirectoryUser(slack_user_id=slack_user_id, **given)


@dataclass
class Company:
    """A workspace, and Slack's side of it. Program time is an argument; real time can pass at will."""

    sessions: Sessions
    workspace_id: int
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    directory: FakeDirectory = field(default_factory=FakeDirectory)
    timing: Timing = field(default_factory=Timing)

    # What happens

    def join(self, *slack_user_ids: str, now: datetime = MONDAY) -> list[Standing]:
        """Colleagues opt in; who is new is hired first."""
        self.directory.add(*(colleague(one) for one in slack_user_ids if one not in self.directory.users))
        return [
            join_program(self.sessions, self.directory, one, workspace_id=self.workspace_id, now=now)
            for one in slack_user_ids
        ]

    def employ(self, count: int) -> list[str]:
        """Many colleagues who have opted in, straight into the database."""
        everybody = [f"U{number:03}" for number in range(count)]
        self.directory.add(*map(colleague, everybody))
        program_id = self.program().id
        with self.sessions.write() as session:
            people = [Person(workspace_id=self.workspace_id, slack_user_id=one) for one in everybody]
            session.add_all(people)
            session.flush()
            session.add_all(
                Participant(
                    program_id=program_id,
                    person_id=person.id,
                    state=ParticipantState.ACTIVE,
                    joined_at=MONDAY,
                    changed_at=MONDAY,
                )
                for person in people
            )
        return everybody

    def leave(self, slack_user_id: str, *, now: datetime = SLOT) -> Standing:
        return leave_program(self.sessions, slack_user_id, workspace_id=self.workspace_id, now=now)

    def pause(self, slack_user_id: str, *, now: datetime = SLOT) -> Standing:
        return pause_program(self.sessions, slack_user_id, "2w", workspace_id=self.workspace_id, now=now)

    def exclude(self, owner: str, other: str) -> None:
        with self.sessions.write() as session:
            session.add(Exclusion(owner_id=self.id_of(owner), other_id=self.id_of(other), created_at=MONDAY))

    def close_account(self, slack_user_id: str) -> None:
        """Slack refuses messages to this account, and its directory says so."""
        self.messenger.unreachable.add(slack_user_id)
        self.directory.add(colleague(slack_user_id, is_active=False))

    def leave_the_company(self, slack_user_id: str, *, now: datetime) -> None:
        """The account is closed, and Slack tells the app."""
        self.close_account(slack_user_id)
        account = self.directory.users[slack_user_id]
        sync_person(self.sessions, account, workspace_id=self.workspace_id, now=now)

    def match(self, *, now: datetime = SLOT, seed: int | None = None) -> RoundOutcome:
        """The round that is due is claimed and matched."""
        [claim] = start_due_rounds(self.sessions, workspace_id=self.workspace_id, now=now, timing=self.timing)
        if seed is not None:
            with self.sessions.write() as session:
                session.execute(update(Round).where(Round.id == claim.round_id).values(seed=seed))
            claim = replace(claim, seed=seed)
        outcome = run_round(self.sessions, claim, now=now)
        assert outcome is not None
        return outcome

    def deliver(self, *, now: datetime = SLOT, most: int = 1_000, sessions: Sessions | None = None) -> int:
        return deliver(
            sessions or self.sessions,
            self.messenger,
            self.directory,
            workspace_id=self.workspace_id,
            now=now,
            timing=self.timing,
            go_on=up_to(most),
        )

    def everybody_met(self, *, now: datetime = SLOT) -> None:
        """All who were introduced in the newest round say that they met."""
        for introduction in self.all(Introduction, active=True, round_id=self.newest_round()):
            for who in self.people_of(introduction.id):
                record_answer(self.sessions, introduction.public_id, who, AnswerWord.MET, now=now)

    def settle(self) -> int:
        return settle_deliveries(
            self.sessions, self.messenger, workspace_id=self.workspace_id, timing=self.timing
        )

    def rematch(self, *, now: datetime = SLOT) -> int:
        """What was given up ends, and whoever is stranded or late is matched, as the clock does it."""
        end_introductions(self.sessions, workspace_id=self.workspace_id, now=now)
        return rematch(self.sessions, workspace_id=self.workspace_id, now=now)

    def real_time_passes(self, by: timedelta) -> None:
        """Leases and waits come nearer to their end; program time stands still."""
        with self.sessions.write() as session:
            for row in [*session.scalars(select(Delivery)), *session.scalars(select(Round))]:
                for column in ("retry_at", "lease_expires_at"):
                    if getattr(row, column, None) is not None:
                        setattr(row, column, getattr(row, column) - by)

    # What is stored

    def all(self, table: type[Base], **values: Any) -> list[Any]:
        with self.sessions.read() as session:
            return list(session.scalars(select(table).filter_by(**values)))

    def id_of(self, slack_user_id: str) -> int:
        [person] = self.all(Person, workspace_id=self.workspace_id, slack_user_id=slack_user_id)
        return int(person.id)

    def program(self) -> Program:
        [program] = self.all(Program, workspace_id=self.workspace_id)
        return program

    def change(self, table: type[Base], **values: Any) -> None:
        with self.sessions.write() as session:
            session.execute(update(table).values(**values))

    def newest_round(self) -> int:
        return max((int(round_.id) for round_ in self.all(Round)), default=0)

    def introductions(self) -> list[frozenset[str]]:
        """Who is in each active introduction of the newest round."""
        with self.sessions.read() as session:
            return [
                frozenset(
                    session.scalars(
                        select(Person.slack_user_id)
                        .join(IntroductionMember, IntroductionMember.person_id == Person.id)
                        .where(IntroductionMember.introduction_id == introduction.id)
                        .where(IntroductionMember.active)
                    )
                )
                for introduction in session.scalars(
                    select(Introduction).filter_by(active=True, round_id=self.newest_round())
                )
            ]

    def people_of(self, introduction_id: int) -> frozenset[str]:
        """Everybody of an introduction, ended or not."""
        with self.sessions.read() as session:
            return frozenset(
                str(slack_id)
                for slack_id in session.scalars(
                    select(Person.slack_user_id)
                    .join(IntroductionMember, IntroductionMember.person_id == Person.id)
                    .where(IntroductionMember.introduction_id == introduction_id)
                )
            )

    def partners_of(self, slack_user_id: str) -> frozenset[str]:
        [mine] = [people for people in self.introductions() if slack_user_id in people]
        return mine - {slack_user_id}

    def sit_outs(self) -> dict[str, ToldReason]:
        """Who is not introduced in the newest round, and why as they are told."""
        with self.sessions.read() as session:
            rows = session.execute(
                select(Person.slack_user_id, SitOut.reason)
                .join(SitOut, SitOut.person_id == Person.id)
                .where(SitOut.round_id == self.newest_round())
            )
            return {str(slack_id): reason for slack_id, reason in rows}

    def states(self, kind: DeliveryKind = DeliveryKind.INTRODUCTION) -> list[DeliveryState]:
        rows = self.all(Delivery, workspace_id=self.workspace_id, kind=kind)
        return sorted(delivery.state for delivery in rows)

    # What people read

    def posted(self) -> list[frozenset[str]]:
        """Who was introduced to each other, post by post."""
        return [
            frozenset(card.slack_user_id for card in content.people)
            for _, content, _ in self.messenger.posted
            if isinstance(content, IntroductionMessage)
        ]

    def told(self) -> list[tuple[str, ToldReason]]:
        """Who read which notice."""
        return [(who, one.reason) for who, one in self.notes() if isinstance(one, NoticeMessage)]

    def told_of_the_end(self) -> list[str]:
        """Who read that a lunch won't happen."""
        return [who for who, one in self.notes() if isinstance(one, CalledOffMessage)]

    def notes(self) -> Iterator[tuple[str, Content]]:
        """What people read in their own DM, in this order."""
        readers = {channel: people for people, channel in self.messenger.opened.items()}
        for channel, content, _ in self.messenger.posted:
            if not isinstance(content, IntroductionMessage):
                [reader] = readers[channel]
                yield reader, content


@dataclass
class Once:
    """A hook of the fake messenger that raises an error the first time that something is asked for."""

    what: str
    error: BaseException
    calls: int = 0

    def __call__(self, what: str) -> None:
        if what == self.what:
            self.calls += 1
            if self.calls == 1:
                raise self.error


def up_to(most: int) -> Callable[[], bool]:
    """Lets a delivery run go on so many times."""
    left = iter(range(most))
    return lambda: next(left, None) is not None
