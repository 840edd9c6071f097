"""The best pairs and trios among people who are linked by allowed introductions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.decomposition import leavable_groups
from matcher.links import Links
from matcher.pairs import Pairing, best_pairs, matching
from matcher.scale import exact
from matcher.trios import GroupPacking, TrioSearch

# Steps of all searches for trios in one component; giving up takes some seconds.
BUDGET = 400_000


@dataclass(frozen=True, slots=True)
class Packing:
    """Disjoint pairs and trios, whom they leave over, and the cost of all of it, seats apart."""

    introductions: tuple[tuple[int, ...], ...]
    left_over: tuple[int, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The least number of people left over, and the least cost if that number is reached."""

    sit_outs: int
    cost: int


def best_packing(links: Links, budget: int = BUDGET) -> tuple[Packing, Proof]:
    """Fewest people left over, then fewest trios, then the least cost.

    Every optimum has as many introductions as a maximum matching has pairs: a trio is one of its pairs
    and a third whom the matching left over. So the number of trios follows from the number of people left
    over, and the least cost of that many pairs bounds the cost from below, since some pair of each trio
    costs no more than the trio.

    A trio lies within a group of which a maximum matching leaves over anyone, at most one, and pairs all
    others within. A group with a trio is therefore placed by itself. The best trio of each group is found
    on its own, and one more matching decides which groups have one, and so who sits out.

    Parameters
    ----------
    links : Links
        The n people, whom each may meet, and what it costs.
    budget : int
        Steps, not seconds, so that every machine gives the same result; one is about 10 µs.

    Returns
    -------
    packing : Packing
        The optimum, unless the search for a trio exceeds the budget.
    proof : Proof
        Equal to what the packing reaches where that is proven to be the optimum.

    References
    ----------
    .. [1] Cornuéjols, Hartvigsen, Pulleyblank: Packing subgraphs in a graph. Operations Research Letters 1
       (1982) 139-143. doi:10.1016/0167-6377(82)90021-5
    """
    pairing = best_pairs(links.pairs, range(links.size))
    if not pairing.left_over:
        return Packing(pairing.pairs, (), pairing.cost), Proof(0, pairing.cost)
    seated = _with_thirds(links, pairing)
    if not seated.left_over and seated.cost == pairing.cost:
        return seated, Proof(0, pairing.cost)
    packed: dict[int, GroupPacking] = {}
    costs: dict[int, int] = {}
    bounds: dict[int, int] = {}
    groups = leavable_groups(links.pairs.allowed, pairing)
    for number, group in enumerate(groups):
        if len(group) < 3:
            continue
        whole = len(group) == links.size
        search = TrioSearch(links, group, pairing if whole else None)
        found, bound = search.best(budget * len(group) // links.size)
        if whole and found is not None and found.cost == bound:
            return Packing(found.introductions, (), found.cost), Proof(0, bound)
        if found is not None:
            packed[number], costs[number] = found, found.cost
        if bound is not None:
            bounds[number] = bound
    chosen, beside = _choose_groups(links, groups, costs)
    packing = Packing(
        (*beside.pairs, *(members for number in chosen for members in packed[number].introductions)),
        beside.left_over,
        beside.cost
        + sum(costs[number] for number in chosen)
        + sum(links.sit_outs[i] for i in beside.left_over),
    )
    if costs == bounds:
        return packing, Proof(len(packing.left_over), packing.cost)
    hoped, beside = _choose_groups(links, groups, bounds)
    least = beside.cost + sum(bounds[number] for number in hoped)
    least += sum(links.sit_outs[i] for i in beside.left_over)
    packing = min(packing, seated, key=lambda each: (len(each.left_over), each.cost))
    return packing, Proof(len(beside.left_over), max(pairing.cost, least))


def _with_thirds(links: Links, pairing: Pairing) -> Packing:
    """Give as many left-over people as possible a place in a pair, at the least additional cost."""
    offers = [
        # Being third in a pair of one department can save a same-department introduction.
        (i, links.size + place, links.cost((i, a, b)) - links.cost((a, b)))
        for i in pairing.left_over
        for place, (a, b) in enumerate(pairing.pairs)
        if links.pairs.allowed[i, a] and links.pairs.allowed[i, b]
    ]
    places = [*pairing.left_over, *(links.size + place for place in range(len(pairing.pairs)))]
    seats = [seat + more for seat, more in zip(links.seats, links.sit_outs, strict=True)] + links.seats
    taken = matching(places, offers, seats)
    third = {place - links.size: i for i, place in taken.pairs}
    left_over = tuple(i for i in pairing.left_over if i not in third.values())
    return Packing(
        tuple((*pair, third[place]) if place in third else pair for place, pair in enumerate(pairing.pairs)),
        left_over,
        pairing.cost + taken.cost + sum(links.sit_outs[i] for i in left_over),
    )


def _choose_groups(
    links: Links, groups: Sequence[Sequence[int]], costs: Mapping[int, int]
) -> tuple[list[int], Pairing]:
    """Which groups have a trio, given what each costs with one, and the best pairs beside those groups.

    A group with a trio is offered to the matching as a ticket that one member can take while the others
    are paired, at such a price that the whole group costs what it does with its trio. A ticket costs more
    than any pairs and less than a seat, so people are placed with as few tickets as possible.
    """
    size, total = links.size, links.size + len(costs)
    ticket_price = links.scale.seat
    one, other = np.nonzero(np.triu(links.pairs.allowed))
    own = exact(links.pairs.words, links.pairs.bases, one, other)
    edges = list(zip(one.tolist(), other.tolist(), own, strict=True))
    for ticket, (number, cost) in enumerate(costs.items(), start=size):
        holder, *others = groups[number]
        edges.append((holder, ticket, ticket_price + cost - best_pairs(links.pairs, others).cost))
    seats = [4 * total * ticket_price + more for more in links.sit_outs] + [0] * len(costs)
    pairing = matching(range(total), edges, seats)
    numbers = list(costs)
    chosen = [numbers[ticket - size] for _, ticket in pairing.pairs if ticket >= size]
    placed = {i for number in chosen for i in groups[number]}
    pairs = tuple(pair for pair in pairing.pairs if placed.isdisjoint(pair))
    left_over = tuple(i for i in pairing.left_over if i < size)
    return chosen, Pairing(pairs, left_over, sum(map(links.cost, pairs)))
