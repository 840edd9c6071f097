"""Fairness over weeks: what people had to carry lately, and what carrying something again would cost them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.errors import BurdenError
from matcher.people import Person, PersonId

# The weight of a burden one round ago; it divides by every number of rounds up to ten.
LATEST = 2520


class BurdenKind(StrEnum):
    """What makes a round less good for one person than for others."""

    SAT_OUT = "sat_out"
    """The person was in no introduction."""
    TRIO_THIRD = "trio_third"
    """The person was in a trio. All three are: which of them was added is an accident of the search, while
    each of them shares the lunch with two. So a trio of last round is three burdens."""
    REPEAT = "repeat"
    """The person was introduced to somebody again; each of the two carries it."""


HEAVINESS: Mapping[BurdenKind, int] = {
    BurdenKind.SAT_OUT: 3,
    BurdenKind.REPEAT: 2,
    BurdenKind.TRIO_THIRD: 1,
}
"""How much heavier one kind is than another, both when it is remembered and when it would be carried."""


@dataclass(frozen=True, slots=True)
class Burden:
    """One burden that a person carried in an earlier round of the program.

    Parameters
    ----------
    person : int or str
        Who carried it. People who are not in the round are ignored.
    kind : BurdenKind
        What it was.
    rounds_ago : int
        1 is the last round, whether or not the person took part in the rounds since.

    Raises
    ------
    BurdenError
        If `kind` is unknown, or `rounds_ago` is not a whole number from 1.

    Examples
    --------
    >>> Burden("ana", BurdenKind.SAT_OUT, rounds_ago=1).kind.value
    'sat_out'
    """

    person: PersonId
    kind: BurdenKind
    rounds_ago: int

    def __post_init__(self) -> None:
        if self.kind not in HEAVINESS:
            raise BurdenError(
                f"The burden of person {self.person!r} is of kind {self.kind!r}; "
                f"use {', '.join(kind.value for kind in BurdenKind)}."
            )
        # Exact, since in Python true is an integer.
        if type(self.rounds_ago) is not int or self.rounds_ago < 1:
            raise BurdenError(
                f"Person {self.person!r} has a burden {self.rounds_ago!r} rounds ago; count rounds from 1."
            )


class Standing:
    """How much each of n people carried lately; the more, the more one burden more costs them.

    A burden weighs its `HEAVINESS` times 2520 // `rounds_ago`: half as much after two rounds, a third after
    three. Carrying a kind now costs its `HEAVINESS` times the sum of what the person carried. Whoever
    carried nothing carries the next burden for nothing.

    Parameters
    ----------
    people : sequence of Person
        The people of the round; their place in the sequence is their number.
    burdens : iterable of Burden
        Any number for each person. Two that are equal count twice.

    Attributes
    ----------
    carried : array of int, shape (n,)
        Sum of the weights; 0 for whoever carried nothing.
    sat_out_last : array of bool, shape (n,)
        Who sat out in the last round.

    Examples
    --------
    >>> burdens = [Burden(1, BurdenKind.SAT_OUT, 2), Burden(1, BurdenKind.TRIO_THIRD, 1)]
    >>> Standing([Person(1), Person(2)], burdens).carried.tolist()
    [6300, 0]
    """

    def __init__(self, people: Sequence[Person], burdens: Iterable[Burden]) -> None:
        number: dict[PersonId, int] = {person.id: i for i, person in enumerate(people)}
        self.carried = np.zeros(len(people), np.int64)
        self.sat_out_last = np.zeros(len(people), np.bool_)
        for burden in burdens:
            i = number.get(burden.person)
            if i is not None:
                self.carried[i] += HEAVINESS[burden.kind] * (LATEST // burden.rounds_ago)
                self.sat_out_last[i] |= burden.kind == BurdenKind.SAT_OUT and burden.rounds_ago == 1

    def costs(self, kind: BurdenKind) -> NDArray[np.int64]:
        """What it costs each person to carry one burden now, shape (n,)."""
        return HEAVINESS[kind] * self.carried

    def most(self, members: NDArray[np.integer], partners: int = 2) -> int:
        """No round costs these people more: each sits out, or is in a trio and in so many repeated pairs."""
        heaviest = HEAVINESS[BurdenKind.TRIO_THIRD] + partners * HEAVINESS[BurdenKind.REPEAT]
        return int(self.carried[members].sum()) * heaviest
