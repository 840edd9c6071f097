"""What the best round is, by trying every round: independent of the matcher's own code, for a few people."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from matcher import PastPair, Person, PersonId, Rules, Values

Group = tuple[Person, ...]


def may_meet(a: Person, b: Person, rules: Rules) -> bool:
    """The hard rules, as the design states them."""
    if frozenset((a.id, b.id)) in rules.exclusions or a.manager == b.id or b.manager == a.id:
        return False
    if a.office != b.office and not (a.takes_virtual and b.takes_virtual):
        return False
    return any(
        (a.lunch_hours is None or hour in a.lunch_hours) and (b.lunch_hours is None or hour in b.lunch_hours)
        for hour in range(24)
    )


def recency_ranks(people: Sequence[Person], history: Iterable[PastPair]) -> dict[frozenset[PersonId], int]:
    """The rank of each pair in history: unanswered first, then unknown dates, then the oldest."""
    here = {person.id for person in people}
    rows: dict[frozenset[PersonId], list[PastPair]] = {}
    for row in history:
        if row.a in here and row.b in here:
            rows.setdefault(frozenset((row.a, row.b)), []).append(row)
    state = {
        pair: (
            any(row.confirmed for row in own),
            max((row.last_on or datetime.date.min).toordinal() for row in own),
        )
        for pair, own in rows.items()
    }
    order = sorted(set(state.values()))
    return {pair: order.index(own) for pair, own in state.items()}


def values_of(groups: Iterable[Group], alone: int, ranks: dict[frozenset[PersonId], int]) -> Values:
    """The priorities of given introductions, counted pair by pair."""
    groups = list(groups)
    repeated = [
        ranks[frozenset((a.id, b.id))]
        for group in groups
        for a, b in combinations(group, 2)
        if frozenset((a.id, b.id)) in ranks
    ]
    return Values(
        sit_outs=alone,
        trios=sum(len(group) == 3 for group in groups),
        repeats=len(repeated),
        repeat_recency=sum(repeated),
        cross_department=sum(len({person.department for person in group}) > 1 for group in groups),
    )


def _rounds(people: Group, rules: Rules) -> Iterator[tuple[list[Group], int]]:
    if not people:
        yield [], 0
        return
    first, rest = people[0], people[1:]
    for groups, alone in _rounds(rest, rules):
        yield groups, alone + 1
    for size in (1, 2):
        for others in combinations(rest, size):
            group = (first, *others)
            if all(may_meet(a, b, rules) for a, b in combinations(group, 2)):
                remaining = tuple(person for person in rest if person not in others)
                for groups, alone in _rounds(remaining, rules):
                    yield [group, *groups], alone


def best_values(people: Sequence[Person], history: Sequence[PastPair], rules: Rules) -> Values:
    """The priorities of the best of all rounds."""
    ranks = recency_ranks(people, history)

    def burden(values: Values) -> tuple[int, ...]:
        repeats = (values.repeats, values.repeat_recency)
        levels = (
            (-values.cross_department, *repeats)
            if rules.cross_department_first
            else (*repeats, -values.cross_department)
        )
        return (values.sit_outs, values.trios, *levels)

    return min((values_of(*each, ranks) for each in _rounds(tuple(people), rules)), key=burden)
