"""What the matcher is given: the people, what history counts against a pair, and the rules."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

import matcher
from db.history import past_pairs, shortchanged
from db.people import exclusions
from db.tables import Person, Program


@dataclass(frozen=True, slots=True)
class MatchInput:
    """Everything that decides a match, as plain values."""

    people: tuple[matcher.Person, ...]
    history: tuple[matcher.PastPair, ...]
    rules: matcher.Rules
    burdens: tuple[matcher.Burden, ...] = ()

    def digest(self) -> str:
        """The same for the same input, whatever its order: with the seed it identifies the result."""
        facts = {
            "people": sorted(
                [
                    *(person.id, person.department, person.office, person.manager, person.takes_virtual),
                    *(person.level, str(person.started_on), sorted(person.interests)),
                ]
                for person in self.people
            ),
            "history": sorted(
                (*sorted((pair.a, pair.b), key=int), str(pair.last_on), pair.confirmed)
                for pair in self.history
            ),
            "exclusions": sorted(sorted(pair, key=int) for pair in self.rules.exclusions),
            "burdens": sorted((burden.person, burden.kind, burden.rounds_ago) for burden in self.burdens),
            "cross_department_first": self.rules.cross_department_first,
        }
        return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def prepare_match(
    session: Session,
    program: Program,
    persons: Sequence[Person],
    *,
    before: datetime,
    kept_apart: Iterable[frozenset[int]] = (),
) -> MatchInput:
    """Read what the match of a round needs to know about these people.

    `before` is the round's slot: earlier rounds decide whose turn it is to have a better one.
    `kept_apart` are pairs not to try again.
    """
    ids = {person.id for person in persons}
    people = tuple(
        matcher.Person(
            id=person.id,
            department=person.department,
            office=person.office,
            manager=person.manager_id,
            takes_virtual=not program.in_person_only,
            level=person.level,
            started_on=person.started_on,
            interests=interests_of(person.interests),
        )
        for person in persons
    )
    history = tuple(
        matcher.PastPair(past.low_id, past.high_id, last_on=past.last_on, confirmed=past.met)
        for past in past_pairs(session, program.workspace_id)
        if past.low_id in ids and past.high_id in ids
    )
    apart: set[frozenset[matcher.PersonId]] = {
        frozenset(pair) for pair in (*exclusions(session, program.workspace_id), *kept_apart) if pair <= ids
    }
    rules = matcher.Rules(exclusions=frozenset(apart), cross_department_first=program.cross_department_first)
    burdens = tuple(
        matcher.Burden(one.person_id, matcher.BurdenKind(one.how), one.rounds_ago)
        for one in shortchanged(session, program.id, before)
        if one.person_id in ids
    )
    return MatchInput(people, history, rules, burdens)


def interests_of(text: str | None) -> frozenset[str]:
    """What somebody likes to be asked about, one by one."""
    return frozenset(part.strip() for part in (text or "").split(",") if part.strip())
