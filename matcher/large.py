"""Rounds of more people than can be matched at once: as good as time allows, and how good that is."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from matcher.block_search import NEVER, BlockSearch
from matcher.burdens import BurdenKind
from matcher.floors import floors, quick_floors
from matcher.objective import Objective
from matcher.pair_table import People
from matcher.rules import AllowedPairs
from matcher.values import VALUE_OF, Values

Expired = Callable[[], bool]

# Sizes of the blocks of each pass, in pairs; the first ones are small, since nearly anything is better.
PASSES = (50, 100, 100, 100, 150, *[200] * 25)
# A pass that takes away less than this part of what is missed is the last one.
WORTHWHILE = 1 / 2_000
# Pairs of which the best choice is found at once, at most half of them those that could be better.
PIECE = 500
# Pieces in a row that change nothing, after which the search ends; and pieces in all.
PATIENCE = 12
MOST_PIECES = 400


class LargeRound:
    """Pairs, and a trio if the head-count is odd, among people who are linked by allowed introductions.

    Parameters
    ----------
    people : sequence of int
        n people, by their number in the round.
    allowed : AllowedPairs
        The hard rules of the round.
    objective : Objective
        The costs of the round.
    seed : int
        Decides among equals.
    certify : bool
        Whether to go on until every priority reaches its bound, or nothing helps any more.
    expired : callable
        Once it is true, what has been found so far is the result.

    Attributes
    ----------
    introductions : list of tuple of int
        Pairs and trios.
    left_over : list of int
        Who could not be placed.

    Notes
    -----
    Passes of a block search come first. Then pairs that could still be better are matched again, with a
    proof, together with others that lend them partners, as long as it helps: those that are repeated or of
    one department without need, and with `certify` all that miss more than the floors of their two people.
    """

    def __init__(
        self,
        people: Sequence[int],
        allowed: AllowedPairs,
        objective: Objective,
        *,
        seed: int,
        certify: bool,
        expired: Expired,
    ) -> None:
        self._people = np.array(people, np.int64)
        self._allowed = allowed
        self._objective = objective
        self._expired = expired
        self._most_cross = objective.most_cross_department(people, len(people) // 2)
        self._floor = self._floors(certify)
        third = [self._third()] if len(people) % 2 else []
        search = BlockSearch([i for i in people if i not in third], allowed, objective, seed=seed)
        self._pass_by_pass(search)
        self._piece_by_piece(search, np.random.Generator(np.random.PCG64(seed % (1 << 64))), certify)
        never = search.levels[NEVER] > 0
        self.introductions: list[tuple[int, ...]] = [(a, b) for a, b in search.pairs[~never].tolist()]
        self.left_over = [i for i in (*third, *search.pairs[never].ravel().tolist()) if not self._join(i)]

    def values(self) -> Values:
        """What the introductions achieve."""
        objective, alone = self._objective, np.array(self.left_over, np.int64)
        toll = {name: int(level.sum()) for name, level in objective.of_each(self.introductions).items()}
        trios = [members for members in self.introductions if len(members) == 3]
        department = objective.department.tolist()
        cross = sum(len({department[i] for i in members}) > 1 for members in self.introductions)
        unfair = int(objective.standing.costs(BurdenKind.SAT_OUT)[alone].sum())
        unfair += int(objective.standing.costs(BurdenKind.TRIO_THIRD)[np.array(trios, np.int64)].sum())
        return Values(
            sit_outs=len(alone),
            extra_seats=len(trios),
            repeats=toll["repeats"],
            repeat_recency=toll["recency"],
            cross_department=cross,
            sit_outs_twice_running=int(objective.standing.sat_out_last[alone].sum()),
            unfairness=toll["unfairness"] + unfair,
            use_of_lunch=objective.lunches.most * (len(self.introductions) + 2 * len(trios))
            - toll["missed_points"],
        )

    def bounds(self, achieved: Values) -> Values:
        """What no choice can beat, as far as the priorities above are reached."""
        size, trios = len(self._people), len(self._people) % 2
        most = self._objective.lunches.most * size
        bounds = Values(0, 0, 0, 0, self._most_cross, use_of_lunch=most)
        if achieved.sit_outs:
            return bounds
        bounds = replace(bounds, extra_seats=trios)
        third = np.sort(self._objective.standing.costs(BurdenKind.TRIO_THIRD)[self._people])[: 3 * trios]
        # Each link misses the mean of the floors of its two at least; those of a trio have two links each.
        missed = -(-int(self._floor.sum() + np.sort(self._floor)[: 3 * trios].sum()) // 2)
        limits = {
            "repeats": 0,
            "repeat_recency": 0,
            "cross_department": self._most_cross,
            "sit_outs_twice_running": 0,
            "unfairness": int(third.sum()),
            "later_rounds": 0,
            "use_of_lunch": self._objective.lunches.most * (size // 2 + 2 * trios) - missed,
        }
        for level in self._objective.names:
            name = VALUE_OF[level]
            bounds = replace(bounds, **{name: limits[name]})
            if limits[name] != getattr(achieved, name):
                break
        return bounds

    def _floors(self, certify: bool) -> People:
        if not certify:
            return quick_floors(self._objective, self._people)
        # Where not all pairs can cross departments, some are as good with a partner of the own one.
        same = self._most_cross < len(self._people) // 2
        return floors(
            self._objective, self._allowed, self._people, same_department=same, expired=self._expired
        )

    def _third(self) -> int:
        """Who joins a pair at last: of the largest department if it is a half, then who minds the least."""
        department = self._objective.department[self._people]
        sizes = np.bincount(department)
        own = sizes[department]
        apart = (own < sizes.max()) & (2 * sizes.max() > len(department))
        burden = self._objective.standing.costs(BurdenKind.TRIO_THIRD)[self._people]
        return int(self._people[np.lexsort((self._floor, burden, apart))[0]])

    def _pass_by_pass(self, search: BlockSearch) -> None:
        before = search.totals()
        for size in PASSES:
            if self._expired():
                return
            search.improve(size, expired=self._expired)
            now = search.totals()
            missed = before.pop("missed_points"), now["missed_points"]
            heavier_moved = any(now[name] != before[name] for name in before)
            if not heavier_moved and missed[0] - missed[1] <= WORTHWHILE * missed[0]:
                return
            before = now

    def _piece_by_piece(self, search: BlockSearch, random: np.random.Generator, certify: bool) -> None:
        tried = 0
        for _ in range(MOST_PIECES):
            improvable = self._improvable(search, certify)
            if not len(improvable) or tried >= PATIENCE or self._expired():
                return
            first = random.permutation(improvable)[: PIECE // 2]
            others = np.setdiff1d(np.arange(len(search.pairs)), first)
            rest = random.choice(others, min(len(others), PIECE - len(first)), replace=False)
            before = search.totals()
            search.solve(np.concatenate((first, rest)))
            tried = tried + 1 if search.totals() == before else 0

    def _improvable(self, search: BlockSearch, certify: bool) -> People:
        """Pairs of which something could be better, as far as the bounds know."""
        levels = search.levels
        wanting = (levels[NEVER] > 0) | (levels["repeats"] > 0)
        if int(levels["same_department"].sum()) > len(search.pairs) - self._most_cross:
            wanting |= levels["same_department"] > 0
        if certify:
            floor = np.zeros(int(self._people.max()) + 1, np.int64)
            floor[self._people] = self._floor
            wanting |= 2 * levels["missed_points"] > floor[search.pairs].sum(axis=1)
        return np.flatnonzero(wanting)

    def _join(self, person: int) -> bool:
        """Make a pair a trio, if there is one whose people may both meet the person."""
        pairs = [(place, members) for place, members in enumerate(self.introductions) if len(members) == 2]
        people = np.array([members for _, members in pairs], np.int64).reshape(-1, 2)
        row = np.array([person])
        free = self._allowed.among(row, people.ravel())[0].reshape(-1, 2).all(axis=1)
        if not free.any():
            return False
        links = self._objective.links(row, people.ravel())
        costs = {name: level[0].reshape(-1, 2).sum(axis=1, dtype=np.int64) for name, level in links.items()}
        burden = self._objective.standing.costs(BurdenKind.TRIO_THIRD)[people].sum(axis=1)
        costs["unfairness"] = costs.get("unfairness", 0) + burden
        # To be third in a pair of one department can make it one of two.
        same = self._objective.same_department(row, people.ravel())[0].reshape(-1, 2)
        own = self._objective.department[people]
        costs["same_department"] = same.all(axis=1).astype(np.int64) - (own[:, 0] == own[:, 1])
        order = np.lexsort(
            [costs[name] for name in reversed(self._objective.names) if name in costs] + [~free]
        )
        place, members = pairs[int(order[0])]
        self.introductions[place] = (*members, person)
        return True
