"""The Directory over Slack's Web API."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from zoneinfo import available_timezones

import structlog
from slack_sdk import WebClient

from domain.directory import DirectoryUser, Profile
from domain.errors import MessengerError, PersonUnreachable
from slack_handlers.web_api import call

log = structlog.get_logger()

PAGE = 200
SLACKBOT = "USLACKBOT"


class SlackDirectory:
    """Reads accounts, and tells colleagues from bots, guests and people of other companies."""

    def __init__(
        self,
        *,
        patient: WebClient,
        prompt: WebClient,
        team_id: str,
        fields: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`fields` names the custom profile field of each of our words: {"department": "Team"}."""
        self._patient, self._prompt, self._team_id = patient, prompt, team_id
        self._fields = {word: label.casefold() for word, label in fields.items()}

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
        return self.with_profile(answer["user"])

    def profile(self, slack_user_id: str) -> Profile | None:
        """The profile fields of one account; Slack allows a hundred a minute, so it waits when it must."""
        return self._read_profile(slack_user_id, self._patient)

    def with_profile(self, member: Mapping[str, Any]) -> DirectoryUser:
        """An account as an event describes it, with its profile read anew."""
        user = self.read(member)
        if not (user.is_active and user.is_colleague):
            return user
        try:
            return replace(user, profile=self._read_profile(user.slack_user_id, self._prompt))
        except MessengerError as error:
            # The nightly reading gets it; nobody waits for a profile.
            log.info("profile not read", code=error.code)
            return user

    def _read_profile(self, slack_user_id: str, client: WebClient) -> Profile | None:
        if not self._fields:
            return None
        answer = call(client.users_profile_get, user=slack_user_id, include_labels=True)
        filled = (answer.get("profile") or {}).get("fields") or {}
        values = {
            str(one.get("label", "")).casefold(): str(one.get("value") or "").strip()[:200]
            for one in (filled.values() if isinstance(filled, dict) else ())
        }
        return Profile(**{word: values.get(label) or None for word, label in self._fields.items()})

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
