"""Matching a few people into a round that stands, without moving the others."""

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from matcher.blossom import heaviest
from matcher.burdens import Burden, BurdenKind
from matcher.errors import PersonError
from matcher.group_costs import MOST_TOGETHER, misfit
from matcher.match import NO_RULES, match
from matcher.objective import Objective
from matcher.people import SMALLEST_GROUP, PastPair, PastPairs, Person, PersonId, Rules, check_people
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
    """Introduce people who came late, or lost their partner, to each other or as one more of a group.

    The priorities are those of `matcher.match`, as far as these people can change them: fewest of them sit
    out, sizes as close as possible to the wanted one, fewest repeats, and so on. Nobody who stands is
    moved. A pair, or a group of the wanted size or less, takes one at most, and none is of more than eight.
    In rounds of pairs the result is the best there is. In rounds of groups it is the best of three ways:
    those who wait as a round of their own, the same with whom that leaves over joined to what stands, and
    each joined to what stands or to one who waits.

    Parameters
    ----------
    waiting : iterable of (int or str)
        Who has no introduction.
    standing : iterable of sequences of (int or str)
        Introductions of the round that one more person may still join; empty if none may.
    people : iterable of Person
        All of these people; others are ignored.
    history, rules, seed, burdens
        As for `matcher.match`; the standing introductions need not be in the history.

    Returns
    -------
    list of tuple of (int or str)
        The new introductions, and those that now have one more, each ascending. Who is waiting and in none
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
    late, standing = set(waiting), [tuple(each) for each in standing]
    history, burdens = _kept(history), list(burdens)
    here = late.union(*standing)
    those = [person for person in check_people(people) if person.id in here]
    if len(those) < len(here):
        raise PersonError("Somebody who waits or stands is not among the people; give all of them.")
    # Among each other alone they may make a larger group of their own.
    own = match((each for each in those if each.id in late), history, rules, seed=seed, burdens=burdens)
    those.sort(key=lambda person: person.id)
    number = {person.id: i for i, person in enumerate(those)}
    table = _Table(those, history, rules, burdens, [[number[one] for one in each] for each in standing])
    alone = [tuple(number[one] for one in each.members) for each in own.introductions]
    left_over = sorted(number[each.person] for each in own.sit_outs)
    choices = [alone, table.joined(sorted(number[one] for one in late))]
    if rules.group_size > SMALLEST_GROUP:
        choices.append([*alone, *table.joined(left_over)])
    best = min(choices, key=lambda found: table.worth(found, len(late)))
    return sorted(tuple(those[i].id for i in sorted(group)) for group in best)


class _Table:
    """Exact costs among the people who wait or stand, numbered from 0."""

    def __init__(
        self,
        people: Sequence[Person],
        history: Iterable[PastPair] | PastPairs,
        rules: Rules,
        burdens: Iterable[Burden],
        standing: Iterable[Sequence[int]],
    ) -> None:
        self._size = rules.group_size
        self._objective = Objective(people, history, rules, burdens)
        self._allowed = AllowedPairs(people, rules)
        self._scale: Scale = self._objective.scale(np.arange(len(people)), partners=self._size)
        third = self._objective.standing.costs(BurdenKind.TRIO_THIRD)
        self._third = third if self._size == SMALLEST_GROUP else 0 * third
        most = min(self._size + 1, MOST_TOGETHER)
        self._standing = [tuple(group) for group in standing if len(group) < most]
        self._stands = frozenset(self._standing)

    def worth(self, found: Sequence[Group], waiting: int) -> tuple[int, int, int]:
        """People who sit out, the misfit of the sizes, and what is paid beyond what stands; less is better.

        One seat that is missing, or too many, counts before all that is paid.
        """
        before = [group[:-1] for group in found if group[:-1] in self._stands]
        seated = sum(map(len, found)) - sum(map(len, before))
        misfits = self._misfits(found, waiting) - self._misfits(before, waiting)
        return waiting - seated, misfits, sum(map(self._cost, found)) - sum(map(self._cost, before))

    def joined(self, waiting: Sequence[int]) -> list[Group]:
        """The best pairs among some who wait, and of them with what stands."""
        options: dict[tuple[int, int], tuple[int, Group]] = {}
        for place, i in enumerate(waiting):
            for later in range(place + 1, len(waiting)):
                j = waiting[later]
                if self._allowed.among(np.array([i]), np.array([j]))[0, 0]:
                    misfits = self._misfits([(i, j)], len(waiting))
                    options[place, later] = self._scale.seat * misfits + self._cost((i, j)), (i, j)
            # No more of the groups than there are people to join them can be of use to one of these.
            for cost, group in self._cheapest(i, len(waiting))[: len(waiting)]:
                options[place, len(waiting) + group] = cost, (*self._standing[group], i)
        seat = 4 * self._scale.seat * (1 + self._misfits([(0, 1)] * (len(waiting) + 1), len(waiting) + 1))
        seat *= len(waiting) + 1
        weights = [
            (seat if pair[1] >= len(waiting) else 2 * seat) - cost for pair, (cost, _) in options.items()
        ]
        found = heaviest(len(waiting) + len(self._standing), list(options), weights, False)
        return [options[pair][1] for pair in found]

    def _misfits(self, groups: Iterable[Group], waiting: int) -> int:
        """Missing and extra seats of groups as one number; one missing is more than all who wait as extra."""
        misfits = [misfit(len(group), self._size) for group in groups]
        return sum(missing * (waiting + 1) + extra for missing, extra in misfits)

    def _cheapest(self, i: int, waiting: int) -> list[tuple[int, int]]:
        """What it costs that a person joins a group, and its place, cheapest first."""
        if not self._standing:
            return []
        sizes = np.array([len(group) for group in self._standing], np.int64)
        starts = np.cumsum(sizes) - sizes
        people, row = np.concatenate([np.array(group) for group in self._standing]), np.array([i])
        free = np.logical_and.reduceat(self._allowed.among(row, people)[0], starts)
        words, everybody = self._scale.pack(self._objective.links(row, people)), np.arange(len(people))
        links = np.array(exact(words, self._scale.bases, 0 * everybody, everybody), object)
        third = np.add.reduceat(self._third[people], starts) + self._third[i]
        costs = np.add.reduceat(links, starts) + self._scale.unit("unfairness") * third.astype(object)
        department = self._objective.department
        # One more in a group of one department can make it one of two.
        least, most = (each.reduceat(department[people], starts) for each in (np.minimum, np.maximum))
        mixes = (least == most) & (least != department[i])
        costs -= self._scale.unit("same_department") * mixes.astype(object)
        for place, group in enumerate(self._standing):
            misfits = self._misfits([(*group, i)], waiting) - self._misfits([group], waiting)
            costs[place] += self._scale.seat * misfits
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
