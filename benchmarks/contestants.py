"""Five ways to pair people for lunch that are in use elsewhere, and ours, all told the same of a week."""

from collections import deque
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from random import Random

import rustworkx

from matcher import Burden, BurdenKind, Matching, PastPair, Person, Reason, match

# Steps of a depth-first search: a limit in seconds would help whoever has the faster machine.
DEADLINE = 2000
START = date(2026, 1, 5)
# As many as the app reads; see `db.history.shortchanged`.
REMEMBERED_ROUNDS = 12

Pair = tuple[int, int]
Group = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What everyone who matches a week is told."""

    present: tuple[int, ...]
    department: tuple[str | None, ...]
    met: Set[Pair]
    random: Random

    def shuffled(self) -> list[int]:
        return self.random.sample(self.present, len(self.present))

    def unmet(self, one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) not in self.met

    def across(self, one: int, other: int) -> bool:
        return self.department[one] != self.department[other]


Contestant = Callable[[Week], list[Group]]


def shuffle_and_pair(week: Week) -> list[Group]:
    """Shuffle, and pair neighbours."""
    order = week.shuffled()
    return list(zip(order[::2], order[1::2], strict=False))


def greedy(week: Week) -> list[Group]:
    """Each in turn takes the first whom they have never met, else the first of all."""
    waiting, pairs = deque(week.shuffled()), list[Group]()
    while len(waiting) > 1:
        one = waiting.popleft()
        other = next((each for each in waiting if week.unmet(one, each)), waiting[0])
        waiting.remove(other)
        pairs.append((one, other))
    return pairs


def blossom_on_unmet(week: Week) -> list[Group]:
    """As many pairs as can be, out of those who have not met and are of two departments."""
    return _blossom(week, lambda one, other: int(week.unmet(one, other) and week.across(one, other)))


def weighted_blossom(week: Week) -> list[Group]:
    """As many pairs as can be, then the heaviest: 1000 unmet, 100 across departments, 1 to 10 of noise."""

    def weight(one: int, other: int) -> int:
        wanted = 1000 * week.unmet(one, other) + 100 * week.across(one, other)
        return wanted + week.random.randint(1, 10)

    return _blossom(week, weight)


def _blossom(week: Week, weight: Callable[[int, int], int]) -> list[Group]:
    order = week.shuffled()
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(order)
    edges = ((i, j, weight(order[i], order[j])) for i, j in combinations(range(len(order)), 2))
    graph.add_edges_from([edge for edge in edges if edge[2]])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    # What comes back is a set, in an order that differs from run to run.
    return sorted((min(order[i], order[j]), max(order[i], order[j])) for i, j in found)


def depth_first(week: Week) -> list[Group]:
    """Searched for unmet pairs across departments, then, among those who are left, for any unmet pairs."""
    order = week.shuffled()
    if len(order) % 2:
        order.pop()
    pairs = _search(order, lambda one, other: week.unmet(one, other) and week.across(one, other))
    placed = {one for pair in pairs for one in pair}
    return pairs + _search([one for one in week.shuffled() if one not in placed], week.unmet)


def _search(order: list[int], allowed: Callable[[int, int], bool]) -> list[Group]:
    """Pair the first with somebody, then the others, or take that back; at the deadline, the most so far."""
    steps, best = 0, list[Group]()

    def place(waiting: list[int], pairs: list[Group]) -> bool:
        """Whether the search is over: nobody is left to pair, or the deadline has come."""
        nonlocal steps, best
        steps += 1
        best = max(best, pairs, key=len)
        if len(waiting) < 2 or steps > DEADLINE:
            return True
        one, *others = waiting
        return any(
            place([each for each in others if each != other], [*pairs, (one, other)])
            for other in others
            if allowed(one, other)
        )

    place(order, [])
    return best


class Lunchmates:
    """Ours, given what the app gives it: history with its dates, a seed, and who had less of late."""

    def __init__(self, met: Iterable[Pair]) -> None:
        self.rounds: list[Matching] = []
        self._history = [PastPair(low, high, confirmed=True) for low, high in sorted(met)]
        self._carried: deque[list[tuple[int, BurdenKind]]] = deque(maxlen=REMEMBERED_ROUNDS)

    def __call__(self, week: Week) -> list[Group]:
        people = [Person(one, week.department[one]) for one in week.present]
        burdens = [
            Burden(person, kind, ago) for ago, each in enumerate(self._carried, 1) for person, kind in each
        ]
        found = match(people, self._history, seed=week.random.getrandbits(31), burdens=burdens)
        carried = [(int(each.person), BurdenKind.SAT_OUT) for each in found.sit_outs]
        groups = [tuple(map(int, each.members)) for each in found.introductions]
        for introduction, members in zip(found.introductions, groups, strict=True):
            for reason, kind in ((Reason.TRIO, BurdenKind.TRIO_THIRD), (Reason.REPEAT, BurdenKind.REPEAT)):
                carried += [(one, kind) for one in members if reason in introduction.reasons]
        self._carried.appendleft(carried)
        monday = START + timedelta(weeks=len(self.rounds))
        self._history += [PastPair(*pair, last_on=monday) for pair in pairs_in(groups)]
        self.rounds.append(found)
        return groups


PEERS: dict[str, Contestant] = {
    "shuffle and pair neighbours": shuffle_and_pair,
    "greedy, never-met first": greedy,
    "blossom on the unmet, all weights 1, others left out": blossom_on_unmet,
    "depth-first search with a deadline": depth_first,
    "blossom with weights 1000 unmet + 100 cross-department + noise": weighted_blossom,
}


def pairs_in(groups: Iterable[Group]) -> list[Pair]:
    """The pairs of people, low before high, who are brought together: three of a trio."""
    return [(low, high) for group in groups for low, high in combinations(sorted(group), 2)]
