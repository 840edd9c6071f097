"""Exact costs of introductions in rounds too large for a table of all pairs."""

from itertools import combinations

import numpy as np

from matcher.burdens import BurdenKind
from matcher.objective import Objective
from matcher.scale import Scale


def exact_cost(objective: Objective, scale: Scale, members: tuple[int, ...]) -> int:
    """Level by level from the definitions."""
    block = np.array(members)
    levels = objective.links(block, block)
    pairs = list(combinations(range(len(members)), 2))
    cost = sum(scale.unit(name) * int(level[pair]) for name, level in levels.items() for pair in pairs)
    cost += scale.unit("same_department") * bool(objective.same_department(block, block).all())
    if len(members) == 3:
        third = objective.standing.costs(BurdenKind.TRIO_THIRD)
        cost += scale.unit("unfairness") * int(third[block].sum())
    return cost
