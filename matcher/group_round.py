"""Groups of three to eight among the people of a round, by the priorities of the objective."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from matcher.burdens import BurdenKind
from matcher.floors import quick_floors
from matcher.group_costs import (
    MOST_TOGETHER,
    SEATING,
    GroupProblem,
    IntArray,
    Level,
    misfit,
    wanted_sizes,
)
from matcher.groups import Grouping, best_groups, usual_budget
from matcher.objective import Objective
from matcher.rules import AllowedPairs
from matcher.values import VALUE_OF, Values

Expired = Callable[[], bool]

# So many people are put in groups at once; more of them in blocks of about as many.
AT_ONCE = 1_500
# How much longer a round is searched that is to be certified.
CERTIFY = 10
# People whose block had no good seat for them are matched again: how often, with how many others, and how
# many of them at once.
REPAIRS, PIECE, TRIED = 12, 500, 250


class GroupRound:
    """Groups among people who are linked by allowed introductions.

    Parameters
    ----------
    people : sequence of int
        n people, by their number in the round.
    allowed : AllowedPairs
        The hard rules of the round.
    objective : Objective
        The costs of the round.
    size : int
        Wanted size of a group, 3 to 8.
    seed : int
        Decides among equals, and guides the search.
    certify : bool
        Whether to search ten times as long.
    expired : callable
        Once it is true, what has been found so far is the result.

    Attributes
    ----------
    introductions : list of tuple of int
        Groups of two to `size` + 1 people, but of eight at most.
    left_over : list of int
        Who could not be placed.
    values, bounds : Values
        What is achieved, and what no choice can beat.

    Notes
    -----
    More than `AT_ONCE` people are dealt into blocks, department by department, so that each block has its
    share of all of them, and sizes that leave the whole as few odd groups as possible. The bounds are then
    those of all people together, from the head-count, the departments and what each person says alone:
    what blocks cannot see is in the distance.
    """

    def __init__(
        self,
        people: Sequence[int],
        allowed: AllowedPairs,
        objective: Objective,
        size: int,
        *,
        seed: int,
        certify: bool,
        expired: Expired,
    ) -> None:
        self._people = np.array(people, np.int64)
        self._allowed, self._objective, self._size = allowed, objective, size
        self._seed, self._expired = seed, expired
        self._budget = usual_budget(len(people)) * (CERTIFY if certify else 1)
        self.introductions: list[tuple[int, ...]] = []
        self.left_over: list[int] = []
        if len(people) <= AT_ONCE:
            found = self._introduce(self._people, self._budget)
            self.values, self.bounds = self._achieved(), self._proven(found)
        else:
            for block in self._blocks():
                self._introduce(block, self._budget * len(block) // len(people))
            self._mend()
            self.values = self._achieved()
            self.bounds = self._limits()

    def _achieved(self) -> Values:
        objective, alone = self._objective, np.array(self.left_over, np.int64)
        costs = {name: int(level.sum()) for name, level in objective.of_each(self.introductions).items()}
        department = objective.department.tolist()
        misfits = [misfit(len(members), self._size) for members in self.introductions]
        costs |= {
            "sit_outs": len(alone),
            "missing_seats": sum(missing for missing, _ in misfits),
            "extra_seats": sum(extra for _, extra in misfits),
            "same_department": sum(
                len({department[i] for i in members}) == 1 for members in self.introductions
            ),
            "twice_running": int(objective.standing.sat_out_last[alone].sum()),
        }
        costs["unfairness"] += int(objective.standing.costs(BurdenKind.SAT_OUT)[alone].sum())
        return self._values(costs)

    def _introduce(self, people: IntArray, budget: int) -> Grouping:
        found = best_groups(
            self._problem(people), seed=self._seed, budget=max(1, budget), expired=self._expired
        )
        self._take(people, found.groups, found.left_over)
        return found

    def _take(self, people: IntArray, groups: Sequence[Sequence[int]], left_over: Sequence[int]) -> None:
        self.introductions += [tuple(people[list(members)].tolist()) for members in groups]
        self.left_over += people[list(left_over)].tolist()

    def _problem(self, people: IntArray) -> GroupProblem:
        objective, standing = self._objective, self._objective.standing
        links = objective.links(people, people)
        sit_outs = {
            "twice_running": standing.sat_out_last[people].astype(np.int64),
            "unfairness": standing.costs(BurdenKind.SAT_OUT)[people],
        }
        levels = tuple(
            Level(
                name,
                links[name].astype(np.int64) if name in links else None,
                sit_outs=sit_outs.get(name),
                one_department=int(name == "same_department"),
            )
            for name in objective.names
            if name != "later_rounds"
        )
        department = objective.department[people].astype(np.int64)
        return GroupProblem(self._allowed.among(people, people), department, levels, self._size)

    def _blocks(self) -> list[IntArray]:
        """People in blocks that each have their share of every department, with groups of wanted sizes."""
        sizes = wanted_sizes(len(self._people), self._size)
        count = -(-len(self._people) // AT_ONCE)
        room = [sum(sizes[block::count]) for block in range(count)]
        department = self._objective.department[self._people]
        dealt = self._people[np.lexsort((department, -np.bincount(department)[department]))]
        seats = [((seat + 0.5) / own, block) for block, own in enumerate(room) for seat in range(own)]
        block_of = np.array([block for _, block in sorted(seats)])
        return [np.sort(dealt[block_of == block]) for block in range(count)]

    def _mend(self) -> None:
        """Match those again whom their blocks left over or put in small groups, with others near them."""
        smallest = wanted_sizes(len(self._people), self._size)[-1]
        for _ in range(REPAIRS):
            waiting = self.left_over[:TRIED]
            small = [place for place, members in enumerate(self.introductions) if len(members) < smallest][
                : TRIED // self._size
            ]
            # To place somebody is worth the little time that it takes, however late it is.
            if not waiting and (not small or self._expired()):
                return
            tried = [*waiting, *(i for place in small for i in self.introductions[place])]
            taken = {*small, *self._nearest(np.array(tried, np.int64), set(small))}
            groups = [self.introductions[place] for place in sorted(taken)]
            people = np.sort(np.array([*waiting, *(i for members in groups for i in members)], np.int64))
            problem, budget = self._problem(people), usual_budget(len(people))
            before = problem.values(
                [np.searchsorted(people, members).tolist() for members in groups],
                np.searchsorted(people, waiting).tolist(),
            )
            found = best_groups(problem, seed=self._seed, budget=budget, expired=self._expired)
            rest = self.left_over[len(waiting) :]
            if tuple(found.values.values()) < tuple(before.values()):
                self.introductions = [
                    members for place, members in enumerate(self.introductions) if place not in taken
                ]
                self.left_over = rest
                self._take(people, found.groups, found.left_over)
            elif rest:
                self.left_over = rest + waiting
            else:
                return

    def _nearest(self, people: IntArray, but: set[int]) -> list[int]:
        """Groups of which as large a part as possible may be with one of some people, by their place."""
        everybody = np.array([i for members in self.introductions for i in members], np.int64)
        sizes = np.array([len(members) for members in self.introductions], np.int64)
        starts = np.cumsum(sizes) - sizes
        part = np.zeros(len(sizes))
        for person in people.tolist() if len(sizes) else ():
            free = self._allowed.among(np.array([person]), everybody)[0]
            part = np.maximum(part, np.add.reduceat(free.astype(np.int64), starts) / sizes)
        part[list(but)] = 0
        order = np.argsort(-part, kind="stable")
        near = order[np.cumsum(sizes[order]) <= PIECE - len(people)]
        return [place for place in near.tolist() if part[place] > 0]

    def _in_any_case(self) -> Values:
        """What no groups of any sizes can beat."""
        people, largest = len(self._people), min(self._size + 1, MOST_TOGETHER)
        return Values(
            *(0, 0, 0, 0),
            cross_department=self._objective.most_cross_department(self._people.tolist(), people // 2),
            use_of_lunch=self._objective.lunches.most * (people * (largest - 1) // 2),
        )

    def _proven(self, found: Grouping) -> Values:
        if any(found.bounds[name] != found.values[name] for name in SEATING):
            return replace(self._in_any_case(), **{name: found.bounds[name] for name in SEATING})
        return self._values(found.bounds)

    def _limits(self) -> Values:
        """Bounds of all people together, as far as the priorities above are reached."""
        bounds, achieved = self._in_any_case(), self.values
        if achieved.sit_outs:
            return bounds
        sizes = np.array(wanted_sizes(len(self._people), self._size))
        misfits = [misfit(each, self._size) for each in sizes.tolist()]
        bounds = replace(
            bounds,
            missing_seats=sum(missing for missing, _ in misfits),
            extra_seats=sum(extra for _, extra in misfits),
        )
        if any(getattr(bounds, name) != getattr(achieved, name) for name in SEATING):
            return bounds
        # Each link misses the mean of the floors of its two at least; who misses most has fewest links.
        floors = np.sort(quick_floors(self._objective, self._people))[::-1]
        missed = -(-int(floors @ np.sort(np.repeat(sizes - 1, sizes))) // 2)
        most_cross = self._objective.most_cross_department(self._people.tolist(), len(sizes))
        most_points = self._objective.lunches.most * int((sizes * (sizes - 1)).sum() // 2)
        bounds = replace(bounds, cross_department=most_cross, use_of_lunch=most_points)
        for level in self._objective.names:
            if level == "missed_points":
                bounds = replace(bounds, use_of_lunch=most_points - missed)
            elif getattr(bounds, VALUE_OF[level]) != getattr(achieved, VALUE_OF[level]):
                break
        return bounds

    def _values(self, costs: dict[str, int]) -> Values:
        """Costs of groups as many and as large as these."""
        pairs = sum(len(members) * (len(members) - 1) // 2 for members in self.introductions)
        return Values(
            sit_outs=costs["sit_outs"],
            missing_seats=costs["missing_seats"],
            extra_seats=costs["extra_seats"],
            repeats=costs["repeats"],
            repeat_recency=costs["recency"],
            cross_department=len(self.introductions) - costs["same_department"],
            sit_outs_twice_running=costs["twice_running"],
            unfairness=costs["unfairness"],
            use_of_lunch=self._objective.lunches.most * pairs - costs["missed_points"],
        )
