"""What the parts of a large company are taken to have done where the gate does not need to leave it open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insights.attributes import DEPARTMENT, LEVEL, Attribute
from insights.parts import ATTRIBUTES, CROSSED, Cell, Parts, crossed
from insights.program import Solution
from insights.unknowns import Likely, Quarter

SAID = {1: ATTRIBUTES, 2: (DEPARTMENT,), 3: (DEPARTMENT,), 4: (DEPARTMENT, LEVEL)}
"""By step, the groups of which a table says something of twelve weeks."""
ROUNDS = 15
TINY = 1e-9

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """What the sum of each group is.

    Parameters
    ----------
    of : ndarray of int, shape (parts,)
        The group of each part, 0 to groups - 1.
    sums : ndarray, shape (groups,)
        Of each.
    """

    of: Places
    sums: Numbers


def likely(
    highest: Numbers,
    together: Sequence[Groups],
    first: Sequence[bool] | None = None,
    others: float = 1.0,
) -> Places:
    """Whole numbers of which each sum is about where it must be, and none at an end without need.

    Parameters
    ----------
    highest : ndarray, shape (parts,)
        What each part is at most; at least each is 0.
    together : sequence of Groups
        All the ways in which parts are summed.
    first : sequence of bool, optional
        The parts that make up the sums as far as they can while the others stay; else all do.
    others : float
        The share of their highest at which those stay.

    Returns
    -------
    ndarray of int, shape (parts,)
        All 0 without people. Where the sums contradict each other none of them is met.

    References
    ----------
    .. [1] Deming, Stephan: On a least squares adjustment of a sampled frequency table when the expected
       marginal totals are known. Annals of Mathematical Statistics 11 (1940) 427-444.
       doi:10.1214/aoms/1177731829 (fitting one way of summing after the other)

    Examples
    --------
    >>> by_row = Groups(np.array([0, 0, 1, 1]), np.array([6.0, 2.0]))
    >>> by_column = Groups(np.array([0, 1, 0, 1]), np.array([4.0, 4.0]))
    >>> likely(np.full(4, 10.0), [by_row, by_column]).tolist()
    [3, 3, 1, 1]
    """
    some = np.ones(len(highest), dtype=bool) if first is None else np.array(first, dtype=bool)
    found = highest * np.where(some, 0.5, others)
    for which in (some, np.ones_like(some)):
        for groups in [*together] * ROUNDS:
            found = np.where(which, _moved(found, np.where(which, highest, found), groups, which), found)
    return _rounded(found, together)


def _moved(found: Numbers, highest: Numbers, groups: Groups, which: NDArray[np.bool_]) -> Numbers:
    """Some parts of each group nearer to 0, or nearer to their highest, by the same share."""
    count = len(groups.sums)
    fixed, sums, whole = (
        np.bincount(groups.of, np.where(which == some, each, 0), count)
        for each, some in ((found, False), (found, True), (highest, True))
    )
    wanted = np.maximum(groups.sums - fixed, 0)
    less = np.divide(wanted, sums, out=np.ones(count), where=sums > 0)
    more = np.divide(wanted - sums, whole - sums, out=np.zeros(count), where=whole > sums)
    down, up = np.minimum(less, 1)[groups.of], np.clip(more, 0, 1)[groups.of]
    moved: Numbers = found * down + (highest - found) * up
    return moved


def _rounded(found: Numbers, together: Sequence[Groups]) -> Places:
    """Each down or up, one after the other, so that no sum strays."""
    over = [[0.0] * len(groups.sums) for groups in together]
    places = np.array([groups.of for groups in together]).T.tolist()
    low = np.floor(found + TINY)
    values = []
    for part, (down, exact) in enumerate(zip(low.tolist(), found.tolist(), strict=True)):
        behind = sum(over[way][group] for way, group in enumerate(places[part]))
        # Up where that leaves all its sums together nearer to what they were.
        value = down + (exact > down + TINY and behind + len(together) * (exact - down - 0.5) > 0)
        for way, group in enumerate(places[part]):
            over[way][group] += exact - value
        values.append(value)
    return np.array(values, dtype=np.int64).reshape(len(found))


def likely_steps(parts: Parts, company: Quarter, solution: Solution) -> Likely:
    """What is likely of each part of a large company.

    Parameters
    ----------
    parts : Parts
        Of the company.
    company : Quarter
        Of its groups, each for itself.
    solution : ndarray of int, shape (unknowns,)
        What these may have done.

    Returns
    -------
    mapping of int to mapping
        How many opted in of each part (1); how many of each department, large office and level were
        introduced (2), met (3), and have new ties (4).
    """

    def fitted(most: Mapping[Cell, int], names: Sequence[Attribute], step: int) -> Counter[Cell]:
        together = []
        for attribute in SAID[step]:
            place = names.index(attribute)
            labels = {label: number for number, label in enumerate(parts.groups(attribute))}
            sums = [company.group(attribute, label, step) for label in labels]
            totals = [sum(times * solution[number] for number, times in each.items()) for each in sums]
            of = np.array([labels[cell[place] or ""] for cell in most])
            together.append(Groups(of, np.array(totals, dtype=float)))
        # Parts that are left open are in the middle of what they may be, and nobody of the others stops at a
        # later step, if that may be: so there is room on both sides.
        left_open = parts.free if step == 1 else steps_open
        first = [(cell in left_open) == (step > 1) for cell in most]
        values = likely(
            np.array(list(most.values()), dtype=float), together, first, 0.5 if step == 1 else 1.0
        )
        return Counter(dict(zip(most, values.tolist(), strict=True)))

    steps_open = frozenset(map(crossed, parts.free))
    found = {1: fitted(parts.sizes, ATTRIBUTES, 1)}
    before: Counter[Cell] = Counter()
    for cell, number in found[1].items():
        before[crossed(cell)] += number
    for step in (2, 3, 4):
        before = found[step] = fitted(before, CROSSED, step)
    return found
