"""The priorities of a round in numbers: achieved, and proven to be the limit."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.objective import Objective
from matcher.packing import Proof


@dataclass(frozen=True, slots=True)
class Values:
    """The priorities of a round in numbers: what was achieved, or what is proven to be the limit.

    Attributes
    ----------
    sit_outs, trios : int
        People in no introduction; introductions of three. Fewer is better, sit-outs first.
    repeats : int
        Pairs of people in history who are introduced again; a trio has three pairs. Fewer is better.
    repeat_recency : int
        Sum of the ranks of the repeated pairs. The distinct states (unanswered before confirmed, then
        unknown dates before known ones, then by date) in history among these people are ranked 0, 1, 2 …
        Less is better.
    cross_department : int
        Introductions whose people are of at least two departments. More is better.
    """

    sit_outs: int
    trios: int
    repeats: int
    repeat_recency: int
    cross_department: int


def achieved_values(objective: Objective, introduced: Sequence[Sequence[int]], sit_outs: int) -> Values:
    """What given introductions and a number of sit-outs amount to."""
    toll = objective.toll(sum(objective.cost(members) for members in introduced))
    trios = sum(len(members) == 3 for members in introduced)
    return Values(sit_outs, trios, toll.repeats, toll.recency, len(introduced) - toll.same_department)


def proven_bounds(objective: Objective, component: Sequence[int], achieved: Values, proof: Proof) -> Values:
    """What the proof says of each priority, as far as the ones above it are reached."""
    introductions = (len(component) - achieved.sit_outs - achieved.trios) // 2
    most_cross = objective.most_cross_department(component, introductions)
    if proof.sit_outs < achieved.sit_outs:
        return Values(proof.sit_outs, 0, 0, 0, most_cross)
    toll = objective.toll(proof.cost)
    repeats, recency, cross = toll.repeats, toll.recency, introductions - toll.same_department
    if objective.cross_department_first and cross > achieved.cross_department:
        repeats = recency = 0
    elif repeats < achieved.repeats:
        recency = 0
    reached = (repeats, recency) == (achieved.repeats, achieved.repeat_recency)
    if not objective.cross_department_first and not reached:
        cross = most_cross
    return Values(achieved.sit_outs, achieved.trios, repeats, recency, min(cross, most_cross))


def sum_of(one: Values, other: Values) -> Values:
    """The values of two components together."""
    return Values(
        one.sit_outs + other.sit_outs,
        one.trios + other.trios,
        one.repeats + other.repeats,
        one.repeat_recency + other.repeat_recency,
        one.cross_department + other.cross_department,
    )
