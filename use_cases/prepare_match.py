"""What the matcher is given: the people, what history counts against a pair, and the rules."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

import matcher
from db.history import past_pairs
from db.people import exclusions
from db.tables import Person, Program


@dataclass(frozen=True, slots=True)
class MatchInput:
    """Everything that decides a match, as plain values."""

    people: tuple[matcher.Person, ...]
    history: tuple[matcher.PastPair, ...]
    rules: matcher.Rules

    def digest(self) -> str:
        """The same for the same input, whatever its order: with the seed it identifies the result."""
        facts = {
            "people": sorted(
                (person.id, person.department, person.office, person.manager, person.takes_virtual)
                for person in self.people
            ),
            "history": sorted(
                (*sorted((pair.a, pair.b), key=int), str(pair.last_on), pair.confirmed)
                for pair in self.history
            ),
            "exclusions": sorted(sorted(pair, key=int) for pair in self.rules.exclusions),
            "cross_department_first": self.rules.cross_department_first,
        }
        return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def prepare_match(
    session: Session,
    program: Program,
    persons: Sequence[Person],
    *,
    kept_apart: Iterable[frozenset[int]] = (),
) -> MatchInput:
    """Read what a match needs to know about these people; `kept_apart` are pairs not to try again."""
    ids = {person.id for person in persons}
    people = tuple(
        matcher.Person(
            id=person.id,
            department=person.department,
            office=person.office,
            manager=person.manager_id,
            takes_virtual=not program.in_person_only,
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
    return MatchInput(people, history, rules)
