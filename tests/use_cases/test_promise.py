"""The promise, over random behaviours: few messages in working hours, nobody stranded, no excluded pair."""

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from db.open_introductions import full_hands
from db.people import exclusions, participating_ids
from db.tables import (
    Answer,
    CalledOff,
    Delivery,
    Introduction,
    IntroductionMember,
    Person,
    Preference,
    Proposal,
    SitOut,
    Withdrawal,
)
from domain.directory import DirectoryUser
from domain.errors import UnmetWish
from domain.messages import CheckInMessage, HeadsUpMessage, IntroductionMessage
from domain.proposals import ProposalState
from domain.rounds import AnswerWord, DeliveryKind, Thumb
from scheduler.clockwork import Clockwork
from tests.seeds import seeds
from tests.use_cases.company import SLOT, WEEK, Company, colleague
from use_cases.accept_time import accept_time
from use_cases.exclude_person import exclude_person
from use_cases.give_thumb import give_thumb
from use_cases.give_up_lunch import give_up_lunch
from use_cases.join_program import join_program
from use_cases.leave_program import leave_program
from use_cases.move_to_next_week import move_to_next_week
from use_cases.pause_program import pause_program
from use_cases.propose_time import propose_time
from use_cases.read_introduction import read_introduction
from use_cases.record_acquaintance import record_acquaintance
from use_cases.record_answer import record_answer
from use_cases.resume_program import resume_program
from use_cases.skip_round import skip_round
from use_cases.sync_directory import sync_person

ZONES = ("Europe/Berlin", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland")
STEP = timedelta(hours=3)


@dataclass
class Watch:
    """A clock that stands still until it is set."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass
class Read:
    """A message when it was posted, and who could read it."""

    at: datetime
    people: frozenset[str]
    content: object
    delivery_id: str


@dataclass
class Play:
    """People who do anything at any time, each in a manner of their own."""

    company: Company
    dice: random.Random
    people: list[str]
    clock: Watch = field(default_factory=lambda: Watch(SLOT))
    read: list[Read] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.clockwork = Clockwork(
            sessions=self.company.sessions,
            messenger=self.company.messenger,
            directory=self.company.directory,
            clock=self.clock,
            workspace_id=self.company.workspace_id,
            timing=self.company.timing,
        )
        self.manners = {one: self.dice.choice(["eager", "eager", "random", "silent"]) for one in self.people}

    def step(self) -> None:
        """A few hours, with everything that is due by then, and what people do."""
        self.clockwork.run_rounds()
        while self.clockwork.run_deliveries():
            self.clockwork.run_rounds()
        if self._note():
            self._nobody_holds_more_than_two()
        for content, people in [(one.content, one.people) for one in self.read[-len(self.people) :]]:
            who = self.dice.choice(sorted(people))
            if self.dice.random() < {"eager": 0.5, "random": 0.2, "silent": 0.0}[self.manners[who]]:
                self._react(who, content)
        for who in self.people:
            if self.dice.random() < 0.005:
                self._whim(who)
        self.clock.at += STEP

    def _note(self) -> bool:
        """What has been posted; whether anybody was introduced."""
        readers = {channel: people for people, channel in self.company.messenger.opened.items()}
        new = [
            Read(self.clock.at, readers[channel], content, delivery_id)
            for channel, content, delivery_id in self.company.messenger.posted[len(self.read) :]
        ]
        self.read += new
        introduced = [one.people for one in new if isinstance(one.content, IntroductionMessage)]
        if introduced:
            pairs = {frozenset(pair) for people in introduced for pair in combinations(people, 2)}
            assert not pairs & self._exclusions()
        return bool(introduced)

    def _exclusions(self) -> set[frozenset[str]]:
        names = {person.id: person.slack_user_id or "" for person in self.company.all(Person)}
        with self.company.sessions.read() as session:
            pairs = exclusions(session, self.company.workspace_id)
        return {frozenset(names[one] for one in pair) for pair in pairs}

    def _nobody_holds_more_than_two(self) -> None:
        """Counted without the query that decides it."""
        company = self.company
        came = {one.introduction_id: one.due_at for one in company.all(Delivery, kind="introduction")}
        done = {(one.introduction_id, one.person_id) for one in company.all(Withdrawal)}
        done |= {(one.introduction_id, one.person_id) for one in company.all(Answer)}
        past = {
            one.introduction_id
            for one in company.all(Proposal, state=ProposalState.ACCEPTED)
            if one.starts_at <= self.clock.at
        }
        holding = Counter(
            one.person_id
            for one in company.all(IntroductionMember, active=True)
            if came[one.introduction_id].date() + 3 * WEEK > self.clock.at.date()
            and one.introduction_id not in past
            and (one.introduction_id, one.person_id) not in done
        )
        assert max(holding.values(), default=0) <= 2

    def _react(self, who: str, content: object) -> None:
        sessions, now = self.company.sessions, self.clock.at
        try:
            match content:
                case IntroductionMessage():
                    shown = read_introduction(sessions, content.introduction_id, now=now)
                    if self.dice.random() < 0.3:
                        self._say_privately(who, content.introduction_id)
                    elif shown.suggested and self.dice.random() < 0.8:
                        accept_time(
                            sessions, shown.introduction_id, shown.suggested.proposal_id, who, now=now
                        )
                    elif shown.offers:
                        at = self.dice.choice(shown.offers)
                        propose_time(sessions, shown.introduction_id, who, at, now=now)
                case CheckInMessage():
                    word = self.dice.choice(list(AnswerWord))
                    record_answer(sessions, content.introduction_id, who, word, now=now)
                    give_thumb(sessions, content.introduction_id, who, self.dice.choice(list(Thumb)))
                case HeadsUpMessage():
                    here = {"workspace_id": self.company.workspace_id, "now": now}
                    skip_round(sessions, who, content.period_on, skip=self.dice.random() < 0.7, **here)
        except UnmetWish as error:
            self.done[type(error).__name__] += 1

    def _say_privately(self, who: str, about: str) -> None:
        sessions, now = self.company.sessions, self.clock.at
        [introduction] = self.company.all(Introduction, public_id=about)
        everybody = self.company.people_of(introduction.id)
        presses: dict[str, Callable[[], object]] = {
            "can't": lambda: give_up_lunch(sessions, about, who, wants_another=False, now=now),
            "somebody new": lambda: give_up_lunch(sessions, about, who, wants_another=True, now=now),
            "know": lambda: record_acquaintance(sessions, about, who, whom=everybody, now=now),
            "rather not": lambda: exclude_person(
                sessions, about, who, whom=[self.dice.choice(sorted(everybody - {who}))], now=now
            ),
            "next week": lambda: move_to_next_week(sessions, about, who, now=now),
        }
        name = self.dice.choice(list(presses))
        presses[name]()
        self.done[name] += 1

    def _whim(self, who: str) -> None:
        company, now = self.company, self.clock.at
        sessions, here = company.sessions, {"workspace_id": company.workspace_id, "now": now}
        whims: list[Callable[[], object]] = [
            lambda: pause_program(sessions, who, self.dice.choice(["1d", "1w", "3w"]), **here),
            lambda: resume_program(sessions, who, **here),
            lambda: resume_program(sessions, who, **here),
            lambda: leave_program(sessions, who, **here),
            lambda: join_program(sessions, company.directory, who, **here),
            lambda: join_program(sessions, company.directory, who, **here),
            lambda: self._set_account(who, is_away=True, away_expires_at=now + timedelta(days=4)),
            lambda: self._set_account(who),
            lambda: self._exclude(who),
            lambda: self._leaves_the_company(who),
        ]
        with contextlib.suppress(UnmetWish):
            self.dice.choice(whims)()

    def _exclude(self, who: str) -> None:
        other = self.dice.choice([one for one in self.people if one != who])
        if frozenset({who, other}) not in self._exclusions():
            self.company.exclude(who, other)

    def _leaves_the_company(self, who: str) -> None:
        if self.dice.random() < 0.2:
            self.company.messenger.unreachable.add(who)
            self._set_account(who, is_active=False)

    def _set_account(self, who: str, **status: object) -> None:
        if who in self.company.messenger.unreachable:
            status = {"is_active": False}
        user: DirectoryUser = colleague(who, timezone=zone_of(who), **status)
        self.company.directory.add(user)
        sync_person(self.company.sessions, user, workspace_id=self.company.workspace_id, now=self.clock.at)


def zone_of(who: str) -> str:
    return ZONES[int(who[1:]) % len(ZONES)]


def play(company: Company, people: int, rounds: int, seed: int) -> Play:
    dice = random.Random(seed)
    everybody = company.employ(people)
    with company.sessions.write() as session:
        for person in session.query(Person):
            assert person.slack_user_id is not None
            person.timezone = zone_of(person.slack_user_id)
            person.department = dice.choice(["Law", "Sales", "Care", None])
            heads_up, weekdays = dice.random() < 0.5, dice.choice([[0, 1, 2, 3, 4], [1, 2, 3], [0]])
            session.add(Preference(person_id=person.id, heads_up=heads_up, weekdays=weekdays))
    played = Play(company, dice, everybody)
    for one in everybody:
        company.directory.add(colleague(one, timezone=zone_of(one)))
    while played.clock.at < SLOT + rounds * WEEK:
        played.step()
        nobody_is_stranded(played)
    return played


def nobody_is_stranded(played: Play) -> None:
    """Everybody of the running round has somebody, or was told, or wants nobody else, or takes no part."""
    with played.company.sessions.read() as session:
        newest = played.company.newest_round()
        rows = session.query(IntroductionMember).filter_by(round_id=newest).all()
        placed = {row.person_id for row in rows if row.active}
        placed |= {row.person_id for row in session.query(SitOut).filter_by(round_id=newest)}
        left = {row.person_id for row in rows} - placed
        given_up = session.query(Withdrawal).filter_by(wants_another=False)
        ids = {row.introduction_id for row in rows}
        left -= {row.person_id for row in given_up if row.introduction_id in ids}
        now, program = played.clock.at, played.company.program()
        here = participating_ids(session, program.id, left, now.date())
        here -= full_hands(session, program, now)
    # What people have done since the last tick is seen by the next one; a round that it begins takes
    # everybody anew.
    if here:
        played.clockwork.run_rounds()
        if played.company.newest_round() != newest:
            return
        with played.company.sessions.read() as session:
            active = session.query(IntroductionMember).filter_by(round_id=newest, active=True)
            told = session.query(SitOut).filter_by(round_id=newest)
            placed = {row.person_id for row in active} | {row.person_id for row in told}
        assert here <= placed


def counted(played: Play) -> Counter[tuple[str, object, DeliveryKind]]:
    """How many messages of each kind each person got in each round, about lunches that still stand.

    Of one that was called off there was the introduction, and there is one word that it won't happen.
    """
    deliveries = {row.public_id: row for row in played.company.all(Delivery)}
    ended = {row.id for row in played.company.all(Introduction, active=False)}
    called_off = {row.delivery_id for row in played.company.all(CalledOff)}
    counts: Counter[tuple[str, object, DeliveryKind]] = Counter()
    for one in played.read:
        delivery = deliveries[one.delivery_id]
        if delivery.kind == DeliveryKind.INTRODUCTION and delivery.introduction_id in ended:
            continue
        about = delivery.recipient_key if delivery.id in called_off else delivery.round_id
        about = about or delivery.recipient_key
        counts.update((who, about, delivery.kind) for who in one.people)
    return counts


def in_working_hours(one: Read, weekdays: dict[str, list[int]]) -> bool:
    [who] = one.people
    local = one.at.astimezone(ZoneInfo(zone_of(who)))
    return local.weekday() in weekdays[who] and 9 <= local.hour < 17


def check(played: Play) -> None:
    company = played.company
    counts = counted(played)
    assert max(counts.values()) == 1
    assert len({one.delivery_id for one in played.read}) == len(played.read)
    ids = {row.id: row.slack_user_id for row in company.all(Person)}
    preferences = {ids[row.person_id]: row for row in company.all(Preference)}
    weekdays = {who: row.weekdays for who, row in preferences.items()}
    for one in played.read:
        if not isinstance(one.content, IntroductionMessage):
            assert in_working_hours(one, weekdays), one
        if isinstance(one.content, HeadsUpMessage):
            assert preferences[min(one.people)].heads_up
    asked = {(who, about) for who, about, kind in counts if kind == DeliveryKind.CHECK_IN}
    deliveries = {row.public_id: row for row in company.all(Delivery)}
    introduced = {
        (who, deliveries[one.delivery_id].round_id)
        for one in played.read
        if isinstance(one.content, IntroductionMessage)
        for who in one.people
    }
    assert asked <= introduced
    assert {kind for _, _, kind in counts} >= {DeliveryKind.INTRODUCTION, DeliveryKind.CHECK_IN}


@pytest.mark.parametrize("standing_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", seeds(1, 4))
def test_the_promise_holds_in_a_small_company(company: Company, seed: int) -> None:
    played = play(company, people=12, rounds=2, seed=seed)
    check(played)
    assert len(played.done) > 3, "the dice did too little"


@pytest.mark.slow
@pytest.mark.parametrize("standing_engine", ["postgresql"], indirect=True)
def test_the_promise_holds_on_postgresql(company: Company) -> None:
    check(play(company, people=16, rounds=4, seed=1))


@pytest.mark.slow
@pytest.mark.parametrize("standing_engine", ["sqlite"], indirect=True)
def test_the_promise_holds_for_200_people_over_20_rounds(company: Company) -> None:
    played = play(company, people=200, rounds=20, seed=1)
    check(played)
    # Each kind of message took part, those to people who were paused for silence among them.
    assert {row.kind for row in company.all(Delivery)} == set(DeliveryKind)
