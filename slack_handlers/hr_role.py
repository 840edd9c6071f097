"""Who is HR: people whom the settings name, and whoever is in one user group of Slack."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from slack_sdk import WebClient

from domain.errors import Ambiguous, MessengerError
from slack_handlers.web_api import call

log = structlog.get_logger()

KEPT_SECONDS = 60.0
"""So long an answer of Slack is good: it allows twenty such questions a minute, and every Home tab is one."""
FAILED_SECONDS = 5.0
"""So long nobody is HR by the group after an answer that is none, so that nobody else waits for it, too."""


def group_members(client: WebClient, group: str) -> frozenset[str]:
    """Who is in a user group now; a `MessengerError` where Slack does not say."""
    users: Any = call(client.usergroups_users_list, usergroup=group).get("users")
    if not isinstance(users, list) or not all(isinstance(user, str) for user in users):
        raise Ambiguous(code="no users in the answer")
    return frozenset(users)


class HrRole:
    """Asked on every request. Where Slack does not say who is in the group, nobody is HR by it."""

    def __init__(
        self,
        client: WebClient,
        *,
        people: Iterable[str] = (),
        group: str | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._people, self._group, self._now = client, frozenset(people), group, now
        self._lock = threading.Lock()
        self._members: frozenset[str] = frozenset()
        self._good_until = 0.0

    def includes(self, slack_user_id: str) -> bool:
        """Whether somebody is HR now."""
        return slack_user_id in self._people or slack_user_id in self._of_group()

    def _of_group(self) -> frozenset[str]:
        if self._group is None:
            return frozenset()
        with self._lock:
            asked_at = self._now()
            if asked_at >= self._good_until:
                self._members = frozenset()
                try:
                    self._members = group_members(self._client, self._group)
                    self._good_until = asked_at + KEPT_SECONDS
                except MessengerError as error:
                    log.warning("user group of HR not read", code=error.code)
                    self._good_until = self._now() + FAILED_SECONDS
            return self._members
