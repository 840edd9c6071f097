"""Counts as they may be released: adjacent multiples of 5, by a draw that never changes."""

import hashlib
import hmac
import json

from insights.errors import SecretError

BASE = 5


class Rounding:
    """Rounds counts to an adjacent multiple of 5, so that the expectation over all secrets is the count.

    The draw depends on the secret, the measure and the cell, and not on the period: a count that stays the
    same reads the same in every period, so nobody learns it by averaging.

    Parameters
    ----------
    secret : bytes
        At least 16 random bytes, of one workspace, kept for good.

    Raises
    ------
    SecretError
        If the secret has fewer than 16 bytes.

    References
    ----------
    .. [1] Hundepool et al.: Statistical Disclosure Control. Wiley 2012. doi:10.1002/9781118348239 (random
       rounding, and why it must be the same each time)
    .. [2] Krawczyk, Bellare, Canetti: HMAC, keyed-hashing for message authentication. RFC 2104 (1997).
       doi:10.17487/RFC2104

    Examples
    --------
    >>> rounding = Rounding(b"sixteen bytes or more")
    >>> rounding.released(40, "people_funnel", "Law", "met")
    40
    >>> rounding.released(43, "people_funnel", "Law", "met") in (40, 45)
    True
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise SecretError("The secret of the rounding has fewer than 16 bytes; give a longer one.")
        self._secret = secret

    def released(self, count: int, measure: str, *cell: str | None) -> int:
        """The count of a cell as it may be released.

        Parameters
        ----------
        count : int
            The true number, 0 or more.
        measure : str
            What the table counts.
        *cell : str or None
            Row and column; None is the company.

        Returns
        -------
        int
            A multiple of 5, less than 5 away: up with probability (count mod 5) / 5. 0 stays 0.
        """
        over = count % BASE
        return count - over + (BASE if self._draw(measure, *cell) < over else 0)

    def _draw(self, *cell: str | None) -> int:
        # JSON keeps the parts apart: ("a", "bc") and ("ab", "c") must not share a draw.
        message = json.dumps(cell).encode()
        return int.from_bytes(hmac.digest(self._secret, message, hashlib.sha256)) % BASE
