"""Who works here, as Slack's directory and the company's CSV files say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """What the custom fields of somebody's Slack profile say: "" where one is not filled in, None where no
    field is read for it."""

    department: str | None = None
    office: str | None = None
    level: str | None = None
    manager: str | None = None
    """The manager's Slack id."""


@dataclass(frozen=True, slots=True)
class DirectoryUser:
    """One account as Slack's directory shows it, before anybody decides whether it is a person."""

    slack_user_id: str
    name: str
    email: str | None = None
    timezone: str | None = None
    locale: str | None = None
    """The language of the account in Slack, "de-DE"; None where Slack doesn't say."""
    is_away: bool = False
    """Whether the status says that they are out of office; nothing else of it is kept."""
    away_expires_at: datetime | None = None
    """When such a status ends by itself."""
    is_active: bool = True
    is_colleague: bool = True
    """False for bots, guests and people of other companies: these are never persons."""
    profile: Profile | None = None
    """Only where profile fields are configured and this account's were read."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a people file. `None` means that the file says nothing about the field."""

    line: int
    external_id: str
    department: str | None = None
    email: str | None = None
    slack_user_id: str | None = None
    name: str | None = None
    office: str | None = None
    level: str | None = None
    manager: str | None = None
    started_on: date | None = None
    timezone: str | None = None
    interests: str | None = None
    skills: str | None = None
    languages: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One row of a meetings file: these two know each other."""

    line: int
    person_a: str
    person_b: str
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportedPeople:
    """What an import of people did."""

    added: int
    changed: int
    unchanged: int
    unlinked: tuple[str, ...]
    """External ids that no Slack account is known for yet; they wait."""


@dataclass(frozen=True, slots=True)
class ImportedMeetings:
    """What an import of meetings did; a meeting that was known before is not counted twice."""

    added: int
    known: int


@dataclass(frozen=True, slots=True)
class SyncedDirectory:
    """What a synchronisation with Slack's directory saw and changed."""

    seen: int
    persons: int
    deactivated: int


@dataclass(frozen=True, slots=True)
class ReadProfiles:
    """What a night's reading of profiles came to."""

    read: int
    skipped: Mapping[str, int]
    """How many could not be read, by Slack's word for the reason."""
