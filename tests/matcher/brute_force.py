"""What the best round is, by trying every round: independent of the matcher's own code, for a few people."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matcher import Burden, BurdenKind, PastPair, Person, PersonId, Rules, Values
from matcher.look_ahead import look_ahead
from matcher.match import in_drawn_order

Group = tuple[Person, ...]
Pair = frozenset[PersonId]


def may_meet(a: Person, b: Person, rules: Rules) -> bool:
    """The hard rules, as the design states them."""
    if frozenset((a.id, b.id)) in rules.exclusions or a.manager == b.id or b.manager == a.id:
        return False
    at_one_table = a.office == b.office and a.takes_in_person and b.takes_in_person
    if not at_one_table and not (a.takes_virtual and b.takes_virtual):
        return False
    return any(
        (a.lunch_hours is None or hour in a.lunch_hours) and (b.lunch_hours is None or hour in b.lunch_hours)
        for hour in range(24)
    )


@dataclass(frozen=True)
class Past:
    """What earlier rounds say of each pair and person of this one."""

    ranks: dict[Pair, int]
    points: dict[Pair, int]
    later: dict[Pair, int]
    carried: dict[PersonId, int]
    sat_out_last: set[PersonId]


def past_of(
    people: Sequence[Person],
    history: Iterable[PastPair],
    rules: Rules,
    burdens: Iterable[Burden] = (),
    *,
    seed: int,
) -> Past:
    ranks = _recency_ranks(people, history)
    heaviness = {BurdenKind.SAT_OUT: 3, BurdenKind.REPEAT: 2, BurdenKind.TRIO_THIRD: 1}
    carried: dict[PersonId, int] = {person.id: 0 for person in people}
    sat_out_last: set[PersonId] = set()
    for burden in burdens:
        if burden.person in carried:
            carried[burden.person] += heaviness[burden.kind] * (2520 // burden.rounds_ago)
            if (burden.kind, burden.rounds_ago) == (BurdenKind.SAT_OUT, 1):
                sat_out_last.add(burden.person)
    later = _later(in_drawn_order(people, seed), set(ranks), rules, seed)
    return Past(ranks, _points(people, set(ranks)), later, carried, sat_out_last)


def _recency_ranks(people: Sequence[Person], history: Iterable[PastPair]) -> dict[Pair, int]:
    """The rank of each pair in history: unanswered first, then unknown dates, then the oldest."""
    here = {person.id for person in people}
    rows: dict[Pair, list[PastPair]] = {}
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


def _points(people: Sequence[Person], known: set[Pair]) -> dict[Pair, int]:
    if not any(person.level or person.started_on or person.interests for person in people):
        return {}
    across = [(a, b) for a, b in combinations(people, 2) if a.department != b.department]

    def coverage(pairs: list[tuple[Person, Person]]) -> tuple[int, int]:
        return sum(frozenset((a.id, b.id)) in known for a, b in pairs), len(pairs)

    points = {}
    all_met, all_pairs = coverage(across)
    for one, other in combinations(people, 2):
        own = 0
        if one.department != other.department:
            departments = {one.department, other.department}
            met, pairs = coverage([(a, b) for a, b in across if {a.department, b.department} == departments])
            own = 2 if 2 * met * all_pairs <= all_met * pairs else int(met * all_pairs <= all_met * pairs)
        if one.level and other.level and one.level != other.level:
            own += 1
        if one.started_on and other.started_on and abs((one.started_on - other.started_on).days) > 730:
            own += 1
        if {name.strip().lower() for name in one.interests} & {n.strip().lower() for n in other.interests}:
            own += 2
        points[frozenset((one.id, other.id))] = own
    return points


def _later(people: Sequence[Person], known: set[Pair], rules: Rules, seed: int) -> dict[Pair, int]:
    """What each pair costs later rounds: what the plan itself is worth is tested elsewhere."""
    pairs = [*combinations(range(len(people)), 2)]
    unmet = np.zeros((len(people), len(people)), np.bool_)
    for i, j in pairs:
        one, other = people[i], people[j]
        across = one.department != other.department
        new = frozenset((one.id, other.id)) not in known
        unmet[i, j] = unmet[j, i] = across and new and may_meet(one, other, rules)
    costs = look_ahead(unmet, seed)
    if costs is None:
        return {}
    return {frozenset((people[i].id, people[j].id)): int(costs[i, j]) for i, j in pairs}


def values_of(groups: Iterable[Group], alone: Sequence[PersonId], past: Past) -> Values:
    """The priorities of given introductions, counted pair by pair."""
    groups = list(groups)
    pairs = [(a.id, b.id) for group in groups for a, b in combinations(group, 2)]
    repeated = [pair for pair in pairs if frozenset(pair) in past.ranks]
    trios = [group for group in groups if len(group) == 3]
    return Values(
        sit_outs=len(alone),
        extra_seats=len(trios),
        repeats=len(repeated),
        repeat_recency=sum(past.ranks[frozenset(pair)] for pair in repeated),
        cross_department=sum(len({person.department for person in group}) > 1 for group in groups),
        sit_outs_twice_running=sum(person in past.sat_out_last for person in alone),
        unfairness=3 * sum(past.carried[person] for person in alone)
        + 2 * sum(past.carried[person] for pair in repeated for person in pair)
        + sum(past.carried[person.id] for trio in trios for person in trio),
        use_of_lunch=sum(past.points.get(frozenset(pair), 0) for pair in pairs),
        later_rounds=sum(past.later.get(frozenset(pair), 0) for pair in pairs),
    )


def _rounds(people: Group, rules: Rules) -> Iterator[tuple[list[Group], list[PersonId]]]:
    if not people:
        yield [], []
        return
    first, rest = people[0], people[1:]
    for groups, alone in _rounds(rest, rules):
        yield groups, [*alone, first.id]
    for size in (1, 2):
        for others in combinations(rest, size):
            group = (first, *others)
            if all(may_meet(a, b, rules) for a, b in combinations(group, 2)):
                remaining = tuple(person for person in rest if person not in others)
                for groups, alone in _rounds(remaining, rules):
                    yield [group, *groups], alone


def best_values(
    people: Sequence[Person],
    history: Sequence[PastPair],
    rules: Rules,
    burdens: Sequence[Burden] = (),
    *,
    seed: int,
) -> Values:
    """The priorities of the best of all rounds."""
    past = past_of(people, history, rules, burdens, seed=seed)

    def weight(values: Values) -> tuple[int, ...]:
        repeats = (values.repeats, values.repeat_recency)
        levels = (
            (-values.cross_department, *repeats)
            if rules.cross_department_first
            else (*repeats, -values.cross_department)
        )
        last = (values.sit_outs_twice_running, values.unfairness, values.later_rounds, -values.use_of_lunch)
        return (values.sit_outs, values.extra_seats, *levels, *last)

    return min((values_of(*each, past) for each in _rounds(tuple(people), rules)), key=weight)
