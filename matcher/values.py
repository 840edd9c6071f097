"""The priorities of a round in numbers: achieved, and proven to be the limit."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from matcher.links import Links
from matcher.packing import Proof
from matcher.scale import Toll


@dataclass(frozen=True, slots=True)
class Values:
    """The priorities of a round in numbers: what was achieved, or what is proven to be the limit.

    Attributes
    ----------
    sit_outs : int
        People in no introduction. Fewer is better.
    extra_seats : int
        Introductions that are one person larger than the wanted size: in a round of pairs, the trios.
        Fewer is better.
    repeats : int
        Pairs of people in history who are introduced again; a group of k has k (k - 1) / 2 pairs. Fewer is
        better.
    repeat_recency : int
        Sum of the ranks of the repeated pairs. The distinct states (unanswered before confirmed, then
        unknown dates before known ones, then by date) in history among these people are ranked 0, 1, 2 …
        Less is better.
    cross_department : int
        Introductions whose people are of at least two departments. More is better.
    sit_outs_twice_running : int
        People who sit out and sat out in the last round. Fewer is better.
    unfairness : int
        What this round's burdens cost the people who carry them, by what they carried in earlier rounds;
        see `matcher.burdens.Standing`. Less is better; 0 if nobody who carries one carried any.
    use_of_lunch : int
        Points of all pairs, three of them in a trio; see `matcher.lunches.Lunches`. More is better.
    later_rounds : int
        What the pairs cost later rounds, by a plan that reaches as far as possible without a repeat; see
        `matcher.look_ahead`. Less is better; comes before `use_of_lunch`.
    missing_seats : int
        Sum over the introductions of the square of what each lacks of the wanted size; 0 in a round of
        pairs. Less is better; comes before `extra_seats`.
    """

    sit_outs: int
    extra_seats: int
    repeats: int
    repeat_recency: int
    cross_department: int
    sit_outs_twice_running: int = 0
    unfairness: int = 0
    use_of_lunch: int = 0
    later_rounds: int = 0
    missing_seats: int = 0


# Which value each level of a cost is.
VALUE_OF = {
    "repeats": "repeats",
    "recency": "repeat_recency",
    "same_department": "cross_department",
    "twice_running": "sit_outs_twice_running",
    "unfairness": "unfairness",
    "later_rounds": "later_rounds",
    "missed_points": "use_of_lunch",
}


def achieved_values(links: Links, introduced: Sequence[Sequence[int]], left_over: Sequence[int]) -> Values:
    """What given introductions and sit-outs among the people of some links amount to."""
    cost = sum(links.cost(members) for members in introduced) + sum(links.sit_outs[i] for i in left_over)
    trios = sum(len(members) == 3 for members in introduced)
    return _values(links, links.scale.apart(cost), len(left_over), trios, len(introduced))


def proven_bounds(links: Links, achieved: Values, proof: Proof) -> Values:
    """What the proof says of each priority, as far as the ones above it are reached."""
    introductions = (links.size - achieved.sit_outs - achieved.extra_seats) // 2
    most_cross = links.most_cross_department(introductions)
    if proof.sit_outs < achieved.sit_outs:
        # As many pairs as n people can be introduced in, if all are in trios.
        most_points = links.most_points * links.size
        return Values(proof.sit_outs, 0, 0, 0, most_cross, use_of_lunch=most_points)
    most_points = links.most_points * (introductions + 2 * achieved.extra_seats)
    bounds = Values(achieved.sit_outs, achieved.extra_seats, 0, 0, most_cross, use_of_lunch=most_points)
    least = _values(
        links, links.scale.apart(proof.cost), achieved.sit_outs, achieved.extra_seats, introductions
    )
    for level in links.scale.names:
        name = VALUE_OF[level]
        limit = getattr(least, name)
        bounds = replace(bounds, **{name: min(limit, most_cross) if level == "same_department" else limit})
        if limit != getattr(achieved, name):
            break
    return bounds


def sum_of(one: Values, other: Values) -> Values:
    """The values of two components together."""
    return Values(*(getattr(one, field.name) + getattr(other, field.name) for field in fields(Values)))


def _values(links: Links, toll: Toll, sit_outs: int, trios: int, introductions: int) -> Values:
    return Values(
        sit_outs=sit_outs,
        extra_seats=trios,
        repeats=toll.repeats,
        repeat_recency=toll.recency,
        cross_department=introductions - toll.same_department,
        sit_outs_twice_running=toll.twice_running,
        unfairness=toll.unfairness,
        use_of_lunch=links.most_points * (introductions + 2 * trios) - toll.missed_points,
        later_rounds=toll.later_rounds,
    )
