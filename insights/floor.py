"""How few people a number may be about: one figure, from which the others follow."""

from dataclasses import dataclass

from insights.errors import FloorError


@dataclass(frozen=True, slots=True)
class Floor:
    """The sizes under which nothing is said; it can be raised and never lowered.

    Parameters
    ----------
    k : int
        5 or more. The other sizes are multiples of it.

    Raises
    ------
    FloorError
        If `k` is under 5.

    References
    ----------
    .. [1] Sweeney: k-anonymity, a model for protecting privacy. International Journal of Uncertainty,
       Fuzziness and Knowledge-Based Systems 10 (2002) 557-570. doi:10.1142/S0218488502001648

    Examples
    --------
    >>> Floor().group, Floor().company, Floor().share_base, Floor().departments, Floor().large
    (10, 20, 20, 40, 50)
    >>> Floor(7).group
    14
    """

    k: int = 5

    def __post_init__(self) -> None:
        if type(self.k) is not int or self.k < 5:
            raise FloorError("The floor must be a whole number, 5 or more; raise it.")

    @property
    def group(self) -> int:
        """Eligible people that each group has at least; 10 at the base."""
        return 2 * self.k

    @property
    def company(self) -> int:
        """Eligible people under which nothing is released; 20 at the base."""
        return 4 * self.k

    @property
    def share_base(self) -> int:
        """Denominator under which no share is released; 20 at the base."""
        return 4 * self.k

    @property
    def departments(self) -> int:
        """Eligible people under which only the company as a whole is shown; 40 at the base."""
        return 8 * self.k

    @property
    def large(self) -> int:
        """Eligible people of an office that is a row every four weeks; 50 at the base."""
        return 10 * self.k

    def raised_to(self, k: int) -> "Floor":
        """A floor of `k`; `FloorError` if that is lower.

        Examples
        --------
        >>> Floor(7).raised_to(8)
        Floor(k=8)
        """
        if k < self.k:
            raise FloorError(f"The floor is {self.k} and cannot be lowered; keep it or raise it.")
        return Floor(k)


BASE_FLOOR = Floor()
