"""The addresses of calendar files: nobody can guess one, and who was given it needs no account."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime

from domain.messages import Locales
from domain.proposals import LunchKind

PURPOSE = b"lunchmates calendar file "


@dataclass(frozen=True, slots=True)
class CalendarFiles:
    """Makes and checks the addresses."""

    secret: bytes = field(repr=False)
    public_url: str | None = None
    """Where people's browsers reach this app; None where they can't."""

    def address(self, introduction_id: str) -> str | None:
        """Where the calendar file of an introduction is."""
        if self.public_url is None:
            return None
        return f"{self.public_url.rstrip('/')}/lunch/{introduction_id}/{self._token(introduction_id)}.ics"

    def is_right(self, introduction_id: str, token: str) -> bool:
        """Whether a token is the right one; a wrong one takes as long to compare."""
        return hmac.compare_digest(self._token(introduction_id).encode(), token.encode())

    def _token(self, introduction_id: str) -> str:
        return hmac.new(self.secret, PURPOSE + introduction_id.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An agreed time as a calendar takes it: no names, since the file may go anywhere."""

    introduction_id: str
    kind: LunchKind
    starts_at: datetime
    agreed_at: datetime
    times_moved: int
    locales: Locales = ()


@dataclass(frozen=True, slots=True)
class CalendarTexts:
    """What a calendar shows of an entry."""

    summary: str
    description: str
