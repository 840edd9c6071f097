"""Rounds in which people join, leave, pause, know each other, can't, would rather not, or aren't reached."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations

import pytest

from db.open_introductions import full_hands
from db.people import exclusions
from db.tables import (
    Answer,
    CalledOff,
    Delivery,
    Introduction,
    IntroductionMember,
    Participant,
    Person,
    Round,
    SitOut,
    Withdrawal,
)
from domain.errors import UnmetWish
from domain.rounds import AnswerWord, DeliveryState
from tests.seeds import seeds
from tests.use_cases.company import SLOT, WEEK, Company
from use_cases.close_rounds import close_rounds
from use_cases.end_pauses import end_pauses
from use_cases.exclude_person import exclude_person
from use_cases.give_up_lunch import give_up_lunch
from use_cases.move_to_next_week import move_to_next_week
from use_cases.owe_check_ins import owe_check_ins
from use_cases.record_acquaintance import record_acquaintance
from use_cases.record_answer import record_answer

PEOPLE, WEEKS, MOMENTS = 30, 4, 14
HOUR = timedelta(hours=1)


@dataclass
class Months:
    """A company that lives through some rounds, with dice."""

    company: Company
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)
    posted: int = 0
    full: frozenset[int] = frozenset()
    """Who held two when the round was matched."""

    def everybody(self) -> list[str]:
        return sorted(person.slack_user_id for person in self.company.all(Person, is_active=True))

    def live(self) -> None:
        self.company.employ(PEOPLE)
        for week in range(WEEKS):
            now = SLOT + week * WEEK
            self.tick(now, match=True)
            for _ in range(MOMENTS):
                now += timedelta(minutes=self.dice.randint(1, 60 * 11))
                self.happen(now)
                self.tick(now)
            # Everything that was pressed takes effect, and every notice goes out.
            for later in (HOUR, 2 * HOUR, 3 * HOUR):
                self.tick(now + later)
            check_everybody(self.company, self.full, now + 3 * HOUR)

    def tick(self, now: datetime, *, match: bool = False) -> None:
        company = self.company
        close_rounds(company.sessions, workspace_id=company.workspace_id, now=now)
        end_pauses(company.sessions, workspace_id=company.workspace_id, now=now)
        owe_check_ins(company.sessions, workspace_id=company.workspace_id, now=now)
        if match:
            with company.sessions.read() as session:
                self.full = full_hands(session, company.program(), now)
            company.match(now=now, seed=self.dice.randrange(2**63))
        for _ in range(3):
            company.rematch(now=now)
            company.deliver(now=now)
            company.real_time_passes(timedelta(minutes=1))
            self.check_posts(now)

    def check_posts(self, now: datetime) -> None:
        names = {person.id: person.slack_user_id for person in self.company.all(Person)}
        with self.company.sessions.read() as session:
            apart = {frozenset(names[one] for one in pair) for pair in exclusions(session, 1)}
        posted = self.company.posted()
        for people in posted[self.posted :]:
            assert not any(frozenset(pair) in apart for pair in combinations(people, 2))
        self.posted = len(posted)
        holding = Counter(person_id for person_id in held(self.company, now))
        assert max(holding.values(), default=0) <= 2

    def happen(self, now: datetime) -> None:
        """Something that somebody does; what is refused is refused kindly, and changes nothing."""
        company, dice = self.company, self.dice
        who = dice.choice(self.everybody())
        sessions = company.sessions
        presses: dict[str, Callable[[str], object]] = {
            "can't": lambda about: give_up_lunch(sessions, about, who, wants_another=False, now=now),
            "somebody new": lambda about: give_up_lunch(sessions, about, who, wants_another=True, now=now),
            "know": lambda about: record_acquaintance(sessions, about, who, whom=self.of(about), now=now),
            "rather not": lambda about: exclude_person(
                sessions, about, who, whom=[self.other(about, who)], now=now
            ),
            "next week": lambda about: move_to_next_week(sessions, about, who, now=now),
            "met": lambda about: record_answer(sessions, about, who, AnswerWord.MET, now=now),
            "no": lambda about: record_answer(sessions, about, who, AnswerWord.NOT_THIS_TIME, now=now),
        }
        deeds: dict[str, Callable[[], object]] = {
            "join": lambda: company.join(f"UN{now:%m%d%H%M}", now=now),
            "come back": lambda: company.join(who, now=now),
            "leave": lambda: company.leave(who, now=now),
            "pause": lambda: company.pause(who, now=now),
            "unreachable": lambda: company.messenger.unreachable.add(who),
            "gone": lambda: company.leave_the_company(who, now=now),
        }
        name = dice.choice([*presses, *presses, *deeds])
        mine = [one.public_id for one in company.all(Introduction) if who in company.people_of(one.id)]
        try:
            if name in deeds:
                deeds[name]()
            elif mine:
                presses[name](dice.choice(mine[-2:]))
        except UnmetWish as error:
            name = type(error).__name__
        self.done[name] += 1

    def of(self, about: str) -> frozenset[str]:
        [introduction] = self.company.all(Introduction, public_id=about)
        return self.company.people_of(introduction.id)

    def other(self, about: str, who: str) -> str:
        return self.dice.choice(sorted(self.of(about) - {who}))


def held(company: Company, now: datetime) -> Iterator[int]:
    """Who holds an introduction that is open, once for each, counted without the query that decides it."""
    delivered = {one.introduction_id: one.due_at for one in company.all(Delivery, kind="introduction")}
    gone = {(one.introduction_id, one.person_id) for one in company.all(Withdrawal)}
    answered = {(one.introduction_id, one.person_id) for one in company.all(Answer)}
    for one in company.all(IntroductionMember, active=True):
        key = (one.introduction_id, one.person_id)
        if delivered[one.introduction_id] + 3 * WEEK > now and key not in gone | answered:
            yield one.person_id


def check_everybody(company: Company, full: frozenset[int], now: datetime) -> None:
    """Whoever takes part is introduced, or has had a word, or holds two, or came too late for this round."""
    round_id = company.newest_round()
    [round_] = company.all(Round, id=round_id)
    introduced = {one.person_id for one in company.all(IntroductionMember, round_id=round_id, active=True)}
    left_over = {one.person_id for one in company.all(SitOut, round_id=round_id)}
    in_round = {one.id for one in company.all(Introduction, round_id=round_id)}
    chose_it = {one.person_id for one in company.all(Withdrawal) if one.introduction_id in in_round}
    told = {one.person_id for one in company.all(CalledOff) if one.introduction_id in in_round}
    active = {one.id for one in company.all(Person, is_active=True)}
    for one in company.all(Participant, state="active"):
        if one.person_id in active and one.changed_at <= round_.matched_at:
            assert one.person_id in introduced | left_over | chose_it | told | full, "nobody is stranded"
    on_their_way = {DeliveryState.PENDING, DeliveryState.OPENED, DeliveryState.SENDING}
    due = [one for one in company.all(Delivery) if one.state in on_their_way and one.due_at <= now]
    assert due == []


@pytest.mark.parametrize("seed", seeds(1, 2))
def test_nobody_is_stranded_paired_against_their_will_or_given_too_much(company: Company, seed: int) -> None:
    months = Months(company, random.Random(seed))
    months.live()
    assert len(months.done) > 10, "the dice did too little"
