"""What chance would give: how often two people drawn at random are of two groups."""

from collections.abc import Iterable
from fractions import Fraction


def pairs_across(sizes: Iterable[int]) -> Fraction:
    """The share of all pairs of people that are of two groups: 1 - Σ nᵢ(nᵢ - 1) / (n(n - 1)).

    Parameters
    ----------
    sizes : iterable of int
        People of each group, 0 or more.

    Returns
    -------
    Fraction
        0 to 1; 0 with fewer than two people.

    References
    ----------
    .. [1] Simpson: Measurement of Diversity. Nature 163 (1949) 688. doi:10.1038/163688a0

    Examples
    --------
    >>> pairs_across([2, 2])
    Fraction(2, 3)
    >>> pairs_across([7]), pairs_across([1]), pairs_across([])
    (Fraction(0, 1), Fraction(0, 1), Fraction(0, 1))
    """
    people = list(sizes)
    total = sum(people)
    if total < 2:
        return Fraction(0)
    return 1 - Fraction(sum(size * (size - 1) for size in people), total * (total - 1))
