"""Matching a few people into a round that stands, without moving the others."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from matcher.blossom import heaviest
from matcher.burdens import Burden, BurdenKind
from matcher.errors import PersonError
from matcher.match import NO_RULES, match
from matcher.objective import Objective
from matcher.people import PastPair, PastPairs, Person, PersonId, Rules, check_people
from matcher.rules import AllowedPairs
from matcher.scale import Scale, exact

Group = tuple[int, ...]


def place(
    waiting: Iterable[PersonId],
    standing: Iterable[Sequence[PersonId]],
    people: Iterable[Person],
    history: Iterable[PastPair] | PastPairs,
    rules: Rules = NO_RULES,
    *,
    seed: int,
    burdens: Iterable[Burden] = (),
) -> list[tuple[PersonId, ...]]:
    """Introduce people who came late, or lost their partner, to each other or as the third of a pair.

    The priorities are those of `matcher.match`, as far as these people can change them: fewest of them sit
    out, fewest trios, fewest repeats, and so on. Nobody who stands is moved, and a pair takes one at most.

    Parameters
    ----------
    waiting : iterable of (int or str)
        Who has no introduction.
    standing : iterable of pairs of (int or str)
        Pairs of the round that one more person may still join; empty if none may.
    people : iterable of Person
        All of these people; others are ignored.
    history, rules, seed, burdens
        As for `matcher.match`; the standing pairs need not be in the history.

    Returns
    -------
    list of tuple of (int or str)
        The new introductions, and the pairs that are now three, each ascending. Who is waiting and in none
        of them sits out. Empty if nobody waits.

    Raises
    ------
    PersonError
        If somebody who waits or stands is not among the people.

    Examples
    --------
    >>> people = [Person(n, str(n)) for n in range(5)]
    >>> place([4], [(0, 1), (2, 3)], people, [PastPair(0, 4)], seed=1)
    [(2, 3, 4)]
    """
    late, pairs, history, burdens = (
        set(waiting),
        [tuple(pair) for pair in standing],
        _kept(history),
        list(burdens),
    )
    here = late.union(*pairs)
    those = [person for person in check_people(people) if person.id in here]
    if len(those) < len(here):
        raise PersonError("Somebody who waits or stands is not among the people; give all of them.")
    # Among each other alone they may make a trio of their own.
    own = match((each for each in those if each.id in late), history, rules, seed=seed, burdens=burdens)
    ids = [person.id for person in sorted(those, key=lambda person: person.id)]
    number = {one: i for i, one in enumerate(ids)}
    table = _Table(sorted(those, key=lambda person: person.id), history, rules, burdens)
    groups = [tuple(number[one] for one in pair) for pair in pairs]
    choices = [
        [tuple(number[one] for one in each.members) for each in own.introductions],
        table.joined([number[one] for one in sorted(late)], groups),
    ]
    before = {group[:2]: group for group in groups}
    best = min(choices, key=lambda found: table.worth(found, len(late), before))
    return sorted(tuple(ids[i] for i in sorted(group)) for group in best)


class _Table:
    """Exact costs among the people who wait or stand, numbered from 0."""

    def __init__(
        self,
        people: Sequence[Person],
        history: Iterable[PastPair] | PastPairs,
        rules: Rules,
        burdens: Iterable[Burden],
    ) -> None:
        self._objective = Objective(people, history, rules, burdens)
        self._allowed = AllowedPairs(people, rules)
        self._scale: Scale = self._objective.scale(np.arange(len(people)))
        self._third = self._objective.standing.costs(BurdenKind.TRIO_THIRD)

    def worth(
        self, found: Sequence[Group], waiting: int, standing: Mapping[Group, Group]
    ) -> tuple[int, int, int]:
        """People who sit out, trios, and what is paid beyond the pairs that stand; less is better."""
        seated = sum(1 if group[:2] in standing else len(group) for group in found)
        paid = sum(self._cost(group) for group in found)
        paid -= sum(self._cost(group[:2]) for group in found if group[:2] in standing)
        return waiting - seated, sum(len(group) == 3 for group in found), paid

    def joined(self, waiting: Sequence[int], standing: Sequence[Group]) -> list[Group]:
        """The best pairs among those who wait, and of them with standing pairs."""
        options: dict[tuple[int, int], tuple[int, Group]] = {}
        for place, i in enumerate(waiting):
            for later in range(place + 1, len(waiting)):
                j = waiting[later]
                if self._allowed.among(np.array([i]), np.array([j]))[0, 0]:
                    options[place, later] = self._cost((i, j)), (i, j)
            # No more of the pairs than there are people to join them can be of use to one of these.
            for cost, pair in self._cheapest(i, standing)[: len(waiting)]:
                options[place, len(waiting) + pair] = self._scale.seat + cost, (*standing[pair], i)
        seat = 4 * (len(waiting) + 1) * self._scale.seat
        weights = [
            (seat if pair[1] >= len(waiting) else 2 * seat) - cost for pair, (cost, _) in options.items()
        ]
        found = heaviest(len(waiting) + len(standing), list(options), weights, False)
        return [options[pair][1] for pair in found]

    def _cheapest(self, i: int, standing: Sequence[Group]) -> list[tuple[int, int]]:
        """What it costs that a person joins a pair, and the number of the pair, cheapest first."""
        if not standing:
            return []
        pairs, row = np.array(standing, np.int64), np.array([i])
        free = self._allowed.among(row, pairs.ravel())[0].reshape(-1, 2).all(axis=1)
        words = self._scale.pack(self._objective.links(row, pairs.ravel()))
        everybody = np.arange(pairs.size)
        costs = (
            np.array(exact(words, self._scale.bases, 0 * everybody, everybody), object)
            .reshape(-1, 2)
            .sum(axis=1)
        )
        costs += self._scale.unit("unfairness") * (self._third[pairs].sum(axis=1) + self._third[i]).astype(
            object
        )
        department = self._objective.department
        # To be third in a pair of one department can make it one of two.
        alike = department[pairs[:, 0]] == department[pairs[:, 1]]
        costs -= self._scale.unit("same_department") * (
            alike & (department[pairs[:, 0]] != department[i])
        ).astype(object)
        return sorted((costs[place], place) for place in np.flatnonzero(free).tolist())

    def _cost(self, members: Group) -> int:
        block = np.array(members)
        levels = self._objective.links(block, block)
        places = list(combinations(range(len(members)), 2))
        cost = sum(
            self._scale.unit(name) * int(level[place]) for name, level in levels.items() for place in places
        )
        cost += self._scale.unit("same_department") * bool(
            self._objective.same_department(block, block).all()
        )
        return cost + (
            self._scale.unit("unfairness") * int(self._third[block].sum()) if len(members) == 3 else 0
        )


def _kept(history: Iterable[PastPair] | PastPairs) -> list[PastPair] | PastPairs:
    return history if isinstance(history, PastPairs) else list(history)
