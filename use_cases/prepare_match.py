"""What the matcher is given: the people, what history counts against a pair, and the rules."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

import matcher
from db.history import freed_pairs, past_pairs, shortchanged
from db.people import exclusions
from db.preferences import preferences_of
from db.tables import Person, Program
from domain.lunch_times import UtcHours
from domain.preferences import LunchFormat, Preferences
from matcher.past_numbers import PastNumbers


@dataclass(frozen=True, slots=True)
class PreparedMatch:
    """Everything that decides a match, the seed apart, and what is told of it, as plain values."""

    people: tuple[matcher.Person, ...]
    history: matcher.PastPairs
    rules: matcher.Rules
    burdens: tuple[matcher.Burden, ...] = ()
    freed: frozenset[frozenset[int]] = frozenset()
    """Pairs that count as new again, although they have been introduced; it decides nothing."""

    def digest(self) -> str:
        """The same for the same input, whatever its order: with the seed it identifies the result."""
        digest = hashlib.sha256()
        for person in sorted(self.people, key=lambda person: person.id):
            facts = {field.name: getattr(person, field.name) for field in fields(person)}
            digest.update(json.dumps(facts, default=_plain).encode())
        for facts in (
            {field.name: getattr(self.rules, field.name) for field in fields(self.rules)},
            {"burdens": sorted((burden.person, burden.kind, burden.rounds_ago) for burden in self.burdens)},
        ):
            digest.update(json.dumps(facts, default=_plain).encode())
        past, ids = self.history, [int(person.id) for person in self.people]
        numbers = PastNumbers(ids).of(past.a, past.b, past.day, past.confirmed)
        numbers.sort()
        digest.update(numbers.data)
        return digest.hexdigest()


def prepare_match(
    session: Session,
    program: Program,
    persons: Sequence[Person],
    *,
    before: datetime,
    kept_apart: Iterable[frozenset[int]] = (),
) -> PreparedMatch:
    """Read what the match of a round needs to know about these people.

    `before` is the round's slot: earlier rounds decide whose turn it is to have a better one.
    `kept_apart` are pairs not to try again.
    """
    ids = {person.id for person in persons}
    preferences = preferences_of(session, ids)
    hours = UtcHours(before, program.timezone)
    people = tuple(_person(program, person, preferences[person.id], hours) for person in persons)
    history = _history(session, program.workspace_id, ids, before.date())
    apart: set[frozenset[matcher.PersonId]] = {
        frozenset(pair) for pair in (*exclusions(session, program.workspace_id), *kept_apart) if pair <= ids
    }
    rules = matcher.Rules(
        exclusions=frozenset(apart),
        cross_department_first=program.cross_department_first,
        differences=frozenset(map(matcher.Difference, listed(program.differences))),
        common=frozenset(map(matcher.Common, listed(program.common))),
        group_size=program.group_size,
    )
    burdens = tuple(
        matcher.Burden(one.person_id, matcher.BurdenKind(one.how), one.rounds_ago)
        for one in shortchanged(session, program.id, before)
        if one.person_id in ids
    )
    freed = freed_pairs(session, program.workspace_id, ids)
    return PreparedMatch(people, history, rules, burdens, freed)


def _person(program: Program, person: Person, said: Preferences, hours: UtcHours) -> matcher.Person:
    interests = listed(person.interests) if said.interests is None else frozenset(said.interests)
    return matcher.Person(
        id=person.id,
        department=person.department,
        office=said.office or person.office,
        manager=person.manager_id,
        takes_virtual=said.format != LunchFormat.IN_PERSON and not program.in_person_only,
        takes_in_person=said.format != LunchFormat.VIDEO,
        # Hours that nobody has named keep nobody apart: otherwise offices on two sides of an ocean would
        # never be introduced to each other.
        lunch_hours=hours.of(said.lunch_hours, person.timezone) if said.names_hours else None,
        level=person.level,
        started_on=person.started_on,
        interests=interests,
        skills=listed(person.skills),
        languages=frozenset(said.languages) or listed(person.languages),
    )


def _history(session: Session, workspace_id: int, ids: Collection[int], today: date) -> matcher.PastPairs:
    """The past pairs of two of these people, each once, in columns: millions of objects would fill memory."""
    numbers = PastNumbers(ids)
    return numbers.merged(
        [
            numbers.of(rows.low_ids, rows.high_ids, rows.days, np.full(len(rows.days), rows.met))
            for rows in past_pairs(session, workspace_id, ids, today=today)
        ]
    )


def _plain(value: object) -> object:
    """Sets in ascending order, pairs of people among them; everything else as a text."""
    if not isinstance(value, frozenset):
        return str(value)
    return sorted((sorted(one) if isinstance(one, frozenset) else one) for one in value)


def listed(text: str | None) -> frozenset[str]:
    """What the directory lists of somebody, one by one: interests, skills, languages."""
    return frozenset(part.strip() for part in (text or "").split(",") if part.strip())
