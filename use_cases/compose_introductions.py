"""Turns what the matcher decided into what is stored: who goes first, how to start, why."""

import random
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import combinations
from uuid import uuid4

import matcher
from db.introductions import NewIntroduction
from db.sit_outs import NewSitOut
from db.tables import Person
from domain.rounds import ToldReason

NEWCOMER = timedelta(days=90)
JUNIOR = re.compile(
    r"\b(junior|jr|entry|intern|internship|trainee|graduate|apprentice|working student|student"
    r"|praktikant(in)?|azubi|auszubildende[rn]?|werkstudent(in)?|volontär(in)?|berufseinsteiger(in)?)\b",
    re.IGNORECASE,
)
# An odd number is told in the same words as an exclusion: of two people in a program one reads the same
# whether the other one is away or would rather not meet them.
TOLD: Mapping[matcher.SitOutCause, ToldReason] = {
    matcher.SitOutCause.ODD_NUMBER: ToldReason.NOBODY_NEW,
    matcher.SitOutCause.NO_SHARED_FORMAT: ToldReason.NO_SHARED_TIME,
    matcher.SitOutCause.NOBODY_FREE: ToldReason.NOBODY_NEW,
}


def compose_introductions(
    introductions: Iterable[matcher.Introduction],
    people: Mapping[int, Person],
    *,
    seed: int,
    today: date,
    freed: Collection[frozenset[int]] = (),
) -> list[NewIntroduction]:
    """Each introduction with its opaque ids, its question and the person who suggests a time.

    `freed` are pairs who count as new again: they read that they have been introduced, as they know.
    Otherwise whoever said nothing would read off what the other one answered then.
    """
    return [
        _compose(
            [people[int(member)] for member in introduction.members],
            _told(introduction, freed),
            seed,
            today,
        )
        for introduction in introductions
    ]


def _told(introduction: matcher.Introduction, freed: Collection[frozenset[int]]) -> Iterable[matcher.Reason]:
    members = (int(member) for member in introduction.members)
    if not any(frozenset(pair) in freed for pair in combinations(members, 2)):
        return introduction.reasons
    return {*introduction.reasons, matcher.Reason.REPEAT} - {matcher.Reason.NEW}


def compose_sit_outs(sit_outs: Iterable[matcher.SitOut]) -> list[NewSitOut]:
    """Each person who is left over, with the reason that may be told."""
    return [
        NewSitOut(person_id=int(sit_out.person), reason=TOLD[sit_out.cause], delivery_id=uuid4().hex)
        for sit_out in sit_outs
    ]


def burden_of_going_first(person: Person, today: date) -> tuple[bool, date]:
    """Who goes first is whoever has been here longest; somebody new or junior only if all of them are.

    Levels are free words, so that "junior" is what reads like it. Of whom nothing is known, they are drawn
    by lot after those whose years are known.
    """
    is_new = person.started_on is not None and person.started_on > today - NEWCOMER
    is_junior = bool(JUNIOR.search(person.level or ""))
    return is_new or is_junior, person.started_on or date.max


def next_full_hour(now: datetime) -> datetime:
    """When notices go out: in hourly batches, so that their moment tells nothing."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _compose(
    people: list[Person], reasons: Iterable[matcher.Reason], seed: int, today: date
) -> NewIntroduction:
    dice = random.Random(f"{seed} {sorted(person.id for person in people)}")  # noqa: S311 (no secret)
    by_lot = sorted(people, key=lambda person: dice.random())
    proposer = min(by_lot, key=lambda person: burden_of_going_first(person, today))
    return NewIntroduction(
        public_id=uuid4().hex,
        delivery_id=uuid4().hex,
        people=tuple(by_lot),
        why=tuple(sorted(reason.value for reason in reasons)),
        starter=dice.randrange(1_000_000),
        proposer_id=proposer.id,
    )
