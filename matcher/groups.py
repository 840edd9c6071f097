"""The best groups of three to eight: as few pairs as possible who have met, and nobody alone."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np

from matcher.group_bounds import Bounds, exact_groups
from matcher.group_costs import GroupProblem, IntArray, Words, misfit, wanted_sizes
from matcher.group_reseating import Draws, reseat
from matcher.group_seats import Seats
from matcher.group_swaps import ROWS, Swaps

# Up to so many people all groups are tried: some tenths of a second.
EXACT = 12
# Steps if the caller names none: about a second for 200 people, less than a minute for any number.
STEPS, STEPS_A_PERSON, MOST_STEPS = 20_000, 500, 3_000_000
# Groups that are reseated together, and people among whom swaps are looked for.
TABLES, PEOPLE = 96, 256
# Choices of sizes that are tried to keep the rules, and parts of the budget, of which each gets one.
TRIALS = 8
# Sweeps without gain after which reseating is over, and swaps in a row.
SWEEPS, SWAPS = 40, 1_000


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of a round, and how close they are to the best.

    Attributes
    ----------
    groups : tuple of tuple of int
        The members of each, ascending; the groups by their first member.
    left_over : tuple of int
        Who sits out, ascending.
    values : dict of str to int
        What was achieved in each priority, heaviest first: `sit_outs`, the people who sit out;
        `missing_seats`, the sum over the groups of the square of what each lacks of the wanted size;
        `extra_seats`, what others have beyond it; and each level by its name.
    bounds : dict of str to int
        What no choice can beat, each given the best of the priorities above it.
    """

    groups: tuple[tuple[int, ...], ...]
    left_over: tuple[int, ...]
    values: dict[str, int]
    bounds: dict[str, int]

    @property
    def proven(self) -> bool:
        """Whether every priority reaches its bound, so that no better choice exists."""
        return self.values == self.bounds


def usual_budget(people: int) -> int:
    """Steps of a search among so many people, if nothing else is said."""
    return min(STEPS + STEPS_A_PERSON * people, MOST_STEPS)


def best_groups(
    problem: GroupProblem,
    *,
    seed: int,
    budget: int | None = None,
    expired: Callable[[], bool] = lambda: False,
) -> Grouping:
    """Put people in groups so that the priorities are as good as possible, one after the other.

    A pair that is not allowed is never in a group. Then, in strict order: fewest people sit out; sizes as
    close as possible to the wanted one (`wanted_sizes`); the levels of the problem.

    Parameters
    ----------
    problem : GroupProblem
        The n people, best one component of the allowed pairs at a time, in an order that does not depend
        on the caller's: the same problem and seed give the same groups on every machine.
    seed : int
        Any integer; it chooses among equals and guides the search.
    budget : int, optional
        Steps after which to give up improving, not seconds; one is about 10 µs. By default 20,000 and 500
        for each person, at most 3,000,000. Rules that are hard to keep take up to as many again.
    expired : callable
        Asked now and then; once it is true, what is found so far is the result. Only then it can differ
        between machines.

    Returns
    -------
    Grouping
        Proven to be the best for up to 12 people, and wherever each value is equal to its bound. Nobody is
        in no group; a single person sits out.

    Notes
    -----
    The people are dealt by department, so that each group has several. Then one person of every group is
    reseated at once by an assignment, and tabu search swaps two at a time, in turns. Where the wanted sizes
    leave a pair together that is not allowed, chains find other seats, and sizes, first. Memory grows with
    the number of people if `problem` computes its links: only some groups are looked at together.

    References
    ----------
    .. [1] Cotta, Dotú, Fernández, Van Hentenryck: Scheduling social golfers with memetic evolutionary
       programming. Lecture Notes in Computer Science 4030 (2006) 150-161. doi:10.1007/11890584_12
    .. [2] Gallego, Laguna, Martí, Duarte: Tabu search with strategic oscillation for the maximally diverse
       grouping problem. Journal of the Operational Research Society 64 (2013) 724-734.
       doi:10.1057/jors.2012.66

    Examples
    --------
    >>> from matcher.group_costs import Level
    >>> met = np.kron(np.eye(3, dtype=np.int64), np.ones((3, 3), np.int64))
    >>> problem = GroupProblem(np.ones((9, 9), bool), np.zeros(9, np.int64), (Level("repeats", met),), 3)
    >>> found = best_groups(problem, seed=1)
    >>> found.values
    {'sit_outs': 0, 'missing_seats': 0, 'extra_seats': 0, 'repeats': 0}
    >>> found.proven, len(found.groups)
    (True, 3)
    """
    if problem.people <= EXACT:
        groups, left_over = exact_groups(problem)
        values = problem.values(groups, left_over)
        return Grouping(tuple(groups), tuple(left_over), values, dict(values))
    if budget is None:
        budget = usual_budget(problem.people)
    bounds = Bounds(problem)
    search = _Search(problem, Draws(seed), budget, expired)
    search.keep_rules()
    search.improve(budget, lambda: _grouping(problem, search.place, bounds).proven)
    return _grouping(problem, search.place, bounds)


class _Search:
    """Turns of reseating and swaps, within a number of steps."""

    def __init__(self, problem: GroupProblem, draws: Draws, budget: int, expired: Callable[[], bool]) -> None:
        self._expired = expired
        self._problem = problem
        self._words = Words(problem)
        self._draws = draws
        self._budget = budget
        self._left = 0
        everybody = np.arange(problem.people)
        self.place = self._dealt(everybody, len(wanted_sizes(problem.people, problem.size)))

    def keep_rules(self) -> None:
        """Find groups without a pair that is not allowed, of sizes as close to the wanted one as can be.

        Chains show how many people sit out. With as many, even sizes are tried, first in few groups.
        """
        self.improve(self._budget // TRIALS, lambda: not self.breaks_rules())
        if not self.breaks_rules():
            return
        seats = Seats(self._problem, self.place)
        seats.fill()
        best = seats.place
        seated = np.flatnonzero(np.bincount(best)[best] > 1)
        fewest = len(wanted_sizes(len(seated), self._problem.size))
        better = [
            groups
            for groups in range(max(1, fewest), len(seated) // 2 + 1)
            if self._even_misfit(len(seated), groups) < seats.misfit()
        ]
        for groups in better[:: 1 + len(better) // TRIALS]:
            self.place = best + groups
            self.place[seated] = self._dealt(seated, groups)
            self.improve(self._budget // TRIALS, lambda: not self.breaks_rules())
            if not self.breaks_rules():
                return
        self.place = best

    def breaks_rules(self) -> bool:
        """Whether two people are in one group who may not be."""
        return not all(
            (self._problem.allows(members, members) | np.eye(len(members), dtype=np.bool_)).all()
            for members in _members(self.place)
        )

    def improve(self, steps: int, good_enough: Callable[[], bool]) -> None:
        """Improve until the steps are spent or the groups are good enough."""
        self._left = steps
        for turn in count():
            self._reseat()
            if not self._is_over() and not good_enough():
                self._swap(narrow=turn % 2 == 1)
            if self._is_over() or good_enough():
                return

    def _is_over(self) -> bool:
        return self._left <= 0 or self._expired()

    def _reseat(self) -> None:
        idle = 0
        while idle < SWEEPS and not self._is_over():
            idle += 1
            for tables in self._some_groups(TABLES):
                self._left -= 10 + len(tables) // 2 + len(tables) ** 2 // 64
                if reseat(self._words, self.place, tables, self._draws):
                    idle = 0

    def _swap(self, narrow: bool) -> None:
        for tables in self._some_groups(PEOPLE // self._problem.size):
            people = np.flatnonzero(np.isin(self.place, tables))
            numbers = np.searchsorted(tables, self.place[people])
            swaps = Swaps(self._problem, people, numbers, self._draws, narrow)
            price = 10 + min(len(people), ROWS) * len(people) // 600
            if swaps.run(max(1, min(SWAPS, self._left // price))):
                self.place[people] = tables[swaps.best]
            self._left -= SWAPS * price
            if self._is_over():
                return

    def _some_groups(self, most: int) -> list[IntArray]:
        """All groups in random parts, each part ascending."""
        groups = np.unique(self.place)
        shuffled = groups[self._draws.order(len(groups))]
        return [np.sort(part) for part in np.array_split(shuffled, -(-len(groups) // most))]

    def _dealt(self, people: IntArray, groups: int) -> IntArray:
        """The group of each of some people if they are dealt, the largest departments first."""
        department = self._problem.department[people]
        order = np.lexsort((department, -np.bincount(department)[department]))
        place = np.empty(len(people), np.int64)
        place[order] = np.arange(len(people)) % groups
        return place

    def _even_misfit(self, people: int, groups: int) -> tuple[int, int]:
        """The misfit of so many groups of sizes as even as possible."""
        even, larger = divmod(people, groups)
        missing, extra = misfit(even, self._problem.size)
        more_missing, more_extra = misfit(even + 1, self._problem.size)
        rest = groups - larger
        return rest * missing + larger * more_missing, rest * extra + larger * more_extra


def _members(place: IntArray) -> list[IntArray]:
    order = np.argsort(place, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(place[order])) + 1)


def _grouping(problem: GroupProblem, place: IntArray, bounds: Bounds) -> Grouping:
    together = sorted(tuple(members.tolist()) for members in _members(place))
    groups = tuple(members for members in together if len(members) > 1)
    left_over = tuple(members[0] for members in together if len(members) == 1)
    values = problem.values(groups, left_over)
    sizes = np.array([len(members) for members in groups], np.int64)
    return Grouping(groups, left_over, values, bounds.of(values, sizes))
