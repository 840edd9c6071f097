"""Settings, read once from the environment; every mistake is reported at once."""

import os
import re
from collections.abc import Iterable
from datetime import time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from domain.errors import LunchmatesError
from domain.rounds import Timing

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
PREFIX = "LUNCHMATES_"
SECRET = (SecretStr, SecretStr | None)
SLACK_PERSON, SLACK_GROUP = re.compile("[UW][A-Z0-9]+"), re.compile("S[A-Z0-9]+")
EXPECTED = {
    "SLACK_BOT_TOKEN": "the Bot User OAuth Token (Install App in Slack); it begins with xoxb-",
    "SLACK_APP_TOKEN": "an app-level token with the scope connections:write (Basic Information, App-Level "
    "Tokens in Slack); it begins with xapp-",
    "SLACK_SIGNING_SECRET": "the Signing Secret (Basic Information in Slack)",
    "SLACK_CLIENT_ID": "the Client ID (Basic Information in Slack)",
    "SLACK_CLIENT_SECRET": "the Client Secret (Basic Information in Slack)",
    "LUNCHMATES_SESSION_SECRET": "at least 32 random characters (`openssl rand -hex 32`)",
    "LUNCHMATES_RELEASE_SECRET": "at least 32 random characters (`openssl rand -hex 32`), kept for good",
}


class BadSettings(LunchmatesError):
    """These settings need mending (they are environment variables):"""

    def __str__(self) -> str:
        return "\n  ".join([super().__str__(), *self.details["problems"]])  # type: ignore[misc]


class _Unreadable(str):
    """Stands for the value of a secret whose file can't be read, until validation reports it."""


class _SecretFiles(EnvSettingsSource):
    """NAME_FILE names a file whose content is the setting NAME."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        name = field.validation_alias
        path = os.environ.get(f"{name}_FILE")
        if path is None or field.annotation not in SECRET:
            return None, name, False
        if name in os.environ:
            return _Unreadable(f"set either {name} or {name}_FILE, not both"), name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), name, False
        except (OSError, UnicodeDecodeError):
            return _Unreadable(f"the file {path!r} of {name}_FILE can't be read"), name, False


class Settings(BaseSettings):
    """What an operator may set. Every secret may also stand in a file that NAME_FILE names."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, frozen=True)

    database_url: SecretStr = Field(SecretStr("sqlite:///lunchmates.db"), validation_alias="DATABASE_URL")
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    client_id: str | None = Field(None, validation_alias="SLACK_CLIENT_ID")
    client_secret: SecretStr | None = Field(None, validation_alias="SLACK_CLIENT_SECRET")
    session_secret: SecretStr | None = Field(None, validation_alias="LUNCHMATES_SESSION_SECRET")
    release_secret: SecretStr | None = Field(None, validation_alias="LUNCHMATES_RELEASE_SECRET")
    public_url: str | None = Field(None, validation_alias="LUNCHMATES_PUBLIC_URL")
    slack_api_url: str = Field("https://slack.com/api/", validation_alias="SLACK_API_URL")
    hr: str | None = Field(None, validation_alias="LUNCHMATES_HR")
    department_field: str | None = Field(None, validation_alias="LUNCHMATES_DEPARTMENT_FIELD")
    office_field: str | None = Field(None, validation_alias="LUNCHMATES_OFFICE_FIELD")
    level_field: str | None = Field(None, validation_alias="LUNCHMATES_LEVEL_FIELD")
    manager_field: str | None = Field(None, validation_alias="LUNCHMATES_MANAGER_FIELD")
    host: str = Field("127.0.0.1", validation_alias="HOST")
    port: int = Field(3000, ge=1, le=65535, validation_alias="PORT")
    weekday: Weekday = Field("monday", validation_alias="LUNCHMATES_WEEKDAY")
    local_time: time = Field(time(10), validation_alias="LUNCHMATES_TIME")
    timezone: str = Field("UTC", validation_alias="LUNCHMATES_TIMEZONE")
    grace_hours: float = Field(24, gt=0, le=168, validation_alias="LUNCHMATES_GRACE_HOURS")
    tick_seconds: float = Field(30, gt=0, le=3600, validation_alias="LUNCHMATES_TICK_SECONDS")
    lease_seconds: float = Field(60, gt=0, le=3600, validation_alias="LUNCHMATES_LEASE_SECONDS")
    lookup_seconds: float = Field(60, ge=0, le=3600, validation_alias="LUNCHMATES_LOOKUP_SECONDS")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, _SecretFiles(settings_cls), env_settings

    @field_validator("*", mode="before")
    @classmethod
    def _readable(cls, value: Any) -> Any:
        if isinstance(value, _Unreadable):
            raise ValueError(str(value))
        return value.strip() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("expected an address that begins with sqlite:/// or postgresql://")
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError(f"expected {EXPECTED['SLACK_BOT_TOKEN']}")
        return value

    @field_validator("release_secret", "session_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise ValueError(f"expected {EXPECTED[f'LUNCHMATES_{info.field_name}'.upper()]}")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xapp-"):
            raise ValueError(f"expected {EXPECTED['SLACK_APP_TOKEN']}")
        return value

    @field_validator("slack_signing_secret")
    @classmethod
    def _signing_secret(cls, value: SecretStr | None) -> SecretStr | None:
        # Everybody could sign with an empty one.
        if value is not None and not value.get_secret_value():
            raise ValueError(f"expected {EXPECTED['SLACK_SIGNING_SECRET']}")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("expected an address that begins with https://")
        return value if value.endswith("/") else value + "/"

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, value: str | None) -> str | None:
        # In every introduction there is a link to it.
        parts = urlsplit(value or "")
        if value is not None and (
            parts.scheme not in ("https", "http") or not parts.netloc or parts.query or parts.fragment
        ):
            raise ValueError(
                "expected the address at which browsers reach the app, like https://lunch.example.com"
            )
        return value.rstrip("/") if value else None

    @field_validator("hr")
    @classmethod
    def _known_ids(cls, value: str | None) -> str | None:
        ids = _listed(value)
        people = [one for one in ids if SLACK_PERSON.fullmatch(one)]
        groups = [one for one in ids if SLACK_GROUP.fullmatch(one)]
        if len(people) + len(groups) < len(ids) or len(groups) > 1:
            raise ValueError(
                "expected Slack ids with commas between: of people (U…) and of one user group at most (S…)"
            )
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("expected a time zone like Europe/Berlin")
        return value

    @field_validator("local_time")
    @classmethod
    def _waking_hours(cls, value: time, info: ValidationInfo) -> time:
        if not time(6) <= value <= time(22):
            raise ValueError("expected a time from 06:00 to 22:00, when people are awake")
        return value.replace(second=0, microsecond=0)

    @field_validator("weekday", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @property
    def hr_people(self) -> frozenset[str]:
        """Slack ids of the people who are HR by name."""
        return frozenset(filter(SLACK_PERSON.fullmatch, _listed(self.hr)))

    @property
    def hr_group(self) -> str | None:
        """The Slack user group whose people are HR."""
        return next(filter(SLACK_GROUP.fullmatch, _listed(self.hr)), None)

    @property
    def missing_for_pages(self) -> tuple[str, ...]:
        """Settings without which nobody can sign in on the web, so that there are no pages."""
        needed = ("client_id", "client_secret", "session_secret", "public_url")
        names = {name: str(type(self).model_fields[name].validation_alias) for name in needed}
        missing = [names[name] for name in needed if getattr(self, name) is None]
        if urlsplit(self.public_url or "").path:
            missing.append(f"{names['public_url']} without a path")
        return tuple(missing)

    @property
    def profile_fields(self) -> dict[str, str]:
        """Our words, and the labels of the Slack profile fields that say them."""
        named = {
            "department": self.department_field,
            "office": self.office_field,
            "level": self.level_field,
            "manager": self.manager_field,
        }
        return {word: label for word, label in named.items() if label}

    @property
    def timing(self) -> Timing:
        """How long things may take in real time."""
        return Timing(
            delivery_lease=timedelta(seconds=self.lease_seconds),
            round_lease=timedelta(seconds=self.lease_seconds * 10),
            lookup_wait=timedelta(seconds=self.lookup_seconds),
            retry_wait=timedelta(seconds=self.lease_seconds / 4),
        )

    @property
    def grace(self) -> timedelta:
        return timedelta(hours=self.grace_hours)


def _listed(value: str | None) -> list[str]:
    return [one.strip() for one in (value or "").split(",") if one.strip()]


def read_settings(*required: str) -> Settings:
    """The settings; `required` names fields without which a command can't work."""
    names = {field: str(info.validation_alias) for field, info in Settings.model_fields.items()}
    files = [
        f"{names[field]}_FILE" for field, info in Settings.model_fields.items() if info.annotation in SECRET
    ]
    problems = _misspelt([*names.values(), *files])
    settings = None
    try:
        settings = Settings()
    except ValidationError as error:
        for one in error.errors():
            problems.append(f"{one['loc'][0]}: {one['msg'].removeprefix('Value error, ')}")
    missing = [names[field] for field in required if not is_given(names[field])]
    problems += [f"{name}: it is missing; expected {EXPECTED[name]}" for name in missing]
    if problems or settings is None:
        raise BadSettings(problems=problems)
    return settings


def is_given(name: str) -> bool:
    """Whether an environment variable says anything, or the file that stands for it is named."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _misspelt(names: Iterable[str]) -> list[str]:
    known = list(names)
    problems = []
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            problems.append(f"{name}: there is no such setting{hint}")
    return problems
