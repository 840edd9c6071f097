"""The Directory over Slack's Web API."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from slack_sdk import WebClient

from domain.directory import DirectoryUser
from domain.errors import PersonUnreachable
from slack_handlers.web_api import call

PAGE = 200
SLACKBOT = "USLACKBOT"


class SlackDirectory:
    """Reads accounts, and tells colleagues from bots, guests and people of other companies."""

    def __init__(self, *, patient: WebClient, prompt: WebClient, team_id: str) -> None:
        self._patient, self._prompt, self._team_id = patient, prompt, team_id

    def pages(self) -> Iterator[Sequence[DirectoryUser]]:
        """Everybody in the workspace, page by page."""
        cursor = ""
        while True:
            answer = call(self._patient.users_list, limit=PAGE, cursor=cursor)
            yield [self.read(member) for member in answer.get("members", ()) if member.get("id")]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def user(self, slack_user_id: str) -> DirectoryUser | None:
        """One account, or None where this workspace has none."""
        try:
            answer = call(self._prompt.users_info, user=slack_user_id)
        except PersonUnreachable:
            return None
        return self.read(answer["user"])

    def read(self, member: Mapping[str, Any]) -> DirectoryUser:
        """An account as Slack describes it, checked."""
        profile = member.get("profile") or {}
        name = profile.get("real_name") or member.get("real_name") or member.get("name") or ""
        zone = member.get("tz")
        stranger = (
            member.get("is_bot")
            or member["id"] == SLACKBOT
            or member.get("is_restricted")
            or member.get("is_ultra_restricted")
            or member.get("is_stranger")
            or member.get("team_id", self._team_id) != self._team_id
        )
        return DirectoryUser(
            slack_user_id=str(member["id"]),
            name=str(name).replace("\0", "")[:200],
            email=str(profile["email"])[:320] if profile.get("email") else None,
            timezone=zone if isinstance(zone, str) and zone in _ZONES else None,
            is_active=not member.get("deleted"),
            is_colleague=not stranger,
        )


_ZONES = available_timezones()
