"""The Directory over Slack's Web API."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from zoneinfo import available_timezones

import structlog
from slack_sdk import WebClient

from domain.directory import DirectoryUser, Profile
from domain.errors import MessengerError, PersonUnreachable
from slack_handlers.out_of_office import read_status
from slack_handlers.web_api import call

log = structlog.get_logger()

PAGE = 200
SLACKBOT = "USLACKBOT"
LOCALE = re.compile(r"(?=.{2,16}$)[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*")
# Slack allows a hundred profiles a minute. A night takes half of them, so that whoever joins meanwhile gets
# theirs (https://docs.slack.dev/reference/methods/users.profile.get).
PROFILE_PAUSE_SECONDS = 1.2


class SlackDirectory:
    """Reads accounts, and tells colleagues from bots, guests and people of other companies."""

    def __init__(
        self,
        *,
        patient: WebClient,
        prompt: WebClient,
        team_id: str,
        fields: Mapping[str, str] = MappingProxyType({}),
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """`fields` has the label of a custom profile field for each of our words: {"department": "Team"}."""
        self._patient, self._prompt, self._team_id = patient, prompt, team_id
        self._labels = {word: _folded(label) for word, label in fields.items()}
        self._field_ids: dict[str, str] | None = None
        self._sleep = sleep

    def pages(self) -> Iterator[Sequence[DirectoryUser]]:
        """Everybody in the workspace, page by page."""
        cursor = ""
        while True:
            answer = call(self._patient.users_list, limit=PAGE, cursor=cursor, include_locale=True)
            yield [self.read(member) for member in answer.get("members", ()) if member.get("id")]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def user(self, slack_user_id: str) -> DirectoryUser | None:
        """One account, or None where this workspace has none."""
        try:
            answer = call(self._prompt.users_info, user=slack_user_id, include_locale=True)
        except PersonUnreachable:
            return None
        return self.with_profile(answer["user"])

    def read_fields(self) -> bool:
        """Look up anew which profile field has which label; False where none is configured."""
        if not self._labels:
            return False
        self._field_ids = self._look_fields_up(self._patient)
        return bool(self._field_ids)

    def profile(self, slack_user_id: str) -> Profile:
        """The profile fields of one account; it takes its time, since thousands may follow."""
        self._sleep(PROFILE_PAUSE_SECONDS)
        return self._read_profile(slack_user_id, self._patient)

    def with_profile(self, member: Mapping[str, Any]) -> DirectoryUser:
        """An account as Slack describes it, with its profile fields if Slack gives them at once."""
        user = self.read(member)
        if not (self._labels and user.is_active and user.is_colleague):
            return user
        try:
            return replace(user, profile=self._read_profile(user.slack_user_id, self._prompt))
        except MessengerError as error:
            # The nightly reading gets it; nobody waits for a profile.
            log.info("profile not read", code=error.code)
            return user

    def _read_profile(self, slack_user_id: str, client: WebClient) -> Profile:
        if self._field_ids is None:
            self._field_ids = self._look_fields_up(client)
        if not self._field_ids:
            return Profile()
        answer = call(client.users_profile_get, user=slack_user_id)
        filled = (answer.get("profile") or {}).get("fields") or {}
        values = {
            field_id: _text(one.get("value"))
            for field_id, one in (filled.items() if isinstance(filled, dict) else ())
        }
        return Profile(**{word: values.get(field_id, "") for word, field_id in self._field_ids.items()})

    def _look_fields_up(self, client: WebClient) -> dict[str, str]:
        # users.profile.get could bring the labels along, but is then "heavily" rate-limited.
        answer = call(client.team_profile_get)
        ids: dict[str, str] = {}
        for one in (answer.get("profile") or {}).get("fields") or ():
            ids.setdefault(_folded(str(one.get("label", ""))), str(one.get("id", "")))
        for word, label in self._labels.items():
            if label not in ids:
                log.warning("no profile field has this label", label=label, word=word)
        return {word: ids[label] for word, label in self._labels.items() if label in ids}

    def read(self, member: Mapping[str, Any]) -> DirectoryUser:
        """An account as Slack describes it, checked."""
        profile = member.get("profile") or {}
        name = profile.get("real_name") or member.get("real_name") or member.get("name") or ""
        zone, locale = member.get("tz"), member.get("locale")
        stranger = (
            member.get("is_bot")
            or member["id"] == SLACKBOT
            or member.get("is_restricted")
            or member.get("is_ultra_restricted")
            or member.get("is_stranger")
            or member.get("team_id", self._team_id) != self._team_id
        )
        is_away, away_expires_at = read_status(profile)
        return DirectoryUser(
            slack_user_id=str(member["id"]),
            name=_text(name),
            email=str(profile["email"])[:320] if profile.get("email") else None,
            timezone=zone if isinstance(zone, str) and zone in _ZONES else None,
            locale=locale if isinstance(locale, str) and LOCALE.fullmatch(locale) else None,
            is_away=is_away,
            away_expires_at=away_expires_at,
            is_active=not member.get("deleted"),
            is_colleague=not stranger,
        )


def _text(value: object) -> str:
    # PostgreSQL stores no NUL.
    return str(value or "").replace("\0", "").strip()[:200]


def _folded(label: str) -> str:
    return label.strip().casefold()


_ZONES = available_timezones()
