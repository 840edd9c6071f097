"""What a released cell can say; a cell cannot hold what may not be released."""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from insights.errors import TableError
from insights.rounding import BASE

LOW_END = Fraction(1, 5)
HIGH_END = Fraction(4, 5)


class Reading(StrEnum):
    """A cell that says this and no number."""

    AT_MOST_20 = "at_most_20"
    """A share of 20 % or less."""
    AT_LEAST_80 = "at_least_80"
    """A share of 80 % or more."""
    UP_TO_9 = "up_to_9"
    """A count that was rounded to 0 or to 5, where which of the two would say too much."""
    CANNOT_TELL = "cannot_tell"
    """Too few to say anything, or what is said would give away what must not be."""


@dataclass(frozen=True, slots=True)
class Count:
    """A rounded count.

    Parameters
    ----------
    count : int
        A multiple of 5; the true number is less than 5 away. 0 reads "0-4".

    Raises
    ------
    TableError
        If it is not rounded.
    """

    count: int

    def __post_init__(self) -> None:
        _check_rounded(self.count)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A rounded count of few people that stops short of telling that all of them are meant.

    Parameters
    ----------
    count : int
        A multiple of 5, not 0; the true number is this, up to 4 less, or any more.

    Raises
    ------
    TableError
        If it is not rounded, or 0.
    """

    count: int

    def __post_init__(self) -> None:
        _check_rounded(self.count)
        if not self.count:
            raise TableError("Any number is 0 or more; say that it cannot be told.")


@dataclass(frozen=True, slots=True)
class Share:
    """A share away from the ends.

    Parameters
    ----------
    percent : int
        Over 20 % and under 80 % before it was rounded half up to a whole number.
    count : int, optional
        The rounded numerator; None where the cell is about the share alone.

    Raises
    ------
    TableError
        If the share is at an end, or the count is not rounded.
    """

    percent: int
    count: int | None = None

    def __post_init__(self) -> None:
        if type(self.percent) is not int or not 20 <= self.percent <= 80:
            raise TableError("A share under 20 % or over 80 % reads only so; do not give the number.")
        if self.count is not None:
            _check_rounded(self.count)


Rate = Share | Reading


@dataclass(frozen=True, slots=True)
class Bounds:
    """The met rate, which nobody knows exactly since some do not answer.

    Parameters
    ----------
    low, high : Share or Reading
        The rate is at least `low` and at most `high`.
    answered : Share or Reading
        Share of the introductions that somebody answered.
    """

    low: Rate
    high: Rate
    answered: Rate


@dataclass(frozen=True, slots=True)
class PairsLinked:
    """How many pairs of departments are linked; arithmetic on a released table, hence exact.

    Parameters
    ----------
    linked : int
        0 to `pairs`.
    pairs : int
        All pairs of the table, 1 or more.

    Raises
    ------
    TableError
        If the numbers contradict each other.
    """

    linked: int
    pairs: int

    def __post_init__(self) -> None:
        whole = type(self.linked) is type(self.pairs) is int
        if not whole or not 0 <= self.linked <= self.pairs or not self.pairs:
            raise TableError("Of the pairs of departments, from none to all are linked; correct the numbers.")


class WeeksLeft(StrEnum):
    """So many more weeks there is somebody new to introduce, by released counts."""

    UNDER_13 = "under_13"
    FROM_13_TO_52 = "from_13_to_52"
    OVER_52 = "over_52"


Cell = Count | AtLeast | Share | Reading | Bounds | PairsLinked | WeeksLeft


def rate(share: Fraction) -> Rate:
    """A share as it may be read, without its numerator.

    Parameters
    ----------
    share : Fraction
        Of released counts, 0 or more; rounding can take it over 1.

    References
    ----------
    .. [1] Machanavajjhala et al.: l-diversity, privacy beyond k-anonymity. ACM Transactions on Knowledge
       Discovery from Data 1 (2007) 3. doi:10.1145/1217299.1217302 (what is true of nearly all of a group
       is known of each of its people)

    Examples
    --------
    >>> rate(Fraction(9, 40))
    Share(percent=23, count=None)
    >>> rate(Fraction(40, 40))
    <Reading.AT_LEAST_80: 'at_least_80'>
    """
    return _rate(share.numerator, share.denominator)


def _rate(count: int, base: int) -> Rate:
    # In whole numbers, since this is asked of very many counts.
    if count * LOW_END.denominator <= base * LOW_END.numerator:
        return Reading.AT_MOST_20
    if count * HIGH_END.denominator >= base * HIGH_END.numerator:
        return Reading.AT_LEAST_80
    return Share((200 * count + base) // (2 * base))


def part(count: int, base: int, *, sure: int, share_base: int) -> Cell:
    """A released count as a part of a released base.

    Of a small base there are no shares, and its counts stop under their upper end: whoever knows the true
    size of a group would else read "all of them" from a count that reaches it, however it was rounded.

    Parameters
    ----------
    count, base : int
        Multiples of 5.
    sure : int
        What the true base is at least, for all that anybody is told of it.
    share_base : int
        Base under which there are no shares, 1 or more.

    Returns
    -------
    Count, AtLeast, Share or Reading
        Of a large base the end alone at an end, else share and count. Of a small base the count up to the
        highest multiple of 5 that is less than 80 % of `sure` rounded down, which stands for all above it,
        too; nothing where that is 0.

    Examples
    --------
    >>> part(25, 45, sure=43, share_base=20)
    Share(percent=56, count=25)
    >>> part(5, 45, sure=43, share_base=20)
    <Reading.AT_MOST_20: 'at_most_20'>
    >>> [part(count, 15, sure=14, share_base=20) for count in (0, 5, 10, 15)]
    [Count(count=0), AtLeast(count=5), AtLeast(count=5), AtLeast(count=5)]
    >>> part(5, 10, sure=6, share_base=20)
    <Reading.CANNOT_TELL: 'cannot_tell'>
    """
    if min(base, sure) < share_base:
        return _of_few(count, sure)
    read = _rate(count, base)
    return Share(read.percent, count) if isinstance(read, Share) else read


def _of_few(count: int, sure: int) -> Cell:
    whole = sure - sure % BASE
    most = BASE * (math.ceil(HIGH_END * whole / BASE) - 1)
    if most <= 0:
        return Reading.CANNOT_TELL
    return AtLeast(most) if count >= most else Count(count)


def _check_rounded(count: int) -> None:
    if type(count) is not int or count < 0 or count % BASE:
        raise TableError("A released count is a multiple of 5, 0 or more; round it first.")
